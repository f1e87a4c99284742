"""A proposed English for a candidate, and where it comes from: never made up."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from bilingual.bitext import TermKind
from bilingual.chinese import has_chinese
from bilingual.glossary import Glossary, find_rendering
from bilingual.names import is_personal_name, personal_name
from bilingual.suggest.edits import Change
from bilingual.suggest.mining import Candidate
from bilingual.suggest.names import CHINESE
from bilingual.suggest.passages import Passage, whole

_UNSAFE = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029|]|^[=+@-]")
_END = re.compile(r"[\s.。,;:!?]+$")
_ARTICLE = re.compile(r"^(?:the|an?)\s+(?=\S)", re.IGNORECASE)

NONE = "no English known, fill it in"


def rendering(
    candidate: Candidate,
    glossary: Glossary,
    change: Change | None,
    said: Mapping[str, str],
    targets: Sequence[str],
) -> tuple[str, str]:
    """The English proposed for a candidate and, in words, where it comes from; ("", why not) where none is known.

    `said` is what the machine says for candidates alone, `targets` the translations of sentences that hold this one.
    """
    if change is not None:
        sentences = len(change.passages)
        places = f"{sentences} sentences" if sentences > 1 else "an approved sentence"
        return change.new, f"people changed “{change.old}” to it in {places}"
    if candidate.kind is TermKind.ABBREVIATION and candidate.source.isascii():
        return candidate.source, "as it stands"
    if candidate.kind is TermKind.PERSON and candidate.evidence[0] == CHINESE and is_personal_name(candidate.source):
        return personal_name(candidate.source), "pinyin"
    if english := _from_parts(candidate.source, glossary):
        return english, "from the glossary’s parts"
    english = clean(said.get(candidate.source, ""))
    if english:
        english = _lowered(english, candidate)
        standing = sum(bool(find_rendering(target, english)) for target in targets)
        where = f", stands in {standing} of {len(targets)} translations" if targets else ""
        return english, f"the engine’s words for it alone{where}"
    return "", NONE


def _lowered(english: str, candidate: Candidate) -> str:
    """A phrase as it reads in the middle of a sentence: the engine begins it with a capital, as it does a sentence."""
    words = english.split()
    plain = len(words) > 1 and words[0][1:].islower() and all(word.islower() for word in words[1:])
    return english[:1].lower() + english[1:] if plain and candidate.kind is TermKind.PHRASE else english


def clean(english: str) -> str:
    """An engine's answer as a rendering: no full stop, no article; "" where it cannot be one."""
    bare = _ARTICLE.sub("", _END.sub("", english.strip()))
    bare = bare.strip("“”\"'《》 ")
    if not bare or has_chinese(bare) or _UNSAFE.search(bare) or len(bare) > 200:
        return ""
    return bare


def _from_parts(source: str, glossary: Glossary) -> str:
    """The renderings of the terms that make up `source`, put together in their order; "" where something is left."""
    matches = glossary.match(source)
    if len(matches) < 2 or sum(len(match.span) for match in matches) != len(source):
        return ""
    return " ".join(match.term.target for match in matches)


def targets_with(sources: Sequence[str], passages: Sequence[Passage], most: int = 50) -> dict[str, list[str]]:
    """For each of `sources` the translations of the sentences that hold it, at most so many."""
    from ahocorasick_rs import AhoCorasick

    found: dict[str, list[str]] = {source: [] for source in sources}
    automaton = AhoCorasick(sources)
    for passage in passages:
        if passage.target:
            for index in {
                index for index, _, _ in automaton.find_matches_as_indexes(whole(passage.text), overlapping=True)
            }:
                if len(found[sources[index]]) < most:
                    found[sources[index]].append(passage.target)
    return found
