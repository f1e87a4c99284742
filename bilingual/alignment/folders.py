"""Two folders of documents: which file is the translation of which, by their names and else by what they say."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from bilingual.alignment import encoder, lexicon
from bilingual.documents import documents_in, read
from bilingual.errors import InputError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]

_MARK = re.compile(r"(?<![a-z])(?:zh|chs?|cht|cn|chi|zho|chinese|en|eng|english|hans|hant|us|gb|tw|hk)(?![a-z])")
_NOT_NAME = re.compile(r"[\W_]+")
MOST = 1000
"""So many files of a folder are compared by what they say."""
_SENTENCES = 60
_ALIKE = {True: 0.5, False: 0.1}
"""How alike two documents are at least, by the encoder and without it; a wrong pair is found out when it is aligned."""


@dataclass(frozen=True, slots=True)
class Pairs:
    """`found` are the Chinese and English files that belong together, and how that was known ("name" or "content");
    `alone` the files that have no partner."""

    found: tuple[tuple[Path, Path, str], ...]
    alone: tuple[Path, ...]


def pairs_in(chinese: Path, english: Path) -> Pairs:
    """The pairs of two folders, in the order of the Chinese files. Raises InputError where a folder has none."""
    ours, theirs = documents_in(chinese), documents_in(english)
    by_name: dict[str, list[Path]] = {}
    for path in theirs:
        by_name.setdefault(_key(path, english), []).append(path)
    named = {path: by_name.get(_key(path, chinese), []) for path in ours}
    keys = [_key(path, chinese) for path in ours]
    found = {
        path: (others[0], "name") for path, others in named.items()
        if len(others) == 1 and keys.count(_key(path, chinese)) == 1
    }  # fmt: skip
    taken = {other for other, _ in found.values()}
    left = [path for path in ours if path not in found], [path for path in theirs if path not in taken]
    if max(len(side) for side in left) > MOST:
        raise InputError(
            f"more than {MOST} files have no partner by name", "name both files of a pair alike", path=chinese
        )
    found |= {one: (other, "content") for one, other in _by_content(*left)}
    taken = {other for other, _ in found.values()}
    alone = tuple(path for path in (*ours, *theirs) if path not in found and path not in taken)
    return Pairs(tuple((path, *found[path]) for path in ours if path in found), alone)


def _key(path: Path, folder: Path) -> str:
    """A file's name without its ending, and without the marks of languages."""
    name = path.relative_to(folder).with_suffix("").as_posix().lower()
    return _NOT_NAME.sub("", _MARK.sub("", name.replace("_", " ")))


def _by_content(ours: Sequence[Path], theirs: Sequence[Path]) -> list[tuple[Path, Path]]:
    """The pairs in which each is the other's likest, and plainly so."""
    import numpy as np

    first, second = _heads(ours), _heads(theirs)
    if not first or not second:
        return []
    known = encoder.installed()
    vectors = (
        _encoded([*first.values()], [*second.values()]) if known else _worded([*first.values()], [*second.values()])
    )
    alike = vectors[0] @ vectors[1].T
    best, back = alike.argmax(axis=1), alike.argmax(axis=0)
    names = [*first], [*second]
    return [
        (names[0][row], names[1][column]) for row, column in enumerate(best)
        if back[column] == row and alike[row, column] >= _ALIKE[known] and np.isfinite(alike[row, column])
    ]  # fmt: skip


def _heads(paths: Sequence[Path]) -> dict[Path, str]:
    """How each document begins; one that cannot be read has no partner, and is told as such."""
    heads = {}
    for path in paths:
        try:
            blocks = read(path).blocks
        except InputError:
            continue
        heads[path] = "\n".join(block.text.string[:400] for block in blocks[:_SENTENCES])
    return heads


def _encoded(ours: Sequence[str], theirs: Sequence[str]) -> list[Floats]:
    import numpy as np

    model = encoder.load()
    sides = []
    for texts in (ours, theirs):
        lines = [text.split("\n") for text in texts]
        parts = model.parts([line for text in lines for line in text])
        flat = parts.spans(1, np.arange(1, len(parts) + 1))
        ends = np.cumsum([len(text) for text in lines])
        sums = np.add.reduceat(flat, ends - [len(text) for text in lines])
        sides.append(sums / np.maximum(np.linalg.norm(sums, axis=1, keepdims=True), 1e-9))
    return sides


def _worded(ours: Sequence[str], theirs: Sequence[str]) -> list[Floats]:
    import numpy as np

    words = lexicon.Lexicon()
    parts = lexicon.parts([words.chinese(text) for text in ours], [lexicon.english(text) for text in theirs])
    return [side.spans(1, np.arange(1, len(side) + 1)) for side in parts]
