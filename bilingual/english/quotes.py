"""Quotation marks: which opens and which closes, and the room around them."""

from __future__ import annotations

import re

_OPENING, _CLOSING = "“„«《〈「『", "”‟»》〉」』"
_ANY = frozenset('"' + _OPENING + _CLOSING)
_OPENS_AFTER = frozenset(" \t\n([{—–-/'")


class _Walk:
    """One pass over a text; `out` is what is written so far, `depth` how many quotations are open."""

    def __init__(self, text: str, outer: tuple[str, str], inner: tuple[str, str]) -> None:
        self.text = text
        self.marks = (outer, inner)
        self.out = ""
        self.depth = 0
        self.place = 0
        self.closed = -1  # where in `out` the last quotation ended
        self.joined = -1  # where in `out` the last "and" between two quotations stands

    def run(self) -> str:
        while self.place < len(self.text):
            char = self.text[self.place]
            self.place += 1
            if char not in _ANY:
                self.out += char
            elif self._opens(char):
                self._open()
            elif self.depth:
                self._close()
            else:
                self.out += '"'
        return self.out

    def _opens(self, char: str) -> bool:
        if char in _OPENING:
            return True
        if char in _CLOSING or self.depth:
            return False
        left = not self.out or self.out[-1] in _OPENS_AFTER
        following = self.text[self.place : self.place + 1]
        return bool(self.text[self.place :].strip()) and (left or following.isalnum())

    def _open(self) -> None:
        between = self.out[self.closed :] if self.closed > 0 else "x"
        if not between.strip() and self.out[self.closed - 2].isalnum() and not self.depth:
            self._join()
        else:
            self.joined = self.joined if self.depth else -1
            if self.out and not self.out[-1].isspace() and self.out[-1] not in '([{—–-/"“‘':
                self.out += " "
        self.out += self.marks[min(self.depth, 1)][0]
        self.depth += 1
        self._skip_spaces()

    def _join(self) -> None:
        """Two titles side by side (《A》《B》) are a list: "A" and "B"; a third makes it "A," "B" and "C"."""
        mark = self.out[self.closed - 1]
        if self.joined > 0:
            last = self.out.rindex(mark, 0, self.joined + 1)
            before = self.out[:last] + "," + mark + " "
            self.out = before + self.out[self.joined + len(" and ") :]
        self.out = self.out.rstrip()
        self.joined = len(self.out)
        self.out += " and "

    def _close(self) -> None:
        self.depth -= 1
        self.out = self.out.rstrip(" \t")
        stop = re.match(r"[ \t]*([.,])(?![.,\w])", self.text[self.place :])
        if stop:
            self.place += stop.end()
            if not self.out.endswith((".", ",", "!", "?")):
                self.out += stop[1]
        self.out += self.marks[min(self.depth, 1)][1]
        self.closed = len(self.out)
        following = self.text[self.place : self.place + 1]
        if following.isalnum() or following == "(" or (stop and following in _ANY):
            self.out += " "

    def _skip_spaces(self) -> None:
        while self.text[self.place : self.place + 1] in {" ", "\t"}:
            self.place += 1


def balance(text: str) -> str:
    """Every double quotation mark of any shape as a straight one, those inside others single, with English spacing.

    Full stops and commas come before a closing mark (the US way).
    """
    return _Walk(text, ('"', '"'), ("'", "'")).run()


def curl(text: str) -> str:
    """Typographic quotation marks and apostrophes for straight ones."""
    text = re.sub(r"(?:(?<=^)|(?<=[\s(\[{—–\"“/-]))'(?=\w(?:[^'\n]|'\w)*\w?[.,!?]?'(?!\w))", "‘", text)
    text = text.replace("'", "’")
    return _Walk(text, ("“", "”"), ("‘", "’")).run()
