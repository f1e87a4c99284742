"""Candidates for new terms: mined from documents and from what people changed, ranked, each with its evidence.

`suggest` is the door. Candidates are names by their looks (`names`, over `words` and `chunks`) and phrases by their
`termhood`; `mining` ranks them and drops fragments; `edits` finds what people changed; `official` is how aligned
documents say it; `renderings` proposes English.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from bilingual.bitext import Term, TermStatus
from bilingual.glossary import Glossary
from bilingual.suggest.edits import assign, cached, changes_in
from bilingual.suggest.mining import Candidate, mine
from bilingual.suggest.official import Official, Usage, told
from bilingual.suggest.passages import Passage, of_bitext, of_document
from bilingual.suggest.renderings import clean, rendering, targets_with

__all__ = ["Candidate", "Passage", "Suggestion", "as_term", "of_bitext", "of_document", "suggest"]

Say = Callable[[Sequence[str]], Sequence[str]]
"""An engine as it is needed here: the English of each of some Chinese texts."""

FOR_EDITS = 1000
"""Candidates that a change of people's may have been made for."""

MOST_ASKED = 400
"""Candidates that the engine is asked for to tell which one a change was made for."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A candidate, the English proposed for it ("" where none is known) and, in words, where that comes from. `usages`
    are how aligned documents say it."""

    candidate: Candidate
    target: str
    basis: str
    usages: tuple[Usage, ...] = ()


def suggest(passages: Sequence[Passage], glossary: Glossary, limit: int, say: Say | None = None) -> list[Suggestion]:
    """The best `limit` suggestions for `passages`; terms that `glossary` has in any state are left out.

    Without `say` the English comes from the glossary, people's edits and pinyin alone.
    """
    candidates = mine(passages, [term.source for term in glossary.terms])
    changes = changes_in(passages)
    sources = [candidate.source for candidate in candidates[:FOR_EDITS]]
    changed = [passage.text for change in changes for passage in change.passages]
    asked = [source for source in sources if any(source in text for text in changed)][:MOST_ASKED]
    said = dict(zip(asked, say(asked), strict=True)) if say and asked else {}
    edited = assign(changes, sources, cached(said))
    candidates.sort(key=lambda candidate: candidate.source not in edited)  # the rest stays in its order
    best = candidates[:limit]
    left = [candidate.source for candidate in best if candidate.source not in said]
    said |= dict(zip(left, say(left), strict=True)) if say and left else {}
    targets = targets_with([candidate.source for candidate in best], passages)
    found = [Suggestion(c, *rendering(c, glossary, edited.get(c.source), said, targets[c.source])) for c in best]
    official = Official(passages)
    return [_officially(one, official) if one.candidate.source not in edited else one for one in found]


def _officially(suggestion: Suggestion, official: Official) -> Suggestion:
    """The suggestion with the English that aligned documents have for it, where they have one."""
    count, usages = official.usages(suggestion.candidate.source)
    english = clean(usages[0].english) if usages else ""
    return Suggestion(suggestion.candidate, english, told(count, usages), usages) if english else suggestion


def as_term(suggestion: Suggestion) -> Term:
    """The suggestion as a row of a glossary, `proposed`; its note says where it comes from."""
    found = suggestion.candidate
    place = f"{found.context.document}:{found.context.line}" if found.context.line else found.context.document
    english = f"English: {suggestion.basis}" if suggestion.target else suggestion.basis
    shown = f", as in “{suggestion.usages[0].target}”" if suggestion.usages else ""
    note = f"suggested: {', '.join(found.evidence)}; {found.count}× ({place}); {english}{shown}"
    return Term(
        found.source,
        found.source,
        suggestion.target,
        kind=found.kind,
        status=TermStatus.PROPOSED,
        note=note,
        example=found.context.text,
    )
