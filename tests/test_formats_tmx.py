"""TMX: the rules other tools hold us to, everything we know in one file, and other tools' files."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from lxml import etree

from bilingual.bitext import (
    Bitext,
    Block,
    Candidate,
    Change,
    Code,
    Document,
    Kind,
    Locator,
    Note,
    Origin,
    OriginKind,
    Span,
    State,
    Text,
    Unit,
)  # fmt: skip
from bilingual.errors import InputError
from bilingual.formats import read_file
from bilingual.formats.seg import clean_text, content, held, markup
from bilingual.formats.tmx import Tmx
from bilingual.formats.tmx_names import LANG, iso_date, tmx_date
from bilingual.formats.tmx_reader import TmxReader
from tests.strategies import bitexts, hostile, texts

quick = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
MACHINE = Origin(OriginKind.MACHINE, "zh_en 1.9")
BLOCK = Block("b1", Kind.PARAGRAPH, Text("大会开幕。"), (Span(0, 5),), (Locator(line=9),))
PAGE = Document("乌镇", "zh", "大会开幕。", (BLOCK,))
DRAFT = Unit(
    "u1", "b1", Text("大会开幕。"), Text("The conference opened."), Span(0, 5), State.DRAFT, origin=MACHINE,
    candidates=(Candidate(Text("The conference opened."), MACHINE),), source_locators=(Locator(line=9),),
)  # fmt: skip


def dump(bitext: Bitext) -> bytes:
    stream = io.BytesIO()
    Tmx().write(bitext, stream)
    return stream.getvalue()


def load(data: bytes | str) -> Bitext:
    return Tmx().read(io.BytesIO(data if isinstance(data, bytes) else data.encode()), "x.tmx")


def page(*units: Unit) -> Bitext:
    return Bitext("zh", "en", (PAGE,), units)


@quick
@given(bitexts())
def test_everything_comes_back_as_it_was(bitext: Bitext) -> None:
    assert load(dump(bitext)) == bitext


@quick
@given(bitexts(hostile))
def test_texts_come_back_even_with_characters_xml_cannot_hold(bitext: Bitext) -> None:
    back = load(dump(bitext))
    assert [(unit.source, unit.target) for unit in back.units] == [(unit.source, unit.target) for unit in bitext.units]
    assert back.documents == bitext.documents


@quick
@given(texts(hostile))
def test_codes_come_back_to_their_places(text: Text) -> None:
    assert content(etree.fromstring(f"<seg>{markup(clean_text(text)[0])}</seg>".encode())) == held(text)


@quick
@given(bitexts(hostile))
def test_omegat_would_accept_it(bitext: Bitext) -> None:
    data = dump(bitext)
    head = b"<?xml version='1.0' encoding='UTF-8'?>\n<!DOCTYPE tmx SYSTEM \"tmx14.dtd\">\n<tmx version=\"1.4\">"
    assert data.startswith(head)
    root = etree.fromstring(data)
    assert [child.tag for child in root] == ["header", "body"]
    _check_header(root[0])
    for tu in root[1]:
        tags = [child.tag for child in tu]
        assert tags == sorted(tags, key=lambda tag: tag == "tuv")
        assert tags.count("tuv") == 2
        for tuv in tu.iter("tuv"):
            assert tuv.get(LANG)
            assert [child.tag for child in tuv] == ["seg"]
            assert re.fullmatch(r"\d{8}T\d{6}Z|", tuv.get("changedate", ""))
        for seg in tu.iter("seg"):
            _check_codes(seg)


def _check_header(header: etree._Element) -> None:
    needed = {"creationtool", "creationtoolversion", "segtype", "o-tmf", "adminlang", "srclang", "datatype"}
    assert set(header.attrib) == needed
    assert header.get("creationtool") == "bilingual"
    assert (header.get("datatype"), header.get("segtype")) == ("plaintext", "sentence")
    assert all(prop.get("type") for prop in header)


def _check_codes(seg: etree._Element) -> None:
    opened = [code.get("i") for code in seg.iter("bpt")]
    closed = [code.get("i") for code in seg.iter("ept")]
    assert len(set(opened)) == len(opened)
    assert sorted(map(str, opened)) == sorted(map(str, closed))
    assert all(code.get("pos") in {"begin", "end"} for code in seg.iter("it"))


def test_people_have_names_and_dates_and_machines_have_none() -> None:
    edited = replace(DRAFT, id="u2", target=Text("The summit opened."), state=State.REVIEWED,
                     changed=Change("李雷", "2023-11-09T08:00:00Z"))  # fmt: skip
    root = etree.fromstring(dump(page(DRAFT, edited)))
    machine, person = root.findall("body/tu")
    assert b"change" not in etree.tostring(machine)
    tuv = person.findall("tuv")[1]
    assert (tuv.get("changeid"), tuv.get("changedate")) == ("李雷", "20231109T080000Z")
    assert machine.find("prop[@type='x-bilingual-state']").text == "draft"  # type: ignore[union-attr]
    assert machine.find("prop[@type='x-bilingual-origin']").text == "machine"  # type: ignore[union-attr]
    assert machine.find("prop[@type='x-bilingual-source-locator']").text == '{"line":9}'  # type: ignore[union-attr]
    assert [unit.touched for unit in load(dump(page(DRAFT, edited))).units] == [False, True]


def test_the_person_who_made_a_target_is_named_for_other_tools_too() -> None:
    by_hand = replace(DRAFT, origin=Origin(OriginKind.PERSON, 'Li "Lei" & Co'))
    data = dump(page(by_hand))
    assert b'creationid="Li &quot;Lei&quot; &amp; Co"' in data
    assert load(data) == page(by_hand)
    (unit,) = load(data.replace(b"creationid=", b'creationdate="20231109T080000Z" creationid=')).units
    assert unit.extra == (*by_hand.extra, ("target creationdate", "20231109T080000Z"))


@pytest.mark.parametrize("origin", [None, Origin(OriginKind.MACHINE, "李雷"), Origin(OriginKind.PERSON, "韩梅梅")])
def test_somebody_elses_creation_of_a_target_is_kept(origin: Origin | None) -> None:
    units = [Unit(name, "", Text("大会"), Text("Congress"), state=State.FINAL, origin=origin) for name in ("u1", "u2")]
    data = dump(page(*units)).replace(' creationid="韩梅梅"'.encode(), b"")
    back = load(data.replace(b'<tuv xml:lang="en"', '<tuv xml:lang="en" creationid="李雷"'.encode()))
    assert [unit.extra for unit in back.units] == [(("target creationid", "李雷"),)] * 2
    assert load(dump(back)) == back


def test_the_reader_of_a_file_sees_codes_as_pairs_and_lone_ones() -> None:
    codes = (
        Code(0, "1", "open", "<b>"),
        Code(2, "1", "close", "</b>"),
        Code(2, "2", "empty", "<br/>"),
        Code(4, "3", "close", "</i>"),
    )
    seg = etree.fromstring(dump(page(replace(DRAFT, source=Text("大会开幕", codes))))).find("body/tu/tuv/seg")
    assert seg is not None
    assert etree.tostring(seg, encoding="unicode", with_tail=False) == (
        '<seg><bpt i="1" x="1">&lt;b&gt;</bpt>大会<ept i="1">&lt;/b&gt;</ept><ph x="2">&lt;br/&gt;</ph>'
        '开幕<it pos="end" x="3">&lt;/i&gt;</it></seg>'
    )


def test_a_segment_somebody_changed_wins_over_the_exact_text_beside_it() -> None:
    data = dump(page(replace(DRAFT, source=Text("大会\x0c开幕。"))))
    assert load(data).units[0].source == Text("大会\x0c开幕。")
    changed = data.replace("<seg>大会开幕。</seg>".encode(), "<seg>大会闭幕。</seg>".encode())
    assert load(changed).units[0].source == Text("大会闭幕。")


def test_a_document_larger_than_one_text_node_may_be_comes_back() -> None:
    text = "世界互联网大会" * 700_000
    assert load(dump(Bitext("zh", "en", (replace(PAGE, text=text),), ()))).documents[0].text == text


@pytest.mark.parametrize(
    ("iso", "date"),
    [("2023-11-09T08:00:00Z", "20231109T080000Z"), ("2023-11-09T16:00:00+08:00", "20231109T080000Z"),
     ("2023-11-09", "20231109T000000Z"), ("", ""), ("gestern", "")],
)  # fmt: skip
def test_dates_become_those_of_tmx(iso: str, date: str) -> None:
    assert tmx_date(iso) == date
    assert iso_date(date) == ("2023-11-09T08:00:00Z" if "08" in date[8:12] else iso_date(date))


def foreign(body: str, srclang: str = "EN-us", header: str = "") -> str:
    return (
        '<?xml version="1.0"?>\n<!DOCTYPE tmx SYSTEM "tmx14.dtd">\n<tmx version="1.4">\n<header creationtool="Trados" '
        f'creationtoolversion="9" segtype="sentence" o-tmf="x" adminlang="en" srclang="{srclang}" datatype="html">'
        f"{header}</header>\n<body>\n{body}\n</body></tmx>"
    )


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_another_tools_file_is_read(encoding: str) -> None:
    tu = (
        '<tu usagecount="3" creationdate="20200102T030405Z"><note>查过</note><prop type="domain">IT</prop>'
        '<tuv xml:lang="zh-CN" changeid="韩梅梅"><seg>数字<bpt i="4">[b]</bpt>经济<ept i="4">[/b]</ept></seg></tuv>'
        '<tuv xml:lang="en" changedate="20210102T030405Z"><prop type="q">ok</prop>'
        "<seg>digital <hi type='b'>economy<ph>&lt;br/><sub>x</sub></ph></hi>!</seg></tuv></tu>"
    )
    bitext = load(foreign(tu, header="<note>n</note>").encode(encoding))
    assert (bitext.source_language, bitext.target_language) == ("EN-us", "zh-CN")
    (unit,) = bitext.units
    assert unit.source.string == "digital economy!"
    assert [(code.position, code.kind, code.data) for code in unit.source.codes] == [
        (8, "open", ""), (15, "empty", "<br/>x"), (15, "close", "")
    ]  # fmt: skip
    assert unit.target == Text("数字经济", (Code(2, "4", "open", "[b]"), Code(4, "4", "close", "[/b]")))
    assert (unit.state, unit.notes, unit.origin) == (State.TRANSLATED, (Note("查过"),), None)
    assert unit.changed == Change("韩梅梅", "")
    assert ("domain", "IT") in unit.extra
    assert ("usagecount", "3") in unit.extra
    assert ("source q", "ok") in unit.extra
    assert ("creationtool", "Trados") in bitext.metadata
    assert load(dump(bitext)) == bitext


def test_the_pair_can_be_chosen_and_what_lacks_it_is_counted() -> None:
    body = (
        '<tu tuid="a"><tuv xml:lang="en-GB"><seg>a</seg></tuv><tuv xml:lang="fr"><seg>b</seg></tuv>'
        '<tuv xml:lang="zh_CN"><seg>丙</seg></tuv></tu>\n<tu tuid="a"><tuv xml:lang="fr"><seg>d</seg></tuv></tu>'
        '<tu tuid="a"><tuv xml:lang="ZH"><seg>丁</seg></tuv></tu>'
    )
    reader = TmxReader(io.BytesIO(foreign(body).encode()), "x.tmx", source="zh", target="en")
    units = reader.bitext().units
    assert [(unit.id, unit.source.string, unit.target.string) for unit in units] == [
        ("a", "丙", "a"),
        ("a-2", "丁", ""),
    ]
    assert (reader.skipped, reader.first_skipped) == (1, 7)
    assert load(foreign(body, "*all*")).source_language == "en-GB"


@pytest.mark.parametrize(
    ("body", "told"),
    [
        ('<tu><prop type="x-bilingual-state">done</prop><tuv xml:lang="en"><seg>a</seg></tuv></tu>', "tmx:7: .*'done'"),
        ('<tu><prop type="x-bilingual-flag">{"kind"</prop><tuv xml:lang="en"><seg>a</seg></tuv></tu>', "x.tmx:7: "),
        ('<tu><prop type="x-bilingual-term">{"term":1}</prop><tuv xml:lang="en"><seg>a</seg></tuv></tu>', "TermUse"),
        ('<tu><prop type="x-bilingual-span">1</prop><tuv xml:lang="en"><seg>a</seg></tuv></tu>', "x.tmx:7: "),
    ],
)  # fmt: skip
def test_a_property_of_ours_that_is_broken_is_told_with_its_line(body: str, told: str) -> None:
    with pytest.raises(InputError, match=told):
        load(foreign("\n" + body))


def test_other_tools_test_files_are_read_and_written_again(shared_data: Path) -> None:
    files = sorted((shared_data / "formats").rglob("*.tmx"))
    assert len(files) > 30
    refused = []
    for path in files:
        try:
            bitext = read_file(path)
        except InputError as error:
            refused.append(f"{error}")
            continue
        assert load(dump(bitext)) == bitext, path
    assert len(refused) <= 1, refused


def test_units_stream_in_and_out_without_a_bitext() -> None:
    stream = io.BytesIO()
    told = Tmx().write_units(page(), (replace(DRAFT, id=f"u{number}") for number in range(1000)), stream)
    stream.seek(0)
    reader = Tmx().reader(stream, "x.tmx")
    assert [unit.id for unit in reader.units()] == [f"u{number}" for number in range(1000)]
    assert (told, reader.documents) == ((), [PAGE])


@pytest.mark.parametrize(
    ("chinese", "english"), [("zh_CN", "en-US"), ("zh-Hans", "ENG"), ("ZHO", "en_gb"), ("chi", "EN")]
)
def test_chinese_and_english_are_found_however_they_are_spelled(chinese: str, english: str) -> None:
    tu = (
        f'<tu><tuv xml:lang="{english}"><seg>Wuzhen</seg></tuv><tuv xml:lang="fr"><seg>Wuzhen, ville</seg></tuv>'
        f'<tuv xml:lang="{chinese}"><seg>乌镇</seg></tuv></tu>'
    )
    (unit,) = Tmx().reader(io.BytesIO(foreign(tu).encode()), "x.tmx", "zh", "en").units()
    assert (unit.source.string, unit.target.string) == ("乌镇", "Wuzhen")
    assert ("variant fr", '<tuv xml:lang="fr"><seg>Wuzhen, ville</seg></tuv>') in unit.extra


@pytest.mark.parametrize("date", ["20200102T030405Z", "2020-01-02T03:04:05+08:00", "2020-01-02 03:04", "gestern", ""])
def test_dates_of_every_shape_are_kept(date: str) -> None:
    tu = (
        f'<tu changedate="{date}" creationdate="{date}"><tuv xml:lang="en" changedate="{date}"><seg>a</seg></tuv>'
        f'<tuv xml:lang="zh" changedate="{date}" changeid="李雷"><seg>甲</seg></tuv></tu>'
    )
    bitext = load(foreign(tu))
    assert bitext.units[0].changed == Change("李雷", iso_date(date))
    assert dict(bitext.units[0].extra) == {"creationdate": date, "changedate": date, "source changedate": date}
    assert load(dump(bitext)) == bitext


def test_a_header_that_is_wrong_about_its_own_file_loses_nothing() -> None:
    tu = '<tu><tuv xml:lang="zh-CN"><seg>乌镇</seg></tuv><tuv xml:lang="en"><seg>Wuzhen</seg></tuv></tu>'
    bitext = load(foreign(tu, "de-DE"))
    assert (bitext.source_language, bitext.target_language) == ("zh-CN", "en")
    assert [(unit.source.string, unit.target.string) for unit in bitext.units] == [("乌镇", "Wuzhen")]


def test_variants_in_other_languages_come_back_as_they_were() -> None:
    tu = (
        '<tu><tuv xml:lang="en"><seg>Wuzhen</seg></tuv><tuv xml:lang="zh"><seg>乌镇</seg></tuv>'
        '<tuv xml:lang="ja" changeid="x"><prop type="q">1</prop>'
        '<seg><bpt i="1">b</bpt>烏鎮<ept i="1"/></seg></tuv></tu>'
    )
    bitext = load(foreign(tu))
    kept = dict(bitext.units[0].extra)["variant ja"]
    assert kept == tu[tu.index('<tuv xml:lang="ja"') : -len("</tu>")]
    assert load(dump(bitext)) == bitext
