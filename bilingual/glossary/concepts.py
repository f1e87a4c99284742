"""Termbase entries: a concept with its words in several languages, and the terms of our tables they make.

A term becomes a concept and the concept the same term again; a concept of another tool can say more than a term, and
what is lost is told.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from bilingual.bitext import Term, TermKind, TermStatus
from bilingual.chinese import has_chinese
from bilingual.glossary.conditions import is_condition
from bilingual.glossary.matching import normal_form
from bilingual.languages import primary

JOIN = " / "
"""Between several definitions, notes or references of one entry, where a table has one cell."""


class Usage(StrEnum):
    """Whether a word may be used for its concept; FORMER was right once."""

    PREFERRED = "preferred"
    ADMITTED = "admitted"
    FORMER = "former"
    FORBIDDEN = "forbidden"


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a concept in one language. `usage` is None where the file says nothing."""

    text: str
    language: str
    usage: Usage | None = None
    proposed: bool = False
    part_of_speech: str = ""
    abbreviation: bool = False
    examples: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    references: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Concept:
    """One entry of a termbase. `kind`, `when`, `case` and `keep` are what only we say; empty where nothing is said."""

    id: str = ""
    words: tuple[Word, ...] = ()
    domains: tuple[str, ...] = ()
    definitions: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    references: tuple[str, ...] = ()
    kind: str = ""
    when: str = ""
    case: bool = False
    keep: bool = False
    line: int = 0


def concept_of(term: Term) -> Concept:
    """The concept of one term: its Chinese, and each English word with its usage."""
    live = term.status is not TermStatus.DEPRECATED
    preferred, admitted = (Usage.PREFERRED, Usage.ADMITTED) if live else (Usage.FORMER, Usage.FORMER)
    in_chinese = has_chinese(term.example)
    example = (term.example,) if term.example else ()
    source = Word(
        term.source, "zh",
        part_of_speech=term.part_of_speech,
        abbreviation=term.kind is TermKind.ABBREVIATION,
        examples=example if in_chinese else (),
    )  # fmt: skip
    target = Word(
        term.target, "en", preferred,
        proposed=term.status is TermStatus.PROPOSED,
        part_of_speech=term.part_of_speech,
        examples=() if in_chinese else example,
        references=_some(term.reference),
    )  # fmt: skip
    return Concept(
        term.id,
        (
            source, target, *(Word(text, "en", admitted) for text in term.admitted),
            *(Word(text, "en", Usage.FORBIDDEN) for text in term.forbidden),
        ),
        _some(term.domain), _some(term.definition), _some(term.note),
        kind="" if term.kind in {TermKind.PHRASE, TermKind.ABBREVIATION} else term.kind.value,
        when="" if term.when == "always" else term.when,
        case=term.case,
        keep=term.status is TermStatus.KEEP,
    )  # fmt: skip


def terms_of(concept: Concept, told: list[str]) -> tuple[Term, ...]:
    """The terms of a concept, one for each Chinese word of its own; none where it lacks Chinese or English.

    What a term cannot say is added to `told`.
    """
    chinese = tuple(_own_forms(word for word in concept.words if primary(word.language) == "zh"))
    english = [word for word in concept.words if primary(word.language) == "en"]
    if not chinese or not english:
        return ()
    split = [word.text for word in english if "|" in word.text and not (word is english[0] and len(english) == 1)]
    if split:
        told.append(f"“{split[0]}” holds a |, which parts renderings in a table: left out")
        english = [word for word in english if word.text not in split]
        if not english:
            return ()
    return tuple(_term(concept, word, number, english, told) for number, word in enumerate(chinese, 1))


def _own_forms(words: Iterable[Word]) -> Iterator[Word]:
    """The words without those that only repeat another in the other script: all forms are found by one."""
    seen: set[str] = set()
    for word in words:
        form = normal_form(word.text)
        if form not in seen:
            seen.add(form)
            yield word


def _term(concept: Concept, word: Word, number: int, english: list[Word], told: list[str]) -> Term:
    renderings, forbidden, status = _sides(english)
    keep = concept.keep or (renderings[0] == word.text and has_chinese(word.text))
    if keep:
        status = TermStatus.KEEP
    elif status is TermStatus.APPROVED and any(w.proposed for w in (word, *english)):
        status = TermStatus.PROPOSED
    own = concept.id or word.text
    return Term(
        id=own if number == 1 else f"{own}-{number}",
        source=word.text,
        target=word.text if keep else renderings[0],
        admitted=renderings[1:],
        forbidden=forbidden,
        kind=_kind(concept, word, told),
        status=status,
        domain=JOIN.join(concept.domains),
        when=_when(concept, told),
        case=concept.case,
        note=_joined(concept.notes, *(w.notes for w in (word, *english))),
        reference=_joined(concept.references, *(w.references for w in (word, *english))),
        definition=JOIN.join(concept.definitions),
        part_of_speech=next((w.part_of_speech for w in (word, *english) if w.part_of_speech), ""),
        example=_joined(*(w.examples for w in (word, *english))),
    )


def _sides(english: list[Word]) -> tuple[tuple[str, ...], tuple[str, ...], TermStatus]:
    """The right renderings, the preferred first, the wrong ones, and whether they are enforced."""
    of = {
        usage: tuple(dict.fromkeys(word.text for word in english if (word.usage or Usage.ADMITTED) is usage))
        for usage in Usage
    }
    right = tuple(dict.fromkeys((*of[Usage.PREFERRED], *of[Usage.ADMITTED])))
    former, wrong = of[Usage.FORMER], of[Usage.FORBIDDEN]
    if right:
        return right, _without((*former, *wrong), right), TermStatus.APPROVED
    right = former or wrong[:1]
    return right, _without(wrong, right), TermStatus.DEPRECATED


def _without(texts: tuple[str, ...], those: tuple[str, ...]) -> tuple[str, ...]:
    known = {text.lower() for text in those}
    return tuple(dict.fromkeys(text for text in texts if text.lower() not in known))


def _kind(concept: Concept, word: Word, told: list[str]) -> TermKind:
    if concept.kind in set(TermKind):
        return TermKind(concept.kind)
    if concept.kind:
        told.append(f"the kind '{concept.kind}' is unknown: taken for a phrase")
    return TermKind.ABBREVIATION if word.abbreviation else TermKind.PHRASE


def _when(concept: Concept, told: list[str]) -> str:
    if is_condition(concept.when):
        return concept.when or "always"
    told.append(f"the condition '{concept.when}' is unknown: taken for always")
    return "always"


def _joined(*groups: tuple[str, ...]) -> str:
    return JOIN.join(dict.fromkeys(text for group in groups for text in group))


def _some(text: str) -> tuple[str, ...]:
    return (text,) if text else ()
