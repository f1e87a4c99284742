"""Is one name spelled in two ways in one document?"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Collection, Iterator
from itertools import islice

from bilingual.bitext import Span, Unit
from bilingual.checks.context import Check, Context
from bilingual.checks.dictionary import in_dictionary
from bilingual.checks.findings import Finding, Severity
from bilingual.checks.groups import Groups, told
from bilingual.chinese import HAN

_NAME = re.compile(r"(?<![\w'’-])[^\W\d_a-z][^\W\d_]*(?:[-'’][^\W\d_]+)*")
_POSSESSIVE = re.compile(r"['’]s?$")
_HAN = re.compile(f"[{HAN}]{{2,}}")
_LONGEST = 3
"""Words of a name that are looked at together."""
_LENGTH, _READ = 40, 400
"""Letters of a word, and characters of a source, that are looked at."""
_LEAST = 6
"""Letters of a name that may be misspelled in one of them: Hunan and Henan are two places."""
_COMPARED = 20
"""Units whose Chinese is held against each other, at most, to learn whether two spellings are one name."""
_ENDINGS = ("s", "n", "i", "an", "e")
"""What makes another word of a name, and no other spelling: Iraqi, Korean."""


class _Index:
    """The names of a document, by their letters alone."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._groups = Groups()
        self._near: defaultdict[str, set[str]] = defaultdict(set)
        self._sources: dict[str, str] = {}

    def put(self, unit: Unit) -> Collection[str]:
        """Take the unit as it is now."""
        self._sources[unit.id] = unit.source.string[:_READ]
        said = [(key, form) for key, form, _ in _names(unit.target.string)]
        for key, _ in said:
            for part in _without_one(key):
                self._near[part].add(key)
        touched = self._groups.put(unit.id, said)
        return touched.union(*(self._users(other) for key, _ in said for other in self._alike(key)))

    def drop(self, unit_id: str) -> Collection[str]:
        """Forget it."""
        self._sources.pop(unit_id, None)
        return self._groups.drop(unit_id)

    def look(self, unit: Unit) -> Iterator[Finding]:
        """Each name that other units spell otherwise, where it stands first."""
        seen: list[Span] = []
        names = {(key, form): span for key, form, span in reversed([*_names(unit.target.string)])}  # the first of each
        for (key, form), span in sorted(names.items(), key=lambda name: (-len(name[1]), name[1].start)):
            if any(span.overlaps(other) for other in seen):
                continue
            others = self._groups.forms(key, unit.id)
            del others[form]
            for other in [other for other in others if not _two_ways(form, other)]:
                del others[other]
            severity = Severity.WARNING
            if not others:
                severity = Severity.HINT
                near = (one for one in self._alike(key) if self._is_one_name(unit, key, one))
                others = sum((self._groups.forms(one) for one in near), start=others)
            if others:
                seen.append(span)
                reason = f"“{form}” is spelled otherwise in this document: {told(others)}."
                yield Finding(unit.id, CHECK.name, severity, "linguistic conventions/spelling", reason, None, span)

    def _alike(self, key: str) -> list[str]:
        """The other names of the document that are one letter away."""
        found = set().union(*(self._near.get(part, set()) for part in _without_one(key))) - {key}
        return sorted(one for one in found if self._groups.forms(one) and not _is_derived(one, key))

    def _users(self, key: str) -> set[str]:
        return {unit for form in self._groups.forms(key) for unit in self._groups.users(key, form)}

    def _is_one_name(self, unit: Unit, key: str, other: str) -> bool:
        """Whether the Chinese of all units with either name has something in common that few others have."""
        users = sorted({unit.id, *self._users(key), *self._users(other)})[:_COMPARED]
        sources = [unit.source.string[:_READ] if user == unit.id else self._sources[user] for user in users]
        common = _stretches(sources[0])
        for source in sources[1:]:
            common = {part for part in common if part in source}
        return any(self._is_rare(part, 2 * len(users)) for part in sorted(common, key=len, reverse=True)[:_COMPARED])

    def _is_rare(self, part: str, most: int) -> bool:
        """Whether at most so many units have it in their Chinese."""
        users = (1 for source in self._sources.values() if part in source)
        return len(list(islice(users, most + 1))) <= most


def _names(text: str) -> Iterator[tuple[str, str, Span]]:
    """Each run of up to three words with a capital of which one is in no dictionary: its letters alone, as it is
    written, and its place."""
    if text.isupper():
        return
    found = (match for match in _NAME.finditer(text) if match[0][0].isupper() and len(match[0]) <= _LENGTH)
    words = [(_POSSESSIVE.sub("", match[0]), match.start()) for match in found]
    for first in range(len(words)):
        for last in range(first, min(first + _LONGEST, len(words))):
            if last > first and text[words[last - 1][1] + len(words[last - 1][0]) : words[last][1]] != " ":
                break
            span = Span(words[first][1], words[last][1] + len(words[last][0]))
            form = span.of(text)
            if len(words[last][0]) > 1 and any(not in_dictionary(part.lower()) for part in re.split(r"[\s-]", form)):
                yield _letters(form), form, span
                if last == first + 1:  # Xiaoming Wang is Wang Xiaoming
                    yield " ".join(sorted(map(_letters, form.split()))), form, span


def _letters(form: str) -> str:
    plain = unicodedata.normalize("NFKD", form.lower())
    return "".join(letter for letter in plain if letter.isalpha())


def _two_ways(form: str, other: str) -> bool:
    """Whether two forms of the same letters are two spellings: capitals throughout are none, nor a curly apostrophe."""
    plain, other = form.replace("’", "'"), other.replace("’", "'")
    return plain != other and not plain.isupper() and not other.isupper()


def _without_one(key: str) -> Iterator[str]:
    if len(key) >= _LEAST and " " not in key and not in_dictionary(key):
        yield key
        yield from (key[:at] + key[at + 1 :] for at in range(1, len(key)))


def _is_derived(one: str, other: str) -> bool:
    short, long = sorted((one, other), key=len)
    return any(long == short + ending for ending in _ENDINGS) or abs(len(one) - len(other)) > 1


def _stretches(source: str) -> set[str]:
    """Every stretch of two to six Chinese characters."""
    runs = _HAN.findall(source)
    return {run[at : at + size] for run in runs for size in range(2, 7) for at in range(len(run) - size + 1)}


CHECK = Check("names", "names that are spelled in two ways in one document", index=_Index)
