"""XLIFF: what each dialect's words mean, hostile texts, files that are broken, and what other tools and schemas say."""

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
    Candidate,
    Change,
    Code,
    Note,
    NoteKind,
    Origin,
    OriginKind,
    Span,
    State,
    TermOutcome,
    TermUse,
    Text,
    Unit,
)  # fmt: skip
from bilingual.errors import InputError
from bilingual.formats import read_file
from bilingual.formats.xliff import Mqxliff, Sdlxliff, Xliff, Xliff2
from bilingual.formats.xliff.names import tag
from bilingual.formats.xliff.spelling import echo
from tests.strategies import bitexts, hostile, texts
from tests.xliff_samples import MEMOQ, PLAIN, SECOND, TRADOS

FORMS = (Xliff(), Xliff2(), Sdlxliff(), Mqxliff())
each = pytest.mark.parametrize("form", FORMS, ids=lambda form: form.name)
quick = settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
MACHINE = Origin(OriginKind.MACHINE, "zh_en 1.9")
SCHEMAS = Path("/usr/share/php/Symfony/Component/Translation/Resources/schemas")
BOLD = (
    Code(0, "1", "open", "<b>", "bold"),
    Code(2, "1", "close", "</b>", "bold"),
    Code(5, "2", "empty", "<br/>", "lb"),
)
DRAFT = Unit(
    "u1", "b1", Text("大会开幕。", BOLD), Text("The conference opened."), Span(0, 5), State.DRAFT, origin=MACHINE,
    candidates=(Candidate(Text("The conference opened."), MACHINE),
                Candidate(Text("Opening"), Origin(OriginKind.MEMORY, "main", 0.85), 0.85)),
    terms=(TermUse("t1", "大会", "conference", Span(0, 2), TermOutcome.NATURAL),),
    notes=(Note("查过", "李雷", "2023-11-09T08:00:00Z"),),
)  # fmt: skip
FINAL = Unit(
    "u 2", "b1", Text("闭幕。"), Text("It closed."), state=State.FINAL, locked=True, changed=Change("韩", "2023")
)
PAIR = Bitext("zh_CN", "en", (), (DRAFT, FINAL))


def dump(form: Xliff, bitext: Bitext) -> bytes:
    stream = io.BytesIO()
    form.write(bitext, stream)
    return stream.getvalue()


def load(data: bytes | str) -> Bitext:
    return Xliff().read(io.BytesIO(data if isinstance(data, bytes) else data.encode()), "x.xlf")


@each
@quick
@given(bitext=bitexts(hostile))
def test_everything_comes_back_as_it_was_even_what_xml_cannot_hold(form: Xliff, bitext: Bitext) -> None:
    assert load(dump(form, bitext)) == bitext


@each
def test_a_segment_of_a_megabyte_comes_back(form: Xliff) -> None:
    unit = replace(FINAL, source=Text("世界互联网大会" * 150_000, (Code(9, "1", "empty", "<x/>"),)))
    assert load(dump(form, Bitext("zh", "en", (), (unit,)))).units == (unit,)


@pytest.mark.parametrize("version", ["1", "2"])
@quick
@given(text=texts())
def test_a_text_with_sound_codes_needs_nothing_kept_beside_it(version: str, text: Text) -> None:
    names = [(code.id, code.kind) for code in text.codes]
    sound = len({code.id for code in text.codes}) == len(names) and not any(code.href for code in text.codes)
    if sound and all(code.id.isascii() for code in text.codes):
        assert echo(version, text)[0].string == text.string
        assert [code.position for code in echo(version, text)[0].codes] == [code.position for code in text.codes]


@each
def test_a_lone_code_of_the_target_may_have_the_name_of_a_pair_in_the_source(form: Xliff) -> None:
    """In the file it gets another name, and comes back under its own."""
    pair = (Code(0, "1", "open", "<b>", "bold"), Code(2, "1", "close", "</b>", "bold"))
    unit = Unit("u1", "b1", Text("大会开幕。", pair), Text("Opened.", (Code(7, "1", "empty", "<br/>", "lb"),)))
    assert load(dump(form, Bitext("zh", "en", (), (unit,)))).units == (unit,)


def test_states_locks_origins_matches_and_terms_stand_in_their_standard_places() -> None:
    first = etree.fromstring(dump(Xliff(), PAIR))
    ns = {"x": "urn:oasis:names:tc:xliff:document:1.2"}
    draft, final = first.findall(".//x:trans-unit", ns)
    target = draft.find("x:target", ns)
    assert target is not None
    assert dict(target.items()) == {"state": "needs-review-translation", "state-qualifier": "leveraged-mt"}
    assert (final.get("translate"), final.get("approved")) == ("no", "yes")
    assert [alt.get("match-quality") for alt in draft.findall("x:alt-trans", ns)] == [None, "85%"]
    assert draft.findtext("x:note", "", ns) == "查过"
    second = dump(Xliff2(), PAIR).decode()
    assert '<segment id="s1" state="initial" subState="bilingual:draft">' in second
    assert '<unit id="unit-2" name="u 2" xml:space="preserve" translate="no">' in second
    assert 'type="mt" origin="zh_en 1.9"' in second
    assert 'type="tm" matchQuality="85.0"' in second
    assert "<gls:term>大会</gls:term><gls:translation>conference</gls:translation>" in second
    assert '<sdl:seg id="1" conf="Draft" origin="mt" origin-system="zh_en 1.9"/>' in dump(Sdlxliff(), PAIR).decode()
    assert 'mq:status="Proofread" mq:locked="locked"' in dump(Mqxliff(), PAIR).decode()


@each
def test_what_somebody_changed_in_another_tool_wins_over_what_we_keep(form: Xliff) -> None:
    plain = replace(PAIR, units=(replace(DRAFT, candidates=()),))
    data = dump(form, plain).decode().replace(">The conference opened.<", ">The summit opened.<", 1)
    data = data.replace("查过</", "没查</", 1)
    unit = load(data).units[0]
    assert unit.target.string == "The summit opened."
    assert unit.notes[0].text == "没查"
    assert unit.terms == DRAFT.terms


def test_trados_file_is_read() -> None:
    bitext = load(TRADOS)
    first, second = bitext.units
    assert (bitext.source_language, bitext.target_language) == ("zh-CN", "en-US")
    assert (first.id, first.block, first.state, first.locked) == ("t1/1", "t1", State.FINAL, True)
    assert first.origin == Origin(OriginKind.MEMORY, "main", 0.87)
    assert first.source == Text("大会开幕。", (Code(2, "9", "empty", '<x id="9"/>'),))
    assert first.notes == (Note("查过", "李雷", "2023-11-09T08:00:00"),)
    assert first.changed == Change("韩梅梅", "")
    assert (second.source.string, second.target.string, second.state) == ("会期三天。", "", State.NEW)


def test_memoq_file_is_read() -> None:
    first, second = load(MEMOQ).units
    assert (first.state, first.locked, second.state) == (State.TRANSLATED, True, State.NEW)
    assert first.target == Text("It opened.", (Code(2, "1", "empty", "<br/>"),))
    assert first.notes == (Note("查过", "李雷", "2023"),)
    assert first.candidates == (Candidate(Text("Opening"), Origin(OriginKind.MEMORY, "main", 0.85), 0.85),)
    assert first.changed == Change("韩梅梅", "2023-11-09T08:00:00Z")
    assert ("segmentguid", "g1") in first.extra


def test_plain_file_is_read_with_what_nobody_knows_in_extra() -> None:
    first, second, third, fourth, fifth = load(PLAIN).units
    assert first.source.string == "大会开幕<。>"
    assert [(code.position, code.kind, code.data) for code in first.source.codes] == [
        (2, "open", '<x:g id="1" ctype="bold">'), (3, "empty", '<x:x id="2"/>'), (3, "close", "</x:g>"),
    ]  # fmt: skip
    assert (second.id, second.state, second.origin) == ("1-2", State.REVIEWED, Origin(OriginKind.MACHINE))
    assert second.candidates[0].score == 0.85
    assert {"target q", "context-group"} <= {name for name, _ in second.extra}
    assert [(unit.id, unit.block, unit.source.string) for unit in (third, fourth)] == [
        ("3/0", "3", "甲。"), ("3/1", "3", "乙。")
    ]  # fmt: skip
    assert (fifth.locked, fifth.state) == (True, State.NEW)


def test_second_version_is_read() -> None:
    first, second = load(SECOND).units
    assert (first.id, second.id, first.state, second.state) == ("u1/s1", "u1/2", State.TRANSLATED, State.NEW)
    assert first.source.string == "大会开幕\x0c。"
    assert [code.data for code in first.source.codes] == ['<mrk id="m1" type="term">', "</mrk>", "<b>", "</b>"]
    assert first.candidates == (Candidate(Text("Congress"), Origin(OriginKind.MACHINE, "", 0.85), 0.85),)
    assert not second.candidates
    assert first.notes == (Note("查过"),)
    assert "glossary" in dict(first.extra)


@pytest.mark.parametrize("language", ["zh", "zh-CN", "zh_CN", "zh-Hans", "ZHO", "", "中文"])
def test_languages_however_written_come_back_as_they_were(language: str) -> None:
    bitext = Bitext(language, "en_GB", (), (FINAL,))
    data = dump(Xliff(), bitext)
    assert f'source-language="{tag(language)}"'.encode() in data
    assert load(data) == bitext


XLF = (
    '<xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2"><file source-language="zh"><body>\n{}'
    "</body></file></xliff>"
)
TWO = '<xliff version="2.0" xmlns="urn:oasis:names:tc:xliff:document:2.0" srcLang="zh"><file id="f">\n{}</file></xliff>'
BOMB = '<!DOCTYPE xliff [<!ENTITY a "aa"><!ENTITY b "&a;&a;">]>\n<xliff>&b;</xliff>'
READER = '<!DOCTYPE xliff [<!ENTITY a SYSTEM "file:///etc/passwd">]>\n<xliff>&a;</xliff>'


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (XLF.format("<trans-unit id='1'><source>甲</source>"), "x.xlf:2: .*trans-unit"),
        (XLF.format("<trans-unit id='1'><source>&nbsp;</source></trans-unit>"), "x.xlf:2: .*nbsp"),
        (XLF.format("<trans-unit id='1'><source>\x0c</source></trans-unit>"), "x.xlf:2: "),
        (XLF.format("<trans-unit id='1' xmlns:b='urn:x-bilingual:1'><b:kept>{</b:kept></trans-unit>"), "xlf:2: "),
        (TWO.format("<unit id='1'><segment><source><cp hex='zz'/></source></segment></unit>"), "x.xlf:2: cannot"),
        (TWO.format("<unit id='1'><segment><source><cp hex='110000'/></source></segment></unit>"), "x.xlf:2: "),
        (BOMB, "x.xlf:1: .*entities"),
        (READER, "x.xlf:1: .*entities"),
        ("<tmx/>", "x.xlf: is not a <xliff>"),
        ("", "x.xlf: the file is empty"),
        ("<xliff>" * 300, "x.xlf:1: "),
        ("<?xml version='1.0' encoding='UTF-7'?><xliff/>", "x.xlf:1: .*UTF-7"),
    ],
    ids=["cut", "entity", "control", "kept", "cp", "cp-range", "bomb", "file", "tmx", "empty", "deep", "utf-7"],
)  # fmt: skip
def test_a_broken_file_is_refused_with_line_and_cause(text: str, told: str) -> None:
    with pytest.raises(InputError, match=told):
        load(text)


@pytest.mark.parametrize(
    ("unit", "found"),
    [
        ("<trans-unit><source>甲</source></trans-unit>", ("1", "甲", "", State.NEW)),
        ("<trans-unit id='a'><target>A</target></trans-unit>", ("a", "", "A", State.TRANSLATED)),
        ("<trans-unit id='a'><source>甲</source><target state='x-odd'>A</target></trans-unit>",
         ("a", "甲", "A", State.TRANSLATED)),
        ("<trans-unit id='a' approved='yes'><source>甲</source><target>A</target></trans-unit>",
         ("a", "甲", "A", State.REVIEWED)),
    ],
)  # fmt: skip
def test_a_unit_that_lacks_something_is_read_all_the_same(unit: str, found: tuple[object, ...]) -> None:
    (read,) = load(XLF.format(unit)).units
    assert (read.id, read.source.string, read.target.string, read.state) == found


def test_every_file_of_other_tools_is_read_and_written_again(shared_data: Path) -> None:
    files = [path for path in sorted((shared_data / "formats").rglob("*.xl*")) if path.suffix in {".xlf", ".xliff"}]
    assert len(files) > 60
    for number, path in enumerate(files):
        bitext = read_file(path)
        assert load(dump(FORMS[number % len(FORMS)], bitext)) == bitext, path


@each
def test_translate_toolkit_accepts_it(form: Xliff) -> None:
    pytest.importorskip("translate.storage.xliff", reason="translate-toolkit is not installed")
    from translate.storage import xliff, xliff2

    kind = xliff2.Xliff2File if form.name == "xliff2" else xliff.xlifffile
    units = kind.parsestring(dump(form, PAIR)).units  # type: ignore[no-untyped-call]
    assert [str(unit.target) for unit in units] == ["The conference opened.", "It closed."]
    assert [bool(unit.istranslated()) for unit in units] in ([False, True], [False, False])


@pytest.mark.skipif(not SCHEMAS.is_dir(), reason="the XLIFF schemas (Debian: php-symfony-translation) are not here")
@pytest.mark.parametrize("form", FORMS[:2], ids=lambda form: form.name)
@quick
@given(bitext=bitexts(hostile))
def test_the_schema_accepts_it(form: Xliff, bitext: Bitext, tmp_path_factory: pytest.TempPathFactory) -> None:
    name, version = ("xliff-core-2.0", "2.0") if form.name == "xliff2" else ("xliff-core-1.2-strict", "1.2")
    folder = tmp_path_factory.getbasetemp()
    core = (SCHEMAS / f"{name}.xsd").read_text().replace("http://www.w3.org/2001/xml.xsd", "xml.xsd")
    core = core.replace("informativeCopiesOf3rdPartySchemas/w3c/xml.xsd", "xml.xsd")
    core = core.replace("xml.xsd", (SCHEMAS / "xml.xsd").as_uri())
    (folder / "core.xsd").write_text(core)
    head = '<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"'
    ours = '<xs:element name="part"/><xs:element name="kept"/>'
    (folder / "ours.xsd").write_text(f'{head} targetNamespace="urn:x-bilingual:1">{ours}</xs:schema>')
    (folder / "all.xsd").write_text(
        f'{head}><xs:import namespace="urn:oasis:names:tc:xliff:document:{version}" schemaLocation="core.xsd"/>'
        '<xs:import namespace="urn:x-bilingual:1" schemaLocation="ours.xsd"/></xs:schema>'
    )
    schema = etree.XMLSchema(etree.parse(str(folder / "all.xsd")))
    if bitext.units:
        schema.assertValid(etree.fromstring(dump(form, bitext)))


QUERY = replace(
    DRAFT, notes=(*DRAFT.notes, Note("126还是128？", "李雷", "2023-11-09T08:00:00Z", NoteKind.QUERY, answered=True))
)


@each
def test_a_query_comes_back_though_another_tool_adds_a_note(form: Xliff) -> None:
    data = dump(form, replace(PAIR, units=(QUERY,)))
    (back,) = form.read(io.BytesIO(data)).units
    assert back.notes == QUERY.notes
    found = re.search(rb"<(mq:comment|note)(?=[ >])[^>]*>", data)
    assert found
    added = data[: found.end()] + "好</".encode() + found[1] + b">" + data[found.start() :]
    (more,) = form.read(io.BytesIO(added)).units
    assert [note.text for note in more.notes] == ["好", *(note.text for note in QUERY.notes)]
    assert more.notes[1:] == QUERY.notes


def test_the_words_of_each_version_for_a_query_are_used() -> None:
    page = replace(PAIR, units=(QUERY,))
    assert b'<note from="\xe6\x9d\x8e\xe9\x9b\xb7" annotates="source">126' in dump(Xliff(), page)
    assert b'category="query"' in dump(Xliff2(), page)
    assert b'appliesto="Source"' in dump(Mqxliff(), page)
    theirs = re.sub(r"<note(?=[ >])", '<note category="query"', SECOND, count=1)
    notes = [note for unit in Xliff2().read(io.BytesIO(theirs.encode())).units for note in unit.notes]
    assert notes[0].kind is NoteKind.QUERY
