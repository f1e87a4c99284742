"""Candidates for new terms from documents: names by their looks, phrases by their termhood, in one ranking."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from bilingual.bitext import Span, TermKind
from bilingual.chinese import strip_chinese_punctuation
from bilingual.glossary.matching import normal_form
from bilingual.suggest.chunks import chunks_of
from bilingual.suggest.names import DOTTED, FOUR, GROUP, Found, names_in
from bilingual.suggest.passages import Passage, whole
from bilingual.suggest.tables import ENDS, GOES_ON, HEADS, LIGHT
from bilingual.suggest.termhood import Counts, Phrase, Termhood, frequency
from bilingual.suggest.words import words_of

SHORTLIST = 4000
"""Candidates that are looked for in the text a second time."""

LONGEST = 1000
"""Characters that are read at a time: no sentence is longer, and looking for names takes more than linear time."""

GOOD = 0.5
"""From this score on a candidate takes its stretch of the text from any shorter one."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A name or phrase that may be a term. `count` is how often it stands on its own, outside longer candidates;
    `score` in [0, 1] orders them; `evidence` says in words what speaks for it."""

    source: str
    kind: TermKind
    count: int
    score: float
    evidence: tuple[str, ...]
    context: Passage


@dataclass(slots=True)
class _Seen:
    """What was noted of one candidate in the first reading: the weight of each evidence, the kind of the weightiest."""

    kind: TermKind = TermKind.PHRASE
    weight: float = -1.0
    evidence: dict[str, float] = field(default_factory=dict)

    def add(self, found: Found) -> None:
        """Note one more occurrence."""
        self.evidence[found.evidence] = found.weight
        if found.weight > self.weight:
            self.weight, self.kind = found.weight, found.kind


def mine(passages: Sequence[Passage], known: Iterable[str] = ()) -> list[Candidate]:
    """The candidates in `passages`, the best first; those in `known` (sources of terms) are left out.

    What stands only inside longer candidates is left out too.
    """
    seen: dict[str, _Seen] = {}
    counts = Counts()
    normals = [normal_form(whole(passage.text)) for passage in passages]
    for passage, normal in zip(passages, normals, strict=True):
        for start in range(0, len(normal), LONGEST):
            _read(passage.text[start : start + LONGEST], normal[start : start + LONGEST], seen, counts)
    _parts_of_names(seen)
    scores = _scores(seen, counts)
    excluded = {_bare(normal_form(source)) for source in known}
    best = sorted((key for key in scores), key=lambda key: (-scores[key], key))
    return _recounted(best[: SHORTLIST + len(excluded)], scores, seen, passages, normals, excluded)


_MARKS = dict(zip("“「『《", "”」』》", strict=True))
_ENDS = frozenset("”」』》)）。,;:!?、 ·—-")


def _read(surface: str, normal: str, seen: dict[str, _Seen], counts: Counts) -> None:
    """Note the names in a sentence, given as it stands and in normal form, and count its phrases."""
    words = words_of(normal)
    chunks = [*chunks_of(words)]
    counts.add(words, chunks)
    for word in words:
        if word.tag in {"title", "quote"}:
            inner = words_of(word.text[1:-1])
            counts.add(inner, chunks_of(inner))
    for found in names_in(surface, normal, words, chunks):
        key = _bare(found.span.of(normal))
        if len(key) > 1:
            seen.setdefault(key, _Seen()).add(found)


def _bare(text: str) -> str:
    """Without the marks around it; those that close inside it stay: “互联网之光”博览会."""
    if text[0] not in _MARKS and text[-1] not in _ENDS:
        return text
    close = _MARKS.get(text[:1])
    if close and close in text[1:-1]:
        return text
    bare = strip_chinese_punctuation(text)
    end = text.find(bare) + len(bare)
    return bare + ")" if bare.count("(") > bare.count(")") and text[end : end + 1] == ")" else bare


def _parts_of_names(seen: dict[str, _Seen]) -> None:
    """The last part of a dotted name is a name wherever it stands alone: 林斯 after 罗尼·林斯."""
    for key, noted in [*seen.items()]:
        if DOTTED in noted.evidence:
            part = key.rpartition("·")[2]
            if len(part) > 1:
                seen.setdefault(part, _Seen()).add(
                    Found(Span(0, len(part)), TermKind.PERSON, 0.8, "part of a name with ·")
                )


def _scores(seen: dict[str, _Seen], counts: Counts) -> dict[str, float]:
    scores = {key: noted.weight for key, noted in seen.items()}
    for phrase, facts in counts.termhood().items():
        key = "".join(phrase)
        score = phrase_score(phrase, facts)
        if score > 0 and len(key) > 1:
            noted = seen.get(key)
            score += 0.08 * bool(noted and FOUR in noted.evidence)
            scores[key] = max(score, scores.get(key, 0.0))
    return scores


def phrase_score(phrase: Phrase, facts: Termhood) -> float:
    """From 0 to 1: rises with the C-value and the weirdness of its words."""
    if facts.c_value <= 0:
        return 0.0
    text = "".join(phrase)
    domain = max(0.0, min(1.0, (facts.weirdness + 0.5) / 3))
    if len(phrase) == 1:
        score = _word_score(text, domain, facts)
    elif facts.count > 1:
        strength = math.log2(1 + facts.c_value / math.log2(len(text)))
        score = 0.3 + 0.6 * (1 - math.exp(-strength * (0.3 + domain) / 1.6))
        score *= 0.8 + 0.2 * min(1.0, facts.entropy)
    else:
        score = 0.12 + 0.3 * domain
        if any(frequency(word) == 0 for word in phrase):
            score *= 0.8
    if facts.loose:
        score *= 0.85
    if len(phrase) > 1 and phrase[-1] in LIGHT | ENDS:
        score *= 0.6 if phrase[-1] in LIGHT else 0.85
    if len(phrase) > 1 and phrase[0] in HEADS:
        score *= 0.7
    if facts.placed and len(phrase) == 2:
        score *= 0.65  # 香港 and any noun
    return score * min(1.0, 9 / len(text))


def _word_score(word: str, domain: float, facts: Termhood) -> float:
    """A single word: what the dictionary knows well is seldom a term; long words are, and rare ones that recur."""
    known = frequency(word)
    if known == 0 and facts.count < 3:
        return 0.0
    if facts.count == 1:
        return 0.28 if len(word) >= 4 else 0.2
    score = 0.6 * (1 - math.exp(-math.log2(1 + facts.count) * domain))
    if len(word) >= 4:
        return 0.25 + score
    return score * (0.5 if facts.weirdness < 1.7 or len(word) == 2 else 1.0)


def _weightiest(evidence: Mapping[str, float]) -> tuple[str, ...]:
    return tuple(sorted(evidence, key=lambda name: -evidence[name])[:3])


def _rank(key: str, score: float) -> tuple[float, float]:
    """Who takes a stretch of text first: of what is good enough the longest, then what is left by its score."""
    return (-1.0, -len(key)) if score >= GOOD else (-score, -len(key))


def _recounted(
    keys: Sequence[str],
    scores: dict[str, float],
    seen: dict[str, _Seen],
    passages: Sequence[Passage],
    normals: Sequence[str],
    excluded: set[str],
) -> list[Candidate]:
    """The candidates with their occurrences outside longer ones; those without any are fragments and go."""
    from ahocorasick_rs import AhoCorasick

    if not keys:
        return []
    automaton = AhoCorasick(keys)
    rank = {index: _rank(key, scores[key]) for index, key in enumerate(keys)}
    groups = {key for key, noted in seen.items() if GROUP in noted.evidence}
    count: Counter[int] = Counter()
    first: dict[int, tuple[Passage, str]] = {}
    for passage, normal in zip(passages, normals, strict=True):
        matches = automaton.find_matches_as_indexes(normal, overlapping=True)
        taken = bytearray(len(normal))
        for index, start, end in sorted(matches, key=lambda match: rank[match[0]]):
            if any(taken[start:end]) or GOES_ON.match(normal, end):
                continue
            if keys[index] not in groups:
                taken[start:end] = b"\x01" * (end - start)
            count[index] += 1
            first.setdefault(index, (passage, passage.text[start:end]))
    found = []
    for index, (passage, surface) in first.items():
        key = keys[index]
        if key in excluded:
            continue
        noted = seen.get(key)
        kind = noted.kind if noted else TermKind.PHRASE
        evidence = _weightiest(noted.evidence) if noted else ("recurrent phrase",)
        score = min(1.0, scores[key] + 0.03 * math.log2(count[index]))
        found.append(Candidate(surface, kind, count[index], round(score, 4), evidence, passage))
    return sorted(found, key=lambda c: (-c.score, -c.count, c.source))
