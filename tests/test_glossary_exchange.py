"""Glossaries of other tools: what both can say survives, what cannot be said is told, what is broken is refused."""

from __future__ import annotations

import datetime
import errno
import io
import tempfile
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

from bilingual.bitext import Term, TermKind, TermStatus
from bilingual.cli import app
from bilingual.errors import BilingualError, InputError, OutputError, SettingsError
from bilingual.glossary import exchange, load
from bilingual.glossary.matching import normal_form
from bilingual.glossary.problems import Table
from bilingual.glossary.rows import cells_of, faults, term_of
from bilingual.glossary.tbx import concepts
from bilingual.glossary.tbx_write import write_concepts
from tests.conftest import ROOT
from tests.test_glossary_check import entry
from tests.test_glossary_check import table as csv_table

SHARED = ROOT.parent / "shared" / "data" / "formats"

PIECES = ("世界互联网大会", "乌镇", "WIC", "Digital Silk Road", "“互联网之光”", "'=1+1", "＝1", "-5", "@x", "<b>&amp;",
          "]]>", ";", '"', ",", "𠮷", "é", "2023-11-08", "007", "_x0041_", "–", "  ")  # fmt: skip
line = st.lists(st.sampled_from(PIECES), min_size=1, max_size=3).map("".join).map(str.strip).filter(bool)
english = line.filter(lambda text: not any("\u3400" <= char <= "\U0003ffff" for char in text) and "|" not in text)
prose = st.lists(st.sampled_from((*PIECES, "\n", "\r\n", "\t", "|", "\u2028")), max_size=4).map("".join).map(str.strip)


@st.composite
def terms(draw: st.DrawFn) -> Term:
    """Any term that a table of ours can hold."""
    words = draw(st.lists(english, min_size=1, max_size=4, unique_by=str.lower))
    right = draw(st.integers(1, len(words)))
    status = draw(st.sampled_from(TermStatus))
    source = draw(line)
    return Term(
        draw(line), source, source if status is TermStatus.KEEP else words[0], tuple(words[1:right]),
        tuple(words[right:]), draw(st.sampled_from(TermKind)), status, draw(prose),
        draw(st.sampled_from(("always", "exact", "near:阿拉伯|阿盟", "not before:洲"))), draw(st.booleans()),
        draw(prose), draw(prose), draw(prose), draw(prose), draw(prose),
    )  # fmt: skip


many = (
    st.lists(terms(), min_size=1, max_size=4, unique_by=(lambda term: term.id, lambda term: normal_form(term.source)))
    .map(lambda listed: tuple(term for term in listed if not [*faults(cells_of(term))]))
    .filter(bool)
)


def there_and_back(listed: tuple[Term, ...], suffix: str) -> Table:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"terms{suffix}"
        exchange.write(listed, path)
        return exchange.FORMATS[[suffix in form.suffixes for form in exchange.FORMATS].index(True)].read(path)


@pytest.mark.parametrize("suffix", [".csv", ".xlsx", ".tbx"])
@settings(max_examples=25, deadline=None)
@given(listed=many)
def test_what_is_written_is_read_again(suffix: str, listed: tuple[Term, ...]) -> None:
    assert tuple(row.term for row in there_and_back(listed, suffix).rows) == listed


@settings(max_examples=60)
@given(term=terms())
def test_a_row_and_its_term_are_inverses(term: Term) -> None:
    assert term_of(cells_of(term)) == term


@settings(max_examples=20, deadline=None)
@given(listed=many)
def test_omegat_keeps_its_three_columns(listed: tuple[Term, ...]) -> None:
    plain = tuple(Term(t.source, t.source, t.target, t.admitted, note="é “x”") for t in listed)
    plain = tuple(t for t in plain if not t.source.startswith("#") and not [*faults(cells_of(t))])
    by_form = {cells_of(t)["source"]: t for t in plain}
    assert {r.term.source: r.term for r in there_and_back(plain, ".txt").rows} == by_form if plain else True


@pytest.mark.parametrize("suffix", [".csv", ".xlsx", ".tbx"])
def test_our_own_glossary_comes_back_whole(suffix: str) -> None:
    ours = load([ROOT / "glossary"]).terms
    back = there_and_back(ours, suffix)
    assert tuple(row.term for row in back.rows) == ours
    assert not back.problems


def test_what_omegat_cannot_say_is_told(tmp_path: Path) -> None:
    term = Term("wic", "世界互联网大会", "World Internet Conference", forbidden=("Congress",), when="exact")
    old = Term("old", "旧", "old", status=TermStatus.DEPRECATED)
    told = exchange.write([term, old], tmp_path / "terms.txt")
    assert [message.split("for ")[1] for message in told] == ["'forbidden' (1)", "'when' (1)", "deprecated terms (1)"]
    assert (tmp_path / "terms.txt").read_text(encoding="utf-8") == "世界互联网大会\tWorld Internet Conference\n"


V2 = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE martif SYSTEM "TBXcoreStructV02.dtd">
<martif type="TBX" xml:lang="en"><martifHeader/><text><body>
<termEntry id="e1">
  <descrip type="subjectField">internet governance</descrip>
  <descripGrp><descrip type="definition">a yearly
     conference</descrip><admin type="source">wicinternet.org</admin></descripGrp>
  <transacGrp><transac type="transactionType">origination</transac><date>2020-01-01</date></transacGrp>
  <langSet xml:lang="zh_CN"><ntig><termGrp><term>世界<hi>互联网</hi>大会</term>
    <termNote type="partOfSpeech">noun</termNote></termGrp>
    <descrip type="context">世界互联网大会在乌镇开幕。</descrip></ntig></langSet>
  <langSet xml:lang="zh-TW"><tig><term>世界互聯網大會</term></tig></langSet>
  <langSet xml:lang="en-US">
    <tig><term>World Internet Congress</term>
      <termNote type="administrativeStatus">deprecatedTerm-admn-sts</termNote></tig>
    <tig><term>WIC</term><termNote type="termType">acronym</termNote></tig>
    <ntig><termGrp><term>World Internet Conference</term>
      <termNoteGrp><termNote type="administrativeStatus">preferredTerm-admn-sts</termNote></termNoteGrp></termGrp>
      <note>WIC after the first time</note></ntig></langSet>
  <langSet xml:lang="fr"><tig><term>Conférence mondiale</term></tig></langSet>
</termEntry>
</body></text></martif>"""

DCT = """<tbx type="TBX-Basic" style="dct" xml:lang="en" xmlns="urn:iso:std:iso:30042:ed-2"
 xmlns:min="http://www.tbxinfo.net/ns/min" xmlns:basic="http://www.tbxinfo.net/ns/basic">
<tbxHeader><fileDesc><sourceDesc><p>x</p></sourceDesc></fileDesc></tbxHeader><text><body>
<conceptEntry id="e1"><min:subjectField>internet governance</min:subjectField>
  <langSec xml:lang="zh-Hans"><basic:definition>a yearly conference</basic:definition>
    <termSec><term>世界互联网大会</term><min:partOfSpeech>noun</min:partOfSpeech>
    <basic:context>世界互联网大会在乌镇开幕。</basic:context></termSec></langSec>
  <langSec xml:lang="ENG"><termSec><term>WIC</term></termSec>
    <termSec><term>World Internet Conference</term>
      <min:administrativeStatus>preferredTerm-admn-sts</min:administrativeStatus>
      <basic:note>WIC after the first time</basic:note><basic:source>wicinternet.org</basic:source></termSec>
    <termSec><term>World Internet Congress</term>
      <min:administrativeStatus>deprecatedTerm-admn-sts</min:administrativeStatus></termSec></langSec>
</conceptEntry></body></text></tbx>"""

MIN = """<TBX dialect="TBX-Min"><header/><body><entry id="e1"><subjectField>internet governance</subjectField>
<langGroup xml:lang="zh"><termGroup><term>世界互联网大会</term><partOfSpeech>noun</partOfSpeech></termGroup></langGroup>
<langGroup xml:lang="en"><termGroup><term>World Internet Conference</term><termStatus>preferred</termStatus>
<note>WIC after the first time</note></termGroup>
<termGroup><term>WIC</term><termStatus>admitted</termStatus></termGroup>
<termGroup><term>World Internet Congress</term><termStatus>notRecommended</termStatus></termGroup></langGroup>
</entry></body></TBX>"""

WIC = Term(
    "e1", "世界互联网大会", "World Internet Conference", ("WIC",), ("World Internet Congress",),
    domain="internet governance", note="WIC after the first time", reference="wicinternet.org",
    definition="a yearly conference", part_of_speech="noun", example="世界互联网大会在乌镇开幕。",
)  # fmt: skip


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        pytest.param(V2.encode(), WIC, id="version-2"),
        pytest.param(DCT.encode(), WIC, id="version-3-style-dct"),
        pytest.param(MIN.encode(), replace(WIC, reference="", definition="", example=""), id="tbx-min"),
        pytest.param(V2.encode("utf-8-sig"), WIC, id="byte-order-mark"),
        pytest.param(V2.replace("UTF-8", "UTF-16").encode("utf-16"), WIC, id="utf-16"),
        pytest.param(
            V2.replace("UTF-8", "gb18030").replace("é", "").encode("gb18030"), WIC, id="gb18030-as-it-declares"
        ),
    ],
)
def test_a_termbase_of_any_dress_gives_the_same_term(tmp_path: Path, data: bytes, expected: Term) -> None:
    (tmp_path / "t.tbx").write_bytes(data)
    assert [row.term for row in exchange.read([tmp_path / "t.tbx"]).rows] == [expected]


def test_what_a_table_has_no_place_for_is_told(tmp_path: Path) -> None:
    (tmp_path / "t.tbx").write_text(V2, encoding="utf-8")
    told = " ".join(problem.message for problem in exchange.read([tmp_path / "t.tbx"]).problems)
    assert "left out: fr" in told
    assert "transacGrp (1)" in told


def entry_of(*english: tuple[str, str], chinese: str = "东盟", more: str = "") -> str:
    words = "".join(f"<tig><term>{text}</term>{notes}</tig>" for text, notes in english)
    return (
        f'<martif><text><body><termEntry id="c1">{more}<langSet xml:lang="zh"><tig><term>{chinese}</term></tig>'
        f'</langSet><langSet xml:lang="en">{words}</langSet></termEntry></body></text></martif>'
    )


def status(value: str, name: str = "administrativeStatus") -> str:
    return f'<termNote type="{name}">{value}</termNote>'


@pytest.mark.parametrize(
    ("xml", "expected"),
    [
        pytest.param(entry_of(("ASEAN", "")), TermStatus.APPROVED, id="nothing-said"),
        pytest.param(
            entry_of(("ASEAN", status("provisionallyProcessed", "processStatus"))), TermStatus.PROPOSED, id="unfinished"
        ),
        pytest.param(entry_of(("ASEAN", status("supersededTerm-admn-sts"))), TermStatus.DEPRECATED, id="superseded"),
        pytest.param(entry_of(("ASEAN", status("deprecatedTerm"))), TermStatus.DEPRECATED, id="only-forbidden"),
        pytest.param(entry_of(("东盟", "")), TermStatus.KEEP, id="english-is-the-chinese"),
        pytest.param(
            entry_of(("ASEAN", ""), more='<descrip type="doNotTranslate">yes</descrip>'), TermStatus.KEEP, id="said-so"
        ),
    ],
)
def test_statuses_of_termbases_are_ours(tmp_path: Path, xml: str, expected: TermStatus) -> None:
    (tmp_path / "t.tbx").write_text(xml, encoding="utf-8")
    (row,) = exchange.read([tmp_path / "t.tbx"]).rows
    assert row.term.status is expected


def test_a_page_that_a_termbase_names_is_the_reference(tmp_path: Path) -> None:
    xml = entry_of(("ASEAN", '<xref type="externalCrossReference" target="https://asean.org">home</xref>'))
    (tmp_path / "t.tbx").write_text(xml, encoding="utf-8")
    assert exchange.read([tmp_path / "t.tbx"]).rows[0].term.reference == "home, https://asean.org"


def test_an_entry_that_no_table_can_hold_is_told_with_its_line(tmp_path: Path) -> None:
    second = (
        '\n<termEntry id="c2"><langSet xml:lang="zh"><tig><term>欧<!-- x -->盟</term></tig></langSet>'
        '<langSet xml:lang="en"><tig><term>EU</term></tig></langSet></termEntry></body>'
    )
    xml = entry_of(("东盟 (ASEAN)", "")).replace("</body>", second)
    (tmp_path / "t.tbx").write_text(xml, encoding="utf-8")
    table = exchange.read([tmp_path / "t.tbx"])
    assert [row.term.source for row in table.rows] == ["欧盟"]
    assert [(p.line, "'东盟' was left out: a rendering holds Chinese" in p.message) for p in table.problems] == [
        (1, True)
    ]


def test_several_chinese_words_of_a_concept_are_several_terms(tmp_path: Path) -> None:
    xml = entry_of(("ASEAN", "")).replace("</langSet>", "<tig><term>东南亚国家联盟</term></tig></langSet>", 1)
    (tmp_path / "t.tbx").write_text(xml, encoding="utf-8")
    rows = exchange.read([tmp_path / "t.tbx"]).rows
    assert [(row.term.id, row.term.source) for row in rows] == [("c1", "东盟"), ("c1-2", "东南亚国家联盟")]


@pytest.mark.parametrize(
    ("data", "words"),
    [
        pytest.param(b"<martif><text><body><termEntry>", r"t\.tbx:1: is not well-formed XML", id="cut-short"),
        pytest.param(V2.replace("<hi>", "<hi").encode(), r"t\.tbx:9: is not well-formed", id="broken-tag"),
        pytest.param(b"<tmx version='1.4'><body/></tmx>", "is no TBX", id="a-memory"),
        pytest.param(b"<html><body><entry/></body></html>", "outermost element is <html>", id="a-page"),
        pytest.param(b"<tbx><text><body/></text></tbx>", "holds no entry", id="no-entries"),
        pytest.param(V2.replace('"zh', '"ja').encode(), "its languages are en, fr, ja", id="other-languages"),
        pytest.param(b'<!DOCTYPE m [<!ENTITY a "b">]><martif>&a;</martif>', "entities of its own", id="entities"),
        pytest.param(b"", "the file is empty", id="empty"),
        pytest.param(b"\x00\x01\x02", "not well-formed", id="binary"),
    ],
)
def test_what_is_no_termbase_is_refused_in_one_sentence(tmp_path: Path, data: bytes, words: str) -> None:
    (tmp_path / "t.tbx").write_bytes(data)
    with pytest.raises(InputError, match=words):
        exchange.read([tmp_path / "t.tbx"])


@pytest.mark.shared
@pytest.mark.skipif(not SHARED.is_dir(), reason="needs the termbases of other tools, in shared/data/formats")
def test_termbases_of_other_tools_are_read_and_written_again_with_the_same_terms() -> None:
    paths = sorted(SHARED.rglob("*.tbx"))
    assert paths
    for path in paths:
        with path.open("rb") as stream:
            first = [*concepts(stream, path, Counter())]
        written = io.BytesIO()
        assert write_concepts(first, written) == ()
        written.seek(0)
        again = [*concepts(written, path, Counter())]
        facts = [
            [(c.id, c.domains, c.definitions, c.notes, sorted(map(repr, c.words))) for c in x] for x in (first, again)
        ]
        assert facts[0] == facts[1]


def table_file(tmp_path: Path, text: str, name: str = "t.csv", encoding: str = "utf-8") -> Path:
    path = tmp_path / name
    path.write_bytes(text.encode(encoding))
    return path


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        pytest.param("source,target\n东盟,ASEAN\n", "utf-8", id="our-names"),
        pytest.param("zh-CN;en-US\n东盟;ASEAN\n", "utf-8-sig", id="languages-and-semicolons"),
        pytest.param("Chinese_PRC\tEnglish\n东盟\tASEAN\n", "utf-16", id="excel-unicode-text"),
        pytest.param("中文,英文\n东盟,ASEAN\n欧盟,EU\n", "gb18030", id="chinese-names"),
        pytest.param("词条,对应词\n东盟,ASEAN\n欧盟,EU\n", "gb18030", id="unknown-names-by-what-they-hold"),
        pytest.param("ASEAN,东盟\nEU,欧盟\n", "utf-8", id="no-names-and-the-other-order"),
        pytest.param("Nr,Begriff,Wort\n1,东盟,ASEAN\n2,欧盟,EU\n", "utf-8", id="names-of-another-language"),
    ],
)
def test_columns_are_found_by_their_names_or_what_they_hold(tmp_path: Path, text: str, encoding: str) -> None:
    table = exchange.read([table_file(tmp_path, text, encoding=encoding)])
    assert (table.rows[0].term.source, table.rows[0].term.target) == ("东盟", "ASEAN")


def test_words_of_other_tables_are_put_in_ours(tmp_path: Path) -> None:
    text = "Term;Translation;Synonyms;Status;Type;POS;Colour\n东盟;ASEAN;Asean A;not approved;Organization;noun;red\n"
    table = exchange.read([table_file(tmp_path, text.replace("Term", "Chinese", 1))])
    (row,) = table.rows
    assert row.term == Term(
        "东盟", "东盟", "ASEAN", ("Asean A",), kind=TermKind.ORGANISATION, status=TermStatus.PROPOSED,
        part_of_speech="noun",
    )  # fmt: skip
    assert "column 'Colour': 1 cell was left out" in table.problems[0].message


def test_tables_with_chinese_titles_and_words_are_understood(tmp_path: Path) -> None:
    text = "中文,英文,词性,状态,类别,禁用译名,备注\n东盟,ASEAN,名词,待审核,机构,Asian Union；AU,x\n"
    table = exchange.read([table_file(tmp_path, text)])
    assert not table.problems
    assert table.rows[0].term == Term(
        "东盟", "东盟", "ASEAN", (), ("Asian Union", "AU"), TermKind.ORGANISATION, TermStatus.PROPOSED, note="x",
        part_of_speech="名词",
    )  # fmt: skip


def test_a_row_that_is_no_term_is_told_with_its_line(tmp_path: Path) -> None:
    table = exchange.read([table_file(tmp_path, "source,target\n东盟,ASEAN\n欧盟,\n联合国,联合国\n")])
    assert [(p.line, "left out" in p.message) for p in table.problems] == [(3, True), (4, True)]


def test_of_two_that_contradict_each_other_the_second_is_deprecated_and_told(tmp_path: Path) -> None:
    text = "source,target\n东盟,ASEAN\n東盟,Asean bloc\n东盟,ASEAN\n"
    table = exchange.read([table_file(tmp_path, text)])
    assert [(row.term.id, row.term.status.value) for row in table.rows] == [
        ("东盟", "approved"),
        ("東盟", "deprecated"),
    ]
    assert [problem.line for problem in table.problems] == [3, 4]


def test_entries_of_several_files_get_ids_of_their_own(tmp_path: Path) -> None:
    paths = [
        table_file(tmp_path, "id,source,target\n1,东盟,ASEAN\n", "a.csv"),
        table_file(tmp_path, "id,source,target\n1,欧盟,EU\n1-2,联合国,UN\n", "b.csv"),
    ]
    assert [row.term.id for row in exchange.read(paths).rows] == ["1", "1-2", "1-2-2"]


@pytest.mark.parametrize(
    ("name", "text", "words"),
    [
        pytest.param("t.csv", 'source,target\n东盟,"ASEAN\n', r"t\.csv:2: is no well-formed CSV", id="open-quotation"),
        pytest.param("t.csv", "a,b\nc,d\n", r"t\.csv:1: no column is named", id="no-chinese"),
        pytest.param("t.csv", "source,target" + ",x" * 999, "more than 500 cells", id="too-wide"),
        pytest.param("t.csv", "\n\n", "the table is empty", id="empty-table"),
        pytest.param("t.csv", "source,target\n东盟,\n", "no term that can be used", id="nothing-left"),
        pytest.param("t.xlsx", "no zip", "no zip package", id="no-workbook"),
        pytest.param("t.txt", "\0\0", "is not a text", id="binary"),
    ],
)
def test_what_is_no_table_is_refused(tmp_path: Path, name: str, text: str, words: str) -> None:
    with pytest.raises(InputError, match=words):
        exchange.read([table_file(tmp_path, text, name)])


def test_an_unknown_kind_of_file_is_refused_with_those_there_are(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=r"\.xlsx"):
        exchange.read([tmp_path / "t.pdf"])


def test_omegat_glossaries_are_read_with_alternatives_and_comments(tmp_path: Path) -> None:
    text = "# a comment\n东盟\tASEAN\tregional\n东盟\tAssociation of Southeast Asian Nations\n\n欧盟\tEU\n"
    terms_ = [row.term for row in exchange.read([table_file(tmp_path, text, "t.utf8")]).rows]
    assert terms_ == [
        Term("东盟", "东盟", "ASEAN", ("Association of Southeast Asian Nations",), note="regional"),
        Term("欧盟", "欧盟", "EU"),
    ]


def workbook(path: Path, *rows: tuple[object, ...]) -> Path:
    book = xlsxwriter.Workbook(str(path))
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    book.add_worksheet("Read me").write(0, 0, "terms on the next sheet")
    sheet = book.add_worksheet("Terms")
    for number, row in enumerate(rows):
        for column, value in enumerate(row):
            if isinstance(value, datetime.date):
                sheet.write_datetime(number, column, datetime.datetime(value.year, value.month, value.day), day)
            else:
                sheet.write(number, column, value)
    book.close()
    return path


def test_what_excel_made_of_a_cell_is_told(tmp_path: Path) -> None:
    path = workbook(
        tmp_path / "t.xlsx", ("source", "target", "note", "case"), ("九一一", 911, datetime.date(2001, 9, 11), True)
    )
    table = exchange.read([path])
    (row,) = table.rows
    assert (row.term.target, row.term.note, row.term.case) == ("911", "2001-09-11", True)
    told = [(problem.line, problem.message) for problem in table.problems]
    assert any("B2 (911) a number" in message for _, message in told)
    assert any(line == 2 and "C2 (2001-09-11) a date" in message for line, message in told)
    assert any("'Read me' holds no glossary" in message for _, message in told)


def test_a_workbook_keeps_what_excel_would_change(tmp_path: Path) -> None:
    term = Term("007", "三月一日", "3-1", ("1/2", "=SUM(A1)"), note="'+1", part_of_speech="TRUE")
    exchange.write([term], tmp_path / "t.xlsx")
    assert [row.term for row in exchange.read([tmp_path / "t.xlsx"]).rows] == [term]


def test_a_sheet_that_spans_millions_of_cells_is_refused(tmp_path: Path) -> None:
    book = xlsxwriter.Workbook(str(tmp_path / "t.xlsx"))
    sheet = book.add_worksheet()
    sheet.write(0, 0, "source")
    sheet.write(1_048_575, 16_383, "x")
    book.close()
    with pytest.raises(InputError, match="1,048,576 rows and 16,384 columns"):
        exchange.read([tmp_path / "t.xlsx"])


def test_the_same_terms_give_the_same_bytes(tmp_path: Path) -> None:
    for suffix in (".xlsx", ".tbx", ".csv"):
        paths = [tmp_path / f"{n}{suffix}" for n in "ab"]
        for path in paths:
            exchange.write([WIC], path)
        assert paths[0].read_bytes() == paths[1].read_bytes()


def test_every_format_can_be_cut_anywhere_without_a_crash(tmp_path: Path) -> None:
    for suffix in (".xlsx", ".tbx", ".csv", ".txt"):
        path = tmp_path / f"t{suffix}"
        exchange.write([WIC, Term("b", "欧盟", "EU", note='"x"')], path)
        data = path.read_bytes()
        for cut in range(0, len(data), max(1, len(data) // 40)):
            path.write_bytes(data[:cut])
            try:
                exchange.read([path])
            except BilingualError:
                continue


def test_the_commands_bring_a_glossary_out_and_home(tmp_path: Path) -> None:
    source = csv_table(tmp_path, entry("东盟", "ASEAN", forbidden="Asian Union"), entry("欧盟", "EU", when="exact"))
    for suffix in (".tbx", ".xlsx"):
        out, back = tmp_path / f"out{suffix}", tmp_path / f"back{suffix}.csv"
        done = CliRunner().invoke(app, ["glossary", "export", "--glossary", str(source), "-o", str(out)])
        assert (done.exit_code, done.stdout) == (0, f"{out}: 2 terms\n")
        done = CliRunner().invoke(app, ["glossary", "import", str(out), "-o", str(back)])
        assert done.exit_code == 0
        assert f"{back}: 2 terms" in done.stdout
        assert load([back]).terms == load([source]).terms
        again = CliRunner().invoke(app, ["glossary", "import", str(out), "-o", str(back)])
        assert "is there already" in str(again.exception)


@pytest.mark.parametrize("suffix", [".xlsx", ".csv", ".tbx", ".txt"])
def test_a_disk_that_fills_up_leaves_what_was_there_and_one_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, suffix: str
) -> None:
    path = tmp_path / f"terms{suffix}"
    path.write_bytes(b"before")
    monkeypatch.setattr("os.fsync", _full)
    done = CliRunner().invoke(app, ["glossary", "export", "-o", str(path), "--replace"])
    assert isinstance(done.exception, OutputError)
    assert "the disk is full" in str(done.exception)
    assert path.read_bytes() == b"before"
    assert [left.name for left in tmp_path.iterdir()] == [path.name]


def _full(_: int) -> None:
    raise OSError(errno.ENOSPC, "No space left on device")
