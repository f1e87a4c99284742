"""Segmentation rules from an SRX file (1.0 or 2.0), in the place of our own.

At each place between two characters the rules are asked in their order: the first whose `beforebreak` matches the text
that ends there and whose `afterbreak` matches the text that begins there decides, break or no break. A break rule is
searched for from left to right, as other tools do, so that [。！？]+ ends behind ？！ and not within. Which rules are
asked, and in which order, the language says: the first language map that matches its code, or with cascade="yes" all of
them. Source: SRX 2.0, LISA/OSCAR 2008.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from bilingual import safexml
from bilingual.errors import InputError, place
from bilingual.segmentation.icu import translated

if TYPE_CHECKING:
    from lxml import etree

SECONDS = 5.0
"""How long one rule may take over one text, and as long again for each 100,000 characters of it."""

_MAPS_HINT = "write it as it stands in the file's languagemap, or add a languagemap for it"
_MARK = "[noauto]"  # Okapi's: no codes are to be expected here; no part of the expression


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule: the two expressions as the file has them, whether a break follows, and the line it stands on."""

    breaks: bool
    before: str
    after: str
    line: int | None


@dataclass(frozen=True, slots=True)
class LanguageMap:
    """Which rules, by name, hold for the languages whose code `pattern` matches as a whole."""

    pattern: str
    rules: str
    line: int | None


@dataclass(frozen=True, slots=True)
class Srx:
    """An SRX file. `handles` says of "start", "end" and "isolated" codes whether they stay with the text before them.

    `handles` and `subflows` are what the file says; our own way with codes (`codes.cut`) does not ask them.
    """

    path: Path
    version: str
    cascade: bool
    subflows: bool
    handles: tuple[tuple[str, bool], ...]
    rules: tuple[tuple[str, tuple[Rule, ...]], ...]
    maps: tuple[LanguageMap, ...]

    def rules_for(self, language: str) -> tuple[Rule, ...]:
        """The rules for a language code, in their order. Raises InputError where the file has none for it."""
        by_name = dict(self.rules)
        chosen = [entry for entry in self.maps if _matches(entry, language, self.path)]
        if not chosen:
            patterns = ", ".join(entry.pattern for entry in self.maps) or "none"
            raise InputError(
                f"has no rules for language '{language}' (it maps: {patterns})", _MAPS_HINT, path=self.path
            )
        return tuple(rule for entry in chosen[: None if self.cascade else 1] for rule in by_name[entry.rules])


def cuts(text: str, path: Path, language: str) -> Iterator[int]:
    """The offsets at which the rules of the file break `text`, rising.

    Raises InputError for a file that cannot be used, and for a rule that takes too long.
    """
    rules = _compiled(path, _state(path), language)
    found: dict[int, int] = {}
    for number, (rule, pattern) in enumerate(rules):
        if rule.breaks:
            for at in _places(rule, pattern, text, path):
                found.setdefault(at, number)
    for at in sorted(found):
        before = rules[: found[at]]
        if not any(_holds(rule, pattern, text, at, path) for rule, pattern in before if not rule.breaks):
            yield at


def load(path: Path) -> Srx:
    """The SRX file at `path`. Raises InputError with the line."""
    try:
        return parse(path.read_bytes(), path)
    except OSError as error:
        raise _unreadable(error, path) from error


def _state(path: Path) -> tuple[int, int]:
    """What changes when the file does, so that it is read once, and again only then."""
    try:
        found = path.stat()
    except OSError as error:
        raise _unreadable(error, path) from error
    return found.st_mtime_ns, found.st_size


def _unreadable(error: OSError, path: Path) -> InputError:
    return InputError(f"cannot be read: {error.strerror}", "check the setting segmentation.srx", path=path)


def parse(data: bytes, path: Path) -> Srx:
    """The SRX file whose bytes these are. Raises InputError that lists every bad place."""
    root = safexml.parse(data, path)
    if _name(root) != "srx":
        raise InputError(f"is not an SRX file: its outermost element is <{_name(root)}>", path=path)
    rules: dict[str, tuple[Rule, ...]] = {}
    for group in root.iter("{*}languagerule"):
        name = group.get("languagerulename", "")
        rules[name] = rules.get(name, ()) + tuple(_rule(element) for element in group.iter("{*}rule"))
    maps = tuple(
        LanguageMap(entry.get("languagepattern", ""), entry.get("languagerulename", ""), _line(entry))
        for entry in root.iter("{*}languagemap")
    )
    _refuse([*_bad_breaks(root, path), *_unknown_rules(maps, rules, path)])
    header = next(root.iter("{*}header"), root)
    return Srx(
        path=path,
        version=root.get("version", ""),
        cascade=header.get("cascade", "no") == "yes",
        subflows=header.get("segmentsubflows", "yes") == "yes",
        handles=tuple((e.get("type", ""), e.get("include") == "yes") for e in root.iter("{*}formathandle")),
        rules=tuple(rules.items()),
        maps=maps,
    )


def _bad_breaks(root: etree._Element, path: Path) -> Iterator[str]:
    for element in root.iter("{*}rule"):
        if element.get("break", "yes") not in {"yes", "no"}:
            yield f"{place(path, _line(element))}break is '{element.get('break')}', but must be yes or no"


def _unknown_rules(maps: Sequence[LanguageMap], rules: Collection[str], path: Path) -> Iterator[str]:
    for entry in maps:
        if entry.rules not in rules:
            known = ", ".join(rules) or "none"
            yield f"{place(path, entry.line)}no languagerule is called '{entry.rules}' (there are: {known})"


def _refuse(problems: Sequence[str]) -> None:
    """One error that tells every bad place, where there are any."""
    if problems:
        raise InputError("\n".join(problems), "mend or delete these lines", problems=tuple(problems))


def _line(element: etree._Element) -> int | None:
    return cast("int | None", element.sourceline)


def _name(element: etree._Element) -> str:
    return str(element.tag).rpartition("}")[2]


def _rule(element: etree._Element) -> Rule:
    return Rule(
        breaks=element.get("break", "yes") == "yes",
        before=_expression(element, "beforebreak"),
        after=_expression(element, "afterbreak"),
        line=_line(element),
    )


def _expression(element: etree._Element, name: str) -> str:
    """The expression of a rule's half; one that is missing matches anything."""
    found = next(element.iter(f"{{*}}{name}"), None)
    return "" if found is None else "".join(map(str, found.itertext())).removesuffix(_MARK)


def _matches(entry: LanguageMap, language: str, path: Path) -> bool:
    import regex  # type: ignore[import-untyped,unused-ignore]

    try:
        return bool(regex.fullmatch(translated(entry.pattern), language, regex.V1 | regex.IGNORECASE, timeout=SECONDS))
    except (regex.error, ValueError, RecursionError, TimeoutError) as error:
        raise InputError(f"languagepattern {entry.pattern!r}: {error}", path=path, line=entry.line) from error


@lru_cache(maxsize=16)
def _compiled(path: Path, _state: tuple[int, int], language: str) -> tuple[tuple[Rule, Any], ...]:
    """The rules for a language with their expressions: of a break what ends there, of an exception the place itself."""
    import regex

    compiled: list[tuple[Rule, Any]] = []
    problems: list[str] = []
    for rule in load(path).rules_for(language):
        try:
            before, after = translated(rule.before), translated(rule.after)
            for half in (before, after):
                regex.compile(half, regex.V1)  # alone, so that no bracket of one half closes one of the other
            ended = f"(?:{before})" if rule.breaks else f"(?<=(?:{before}))"
            compiled.append((rule, regex.compile(f"{ended}(?=(?:{after}))", regex.V1)))
        except (regex.error, ValueError, OverflowError, RecursionError) as error:
            problems.append(f"{place(path, rule.line)}the expression {_shown(rule)} cannot be used: {error}")
    _refuse(problems)
    return tuple(compiled)


def _places(rule: Rule, pattern: Any, text: str, path: Path) -> Sequence[int]:
    """The places inside `text` where both halves of a break rule match."""
    try:
        found = pattern.finditer(text, timeout=_seconds(text))
        return [match.end() for match in found if 0 < match.end() < len(text)]
    except TimeoutError as error:
        raise _too_slow(rule, path) from error


def _holds(rule: Rule, pattern: Any, text: str, at: int, path: Path) -> bool:
    try:
        return bool(pattern.match(text, at, timeout=_seconds(text)))
    except TimeoutError as error:
        raise _too_slow(rule, path) from error


def _seconds(text: str) -> float:
    return SECONDS * (1 + len(text) / 100_000)


def _too_slow(rule: Rule, path: Path) -> InputError:
    hint = "make it simpler: no repetition within a repetition"
    return InputError(f"the expression {_shown(rule)} takes too long", hint, path=path, line=rule.line)


def _shown(rule: Rule) -> str:
    shown = re.sub(r"\s", " ", f"'{rule.before}' – '{rule.after}'")
    return shown if len(shown) <= 120 else f"{shown[:120]}…"
