"""When a term holds: the words of the `when` column.

* always: wherever it stands as words of its own (a term of one or two characters, or a phrase of three, must not cut
  through a longer word: 中东 is not in 中东欧)
* exact: only where a word begins and ends there, however long the term is
* near:A|B: only in a sentence that also holds A or B; not near:A|B the reverse
* not before:A|B, not after:A|B: not where A or B follows, or stands before
"""

from __future__ import annotations

from bilingual.bitext import Span

_PREFIXES = ("near:", "not near:", "not before:", "not after:")


def is_condition(when: str) -> bool:
    """Whether `when` is one of the conditions above; empty means always."""
    if when in {"", "always", "exact"}:
        return True
    return any(when.startswith(prefix) and _words(when, prefix) for prefix in _PREFIXES)


def holds(when: str, text: str, span: Span) -> bool:
    """Whether the condition holds for what stands at `span` of `text` (a sentence in normal form)."""
    for prefix in _PREFIXES:
        if when.startswith(prefix):
            return _holds(prefix, _words(when, prefix), text, span)
    return True


def _holds(prefix: str, words: tuple[str, ...], text: str, span: Span) -> bool:
    if prefix == "not before:":
        return not text.startswith(words, span.end)
    if prefix == "not after:":
        return not text[: span.start].endswith(words)
    rest = f"{text[: span.start]}\n{text[span.end :]}"
    return any(word in rest for word in words) is (prefix == "near:")


def _words(when: str, prefix: str) -> tuple[str, ...]:
    return tuple(word.strip() for word in when.removeprefix(prefix).split("|") if word.strip())
