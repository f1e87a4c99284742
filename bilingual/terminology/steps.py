"""The rungs of the ladder: what is hidden from the engine at each, and how it decodes."""

from __future__ import annotations

from dataclasses import dataclass

from bilingual.engines import Decode
from bilingual.terminology.protect import SHAPES


@dataclass(frozen=True, slots=True)
class Step:
    """One rung. `hide`: which slots are hidden from the engine: "unknown" (those it would not say by itself), "failed"
    (those too that came out wrong so far, numbers among them), or "all" (every slot, and wrong numbers)."""

    name: str
    hide: str
    options: Decode
    shape: str = SHAPES[0]


STEPS = (
    Step("first", "unknown", Decode()),
    Step("failed hidden", "failed", Decode(beam=2)),
    Step("other placeholder", "all", Decode(beam=3, hypotheses=3), SHAPES[1]),
    Step("no repetition", "all", Decode(hypotheses=4, repetition_penalty=1.3, no_repeat_ngram=4)),
)
"""The order in which a sentence goes up; it stops at the first rung that leaves nothing wrong."""

GRAFTED = Step("own words replaced", "unknown", Decode(beam=2, attention=True))
"""What comes before them: nothing is hidden, and terms take the place of the engine's own words for them."""

PLACED = Step("from its place", "all", Decode(beam=2))
"""The last rung, for a term that is still missing."""
