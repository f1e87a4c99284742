"""What a check says: one finding, where it is on both sides, how bad, why, and a fix where one is certain."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from bilingual.bitext import Span


class Severity(StrEnum):
    """How bad a finding is: an error must not be delivered, a warning wants a look, a hint is a matter of taste or a
    slip of the pen that is mended without a thought."""

    ERROR = "error"
    WARNING = "warning"
    HINT = "hint"


@dataclass(frozen=True, slots=True)
class Fix:
    """A change that is certainly right: `text` in the place of `span` of the unit's target."""

    span: Span
    text: str


@dataclass(frozen=True, slots=True)
class Finding:
    """One finding of `check` in the unit of that id.

    `category` is the MQM one, as "accuracy/omission". `source` and `target` are the spans it speaks of in the unit's
    texts, None where there is no place. `reason` is one sentence for people.
    """

    unit: str
    check: str
    severity: Severity
    category: str
    reason: str
    source: Span | None = None
    target: Span | None = None
    fix: Fix | None = None

    @property
    def key(self) -> tuple[str, str, str]:
        """What tells it from others of its unit."""
        return (self.unit, self.check, self.reason)
