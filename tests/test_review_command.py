"""`bilingual review` as a person starts it: the address, a second start, Ctrl-C, sudden death, a password."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from bilingual.store import Store
from tests.workbench import settings_in, store_with

BILINGUAL = Path(sys.executable).with_name("bilingual")


def command(folder: Path, *arguments: str) -> list[str]:
    return [str(BILINGUAL), "review", "--no-browser", "--engine", "instant", *arguments]


def refused(folder: Path, *arguments: str) -> tuple[int, str]:
    done = subprocess.run(
        command(folder, *arguments), cwd=folder, capture_output=True, text=True, timeout=60, check=False,
        stdin=subprocess.DEVNULL,
    )  # fmt: skip
    return done.returncode, " ".join(done.stderr.split())


@contextmanager
def started(folder: Path, *arguments: str, **environment: str) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """The command, and the address it has printed."""
    process = subprocess.Popen(
        command(folder, *arguments), cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        env=os.environ | environment, stdin=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        assert process.stdout
        yield process, process.stdout.readline().strip()
    finally:
        process.kill()
        process.communicate()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    store_with(settings_in(tmp_path), {"年报": ["世界互联网大会在乌镇举行。"]})
    return tmp_path


def test_it_prints_an_address_that_opens_the_document_and_ends_in_order(folder: Path) -> None:
    with started(folder, "年报", "--by", "李雷") as (process, address):
        assert address.startswith("http://127.0.0.1:")
        assert "/d/%E5%B9%B4%E6%8A%A5/?token=" in address
        with httpx.Client(follow_redirects=False) as client:
            moved = client.get(address)
            assert (moved.status_code, moved.headers["location"]) == (303, "/d/%E5%B9%B4%E6%8A%A5/")
            assert "李雷" in client.get(httpx.URL(address).join("/")).text
        again = subprocess.run(
            command(folder), cwd=folder, capture_output=True, text=True, timeout=60, check=True,
            stdin=subprocess.DEVNULL,
        )  # fmt: skip
        assert "runs already" in again.stderr
        assert again.stdout.split("/?")[1].strip() == address.split("/?")[1]
        process.send_signal(signal.SIGINT)
        _, told = process.communicate(timeout=30)
        assert "Ctrl-C here stops the server" in told
        assert "stopped; everything that was saved is in the store" in told
        assert "Traceback" not in told
        assert process.returncode == 0


def test_a_page_that_is_open_finds_its_server_again_after_a_sudden_death(folder: Path) -> None:
    with httpx.Client() as client:
        with started(folder) as (process, address):
            origin = str(httpx.URL(address).join("/")).rstrip("/")
            client.get(address)
            client.post(f"{origin}/translate?name=new", content="你好，乌镇。".encode(), headers={"origin": origin})
            process.kill()
            process.wait()
        with started(folder) as (_, again):
            assert again == address
            until = time.monotonic() + 60
            while "new" not in client.get(f"{origin}/documents").text:
                assert time.monotonic() < until
                time.sleep(0.1)
    with Store(folder / "aligned" / "workbench.sqlite") as store:
        assert set(store.names()) == {"new", "年报"}


@pytest.mark.skipif(sys.platform == "win32", reason="needs a script as a browser")
def test_the_list_of_processes_does_not_tell_the_token(folder: Path) -> None:
    browser, seen = folder / "browser.sh", folder / "seen"
    browser.write_text(f'#!/bin/sh\nprintf %s "$1" >> "{seen}.part" && mv "{seen}.part" "{seen}"\n')
    browser.chmod(0o755)
    command_line = [str(BILINGUAL), "review", "年报", "--engine", "instant"]
    environment = os.environ | {"BROWSER": f"{browser} %s", "DISPLAY": ":0"}
    process = subprocess.Popen(
        command_line, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, stdin=subprocess.DEVNULL,
        text=True, env=environment,
    )  # fmt: skip
    try:
        assert process.stdout
        address = process.stdout.readline().strip()
        until = time.monotonic() + 30
        while not seen.exists() and time.monotonic() < until:
            time.sleep(0.02)
        once = seen.read_text()
        assert once.startswith(address.split("?")[0])
        assert address.split("token=")[1] not in once
        assert httpx.get(once, follow_redirects=False).headers["location"] == "/d/%E5%B9%B4%E6%8A%A5/"
    finally:
        process.kill()
        process.communicate()


def test_the_token_is_for_its_owner_alone(folder: Path) -> None:
    with started(folder):
        kept = folder / "aligned" / ".review.json"
        assert kept.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize(
    ("arguments", "code", "told"),
    [
        (["nope"], 3, "there is no document 'nope' in the store – there is: 年报"),
        (["--host", "0.0.0.0"], 2, "--host lets other machines in, so it needs a password"),
        (["--port", "0"], 2, "should be greater"),
        (["--output", "nowhere", "page"], 3, "there is no store in nowhere"),
    ],
    ids=["document", "password", "port", "store"],
)
def test_what_cannot_be_is_told_in_one_sentence(folder: Path, arguments: list[str], code: int, told: str) -> None:
    found, said = refused(folder, *arguments)
    assert found == code
    assert told in said
    assert "Traceback" not in said


def test_a_port_that_is_taken_is_told(folder: Path) -> None:
    import socket

    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        code, told = refused(folder, "--port", str(port))
        assert code == 3
        assert f"port {port} cannot be had" in told
        (folder / "aligned" / ".review.json").write_text(f'{{"token": "{"t" * 43}", "port": {port}}}')
        with started(folder) as (_, address):
            assert httpx.URL(address).port != port


def test_others_need_the_password_and_are_told_what_it_means(folder: Path) -> None:
    with started(folder, "--host", "0.0.0.0", BILINGUAL_REVIEW_PASSWORD="one that all know") as (process, address):
        port = httpx.URL(address).port
        page = httpx.get(f"http://127.0.0.1:{port}/", headers={"accept": "text/html"}, follow_redirects=True)
        assert "Password" in page.text
        process.send_signal(signal.SIGTERM)
        _, told = process.communicate(timeout=30)
    assert "Nothing is encrypted on the way" in told
    code, said = refused(folder, "--host", "no.such.host.invalid")
    assert code == 2
    assert "password" in said
