"""What the dialects of XLIFF call our states, origins and kinds of code: tables, and the two ways through them.

Sources: XLIFF 1.2 (section 3.2, `state`, `state-qualifier`, `ctype`), XLIFF 2.1 (4.3.1.31 `state`, `type`,
`subType`), and what Trados Studio and memoQ write.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from bilingual.bitext import OriginKind, State

XLIFF1 = "urn:oasis:names:tc:xliff:document:1.2"
XLIFF2 = "urn:oasis:names:tc:xliff:document:2.0"
MATCHES = "urn:oasis:names:tc:xliff:matches:2.0"
GLOSSARY = "urn:oasis:names:tc:xliff:glossary:2.0"
SDL = "http://sdl.com/FileTypes/SdlXliff/1.0"
MQ = "MQXliff"
OURS = "urn:x-bilingual:1"
"""The namespace in which we keep what XLIFF has no place for."""

XML = "http://www.w3.org/XML/1998/namespace"
TOOL = "bilingual"
UNKNOWN = "und"
"""BCP 47's tag for a language nobody has named."""

DRAFT2 = f"{TOOL}:draft"
"""Our `subState`: XLIFF 2 has no state for what a machine has proposed and nobody has read."""

STATES: Mapping[str, Mapping[str, State]] = {
    "1": {
        "new": State.NEW, "needs-translation": State.NEW,
        "needs-review-translation": State.DRAFT, "needs-review-adaptation": State.DRAFT,
        "needs-review-l10n": State.DRAFT, "needs-adaptation": State.DRAFT, "needs-l10n": State.DRAFT,
        "translated": State.TRANSLATED, "signed-off": State.REVIEWED, "final": State.FINAL,
    },
    "2": {
        "initial": State.NEW, f"initial {DRAFT2}": State.DRAFT, "translated": State.TRANSLATED,
        "reviewed": State.REVIEWED, "final": State.FINAL,
    },
    "sdl": {
        "": State.NEW, "draft": State.DRAFT, "rejectedtranslation": State.DRAFT, "translated": State.TRANSLATED,
        "rejectedsignoff": State.TRANSLATED, "approvedtranslation": State.REVIEWED, "approvedsignoff": State.FINAL,
    },
    "mq": {
        "notstarted": State.NEW, "partiallyedited": State.DRAFT, "edited": State.DRAFT, "pretranslated": State.DRAFT,
        "machinetranslated": State.DRAFT, "assembledfromfragments": State.DRAFT, "autojoined": State.DRAFT,
        "autosplit": State.DRAFT, "rejected": State.DRAFT, "manuallyconfirmed": State.TRANSLATED,
        "confirmed": State.TRANSLATED, "translatorconfirmed": State.TRANSLATED,
        "confirmedtranslator": State.TRANSLATED, "reviewer1confirmed": State.REVIEWED, "proofread": State.REVIEWED,
        "reviewer2confirmed": State.FINAL,
    },
}  # fmt: skip
"""What each dialect's words mean, in lower case; of several words for a state the first read is the most exact."""

WORDS: Mapping[str, Mapping[State, str]] = {
    "1": {
        State.NEW: "new", State.DRAFT: "needs-review-translation", State.TRANSLATED: "translated",
        State.REVIEWED: "signed-off", State.FINAL: "final",
    },
    "2": {
        State.NEW: "initial", State.DRAFT: "initial", State.TRANSLATED: "translated", State.REVIEWED: "reviewed",
        State.FINAL: "final",
    },
    "sdl": {
        State.NEW: "", State.DRAFT: "Draft", State.TRANSLATED: "Translated", State.REVIEWED: "ApprovedTranslation",
        State.FINAL: "ApprovedSignOff",
    },
    "mq": {
        State.NEW: "NotStarted", State.DRAFT: "PartiallyEdited", State.TRANSLATED: "ManuallyConfirmed",
        State.REVIEWED: "Proofread", State.FINAL: "Proofread",
    },
}  # fmt: skip
"""The word each dialect has for a state of ours."""

ORIGINS: Mapping[str, OriginKind] = {
    "leveraged-mt": OriginKind.MACHINE, "mt-suggestion": OriginKind.MACHINE, "leveraged-tm": OriginKind.MEMORY,
    "exact-match": OriginKind.MEMORY, "fuzzy-match": OriginKind.MEMORY, "id-match": OriginKind.MEMORY,
    "leveraged-inherited": OriginKind.MEMORY, "leveraged-repository": OriginKind.MEMORY,
    "mt": OriginKind.MACHINE, "nmt": OriginKind.MACHINE, "amt": OriginKind.MACHINE, "tm": OriginKind.MEMORY,
    "document-match": OriginKind.MEMORY, "auto-propagated": OriginKind.MEMORY, "interactive": OriginKind.PERSON,
    "auto-aligned": OriginKind.ALIGNMENT,
}  # fmt: skip
"""`state-qualifier` of XLIFF 1.2, `origin` of sdl:seg, `type` of mtc:match."""

QUALIFIERS = {OriginKind.MACHINE: "leveraged-mt", OriginKind.MEMORY: "leveraged-tm"}
SDL_ORIGINS = {
    OriginKind.MACHINE: "mt", OriginKind.MEMORY: "tm", OriginKind.PERSON: "interactive",
    OriginKind.ALIGNMENT: "auto-aligned",
}  # fmt: skip

AROUND = frozenset({"bold", "italic", "underlined", "link"})
ALONE = frozenset({"image", "lb"})
"""The kinds of code around words, and of lone ones, that XLIFF 1.2 calls as we do; others get an `x-`."""

OWN = AROUND | ALONE | frozenset({"strike", "sup", "sub", "code", "fnote", "tab", "field", "cue"})
SUBTYPES = {
    "bold": ("fmt", "xlf:b"), "italic": ("fmt", "xlf:i"), "underlined": ("fmt", "xlf:u"), "lb": ("fmt", "xlf:lb"),
    "link": ("link", ""), "image": ("image", ""),
}  # fmt: skip
"""The kinds of code that XLIFF 2 knows, as `type` and `subType`."""


def state_of(dialect: str, word: str) -> State | None:
    """The state a dialect's word stands for, whatever its case; None where the word is not known."""
    return STATES[dialect].get(word.strip().lower())


def ctype(meaning: str, lone: bool) -> str:
    """Our kind of a code as XLIFF 1.2 wants it."""
    known = ALONE if lone else AROUND
    return meaning if meaning in known or not meaning or meaning.startswith("x-") else f"x-{meaning}"


def from_ctype(value: str) -> str:
    """The kind of a code, ours where we have the word."""
    short = value.removeprefix("x-")
    return short if short in OWN else value


def type2(meaning: str) -> dict[str, str]:
    """Our kind of a code as the attributes of XLIFF 2."""
    kind, sub = SUBTYPES.get(meaning, ("other", f"{TOOL}:{meaning}"))
    return {} if not meaning else {"type": kind} | ({"subType": sub} if sub else {})


def from_type2(kind: str, sub: str) -> str:
    """The kind of a code from the attributes of XLIFF 2."""
    if sub.startswith(f"{TOOL}:"):
        return sub.removeprefix(f"{TOOL}:")
    return next((name for name, pair in SUBTYPES.items() if pair == (kind, sub)), sub or kind)


def tag(language: str) -> str:
    """A language as BCP 47 wants it written; the tag for an unknown one where it is no language."""
    plain = language.strip().replace("_", "-")
    return plain if re.fullmatch(r"[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*", plain) else UNKNOWN
