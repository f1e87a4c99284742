"""What may be sent to the workbench by those who mean no good: it is refused, and the server goes on serving."""

from __future__ import annotations

import socket
import time
from collections.abc import Iterator
from contextlib import ExitStack, suppress
from pathlib import Path

import pytest

from bilingual.review.connection import Patience
from bilingual.review.safety import Access, Limits
from bilingual.settings import Settings
from bilingual.store import Store
from tests.workbench import TOKEN, client_of, served, settings_in, store_with

SCRIPT = "<script>alert(1)</script><img src=x onerror=alert(2)>"
LIMITS = Limits(most=20_000, most_file=60_000, most_edited=40_000, idle=0.4, start=1.0, slowest=20_000)
PATIENCE = Patience(header=0.5, taking=0.5, connections=12)


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    made = settings_in(tmp_path_factory.mktemp("attacks"))
    store_with(made, {"page": ["世界互联网大会在乌镇举行。", "他们来自126个国家和地区。"]})
    return made


@pytest.fixture(scope="module")
def access(settings: Settings) -> Iterator[Access]:
    with served(settings, limits=LIMITS, patience=PATIENCE) as access:
        yield access


@pytest.fixture(autouse=True)
def still_serving(access: Access) -> Iterator[None]:
    """Whatever a test has done to it, the server serves the next one."""
    yield
    with client_of(access) as client:
        assert client.get("/").status_code == 200


def sent(access: Access, data: bytes, wait: float = 5.0) -> bytes:
    """What the server answers to these very bytes, until it closes or says nothing more for `wait` seconds."""
    with socket.create_connection(("127.0.0.1", access.port), timeout=wait) as line:
        line.sendall(data)
        return taken(line)


def taken(line: socket.socket) -> bytes:
    found = b""
    try:
        while piece := line.recv(65536):
            found += piece
            head, _, body = found.partition(b"\r\n\r\n")
            length = [row for row in head.lower().split(b"\r\n") if row.startswith(b"content-length:")]
            if length and len(body) >= int(length[0].split(b":")[1]):
                break
    except (TimeoutError, ConnectionError):
        pass
    return found


def request(access: Access, method: str = "GET", path: str = "/", body: bytes = b"", **headers: str | None) -> bytes:
    """A request as the page would send it, but for the headers given here; None leaves one out."""
    here = f"127.0.0.1:{access.port}"
    usual: dict[str, str | None] = {
        "Host": here, "Origin": f"http://{here}", "Cookie": f"{access.cookie}={access.pass_for('')}",
        "Content-Length": str(len(body)),
    }  # fmt: skip
    told = usual | {name.replace("_", "-"): value for name, value in headers.items()}
    lines = [f"{method} {path} HTTP/1.1", *(f"{name}: {value}" for name, value in told.items() if value is not None)]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


def drip(line: socket.socket, data: bytes) -> None:
    """Send it byte by byte."""
    for byte in data:
        line.sendall(bytes([byte]))
        time.sleep(0.05)


def status(answer: bytes) -> int:
    return int(answer.split(b" ", 2)[1]) if answer else 0


# --- who may come in


@pytest.mark.parametrize(
    ("cookie", "path"),
    [
        (None, "/"),
        ("", "/"),
        ("bilingual_{port}=", "/d/page/"),
        ("bilingual_{port}=.0000", "/documents"),
        ("bilingual_{port}=YW5u.{signature}", "/"),
        ("bilingual_{port}=%ff.%ff", "/jobs"),
        ("other=1; x", "/d/page/source"),
        (None, "/d/page/download/tmx"),
        (None, "/jobs"),
    ],
)
def test_without_our_cookie_nothing_is_shown(access: Access, cookie: str | None, path: str) -> None:
    mine = access.pass_for("").partition(".")[2]
    crumb = cookie and cookie.format(port=access.port, signature=mine)
    answer = sent(access, request(access, path=path, Cookie=crumb, Accept="text/html"))
    assert status(answer) == 403
    assert "乌镇".encode() not in answer


@pytest.mark.parametrize("token", ["", "x", TOKEN[:-1], TOKEN + "t", "%ff%00", TOKEN.upper()])
def test_a_wrong_token_opens_nothing(access: Access, token: str) -> None:
    answer = sent(access, request(access, path=f"/?token={token}", Cookie=None))
    assert status(answer) == 403
    assert b"set-cookie" not in answer.lower()


def test_the_address_that_a_browser_is_started_with_is_good_once(access: Access) -> None:
    ticket = access.ticket()
    assert TOKEN not in ticket
    first, second = (sent(access, request(access, path=f"/?token={ticket}", Cookie=None, Origin=None)) for _ in "12")
    assert (status(first), status(second)) == (303, 403)
    assert b"set-cookie" not in second.lower()


@pytest.mark.parametrize("turn", ["late", "longer", "other", "none", "unsigned"])
def test_a_ticket_that_is_late_or_forged_opens_nothing(
    access: Access, monkeypatch: pytest.MonkeyPatch, turn: str
) -> None:
    ticket = access.ticket()
    until, nonce, signature = ticket.split(".")
    if turn == "late":
        monkeypatch.setattr("bilingual.review.safety.time.time", lambda: int(until) + 1)
    forged = {
        "late": ticket, "longer": f"{int(until) + 9}.{nonce}.{signature}", "none": "..",
        "other": Access(access.port, "u" * 43).ticket(), "unsigned": f"{until}.{nonce}.",
    }[turn]  # fmt: skip
    assert status(sent(access, request(access, path=f"/?token={forged}", Cookie=None, Origin=None))) == 403


def test_the_token_gives_a_cookie_that_no_script_and_no_other_site_gets(access: Access) -> None:
    answer = sent(access, request(access, path=f"/d/page/?token={TOKEN}&x=1", Cookie=None, Origin=None)).lower()
    assert status(answer) == 303
    assert b"location: /d/page/?x=1\r\n" in answer
    assert b"httponly; samesite=strict" in answer


def test_a_link_on_another_site_leads_on_from_our_own_page(access: Access) -> None:
    path = f"/d/page/?x=%22%3E%3Cb&token={TOKEN}"
    answer = sent(access, request(access, path=path, Cookie=None, Origin=None, Sec_Fetch_Site="cross-site"))
    assert status(answer) == 200
    assert b'content="0;url=/d/page/?x=%22%3E%3Cb"' in answer
    assert b"samesite=strict" in answer.lower()


@pytest.mark.parametrize(
    "path", [f"//evil.example/?token={TOKEN}", f"/\\evil.example/?token={TOKEN}", f"//evil.example//?token={TOKEN}"]
)
def test_no_redirect_leads_away(access: Access, path: str) -> None:
    answer = sent(access, request(access, path=path, Cookie=None, Origin=None))
    place = [line for line in answer.split(b"\r\n") if line.lower().startswith(b"location:")]
    assert not place or place[0].split(b": ")[1].startswith((b"/evil", b"/%5Cevil")) or status(answer) == 400


# --- rebinding and other sites


@pytest.mark.parametrize(
    "host",
    ["evil.example", "evil.example:{port}", "127.0.0.1", "127.0.0.1:1", "localhost.evil.example:{port}", "",
     "127.0.0.1:{port}.evil.example", "192.168.1.5:{port}", "[::ffff:127.0.0.1]:{port}", "evil@127.0.0.1:{port}",
     "127.0.0.1:{port}\tevil"],
)  # fmt: skip
def test_a_name_that_was_rebound_to_us_is_refused(access: Access, host: str) -> None:
    answer = sent(access, request(access, Host=host.format(port=access.port)))
    assert status(answer) in {400, 421}
    assert b"<html" not in answer


def test_two_hosts_or_none_are_refused(access: Access) -> None:
    assert status(sent(access, request(access, Host=None))) == 400
    data = request(access).replace(b"Origin:", b"Host: evil.example\r\nOrigin:")
    assert status(sent(access, data)) in {400, 421}


@pytest.mark.parametrize(
    ("origin", "site"),
    [
        ("http://evil.example", None),
        ("null", None),
        (None, None),
        ("http://127.0.0.1:{other}", None),
        ("https://127.0.0.1:{port}", None),
        ("http://127.0.0.1:{port}", "cross-site"),
        ("http://127.0.0.1:{port}", "same-site"),
        ("http://localhost:{port}", None),
    ],
)
@pytest.mark.parametrize("path", ["/translate?name=evil", "/jobs/cancel", "/d/page/finish", "/merge", "/memory"])
def test_what_another_site_posts_is_not_done(
    access: Access, settings: Settings, path: str, origin: str | None, site: str | None
) -> None:
    origin = origin and origin.format(port=access.port, other=access.port + 1)
    answer = sent(access, request(access, "POST", path, b"{}", Origin=origin, Sec_Fetch_Site=site))
    assert status(answer) == 403
    with Store(settings.output / "workbench.sqlite") as store:
        assert store.names() == ("page",)


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "CONNECT", "FOO"])
def test_other_methods_do_nothing(access: Access, method: str) -> None:
    assert status(sent(access, request(access, method, "/"))) in {400, 403, 405}


# --- paths


@pytest.mark.parametrize(
    "path",
    [
        "/static/../app.py", "/static/%2e%2e/app.py", "/static/..%2fapp.py", "/static/%2e%2e%2fapp.py",
        "/static/%2Fetc%2Fpasswd", "/static//etc/passwd", "/static/base.css%00.js", "/static/..%5capp.py",
        "/d/..%2f..%2fetc%2fpasswd/source", "/d/%2e%2e/download/tmx", "/d/%2e%2e%2f/overview", "/d/%00/overview",
        "/d/page%00/overview", "/d/page/download/..%2f..%2fx", "/d/page/download/%00", "/d/page/deliver/..%2fx",
        "/d/" + "A" * 20_000 + "/overview", "/d/%ff%fe/overview", "/d/%ed%a0%80/overview", "/d/page/../../x", "/%00",
        "/d/page/losses/nope",
    ],
)  # fmt: skip
def test_no_path_reaches_the_disk(access: Access, path: str) -> None:
    answer = sent(access, request(access, path=path))
    assert status(answer) in {400, 404}
    assert b"root:" not in answer
    assert b"import annotations" not in answer


def test_a_path_longer_than_any_is_refused(access: Access) -> None:
    assert status(sent(access, request(access, path="/" + "a" * 200_000))) in {0, 400}


@pytest.mark.parametrize(
    "name", ["../../evil.txt", "/etc/evil.txt", "..\\..\\evil.txt", "a\x00b.txt", "C:\\x\\evil.txt", ".txt", "..txt"]
)
def test_a_file_name_with_folders_stays_in_the_inbox(access: Access, settings: Settings, name: str) -> None:
    before = {path for path in settings.folder.parent.rglob("*") if ".inbox" not in path.parts}
    with client_of(access) as client:
        from urllib.parse import quote

        done = client.post("/translate", content="你好。".encode(), headers={"x-file-name": quote(name, safe="")})
        if done.status_code == 200:
            job = done.json()
            assert "/" not in job["name"]
            assert "\\" not in job["name"]
            assert not job["name"].startswith(".")
            client.post("/jobs/cancel", json={"id": job["id"]})
        else:
            assert done.status_code == 400
    after = {path for path in settings.folder.parent.rglob("*") if ".inbox" not in path.parts}
    assert {path.name for path in after - before} <= {"workbench.sqlite-wal", "workbench.sqlite-shm", ".inbox"}


# --- sizes and slowness


def test_a_body_that_says_it_is_too_large_is_refused_before_it_is_read(access: Access) -> None:
    head = request(access, "POST", "/memory", Content_Length="9999999999")
    assert status(sent(access, head)) == 413


def test_a_body_without_a_length_is_counted(access: Access) -> None:
    head = request(access, "POST", "/memory", Content_Length=None, Transfer_Encoding="chunked")
    chunk = b"1000\r\n" + b"a" * 0x1000 + b"\r\n"
    assert status(sent(access, head + chunk * 6)) == 413


@pytest.mark.parametrize(
    ("path", "most"), [("/translate?name=x", 60_000), ("/merge?dry=1", 40_000), ("/memory", 20_000)]
)
def test_what_is_read_in_memory_is_bounded_closer_than_what_goes_to_a_file(
    access: Access, path: str, most: int
) -> None:
    assert status(sent(access, request(access, "POST", path, Content_Length=str(most + 1)))) == 413


def test_a_document_may_be_larger_but_not_any_size(access: Access) -> None:
    head = request(access, "POST", "/translate?name=big", Content_Length=None, Transfer_Encoding="chunked")
    chunk = b"1000\r\n" + b"a" * 0x1000 + b"\r\n"
    assert status(sent(access, head + chunk * 20)) == 413
    with client_of(access) as client:
        assert not [job for job in client.get("/jobs").json()["jobs"] if job["name"] == "big"]


@pytest.mark.parametrize(
    "body", [b"[]", b"nonsense", b"\xff\xfe", b"[" * 9000, b'{"name": 5}', b'{"id": "x"}', b"1e999"]
)
@pytest.mark.parametrize("path", ["/memory", "/jobs/cancel", "/d/page/finish", "/merges/undo"])
def test_a_body_that_is_no_sense_is_told_in_one_sentence(access: Access, path: str, body: bytes) -> None:
    answer = sent(access, request(access, "POST", path, body))
    assert status(answer) in {200, 400, 404}
    assert b"Traceback" not in answer
    assert b"fault in bilingual" not in answer


HALF = ["\\ud800", "x\\udfff"]


@pytest.mark.parametrize("half", HALF)
@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("/d/page/units/{unit}", '{{"version": 1, "state": "{half}"}}'),
        ("/d/page/units/{unit}", '{{"version": 1, "note": "x", "seconds": 1, "sitting": "{half}"}}'),
        ("/glossary/term", '{{"source": "{half}", "target": "x", "table": "0", "name": "terms.csv"}}'),
        ("/memory", '{{"{half}": 1, "name": "page"}}'),
        ("/d/page/finish", '{{"formats": ["{half}"]}}'),
    ],
)
def test_half_a_character_is_told_and_nothing_is_done(
    access: Access, settings: Settings, path: str, body: str, half: str
) -> None:
    with Store(settings.output / "workbench.sqlite") as store:
        unit, version = store.outline("page")[0]
    answer = sent(access, request(access, "POST", path.format(unit=unit), body.format(half=half).encode()))
    assert status(answer) == 400
    assert b"half of a character" in answer
    with Store(settings.output / "workbench.sqlite") as store:
        assert store.outline("page")[0] == (unit, version)


def test_a_number_without_end_is_told_before_anything_is_done(access: Access, settings: Settings) -> None:
    with Store(settings.output / "workbench.sqlite") as store:
        unit, version = store.outline("page")[0]
    body = f'{{"version": {version}, "note": "x", "sitting": "s", "seconds": 1{"0" * 400}}}'
    assert status(sent(access, request(access, "POST", f"/d/page/units/{unit}", body.encode()))) == 400
    with Store(settings.output / "workbench.sqlite") as store:
        assert store.outline("page")[0] == (unit, version)


def test_what_cannot_be_written_is_answered_all_the_same() -> None:
    from bilingual.review.web import answer

    assert answer({"message": "\ud800"}).body == b'{"message": "\\ud800"}'


@pytest.mark.parametrize("path", ["/d/merge/join", "/d/page/translate", "/d/x/merge"])
def test_only_a_files_own_address_takes_large_bodies(access: Access, path: str) -> None:
    assert status(sent(access, request(access, "POST", path, Content_Length="30000"))) == 413


@pytest.mark.parametrize(
    "expression",
    ["(?R)", "(?:(?R))*", "a(?R)?b", "((?1))", "(?P<x>(?&x))", "(?P<x>(?P>x))", "(a)(?-1)", "(?V1)a", "(?a)(?u)x"],
)
@pytest.mark.parametrize("path", ["/d/page/replace/preview", "/d/page/list"])
def test_an_expression_that_would_fill_the_memory_is_told(access: Access, path: str, expression: str) -> None:
    with client_of(access) as client:
        if path.endswith("list"):
            told = client.get(path, params={"text": expression, "regex": "1"})
        else:
            told = client.post(path, json={"find": expression, "new": "x", "regular": True})
    assert told.status_code == 400
    assert "“" in told.json()["message"]
    assert "fault" not in told.text


@pytest.mark.parametrize(("find", "new"), [("o", "x" * 1000), ("(o+)", "$1" * 400), ("[^x]", "$0" * 300)])
@pytest.mark.parametrize("path", ["replace", "replace/preview"])
def test_a_replacement_makes_no_unit_that_is_longer_than_one_may_be(
    tmp_path: Path, path: str, find: str, new: str
) -> None:
    settings = settings_in(tmp_path)
    store_with(settings, {"page": ["乌镇。"]})
    with served(settings) as access, client_of(access) as client:
        with Store(settings.output / "workbench.sqlite") as store:
            unit, version = store.outline("page")[0]
        done = client.post(f"/d/page/units/{unit}", json={"version": version, "target": "wo" * 40_000}).json()
        ticked = {unit: {"version": done["version"], "hits": [*range(40_000)]}}
        told = client.post(f"/d/page/{path}", json={"find": find, "new": new, "regular": True, "ticked": ticked})
        assert told.status_code == 400
        assert "longer than one unit can be" in told.json()["message"]
        with Store(settings.output / "workbench.sqlite") as store:
            assert store.seen("page", [unit])[unit].unit.target.string == "wo" * 40_000


def test_of_files_with_one_name_that_come_at_once_none_takes_the_others_place(tmp_path: Path) -> None:
    settings = settings_in(tmp_path)
    with served(settings) as access, ExitStack() as opened:
        lines = []
        for number in range(3):
            line = opened.enter_context(socket.create_connection(("127.0.0.1", access.port), timeout=10))
            data = request(access, "POST", "/translate", f"第{number}个文件。".encode(), X_File_Name="report.txt")
            line.sendall(data[:-4])
            time.sleep(0.1)
            lines.append((line, data[-4:]))
        answers = []
        for line, rest in lines:
            line.sendall(rest)
            answers.append(status(taken(line)))
        assert sorted(answers) == [200, 409, 409]


def test_who_says_nothing_is_cut_off(access: Access) -> None:
    with socket.create_connection(("127.0.0.1", access.port), timeout=5) as line, suppress(ConnectionError):
        assert line.recv(1) == b""


def test_who_says_the_headers_letter_by_letter_is_cut_off(access: Access) -> None:
    with socket.create_connection(("127.0.0.1", access.port), timeout=5) as line:
        started = time.monotonic()
        with pytest.raises(ConnectionError):
            drip(line, b"GET / HTTP/1.1\r\nHost: " + b"x" * 1000)
        assert time.monotonic() - started < 4


def test_who_starts_a_second_request_slowly_is_cut_off_too(access: Access) -> None:
    with socket.create_connection(("127.0.0.1", access.port), timeout=5) as line:
        line.sendall(request(access, path="/jobs"))
        assert status(taken(line)) == 200
        line.sendall(b"GET /")
        with suppress(ConnectionError):
            assert line.recv(1) == b""


def test_a_body_that_stops_is_given_up(access: Access) -> None:
    answer = sent(access, request(access, "POST", "/memory", b"{", Content_Length="100"))
    assert status(answer) == 408


def test_a_body_that_drips_is_given_up(access: Access) -> None:
    with socket.create_connection(("127.0.0.1", access.port), timeout=5) as line:
        line.sendall(request(access, "POST", "/memory", Content_Length="1000"))
        started = time.monotonic()
        line.setblocking(False)
        found = b""
        while time.monotonic() - started < 4 and not found:
            try:
                line.send(b"a")
                found = line.recv(4096)
            except BlockingIOError:
                time.sleep(0.1)
            except OSError:
                break
        assert time.monotonic() - started < 3


def test_who_does_not_take_the_answer_is_cut_off(access: Access) -> None:
    with socket.socket() as line:
        line.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        line.settimeout(10)
        line.connect(("127.0.0.1", access.port))
        line.sendall(request(access, path="/static/base.css") * 400)
        time.sleep(1.5)
        with pytest.raises(ConnectionError):
            drip(line, b"x" * 10)


def test_many_idle_connections_keep_nobody_out(settings: Settings) -> None:
    with served(settings, patience=Patience(header=60, connections=12)) as access, ExitStack() as opened:
        lines = [
            opened.enter_context(socket.create_connection(("127.0.0.1", access.port), timeout=5)) for _ in range(40)
        ]
        with suppress(ConnectionError):  # an end, or a reset, but no waiting
            assert lines[0].recv(1) == b""
        with client_of(access) as client:
            assert client.get("/jobs").status_code == 200
        lines[-1].settimeout(0.2)
        with pytest.raises(TimeoutError):
            lines[-1].recv(1)


@pytest.mark.parametrize(
    "data",
    [b"\x00" * 5000, b"\xff\xfe\r\n\r\n", b"GET\r\n\r\n", b"GET / HTTP/9.9\r\n\r\n", b"\x16\x03\x01\x02\x00\x01\x00",
     b"GET /\xe4\xb8\xad HTTP/1.1\r\nHost: x\r\n\r\n", b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", b"\r\n" * 3000,
     b"GET / HTTP/1.1\r\n" + b"a: b\r\n" * 20_000],
    ids=["zeros", "bytes", "half", "version", "tls", "utf8", "http2", "lines", "headers"],
)  # fmt: skip
def test_what_is_no_http_is_refused(access: Access, data: bytes) -> None:
    try:
        answer = sent(access, data, wait=2)
    except OSError:
        return
    assert status(answer) in {0, 400, 403, 421}


def test_a_length_and_chunks_at_once_are_refused(access: Access) -> None:
    data = request(access, "POST", "/memory", b"0\r\n\r\n", Transfer_Encoding="chunked")
    assert status(sent(access, data)) == 400


# --- what people write is text


def test_script_in_a_name_a_text_or_a_file_is_shown_as_text(tmp_path: Path) -> None:
    settings = settings_in(tmp_path)
    store_with(settings, {SCRIPT.replace("/", "∕"): [SCRIPT, f"乌镇{SCRIPT}"]})
    with served(settings, by=SCRIPT) as access, client_of(access) as client:
        (name,) = _names(settings)
        from urllib.parse import quote

        for path in ("/", "/documents", "/bring", f"/bring?name={quote(name)}", f"/d/{quote(name, safe='')}/overview",
                     f"/d/{quote(name, safe='')}/finish", f"/d/{quote(SCRIPT, safe='')}/finish"):  # fmt: skip
            shown = client.get(path, headers={"accept": "text/html"})
            assert "<script>alert" not in shown.text
            assert "<img" not in shown.text
        sent_back = client.post("/translate", content=b"x", headers={"x-file-name": quote(f"{SCRIPT}.exe")})
        assert sent_back.headers["content-type"].startswith("application/json")


def test_a_download_cannot_be_made_to_run(tmp_path: Path) -> None:
    settings = settings_in(tmp_path)
    name = 'a"; filename=evil.html; x="é中'
    store_with(settings, {name: [SCRIPT]}, template='<b>".html')
    with served(settings) as access, client_of(access) as client:
        from urllib.parse import quote

        for path in ("download/html", "download/tmx", "deliver/html", "source"):
            got = client.get(f"/d/{quote(name, safe='')}/{path}")
            assert got.status_code == 200
            told = got.headers["content-disposition"]
            assert told.startswith('attachment; filename="')
            assert told.count('"') == 2
            assert got.headers["content-type"] == "application/octet-stream"
            assert got.headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize(
    "path", ["/", "/nothing", "/static/base.css", "/jobs", "/d/page/download/csv", "/d/nope/finish"]
)
def test_every_answer_says_what_the_browser_may_do(access: Access, path: str) -> None:
    with client_of(access) as client:
        told = client.get(path).headers
    policy = told["content-security-policy"]
    assert policy.startswith("default-src 'none'; script-src 'self'; style-src 'self'")
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy
    assert told["x-content-type-options"] == "nosniff"
    assert told["referrer-policy"] == "same-origin"
    assert told["cache-control"] == ("no-cache" if path.startswith("/static") else "no-store")


FORBIDDEN = (
    *(r"\sstyle\s*=", r"<script(?![^>]*src=)", r"\son[a-z]+\s*=\s*[\"']", r"javascript:", r"\|\s*safe"),
    *(r"https?://(?!www\.w3\.org)", r"\beval\(", r"document\.write", r"outerHTML\s*="),
)


def test_no_template_and_no_script_of_ours_needs_what_the_policy_forbids() -> None:
    import re

    from bilingual.review.app import FOLDER

    wrong = []
    for file in [*(FOLDER / "templates").glob("*.html"), *(FOLDER / "static").glob("*.js")]:
        text = file.read_text(encoding="utf-8")
        for pattern in FORBIDDEN:
            wrong += [f"{file.name}: {found[0]}" for found in re.finditer(pattern, text)]
    assert not wrong


def _names(settings: Settings) -> tuple[str, ...]:
    with Store(settings.output / "workbench.sqlite") as store:
        return store.names()
