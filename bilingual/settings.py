"""What a project may set: the defaults, then its bilingual.toml, then the command line, each over the one before."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any

from bilingual.errors import SettingsError, place

FILE = "bilingual.toml"
"""The project file's name."""
CHECKS = (
    *("empty", "same_as_source", "untranslated", "degenerate", "codes", "numbers", "dates", "percentages", "money"),
    *("forbidden_term", "missing_term", "inconsistent_term", "length", "repetition", "brackets", "quotes"),
    *("full_stop", "capital", "full_width", "doubled_marks", "spaces", "same_source", "same_target", "names"),
    *("spelling", "house_spelling", "house_percent", "house_dates", "meaning"),
)
"""The checks that a project can set, by name: all there are (see bilingual.checks)."""
LEVELS = ("off", "hint", "warning", "error")
DATES = ("October 1, 2022", "1 October 2022")


@dataclass(frozen=True, slots=True)
class Rules:
    """Where a sentence ends; docs/segmentation.md shows each with examples.

    `break_at_newline`: at every line end; without it only at blank lines, for text wrapped at a fixed width.
    `break_at_semicolon`, `break_at_ellipsis`: also after ； and ……. `keep_attribution`: 「…。」他说。 is one unit.
    `break_at_list_items`: also after ： or ；before the number of a list's item: 如下：|（一）…；|（二）….
    `longest_quotation`: a quotation or bracket of more code points than this is cut at its own stops; 0 cuts them all.
    In English it counts three letters for one character. `srx`: an SRX file whose rules decide instead of all these.
    """

    break_at_newline: bool = True
    break_at_semicolon: bool = False
    break_at_ellipsis: bool = False
    keep_attribution: bool = True
    longest_quotation: int = 160
    break_at_list_items: bool = False
    srx: Path | None = None


@dataclass(frozen=True, slots=True)
class Style:
    """The house style of the English: `spelling` is "american", "british" or "oxford" (British with -ize), `percent`
    "percent", "per cent" or "%", `dates` a date as it is to be written; empty means as people do who spell so."""

    spelling: str = "american"
    percent: str = "percent"
    dates: str = ""

    @property
    def day_first(self) -> bool:
        """Whether a date begins with its day."""
        return self.dates == DATES[1] or (not self.dates and self.spelling != "american")


@dataclass(frozen=True, slots=True)
class Checks:
    """What the project wants of each check it names: "off", or the severity of what it finds."""

    levels: tuple[tuple[str, str], ...] = ()

    def level(self, check: str) -> str:
        """What is set for a check; "" where nothing is."""
        return dict(self.levels).get(check, "")


@dataclass(frozen=True, slots=True)
class Penalties:
    """Points taken off a match of the memory; docs/memory.md says when.

    `machine`: a machine's draft that nobody has touched; `unreviewed`: nobody has confirmed it; `alignment`: paired by
    a program and not confirmed; `glossary`: it says a term otherwise than the glossary now does. `reviewed_from` is the
    state from which an entry counts as confirmed: "translated", "reviewed" or "final".
    """

    machine: int = 10
    unreviewed: int = 5
    alignment: int = 5
    glossary: int = 3
    reviewed_from: str = "translated"


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything a run depends on besides its inputs. Paths from a project file stand against that file's folder.

    `glossary` names tables and folders of them; empty means the project's own (see `glossary_paths`). `rules` are the
    [segmentation] table of the file, `style` its [style], `penalties` its [penalties], `checks` its [checks]. `effort`
    is whether the review page may keep, on this machine, the time and the keys that people spend on a unit. `folder` is
    where the project lies; no file can set it.
    """

    output: Path = Path("aligned")
    glossary: tuple[Path, ...] = ()
    formats: tuple[str, ...] = ("tmx", "csv")
    engine: str = "argos"
    memory: Path = Path("memory.sqlite")
    rules: Rules = Rules()
    style: Style = Style()
    penalties: Penalties = Penalties()
    checks: Checks = Checks()
    effort: bool = True
    folder: Path = Path()

    def with_overrides(self, **given: object) -> Settings:
        """These settings, with what the command line gave (by field name) over them; None means not given."""
        names = [field.name for field in fields(self)]
        unknown = sorted(given.keys() - set(names))
        if unknown:
            raise SettingsError(f"unknown setting: {', '.join(unknown)}", f"valid settings: {', '.join(names)}")
        changes: dict[str, Any] = {name: value for name, value in given.items() if value is not None}
        return replace(self, **changes)

    def glossary_paths(self) -> tuple[Path, ...]:
        """The glossary to use: what was set, else the project's glossary/, else the one that comes with bilingual."""
        if self.glossary:
            return self.glossary
        package = Path(__file__).parent
        candidates = [self.folder / "glossary", package / "data" / "glossary"]
        if (package.parent / "pyproject.toml").is_file():  # run from a checkout, in another folder
            candidates.append(package.parent / "glossary")
        return next(((path,) for path in candidates if path.is_dir()), ())


@dataclass(frozen=True, slots=True)
class _Key:
    """A setting as the project file spells it: the type it wants, the field it fills, and its choices if few."""

    wants: str
    field: str
    choices: tuple[str, ...] = ()


_KEYS = {
    "output": _Key("path", "output"),
    "glossary": _Key("paths", "glossary"),
    "formats": _Key("texts", "formats"),
    "engine": _Key("text", "engine"),
    "memory": _Key("path", "memory"),
    "effort": _Key("yes-no", "effort"),
    "segmentation.break_at_newline": _Key("yes-no", "rules.break_at_newline"),
    "segmentation.break_at_semicolon": _Key("yes-no", "rules.break_at_semicolon"),
    "segmentation.break_at_ellipsis": _Key("yes-no", "rules.break_at_ellipsis"),
    "segmentation.keep_attribution": _Key("yes-no", "rules.keep_attribution"),
    "segmentation.longest_quotation": _Key("count", "rules.longest_quotation"),
    "segmentation.break_at_list_items": _Key("yes-no", "rules.break_at_list_items"),
    "segmentation.srx": _Key("path", "rules.srx"),
    "style.spelling": _Key("text", "style.spelling", ("american", "british", "oxford")),
    "style.percent": _Key("text", "style.percent", ("percent", "per cent", "%")),
    "style.dates": _Key("text", "style.dates", DATES),
    "penalties.machine": _Key("count", "penalties.machine"),
    "penalties.unreviewed": _Key("count", "penalties.unreviewed"),
    "penalties.alignment": _Key("count", "penalties.alignment"),
    "penalties.glossary": _Key("count", "penalties.glossary"),
    "penalties.reviewed_from": _Key("text", "penalties.reviewed_from", ("translated", "reviewed", "final")),
    **{f"checks.{name}": _Key("text", f"checks.{name}", LEVELS) for name in CHECKS},
}
_TABLES = {"segmentation", "style", "penalties", "checks"}
_WORDS = {
    "path": 'a path in quotes, as "aligned"',
    "paths": 'a path or a list of paths, as ["glossary"]',
    "text": "a text in quotes",
    "texts": 'a list of texts, as ["tmx", "csv"]',
    "yes-no": "true or false",
    "count": "a whole number, 0 or more",
}


def load(folder: Path) -> Settings:
    """The settings of the project in `folder`: the defaults where it has no bilingual.toml.

    Raises SettingsError, naming every line that cannot be used and the keys that can.
    """
    base = Path() if folder.resolve() == Path.cwd() else folder  # what people see stays as short as they know it
    path = base / FILE
    text = _text(path)
    return _settings(_values(text, path), base)


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except (FileNotFoundError, NotADirectoryError):
        return ""
    except UnicodeDecodeError as error:
        raise SettingsError(f"{place(path)}byte {error.start} is not UTF-8", "save the file as UTF-8") from error
    except OSError as error:
        raise SettingsError(f"{place(path)}cannot be read: {error.strerror}", "make it a file you can read") from error


def _values(text: str, path: Path) -> dict[str, Any]:
    """The file's values by dotted key, each known and of the right type; else one error that tells every bad one."""
    import tomllib

    try:
        flat = dict(_flat(tomllib.loads(text)))
    except tomllib.TOMLDecodeError as error:
        raise SettingsError(f"{place(path)}not TOML: {error}", 'a line reads: output = "aligned"') from error
    problems = [(_line_of(key, text), problem) for key, value in flat.items() if (problem := _problem(key, value))]
    if problems:
        told = [f"{place(path, line)}{problem}" for line, problem in sorted(problems, key=lambda p: p[0] or 0)]
        raise SettingsError("\n".join(told), f"valid settings: {', '.join(_KEYS)}")
    return flat


def _flat(table: dict[str, Any], prefix: str = "") -> Iterator[tuple[str, Any]]:
    """Each value with its dotted key; a table that is none of ours stays whole, so that it is told once."""
    for key, value in table.items():
        if isinstance(value, dict) and prefix + key in _TABLES:
            yield from _flat(value, f"{key}.")
        else:
            yield prefix + key, value


def _problem(key: str, value: object) -> str | None:
    """What is wrong with a setting, in words; None where it can be used."""
    if key not in _KEYS:
        close = difflib.get_close_matches(key, _KEYS, n=1)
        return f"unknown setting '{key}'" + (f", did you mean '{close[0]}'?" if close else "")
    wants, choices = _KEYS[key].wants, _KEYS[key].choices
    if not _fits(wants, value):
        return f"'{key}' is {value!r}, but must be {_WORDS[wants]}"
    if choices and value not in choices:
        return f"'{key}' is {value!r}, but must be one of: {', '.join(choices)}"
    return None


def _fits(wants: str, value: object) -> bool:
    if wants == "yes-no":
        return isinstance(value, bool)
    if wants == "count":
        return isinstance(value, int) and not isinstance(value, bool) and value >= 0
    if wants in {"texts", "paths"} and isinstance(value, list):
        return bool(value) and all(_is_text(part) for part in value)
    return wants != "texts" and _is_text(value)


def _is_text(value: object) -> bool:
    return isinstance(value, str) and bool(value) and "\0" not in value


def _line_of(key: str, text: str) -> int | None:
    """The line (from 1) that sets `key`, or opens its table."""
    table, _, name = key.rpartition(".")
    here = ""
    for number, line in enumerate(text.splitlines(), 1):
        header = re.match(r"\s*\[+\s*([^\]]+?)\s*\]", line)
        here = header[1] if header else here
        spelled = re.match(r"""\s*["']?([\w.-]+?)["']?\s*=""", line)
        if (header and here == key) or (spelled and (here, spelled[1]) in {(table, name), ("", key)}):
            return number
    return None


def _settings(values: dict[str, Any], folder: Path) -> Settings:
    """The defaults with `values` (checked) over them, every path standing against `folder`."""
    settings = Settings(folder=folder)
    by_table: dict[str, dict[str, Any]] = {"": {}, "rules": {}, "style": {}, "penalties": {}, "checks": {}}
    for key, value in values.items():
        table, _, name = _KEYS[key].field.rpartition(".")
        by_table[table][name] = _converted(_KEYS[key].wants, value)
    if "srx" in by_table["rules"]:
        by_table["rules"]["srx"] = folder / by_table["rules"]["srx"]
    settings = replace(
        settings,
        rules=replace(settings.rules, **by_table["rules"]),
        style=replace(settings.style, **by_table["style"]),
        penalties=replace(settings.penalties, **by_table["penalties"]),
        checks=Checks(tuple(sorted(by_table["checks"].items()))),
        **by_table[""],
    )
    return replace(
        settings,
        output=folder / settings.output,
        memory=folder / settings.memory,
        glossary=tuple(folder / path for path in settings.glossary),
    )


def _converted(wants: str, value: Any) -> Any:
    if wants == "path":
        return Path(value)
    if wants in {"texts", "paths"}:
        kind = Path if wants == "paths" else str
        return tuple(kind(part) for part in ([value] if isinstance(value, str) else value))
    return value
