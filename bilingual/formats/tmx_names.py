"""The names TMX and we use in a TMX file, shared by its writer and its reader."""

from __future__ import annotations

from datetime import UTC, datetime

from bilingual.bitext import Candidate, Flag, Locator, Silence, TermUse

PREFIX = "x-bilingual-"
"""What the names of our own properties begin with."""

TOOL = "bilingual"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"
HEADER = {"segtype": "sentence", "o-tmf": TOOL, "adminlang": "en", "datatype": "plaintext"}
PARTS: tuple[tuple[str, str, type], ...] = (
    ("candidate", "candidates", Candidate),
    ("term", "terms", TermUse),
    ("flag", "flags", Flag),
    ("silenced", "silenced", Silence),
    ("source-locator", "source_locators", Locator),
    ("target-locator", "target_locators", Locator),
)
"""Fields of a unit that hold many things: the property for each thing, the field, and the type."""


def tmx_date(when: str) -> str:
    """An ISO 8601 date and time as TMX wants it, YYYYMMDDThhmmssZ; empty where it is no such thing."""
    try:
        moment = datetime.fromisoformat(when)
        return moment.replace(tzinfo=moment.tzinfo or UTC).astimezone(UTC).strftime("%Y%m%dT%H%M%SZ").rjust(16, "0")
    except (ValueError, OverflowError):
        return ""


def iso_date(date: str) -> str:
    """A TMX date as ISO 8601; as it is where it is none."""
    if len(date) != 16 or date[8] != "T" or date[15] != "Z" or not (date[:8] + date[9:15]).isdecimal():
        return date
    return f"{date[:4]}-{date[4:6]}-{date[6:8]}T{date[9:11]}:{date[11:13]}:{date[13:15]}Z"
