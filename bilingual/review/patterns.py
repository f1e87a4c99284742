"""What people look for in a text: plain words or a regular expression, never one that keeps the program busy."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from bilingual.bitext import Span
from bilingual.errors import InputError

LONGEST = 400
"""Characters of an expression: longer ones nobody has written by hand."""

SECONDS = 2.0
"""How long one search may look, over all the texts it is given."""


_ITSELF = re.compile(r"\(\?(?:R|[+-]?\d+|&\w*|P>\w*)\)")
"""A part that calls the expression or a group of it: it takes gigabytes before its time is over."""


@dataclass(slots=True)
class Search:
    """What to look for. `expression` is a regular one if `regular`; `case` tells capitals apart, `whole` wants whole
    words. Raises InputError for an expression that is none; the searching methods for one that takes too long.
    """

    expression: str
    regular: bool = False
    case: bool = False
    whole: bool = False
    seconds: float = SECONDS
    _pattern: Any = field(default=None, repr=False)

    def __post_init__(self) -> None:
        self._pattern = _compiled(self)

    @property
    def groups(self) -> int:
        """How many groups in brackets it has."""
        return int(self._pattern.groups)

    @property
    def names(self) -> dict[str, int]:
        """The names of its groups, and their numbers."""
        return dict(self._pattern.groupindex)

    def found(self, text: str) -> bool:
        """Whether it stands in the text."""
        return self._timed(self._pattern.search, text) is not None

    def spans(self, text: str) -> list[Span]:
        """Where it stands in the text; matches of no character are left out."""
        return [Span(*match.span()) for match in self.matches(text)]

    def matches(self, text: str) -> Iterator[Any]:
        """Its matches in the text, as the `regex` library tells them."""
        found = self._timed(lambda string, **bounds: [*self._pattern.finditer(string, **bounds)], text)
        yield from (match for match in found if match.end() > match.start())

    def _timed(self, look: Any, text: str) -> Any:
        start = time.monotonic()
        try:
            return look(text, timeout=max(self.seconds, 0.001), concurrent=True)
        except (TimeoutError, MemoryError) as error:
            raise InputError(
                f"“{self.expression}” takes too long to look for", "write it without repetitions inside repetitions"
            ) from error
        finally:
            self.seconds -= time.monotonic() - start


def _compiled(search: Search) -> Any:
    import regex  # type: ignore[import-untyped,unused-ignore]

    if not search.expression:
        raise InputError("there is nothing to look for", "write a word or an expression")
    if len(search.expression) > LONGEST:
        raise InputError(f"what to look for has more than {LONGEST} characters", "look for a part of it")
    if search.regular and (found := _ITSELF.search(search.expression)):
        raise InputError(f"“{found[0]}” looks for an expression inside itself", "write it without that")
    words = (
        search.expression if search.regular else regex.escape(search.expression, special_only=True, literal_spaces=True)
    )
    if search.regular and (most := _most_repeated(words)) > 1000:
        raise InputError(f"“{search.expression}” repeats something {most:,} times", "repeat at most 1,000 times")
    words = rf"(?<!\w)(?:{words})(?!\w)" if search.whole else words
    try:
        return regex.compile(words, regex.VERSION0 | (0 if search.case else regex.IGNORECASE))
    except (regex.error, ValueError, RecursionError, OverflowError, MemoryError) as error:
        told = getattr(error, "msg", "") or "it cannot be read"
        at = getattr(error, "pos", None)
        where = "" if at is None else f" at character {at + 1}"
        raise InputError(f"“{search.expression}” is no regular expression: {told}{where}",
                         "mend it, or look for plain text") from error  # fmt: skip


def _most_repeated(expression: str) -> int:
    """The product of the counts in braces, which says how large the compiled expression grows."""
    import regex  # type: ignore[import-untyped,unused-ignore]

    most = 1
    for low, high in regex.findall(r"\{(\d{1,9})?(?:,(\d{1,9}))?\}", expression):
        most *= max(int(low or 1), int(high or 1), 1)
    return most
