"""What others say to the TMX we write: the format's own DTD, and a reader that many tools stand on."""

from __future__ import annotations

import io
import sysconfig
from itertools import chain
from pathlib import Path

import pytest
from lxml import etree

from bilingual.bitext import Bitext, Candidate, Change, Code, Note, Origin, OriginKind, State, Text, Unit
from bilingual.formats.tmx import Tmx

CODES = (Code(0, "1", "open", "<b>", "bold"), Code(2, "1", "close", "</b>", "bold"), Code(4, "2", "empty", "<br/>"))
MACHINE = Origin(OriginKind.MACHINE, "zh_en 1.9", 0.5)
UNITS = (
    Unit("u1", "b1", Text("大会开幕。"), Text("The conference opened."), state=State.DRAFT, origin=MACHINE,
         candidates=(Candidate(Text("It opened."), MACHINE),), locked=True, extra=(("domain", "IT & <news>"),)),
    Unit("u2", "", Text("大会\x0c开幕", CODES), Text("tab\t, line\nbreak, 😀 \"quotes\" & <tags>"), state=State.FINAL,
         notes=(Note("查过", "李雷", "2023-11-09"), Note("好")), changed=Change("韩梅梅", "2023-11-09T08:00:00Z")),
    Unit("u3", "", Text("尚未翻译"), Text(""), extra=(("source seg", "<seg>尚未翻译</seg>"),)),
    Unit("u4", "", Text("=1+1"), Text("", (Code(0, "1", "open", "<i>"),))),
)  # fmt: skip


def written() -> bytes:
    stream = io.BytesIO()
    Tmx().write(Bitext("zh", "en", (), UNITS, (("tool", "x"),)), stream)
    return stream.getvalue()


def _dtd() -> Path:
    """The DTD of TMX 1.4, where an installed library brings it; it may not be given away with ours."""
    libraries = Path(sysconfig.get_path("purelib")), Path(sysconfig.get_path("data")) / "share"
    found = chain.from_iterable(folder.glob(f"{deep}tmx14*.dtd") for folder in libraries for deep in ("*/", "*/*/"))
    path = next(chain(found), None)
    if path is None:
        pytest.skip("no installed library brings tmx14.dtd")
    return path


def test_the_dtd_of_tmx_accepts_what_is_written() -> None:
    dtd = etree.DTD(str(_dtd()))
    assert dtd.validate(etree.fromstring(written())), dtd.error_log


def test_translate_toolkit_reads_what_is_written() -> None:
    tmx = pytest.importorskip("translate.storage.tmx", reason="translate-toolkit is not installed")
    store = tmx.tmxfile.parsestring(written())
    assert len(store.units) == len(UNITS)
    for found, unit in zip(store.units, UNITS, strict=True):
        assert found.getid() == unit.id
        for side in ("source", "target"):
            words = getattr(unit, side)
            if not words.codes:  # that library reads codes as part of the words
                assert (getattr(found, side) or "") == words.string
    assert "查过" in store.units[1].getnotes()
    assert store.findunit("大会开幕。").target == "The conference opened."
