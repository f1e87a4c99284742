"""TMX as a stream: text that equals a tree, a plain unit that equals any other, and memory that stays small."""

from __future__ import annotations

import io
import pickle
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from bilingual.bitext import Bitext, Change, Note, Origin, OriginKind, State, Text, Unit
from bilingual.formats.tmx import Tmx
from bilingual.formats.tmx_plain import PlainUnits
from bilingual.formats.xml_text import attribute, escaped
from bilingual.safexml import clean
from tests.strategies import hostile

ROOT = Path(__file__).parent.parent
quick = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
PLAIN = Unit(
    "n1", "", Text("大会开幕。"), Text("The conference opened."), state=State.REVIEWED,
    origin=Origin(OriginKind.MACHINE, "zh_en 1.9", 0.5), notes=(Note("查过", "李雷", "2023-11-09"),),
    changed=Change("韩梅梅", "2023-11-09T08:00:00Z"),
)  # fmt: skip


def dump(*units: Unit) -> bytes:
    stream = io.BytesIO()
    Tmx().write(Bitext("zh", "en", (), units), stream)
    return stream.getvalue()


@quick
@given(hostile, hostile)
def test_text_written_without_a_tree_is_what_a_tree_would_hold(name: str, text: str) -> None:
    element = etree.Element("seg", x=clean(name)[0])
    element.text = clean(text)[0]
    written = etree.fromstring(f'<seg x="{attribute(name)}">{escaped(text)}</seg>'.encode())
    assert etree.tostring(written) == etree.tostring(etree.fromstring(etree.tostring(element, encoding="utf-8")))


@quick
@given(st.lists(hostile, min_size=7, max_size=7), st.sampled_from(State))
def test_a_plain_unit_is_read_as_any_other(words: list[str], state: State) -> None:
    unit = Unit(
        words[0] or "n", "", Text(words[1]), Text(words[2]), state=state, notes=(Note(words[3], words[4]),),
        origin=Origin(OriginKind.PERSON, words[5]), changed=Change(words[6], "2023-11-09T08:00:00Z"),
    )  # fmt: skip
    data = dump(replace(PLAIN, id="n0"), unit)
    assert Tmx().read(io.BytesIO(data)) == slowly(data)


def test_a_plain_unit_is_a_unit_like_any_other() -> None:
    unit = Tmx().read(io.BytesIO(dump(PLAIN, PLAIN))).units[1]
    plain = replace(unit, id="n1")
    assert (type(unit), type(unit.source), type(unit.changed)) == (Unit, Text, Change)
    assert (plain, hash(plain), repr(plain)) == (PLAIN, hash(PLAIN), repr(PLAIN))
    assert pickle.loads(pickle.dumps(unit)) == unit
    with pytest.raises(AttributeError):
        unit.id = "n2"  # type: ignore[misc]


def slowly(data: bytes) -> Bitext:
    """What a file says when each of its units is read from the parser's elements."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(PlainUnits, "unit", lambda *_: None)
        return Tmx().read(io.BytesIO(data))


def plain(data: bytes) -> list[str]:
    """The units of a file that are read as text."""
    found: list[str] = []
    read = PlainUnits.unit

    def unit(self: PlainUnits, source: str, target: str) -> Unit | None:
        made = read(self, source, target)
        found.extend([made.id] if made else [])
        return made

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(PlainUnits, "unit", unit)
        Tmx().read(io.BytesIO(data))
    return found


MADE = replace(PLAIN, origin=Origin(OriginKind.PERSON, "R&D"))
FIVE = dump(*(replace(PLAIN, id=f"n{number}", target=Text("R&D <“3” > '2'>")) for number in range(5))).decode()
UNSURE = [
    ("<!-- ", " -->"), ("<![CDATA[", "]]>"), ("<?x ", "?>"), ("<tu>", "</tu>"), ('<x:tu xmlns:x="x">', "</x:tu>"),
    ("<tu tuid='x'><note/>", "</tu>"),
]  # fmt: skip


def turned(place: str, before: str, after: str = "") -> str:
    """FIVE with something put around the third unit, or in a place of it."""
    third = '<tu tuid="n2">' + FIVE.split('<tu tuid="n2">')[1].split("</tu>")[0] + "</tu>"
    if place == "around":
        return FIVE.replace(third, f"{before}{third}{after}")
    return FIVE.replace(third, third.replace(place, before, 1))


def test_a_file_of_plain_units_is_read_as_text_but_for_the_first() -> None:
    assert plain(dump(MADE, replace(MADE, id="n2"))) == ["n2"]
    assert plain(FIVE.encode()) == ["n1", "n2", "n3", "n4"]
    assert plain(FIVE.replace("\n", "\r\n").encode("utf-8-sig")) == ["n1", "n2", "n3", "n4"]


@pytest.mark.parametrize(
    "change",
    [
        ('<prop type="x-bilingual-state">', '<prop type="x-bilingual-state" o-encoding="x">'),
        ('<prop type="x-bilingual-state">', '<prop type="domain">IT</prop><prop type="x-bilingual-state">'),
        ('<prop type="x-bilingual-state">', "<note/><prop type='x-bilingual-state'>"),
        ("<seg>大会", "<seg>大<ph>1</ph>会"), ("大会", "大&#x4F1A;"), ("大会", "大\r会"), ("大会", "大\u0085\u2028会"),
        ("<seg>大会", '<note xml:lang="zh">n</note><seg>大会'), ("大会", "</seg><seg>"),
        ('xml:lang="zh"', 'xml:lang="zh" usagecount="3"'), ('xml:lang="zh"', 'xml:lang="zh-TW"'),
        ('xml:lang="zh"', 'xml:lang="en"'), ("changeid", "creationid"), ("</seg>", "</seg >"),
        ('tuid="n2"', 'tuid="n2" datatype="html"'), ('tuid="n2"', 'tuid="n\t2"'), ('tuid="n2"', 'tuid=""'),
        ("changeid", " changeid"), ("<tuv", "text<tuv"), ("</tu>", "</tu >"),
    ],
    ids=str,
)  # fmt: skip
def test_what_has_more_in_it_is_no_plain_unit_and_those_after_it_are(change: tuple[str, str]) -> None:
    data = turned(*change).encode()
    assert "n2" not in plain(data) or "\u2028" in change[1]
    assert Tmx().read(io.BytesIO(data)) == slowly(data)
    assert len(Tmx().read(io.BytesIO(data)).units) >= 4


@pytest.mark.parametrize(("before", "after"), UNSURE, ids=str)
@pytest.mark.parametrize("number", [0, 1, 2, 3, 4])
def test_what_is_no_unit_is_never_taken_for_one(before: str, after: str, number: int) -> None:
    data = turned("around", before, after).replace(f'tuid="n{number}"', f'tuid="n{number}" datatype="html"').encode()
    assert Tmx().read(io.BytesIO(data)) == slowly(data)
    assert "n3" not in plain(data)


@pytest.mark.parametrize("place", ["</header>", "<body>", "</note>", "<seg>", "</seg>", "</tu>"])
@pytest.mark.parametrize("sign", ["<!-- <body> -->", "<?x <body> ?>", "<!--<tu></tu>-->"])
def test_a_comment_anywhere_changes_nothing(place: str, sign: str) -> None:
    for data in (
        FIVE.replace(place, place + sign, 1),
        FIVE.replace(place, sign + place, 3),
        turned(place, sign + place),
    ):
        assert Tmx().read(io.BytesIO(data.encode())) == slowly(data.encode())


@pytest.mark.parametrize(("before", "after"), UNSURE[:3], ids=str)
def test_a_unit_that_a_comment_holds_is_none(before: str, after: str) -> None:
    hidden = '<tu tuid="no">' + FIVE.split('<tu tuid="n3">')[1].split("</tu>")[0] + "</tu>"
    data = turned("</tu>", f"{before}</tu>{hidden}{after}</tu>").encode()
    assert [unit.id for unit in Tmx().read(io.BytesIO(data)).units] == ["n0", "n1", "n2", "n3", "n4"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030", "iso-8859-1"])
def test_only_what_is_in_utf_8_is_read_as_text(encoding: str) -> None:
    said = {"utf-8-sig": "UTF-8"}.get(encoding, encoding)
    data = FIVE.replace("UTF-8", said).encode(encoding, "xmlcharrefreplace")
    assert Tmx().read(io.BytesIO(data)).units == slowly(data).units
    assert bool(plain(data)) is encoding.startswith("utf-8")


@quick
@given(st.integers(1, 40), st.sampled_from([FIVE, turned("around", *UNSURE[0]), FIVE.replace("\n", "\r\n")]))
def test_it_does_not_matter_where_a_file_is_cut_in_reading(size: int, text: str) -> None:
    class Slow(io.BytesIO):
        def read(self, _size: int | None = -1) -> bytes:
            return super().read(size)

    assert Tmx().read(Slow(text.encode())) == slowly(text.encode())


PEAK = """
import io, resource
from bilingual.bitext import Bitext, Text, Unit
from bilingual.formats.tmx import Tmx

class Generated(io.RawIOBase):
    def __init__(self):
        head, unit = io.BytesIO(), io.BytesIO()
        Tmx().write(Bitext("zh", "en", (), ()), head)
        Tmx().write(Bitext("zh", "en", (), (Unit("n", "", Text("世界互联网大会" * 9), Text("The summit " * 9)),)), unit)
        self.head, self.end = head.getvalue().split(b"</body>")
        self.unit = unit.getvalue().removeprefix(self.head).split(b"</body>")[0]
        self.left = {size} // len(self.unit)
        self.units, self.step = self.left, 0
    def read(self, size=-1):
        if not self.step:
            self.step = 1
            return self.head
        if self.left > 0:
            count = min(self.left, max(size // len(self.unit), 1))
            self.left -= count
            return self.unit * count
        self.step += 1
        return b"</body></tmx>" if self.step == 2 else b""

def peak():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024

for _ in Tmx().reader(io.BytesIO({small!r}), "small.tmx").units():
    pass
before, stream, count = peak(), Generated(), 0
for _ in Tmx().reader(stream, "large.tmx").units():
    count += 1
assert count == stream.units, (count, stream.units)
unit = Unit("n", "", Text("世界互联网大会" * 9), Text("The summit " * 9))
class Sink(io.RawIOBase):
    def write(self, data):
        return len(data)
Tmx().write_units(Bitext("zh", "en", (), ()), (unit for _ in range(count)), Sink())
print(peak() - before)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="memory is counted in another way there")
def test_a_large_file_is_read_and_written_in_little_memory() -> None:
    program = PEAK.replace("{size}", str(30 << 20)).replace("{small!r}", repr(dump(PLAIN)))
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, check=False, encoding="utf-8")
    assert done.returncode == 0, done.stderr
    assert float(done.stdout) < 20
