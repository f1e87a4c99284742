"""What people consistently changed: English of the machine's that gave way to other English, and for which Chinese."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from bilingual.suggest.passages import Passage

LONGEST = 8
"""Words of English on either side that are still a term's; what is longer is a sentence said anew."""

MOST = 400
"""Words of a sentence that is compared: beyond, comparing costs too much and shows nothing."""

_WORD = re.compile(r"\w+(?:[-'’.]\w+)*")
_SMALL = frozenset(
    ("a", "an", "the", "of", "in", "on", "at", "to", "for", "and", "or", "with", "by", "from", "is", "are", "was", "be")
)

Says = Callable[[str], str]
"""What the machine says for some Chinese alone; "" where that is not known."""


@dataclass(frozen=True, slots=True)
class Change:
    """English `old` that people made `new`, in `passages`."""

    old: str
    new: str
    passages: tuple[Passage, ...]

    @property
    def consistent(self) -> bool:
        """Whether it was made twice, or once in a sentence that a person has approved."""
        return len(self.passages) > 1 or any(passage.approved for passage in self.passages)


def changes_in(passages: Sequence[Passage]) -> list[Change]:
    """The consistent changes, those made most often first."""
    found: dict[tuple[str, str], list[tuple[str, Passage]]] = defaultdict(list)
    for passage in passages:
        if passage.machine and passage.target:
            for old, new in _replaced(passage.machine, passage.target):
                found[old.lower(), new.lower()].append((new, passage))
    changes = [Change(old, made[0][0], tuple(p for _, p in made)) for (old, _), made in found.items()]
    return sorted((c for c in changes if c.consistent), key=lambda c: (-len(c.passages), c.old))


def assign(changes: Sequence[Change], sources: Sequence[str], says: Says) -> dict[str, Change]:
    """For which of `sources` (names and phrases) each change was made: at most one for each.

    It is the one that stands in every sentence of the change and that the machine, asked for it alone, calls by the
    old English; where the machine cannot be asked, the only one, or the one that stands in the fewest other sentences.
    """
    assigned: dict[str, Change] = {}
    for change in changes:
        common = [s for s in sources if all(s in passage.text for passage in change.passages)]
        source = _named(change, common, says) or _only(common)
        if source and source not in assigned:
            assigned[source] = change
    return assigned


def _named(change: Change, sources: Sequence[str], says: Says) -> str:
    """The source that the machine calls by the old English: the one whose English is nearest in length."""
    old = _bare(change.old)
    said = {source: _bare(says(source)) for source in sources}
    near = [
        s
        for s, english in said.items()
        if english and (old == english or _contains(english, old) or _contains(old, english))
    ]
    return min(near, key=lambda s: (abs(len(said[s]) - len(old)), -len(s)), default="")


def _only(sources: Sequence[str]) -> str:
    """The longest source, if every other that is in the sentences is a part of it."""
    longest = max(sources, key=len, default="")
    return longest if all(source in longest for source in sources) else ""


def _contains(whole: str, part: str) -> bool:
    return bool(part) and f" {part} " in f" {whole} "


def _bare(english: str) -> str:
    """Lower case, without small words before it, singular and plural alike."""
    words = [word.lower() for word in _WORD.findall(english)]
    while words and words[0] in _SMALL:
        words.pop(0)
    return " ".join(word.removesuffix("s").removesuffix("ie").removesuffix("y") for word in words)


def _replaced(machine: str, person: str) -> Iterator[tuple[str, str]]:
    """The stretches of words that a person put in the place of the machine's, whole words, small ones trimmed."""
    old, new = [*_WORD.finditer(machine)][:MOST], [*_WORD.finditer(person)][:MOST]
    matcher = SequenceMatcher(None, [w[0].lower() for w in old], [w[0].lower() for w in new], autojunk=False)
    for a, b, c, d in _regions(matcher.get_opcodes()):
        if b - a > LONGEST or d - c > LONGEST:
            continue
        left, right = _shown(old[a:b], machine), _shown(new[c:d], person)
        if left and right and left.lower() != right.lower():
            yield left, right


def _regions(opcodes: Iterable[tuple[str, int, int, int, int]]) -> Iterator[tuple[int, int, int, int]]:
    """The stretches that differ; a single word between two of them that stayed belongs to one change."""
    held: tuple[int, int, int, int] | None = None
    for tag, a, b, c, d in opcodes:
        if tag != "equal":
            held = (held[0], b, held[2], d) if held else (a, b, c, d)
        elif held and b - a > 1:
            yield held
            held = None
    if held:
        yield held


def _shown(words: Sequence[re.Match[str]], text: str) -> str:
    """The words as they stand in `text`, without small words at the edges."""
    kept = [*words]
    while kept and kept[0][0].lower() in _SMALL:
        kept.pop(0)
    while kept and kept[-1][0].lower() in _SMALL:
        kept.pop()
    return text[kept[0].start() : kept[-1].end()] if kept else ""


def cached(table: Mapping[str, str]) -> Says:
    """What a table of answers says."""
    return lambda source: table.get(source, "")
