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
from bilingual.formats import tmx_reader
from bilingual.formats.tmx import Tmx
from bilingual.formats.tmx_names import LANG
from bilingual.formats.tmx_plain import plain_unit
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
    quickly = Tmx().read(io.BytesIO(data)).units
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(tmx_reader, "plain_unit", lambda *_: None)
        assert Tmx().read(io.BytesIO(data)).units == quickly


def test_a_plain_unit_is_a_unit_like_any_other() -> None:
    unit = Tmx().read(io.BytesIO(dump(PLAIN, PLAIN))).units[1]
    plain = replace(unit, id="n1")
    assert (type(unit), type(unit.source), type(unit.changed)) == (Unit, Text, Change)
    assert (plain, hash(plain), repr(plain)) == (PLAIN, hash(PLAIN), repr(PLAIN))
    assert pickle.loads(pickle.dumps(unit)) == unit
    with pytest.raises(AttributeError):
        unit.id = "n2"  # type: ignore[misc]


@pytest.mark.parametrize(
    ("change", "plain"),
    [
        (("", ""), True),
        (('<prop type="x-bilingual-state">', '<prop type="x-bilingual-state" o-encoding="x">'), False),
        (('<prop type="x-bilingual-state">', '<prop type="domain">IT</prop><prop type="x-bilingual-state">'), False),
        (("<seg>大会", "<seg>大<ph>1</ph>会"), False),
        (("<seg>大会", "<seg>大<!-- -->会"), False),
        (("<seg>大会", '<note xml:lang="zh">n</note><seg>大会'), False),
        (('xml:lang="zh"', 'xml:lang="zh" usagecount="3"'), False),
        (('xml:lang="zh"', 'xml:lang="zh-TW"'), False),
        (("changeid", "creationid"), False),
        (('tuid="n1"', 'tuid="n1" datatype="html"'), False),
    ],
)
def test_what_has_more_in_it_is_no_plain_unit(change: tuple[str, str], plain: bool) -> None:
    tu = etree.fromstring(dump(PLAIN).decode().replace(*change, 1).encode())[1][0]
    assert (plain_unit(tu, [(LANG, "zh")], [(LANG, "en")]) is not None) is plain


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
