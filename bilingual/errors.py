"""Every error a user can meet, as one tree.

* BilingualError(message, hint): what went wrong, where, and what to do next
  * SettingsError: a setting or an option that cannot be (exit 2)
  * InputError(path, line): a document, glossary or aligned file that cannot be used (exit 3)
  * OutputError(path): a result that could not be written (exit 3)
  * ConflictError: somebody else has changed the same unit meanwhile (exit 3)
  * EngineError: the translation model is missing, broken or failed (exit 4)
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any


class BilingualError(Exception):
    """Something the user should know, in one sentence, and what to do next in another.

    `exit_code` is what the command line ends with.
    """

    exit_code = 1

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        return f"{self.message} – {self.hint}" if self.hint else self.message


class SettingsError(BilingualError):
    """A setting or an option that cannot be."""

    exit_code = 2


class InputError(BilingualError):
    """A file that cannot be used; `problems` lists every bad place found in it, each as "path:line: what"."""

    exit_code = 3

    def __init__(
        self,
        message: str,
        hint: str = "",
        *,
        path: Path | str | None = None,
        line: int | None = None,
        problems: tuple[str, ...] = (),
    ) -> None:
        super().__init__(f"{place(path, line)}{message}", hint)
        self.path = path
        self.line = line
        self.problems = problems


class OutputError(BilingualError):
    """A result that could not be written: a full disk, a read-only folder. What was there before is still there."""

    exit_code = 3


class ConflictError(BilingualError):
    """Somebody else has changed the same unit since it was read; nothing was changed.

    `now` holds such units as they are (`store.Seen`), by id, where it is known which.
    """

    exit_code = 3

    def __init__(self, message: str, hint: str = "", *, now: Mapping[str, Any] | None = None) -> None:
        super().__init__(message, hint)
        self.now = dict(now or {})


class EngineError(BilingualError):
    """The translation model is missing, broken, or failed."""

    exit_code = 4


def place(path: Path | str | None, line: int | None = None) -> str:
    """The start of a message that says where: "terms.csv:12: "; empty where no file is known."""
    if path is None:
        return ""
    return f"{path}:{line}: " if line is not None else f"{path}: "
