"""What people spend on units: seconds and keystrokes, kept on this machine only."""

from __future__ import annotations

from bilingual.errors import InputError
from bilingual.store.file import File
from bilingual.store.nouns import Spent


class Efforts(File):
    """The effort of people, for the post-editing report. Whoever calls asks the settings whether it may be kept."""

    def effort(self, name: str, unit_id: str, *, by: str, sitting: str, seconds: float = 0.0, keys: int = 0) -> None:
        """Add what `by` spent on a unit in a sitting (any word that tells sittings apart)."""
        if not (0 <= seconds < float("inf") and keys >= 0):
            raise InputError(f"{seconds} seconds and {keys} keystrokes cannot be", "both are 0 or more")
        with self._writing():
            self._base.execute(
                "INSERT INTO effort VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET"
                " seconds = seconds + excluded.seconds, keys = keys + excluded.keys",
                (name, unit_id, by, sitting, seconds, keys),
            )

    def spent(self, name: str, by: str | None = None) -> dict[str, Spent]:
        """What was spent on each unit of a document, by everybody or by one person; those on which nothing was are not
        in it."""
        query = (
            "SELECT unit, sum(seconds), sum(keys), count(*) FROM effort"
            " WHERE name = ? AND (? IS NULL OR by = ?) GROUP BY unit ORDER BY unit"
        )
        return {unit: Spent(*told) for unit, *told in self._select(query, (name, by, by))}
