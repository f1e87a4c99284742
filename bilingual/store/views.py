"""Which files were written from a document, and which revision of it each of them shows."""

from __future__ import annotations

import os
from pathlib import Path

from bilingual.files import output_error, sha256_of
from bilingual.store.file import File


class Views(File):
    """What the store knows of the files written from it, by their paths from its own folder."""

    def shown(self, name: str) -> list[tuple[str, str, int]]:
        """The views of a document that were ever written: path from the store's folder, SHA-256, revision."""
        return self._select("SELECT path, sha256, revision FROM shown WHERE name = ? ORDER BY revision", (name,))

    def expect_view(self, path: Path, sha256: str) -> None:
        """Say that the file at `path` may soon have these bytes, before it has: a stop in between does no harm."""
        with self._writing():
            self._base.execute("INSERT OR IGNORE INTO view VALUES (?, ?)", (self._place(path), sha256))

    def record_view(self, path: Path, sha256: str) -> None:
        """Say that we have written the file at `path` with these bytes."""
        with self._writing():
            self._base.execute("DELETE FROM view WHERE path = ?", (self._place(path),))
            self._base.execute("INSERT INTO view VALUES (?, ?)", (self._place(path), sha256))

    def record_shown(self, name: str, path: Path, sha256: str, revision: int) -> None:
        """Say which revision of a document a file with these bytes shows, or was made from."""
        with self._writing():
            self._base.execute("INSERT OR REPLACE INTO shown VALUES (?, ?, ?, ?)",
                               (name, self._place(path), sha256, revision))  # fmt: skip

    def shown_at(self, name: str, path: Path) -> int | None:
        """The revision of a document that the file at `path` was last written from; None where it never was."""
        query = "SELECT max(revision) FROM shown WHERE name = ? AND path = ?"
        found: int | None = self._select(query, (name, self._place(path)))[0][0]
        return found

    def view_changed(self, path: Path) -> bool:
        """Whether the file at `path` holds anything but what we wrote there; a missing file does not."""
        try:
            found = sha256_of(path)
        except FileNotFoundError:
            return False
        except OSError as error:
            raise output_error(path, error) from error
        return (found,) not in self._select("SELECT sha256 FROM view WHERE path = ?", (self._place(path),))

    def _place(self, path: Path) -> str:
        """A view's path from the store's folder, so that the folder can be moved."""
        whole = path.resolve()
        try:
            return Path(os.path.relpath(whole, self.path.resolve().parent)).as_posix()
        except ValueError:  # on another drive of a Windows machine
            return whole.as_posix()
