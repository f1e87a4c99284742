"""Damaged files thrown at every reader: `make fuzz` for ten minutes, ten seconds of it in the tests.

Sound files of our own are damaged at random (bytes, pieces, members of packages, tokens that mean something to a
format) and read in a process of their own. A reader may refuse a file in one sentence (InputError) or read it; what it
reads must be a sound document, and must come back when it is filled into its own file. Anything else is a finding: an
exception, a crash, more than `PATIENCE` seconds, more than `MEMORY` bytes. The file is then kept for a test.
"""

from __future__ import annotations

import argparse
import hashlib
import importlib
import io
import multiprocessing
import random
import resource
import sys
import tempfile
import time
import traceback
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from pathlib import Path

from bilingual.bitext import Document
from bilingual.codes import is_nested
from bilingual.delivery import WRITERS, Delivered, Delivery
from bilingual.documents import read_bytes
from bilingual.errors import InputError
from bilingual.safexml import clean
from bilingual.segmentation import units_of

PATIENCE = 20.0
"""Seconds that one damaged file may take; a sound one of the same size takes some tenths."""

MEMORY = 3 << 30
TOKENS = (
    *(
        b"<",
        b">",
        b"</p>",
        b"<table>",
        b"<![CDATA[",
        b"<!--",
        b"&#x110000;",
        b"&nbsp;",
        b"\x00",
        b"\xff\xfe",
    ),
    *(b"%PDF", b"endobj", b"stream", b"[[[[", b"****", b"````", b"\n---\n", b"-->", b"00:00:00,000", b"WEBVTT", b"\r"),
    *(
        b"xmlns=",
        b"<w:p>",
        b"</w:r>",
        b"w:val=",
        b"PK\x03\x04",
        "《".encode(),
        "。”".encode(),
        "①".encode(),
        b"\xe4\xb8",
    ),
)


@dataclass(slots=True)
class Findings:
    """What came of it: files tried, read, refused; and what must not be, with the file that showed it."""

    tried: int = 0
    read: int = 0
    refused: int = 0
    faults: list[str] = field(default_factory=list)


def damaged(data: bytes, name: str, rng: random.Random) -> bytes:
    """The file with something wrong; a package mostly inside one of its members."""
    if zipfile.is_zipfile(io.BytesIO(data)) and rng.random() < 0.8:
        return _repacked(data, rng)
    for _ in range(rng.choice((1, 1, 1, 2, 4, 16))):
        data = rng.choice(DAMAGES)(data, rng)
    return data


def _repacked(data: bytes, rng: random.Random) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        members = source.infolist()
        chosen = rng.choice(members).filename
        for member in members:
            content = source.read(member)
            if member.filename == chosen:
                if rng.random() < 0.1:
                    continue
                for _ in range(rng.choice((1, 1, 2, 8))):
                    content = rng.choice(DAMAGES)(content, rng)
            target.writestr(member.filename, content)
    return out.getvalue()


def _flip(data: bytes, rng: random.Random) -> bytes:
    if not data:
        return data
    at = rng.randrange(len(data))
    return data[:at] + bytes((data[at] ^ (1 << rng.randrange(8)),)) + data[at + 1 :]


def _cut(data: bytes, rng: random.Random) -> bytes:
    return data[: rng.randrange(len(data) + 1)]


def _drop(data: bytes, rng: random.Random) -> bytes:
    start, end = sorted(rng.randrange(len(data) + 1) for _ in range(2))
    return data[:start] + data[min(end, start + 200) :]


def _double(data: bytes, rng: random.Random) -> bytes:
    start = rng.randrange(len(data) + 1)
    piece = data[start : start + rng.choice((1, 5, 40, 400))]
    return data[:start] + piece * rng.choice((2, 3, 50)) + data[start:]


def _insert(data: bytes, rng: random.Random) -> bytes:
    at = rng.randrange(len(data) + 1)
    return data[:at] + rng.choice(TOKENS) * rng.choice((1, 1, 1, 2, 300)) + data[at:]


def _swap(data: bytes, rng: random.Random) -> bytes:
    places = sorted(rng.randrange(len(data) + 1) for _ in range(3))
    return data[: places[0]] + data[places[1] : places[2]] + data[places[0] : places[1]] + data[places[2] :]


DAMAGES: tuple[Callable[[bytes, random.Random], bytes], ...] = (_flip, _cut, _drop, _double, _insert, _insert, _swap)


def check(document: Document) -> None:
    """AssertionError where the document is not sound: places, codes, characters, sentences."""
    assert len({block.id for block in document.blocks}) == len(document.blocks)
    for block in document.blocks:
        pieces = "".join(span.of(document.text) for span in block.spans)
        assert len(pieces) == len(block.text.string), "spans and text differ in length"
        assert len(block.spans) == len(block.locators)
        assert is_nested(block.text.codes), "codes cross"
        positions = [code.position for code in block.text.codes]
        assert positions == sorted(positions), "codes out of order"
        assert all(0 <= at <= len(block.text.string) for at in positions)
        assert not clean(block.text.string)[1], "a character that XML cannot hold"
    units_of(document)


def refilled(document: Document, data: bytes, suffix: str) -> None:
    """AssertionError where the file does not take its own words back."""
    writer = importlib.import_module(f"bilingual.delivery.{WRITERS[suffix]}") if suffix in WRITERS else None
    if writer is None or document.template is None or document.template.format not in writer.FORMS:
        return
    delivery = Delivery(document, tuple(Delivered(block, block.text) for block in document.blocks))
    again = read_bytes(writer.fill(delivery, data, suffix), f"x{suffix}")
    words, kept = ("".join("".join(b.text.string for b in d.blocks).split()) for d in (document, again))
    assert words == kept, "filled with its own words it says something else"


def tried(name: str, data: bytes) -> str:
    """ "read", "refused", or what went wrong."""
    try:
        document = read_bytes(data, name)
        check(document)
        refilled(document, data, Path(name).suffix)
    except InputError as error:
        return "refused" if str(error).strip() and "Traceback" not in str(error) else f"says nothing: {error!r}"
    except MemoryError:
        return "takes too much memory"
    except Exception:
        return "".join(traceback.format_exc(limit=-4))
    return "read"


def _work(pipe: Connection) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    while True:
        name, data = pipe.recv()
        pipe.send(tried(name, data))


class _Worker:
    """A process that reads files, and is replaced when it crashes or takes too long."""

    def __init__(self) -> None:
        self._context = multiprocessing.get_context("spawn")
        self._start()

    def _start(self) -> None:
        self._pipe, theirs = self._context.Pipe()
        self._process = self._context.Process(target=_work, args=(theirs,), daemon=True)
        self._process.start()
        theirs.close()

    def read(self, name: str, data: bytes) -> str:
        """What came of it."""
        try:
            self._pipe.send((name, data))
            if self._pipe.poll(PATIENCE):
                return str(self._pipe.recv())
            fault = f"takes more than {PATIENCE:.0f} s"
        except (EOFError, OSError):
            fault = "the process died"
        self.stop()
        self._start()
        return fault

    def stop(self) -> None:
        """End the process."""
        self._process.kill()
        self._process.join()
        self._pipe.close()


def run(files: dict[str, bytes], seconds: float, seed: int, keep: Path | None = None) -> Findings:
    """Damage and read the files in turn until the time is over. The same seed damages in the same way."""
    findings = Findings()
    worker = _Worker()
    ends = time.monotonic() + seconds
    try:
        for name, data in _cases(files, random.Random(seed)):
            if time.monotonic() > ends:
                return findings
            said = worker.read(name, data)
            findings.tried += 1
            findings.read += said == "read"
            findings.refused += said == "refused"
            if said not in {"read", "refused"}:
                findings.faults.append(f"{_kept(name, data, keep)}: {said}")
    finally:
        worker.stop()
    return findings


def _cases(files: dict[str, bytes], rng: random.Random) -> Iterator[tuple[str, bytes]]:
    while True:
        for name, data in files.items():
            yield name, damaged(data, name, rng)


def _kept(name: str, data: bytes, keep: Path | None) -> str:
    kept = f"{hashlib.sha256(data).hexdigest()[:10]}-{name}"
    if keep is not None:
        keep.mkdir(parents=True, exist_ok=True)
        (keep / kept).write_bytes(data)
    return kept


def main() -> None:
    """The command line of `make fuzz`."""
    from tests.fuzz_files import files

    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    parser.add_argument("--seconds", type=float, default=600)
    parser.add_argument("--seed", type=int, default=None, help="(default: another one every time)")
    given = parser.parse_args()
    seed = random.SystemRandom().randrange(1 << 32) if given.seed is None else given.seed
    folder = Path(tempfile.gettempdir()) / "bilingual-fuzz"
    found = run(files(), given.seconds, seed, folder)
    print(f"seed {seed}: {found.tried:,} files, {found.read:,} read, {found.refused:,} refused")  # noqa: T201
    for fault in found.faults:
        print(f"\n{folder}/{fault}")  # noqa: T201
    sys.exit(1 if found.faults else 0)


if __name__ == "__main__":
    main()
