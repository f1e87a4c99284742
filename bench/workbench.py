"""A server of the review page as a process of its own, to be driven, measured and killed."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
from http.client import HTTPConnection
from pathlib import Path
from types import TracebackType
from typing import Any, Self
from urllib.parse import quote

CHROMIUM = "/usr/bin/chromium"
FLAGS = (
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"),
    *("--disable-component-update", "--disable-sync"),
)
"""What a headless Chromium needs on a machine without a screen or network."""
_PROGRAM = "from bilingual.cli import main; main()"


class Workbench:
    """`bilingual review` on the store in `folder`/aligned, with the instant engine; `start` again after a `kill`."""

    def __init__(self, folder: Path, *options: str) -> None:
        self.folder = folder
        self.options = options
        self.address = ""
        self._process: subprocess.Popen[str] | None = None
        self._line: HTTPConnection | None = None
        self._cookie = ""

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    @property
    def port(self) -> int:
        """Where it listens."""
        found = re.search(r":(\d+)/", self.address)
        assert found
        return int(found[1])

    @property
    def pid(self) -> int:
        """The server's process."""
        assert self._process
        return self._process.pid

    def start(self) -> None:
        """Start it, and wait until it answers."""
        command = [sys.executable, "-c", _PROGRAM, "review", "--no-browser", "--engine", "instant", *self.options]
        self._process = subprocess.Popen(
            command, cwd=self.folder, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
            env={**os.environ, "PYTHONUNBUFFERED": "1"},
        )  # fmt: skip
        assert self._process.stdout
        self.address = self._process.stdout.readline().strip()
        self._line, self._cookie = None, ""

    def kill(self) -> None:
        """End it as a power cut would; whoever talks to it, in another thread, finds out."""
        assert self._process
        self._process.kill()
        self._process.wait(20)
        if self._process.stdout:
            self._process.stdout.close()

    def stop(self) -> None:
        """End it as Ctrl-C does."""
        if self._line:
            self._line.close()
        if self._process and self._process.poll() is None:
            self._process.send_signal(signal.SIGINT)
            try:
                self._process.wait(20)
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.wait(20)
        if self._process and self._process.stdout:
            self._process.stdout.close()

    def page(self, name: str) -> str:
        """The address of a document's page, which lets its reader in."""
        return self.address.replace("/?", f"/d/{quote(name, safe='')}/?", 1)

    def get(self, path: str) -> tuple[int, bytes]:
        """A page as the browser would get it: status and body."""
        return self._ask("GET", path, None)

    def post(self, path: str, value: object) -> tuple[int, Any]:
        """What the page sends: status and the answer's value."""
        status, body = self._ask("POST", path, json.dumps(value).encode())
        return status, json.loads(body or b"null")

    def memory(self) -> float:
        """Peak resident memory of the server, in MiB (Linux)."""
        status = Path(f"/proc/{self.pid}/status").read_text()
        return int(status.split("VmHWM:")[1].split()[0]) / 1024

    def _ask(self, method: str, path: str, body: bytes | None) -> tuple[int, bytes]:
        if self._line is None:
            self._line = HTTPConnection("127.0.0.1", self.port, timeout=60)
        if not self._cookie:
            self._line.request("GET", self.address.split(f":{self.port}", 1)[1])
            came = self._line.getresponse()
            came.read()
            self._cookie = (came.getheader("set-cookie") or "").partition(";")[0]
        headers = {
            "Cookie": self._cookie,
            "Origin": f"http://127.0.0.1:{self.port}",
            "Content-Type": "application/json",
        }
        self._line.request(method, path, body, headers)
        answer = self._line.getresponse()
        return answer.status, answer.read()
