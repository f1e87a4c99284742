"""Which models are installed, and how one gets there: argostranslate owns the folder, we check what goes into it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from bilingual.engines import archive, sources
from bilingual.engines.sources import PINNED, Pin, Progress
from bilingual.engines.staging import staging, sync
from bilingual.errors import EngineError, OutputError


@dataclass(frozen=True, slots=True)
class Package:
    """An installed model: its folder, what it says about itself, and its size on disk in bytes."""

    path: Path
    name: str
    version: str
    source: str
    target: str
    size: int
    licence: str

    @property
    def sha256(self) -> str:
        """The SHA-256 of the model's weights, in hexadecimal: read when it is asked for, and once."""
        return model_hash(self.path)

    @property
    def trusted(self) -> bool:
        """Whether the weights are exactly those this program was tried with."""
        pin = PINNED.get((self.source, self.target))
        return pin is not None and pin.model_sha256 == self.sha256


def model_hash(path: Path) -> str:
    """The SHA-256 of the weights in the package at `path`; a file that changed is read again."""
    file = path / "model" / "model.bin"
    try:
        state = file.stat()
        return _hash(file, state.st_size, state.st_mtime_ns)
    except OSError as error:
        raise EngineError(f"{file}: cannot be read ({error.strerror})", "run `bilingual model install`") from error


@lru_cache(maxsize=8)
def _hash(file: Path, _size: int, _changed: int) -> str:
    return archive.sha256(file)


def package_folders() -> tuple[Path, ...]:
    """Every folder in which argostranslate looks for packages; the first is the one it installs to.

    Raises EngineError where argostranslate cannot make its own folders (it does so when it is imported).
    """
    try:
        from argostranslate import settings
    except OSError as error:
        hint = "set ARGOS_PACKAGES_DIR, XDG_DATA_HOME, XDG_CONFIG_HOME and XDG_CACHE_HOME to folders you may write to"
        raise EngineError(f"argostranslate cannot make its folders ({error})", hint) from error
    return tuple(Path(folder) for folder in settings.package_dirs)


def list_installed(folders: Sequence[Path] | None = None) -> tuple[Package, ...]:
    """Every whole translation package in `folders` (argostranslate's own by default), by name; others are skipped."""
    found = {
        package.path: package
        for folder in (package_folders() if folders is None else folders)
        if folder.is_dir()
        for path in sorted(folder.iterdir())
        if (package := _read(path)) is not None
    }
    return tuple(sorted(found.values(), key=lambda package: (package.name, str(package.path))))


def find_installed(source: str, target: str, folders: Sequence[Path] | None = None) -> Package | None:
    """The installed model of a pair: the version this program was tried with, else the newest; None without one."""
    pin = PINNED.get((source, target))
    fitting = [p for p in list_installed(folders) if (p.source, p.target) == (source, target)]
    return max(fitting, key=lambda p: (pin is not None and p.name == pin.name, _order(p.version)), default=None)


def _order(version: str) -> tuple[int, ...]:
    return tuple(int(part) if part.isdigit() else 0 for part in version.split("."))


def _read(path: Path) -> Package | None:
    """The package in a folder, or None where the folder holds none that could translate."""
    if path.name.startswith(".") or not all((path / name).is_file() for name in archive.REQUIRED):
        return None
    try:
        told = json.loads((path / "metadata.json").read_text("utf-8"))
        source, target, version = str(told["from_code"]), str(told["to_code"]), str(told["package_version"])
    except (OSError, ValueError, KeyError, TypeError):
        return None
    size = sum(file.stat().st_size for file in path.rglob("*") if file.is_file())
    return Package(path, path.name, version, source, target, size, _licence(path, source, target))


def _licence(path: Path, source: str, target: str) -> str:
    pin = PINNED.get((source, target))
    if pin is not None and pin.name == path.name:
        return pin.licence
    readme = path / "README.md"
    lines = readme.read_text("utf-8", "replace").splitlines() if readme.is_file() else []
    return next((line.strip() for line in lines if "licen" in line.lower()), "unknown")


def install(
    source: str,
    target: str,
    *,
    file: Path | None = None,
    progress: Progress | None = None,
    folders: Sequence[Path] | None = None,
    ways: Sequence[sources.Way] | None = None,
) -> Package:
    """Install the model of a pair, and give it; the one already there is given back untouched.

    A given `file` is used and nothing else asked; otherwise each of `ways` (the Argos index, then the pinned source
    distribution) is tried in turn. What they bring must have the pinned SHA-256. The folder appears whole or not at
    all, also when the process is killed. Raises EngineError where there is no model to be had, OutputError where the
    folder cannot be written.
    """
    pin, tell = _pin(source, target), progress or _silent
    folders = package_folders() if folders is None else folders
    if file is not None:
        _checked(file, pin, tell)  # a wrong file is told also where there is nothing to do
    if (ready := _ready(pin, folders)) is not None:
        return ready
    try:
        with staging(folders[0]) as room:
            if (ready := _ready(pin, folders)) is not None:  # another process was faster
                return ready
            found = (
                _checked(file, pin, tell) if file else _fetch(pin, room, tell, sources.WAYS if ways is None else ways)
            )
            unpacked = archive.unpack(found, room, lambda done, total: tell("unpacking", done, total))
            path = _put(unpacked, folders[0] / pin.name, room)
    except OSError as error:
        raise OutputError(f"{folders[0]}: the model could not be installed ({error.strerror or error})") from error
    package = _read(path)
    if package is None or not package.trusted:
        raise EngineError(f"{path}: the installed model is not the expected one", "run `bilingual model install` again")
    return package


def _silent(_what: str, _done: int, _total: int) -> None:
    """Nobody is watching."""


def _pin(source: str, target: str) -> Pin:
    pin = PINNED.get((source, target))
    if pin is None:
        known = ", ".join(f"{a}→{b}" for a, b in PINNED)
        raise EngineError(f"no model of {source}→{target} is known to this program", f"it installs: {known}")
    return pin


def _ready(pin: Pin, folders: Sequence[Path]) -> Package | None:
    package = find_installed(pin.source, pin.target, folders)
    return package if package is not None and package.trusted else None


def _fetch(pin: Pin, room: Path, tell: Progress, ways: Sequence[sources.Way]) -> Path:
    """The first archive with the right hash that one of the ways brings."""
    failures = []
    for way in ways:
        try:
            return _checked(way(pin, room, tell), pin, tell)
        except EngineError as error:
            failures.append(error.message)
    reasons = f" and could not be fetched ({'; '.join(failures)})" if failures else ""
    raise EngineError(f"the {pin.source}→{pin.target} model is not installed{reasons}", ways_out(pin.name))


def ways_out(name: str) -> str:
    """What somebody without a model can do, in one sentence; `name` is the package that is wanted."""
    return (
        "connect to the network and run `bilingual model install`, or bring "
        f"{name}.argosmodel from another machine and run `bilingual model install --from FILE`, or point "
        "ARGOS_PACKAGES_DIR to a folder that has it"
    )


def required(source: str, target: str, folders: Sequence[Path] | None = None) -> Package:
    """The installed model of a pair. Raises EngineError, with what can be done, where there is none."""
    package = find_installed(source, target, folders)
    if package is None:
        raise EngineError(f"the {source}→{target} model is not installed", ways_out(_pin(source, target).name))
    return package


def _checked(file: Path, pin: Pin, tell: Progress) -> Path:
    """The same file, once its layout is sound and its hash the pinned one."""
    if not file.is_file():
        problem = "a folder, not a file" if file.is_dir() else "no such file"
        raise EngineError(f"{file}: {problem}", f"give the path of {pin.name}.argosmodel")
    try:
        top = archive.check_layout(file)
        actual = archive.sha256(file, lambda done, total: tell("checking", done, total))
    except OSError as error:
        raise EngineError(f"{file}: cannot be read ({error.strerror or error})") from error
    if actual != pin.sha256:
        raise EngineError(
            f"{file}: not the {pin.source}→{pin.target} model (its SHA-256 is {actual[:12]}…, not {pin.sha256[:12]}…)",
            f"give {pin.name}.argosmodel, {pin.size:,} bytes",
        )
    if top != pin.name:
        raise EngineError(f"{file}: holds the folder {top}, not the folder {pin.name}")
    return file


def _put(unpacked: Path, path: Path, room: Path) -> Path:
    """Move the unpacked folder to its place; a broken one that stands there goes with the staging room."""
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.exists():
        path.rename(room / "replaced")
    unpacked.rename(path)
    sync(path.parent)
    return path


def remove(package: Package) -> None:
    """Delete an installed package: whole at once for whoever looks. Raises OutputError where that is not allowed."""
    try:
        with staging(package.path.parent) as room:
            package.path.rename(room / "removed")
    except OSError as error:
        raise OutputError(f"{package.path}: cannot be removed ({error.strerror or error})") from error


def licences(packages: Sequence[Package]) -> Iterator[str]:
    """Once each, the attribution lines that the licences of `packages` ask for."""
    for package in packages:
        pin = PINNED.get((package.source, package.target))
        if pin is not None:
            yield f"{package.name}: {pin.attribution}"
