"""What became of a glossary in documents: which terms occur, how often, where, which were obeyed and how."""

from __future__ import annotations

from bilingual.coverage.counting import Coverage, Entry, Outcome, Use, cover, occurrences

__all__ = ["Coverage", "Entry", "Outcome", "Use", "cover", "occurrences"]
