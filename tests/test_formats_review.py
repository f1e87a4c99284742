"""The review tables in Word and in a browser: what a translator does to them comes home."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable

import docx
import pytest

from bilingual.bitext import Bitext, Note, State, Text, Unit
from bilingual.errors import InputError
from bilingual.formats.docx import Docx
from bilingual.formats.html import Html

UNITS = (
    Unit("u1", "", Text("大会开幕。"), Text("Opened."), state=State.DRAFT,
         notes=(Note("查一下", "李雷", "2024-01-01"),)),
    Unit("u2", "", Text("<b>&lt;\n ]]>"), Text("  two  blanks\n\ttab"), state=State.FINAL),
)  # fmt: skip
BITEXT = Bitext("zh-Hans", "en-GB", (), UNITS)


def dump(form: Docx | Html) -> bytes:
    stream = io.BytesIO()
    form.write(BITEXT, stream)
    return stream.getvalue()


def word(data: bytes) -> Bitext:
    return Docx().read(io.BytesIO(data), "x.docx")


def page(text: str, encoding: str = "utf-8") -> Bitext:
    return Html().read(io.BytesIO(text.encode(encoding)), "x.html")


def edited(change: Callable[[docx.document.Document], None]) -> bytes:
    document = docx.Document(io.BytesIO(dump(Docx())))
    change(document)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def replaced(old: str, new: str) -> bytes:
    """Our document with other XML somewhere, as Word would have written it."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(dump(Docx()))) as archive, zipfile.ZipFile(stream, "w") as copy:
        for name in archive.namelist():
            copy.writestr(name, archive.read(name).decode().replace(old, new))
    return stream.getvalue()


def test_notes_stay_with_their_row_where_it_has_no_id() -> None:
    rows = "".join(f"<tr><td>{i}<td>{s}<td>{t}<td><td>{c}" for i, s, t, c in (
        ("u1", "甲", "a", "一"), ("", "乙", "b", "二"), ("", "丙", "c", ""), ("", "丁", "d", "四")))  # fmt: skip
    head = "<tr><th>id<th>source<th>target<th>state<th>comments"
    units = page(f"<table>{head}{rows}</table>").units
    assert [(u.id, [note.text for note in u.notes]) for u in units] == [
        ("u1", ["一"]), ("", ["二"]), ("", []), ("", ["四"]),
    ]  # fmt: skip


def test_another_program_opens_the_word_table_and_what_is_typed_there_is_read() -> None:
    def change(document: docx.document.Document) -> None:
        (table,) = document.tables
        assert [cell.text for cell in table.rows[0].cells] == ["id", "source", "target", "state", "comments"]
        table.rows[1].cells[2].text = "The meeting\nopened."
        table.rows[1].cells[4].add_paragraph("mine")

    back = word(edited(change))
    assert str(back.units[0].target) == "The meeting\nopened."
    assert back.units[0].notes == (Note("查一下", "李雷", "2024-01-01"), Note("mine"))
    assert back.units[1].target.string == UNITS[1].target.string


def test_words_own_comments_become_notes() -> None:
    def change(document: docx.document.Document) -> None:
        paragraph = document.tables[0].rows[2].cells[2].paragraphs[0]
        document.add_comment(paragraph.runs[0], text="why so?", author="韩梅梅", initials="H")

    (note,) = word(edited(change)).units[1].notes
    assert (note.text, note.author) == ("why so?", "韩梅梅")


def test_tracked_changes_are_read_as_accepted() -> None:
    run = '<w:r><w:t xml:space="preserve">{}</w:t></w:r>'
    new = (
        f'<w:ins w:id="1" w:author="x">{run.format("Begun")}</w:ins>'
        '<w:del w:id="2" w:author="x"><w:r><w:delText>Opened</w:delText></w:r></w:del>'
        f'<w:moveFrom w:id="3" w:author="x">{run.format("gone")}</w:moveFrom>{run.format(".")}'
    )
    assert str(word(replaced(run.format("Opened."), new)).units[0].target) == "Begun."


def test_ids_and_sources_are_locked_and_states_are_chosen_from_a_list() -> None:
    with zipfile.ZipFile(io.BytesIO(dump(Docx()))) as archive:
        text = archive.read("word/document.xml").decode()
    assert text.count("sdtContentLocked") == 4
    assert 'w:displayText="reviewed"' in text


def test_the_page_names_its_languages_and_needs_nothing_from_elsewhere() -> None:
    text = dump(Html()).decode()
    back = page(text)
    assert (back.source_language, back.target_language) == ("zh-Hans", "en-GB")
    assert "http" not in text
    assert "<b>" not in text


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
@pytest.mark.parametrize("end", ["\n", "\r\n"], ids=["LF", "CRLF"])
def test_a_page_that_word_has_saved_again_is_read(encoding: str, end: str) -> None:
    saved = f"""<html><head><meta http-equiv=Content-Type content="text/html; charset={encoding}">
    <style>td {{color:red}}</style></head><body lang=ZH-CN>
    <table class=MsoNormalTable><tr style='x'><td><p class=MsoNormal><b>ID</b></p></td><td><p>Source</p></td>
    <td><p>Target</p></td><td><p>State</p></td><td><p>Comments</p></td></tr>
    <tr><td><p class=MsoNormal><span lang=EN-US>u1</span></p></td><td><p>数字经济大会在乌镇
    开幕。</p></td><td><p>The <del>big</del> meeting
    opened.&nbsp;</p><p>Really.</p></td><td><p>reviewed</p></td><td><p>这里要再看一看</p></td></tr></table></body></html>"""
    (unit,) = page(saved.replace("\n", end), encoding).units
    assert (unit.id, unit.state) == ("u1", State.REVIEWED)
    assert unit.source.string.replace(" ", "") == "数字经济大会在乌镇开幕。"
    assert unit.target.string.replace("  ", " ") == "The meeting opened.\xa0\nReally."
    assert unit.notes == (Note("这里要再看一看"),)


def other_document() -> bytes:
    stream = io.BytesIO()
    docx.Document().save(stream)
    return stream.getvalue()


def other_table() -> bytes:
    document = docx.Document()
    document.add_table(2, 2).rows[0].cells[0].text = "Name"
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (other_document, r"x\.docx: there is no table in it – its table has the columns id, source"),
        (other_table, r"x\.docx:1: the column 'source' is missing"),
        (lambda: b"rubbish", "is no .docx file"),
        (lambda: b"", "the file is empty"),
        (lambda: dump(Docx())[:-100], "is no .docx file, or a damaged one"),
        (lambda: replaced(">draft<", ">done<"), r"x\.docx:2: 'state' is 'done'"),
        (lambda: replaced(">u2<", ">u1<"), r"x\.docx:3: 'id' 'u1' stands on line 2 already"),
        (lambda: replaced("<w:body>", "<w:body><w:p>"), r"document\.xml"),
    ],
    ids=["no table", "other table", "rubbish", "empty", "cut", "state", "twice", "broken"],
)  # fmt: skip
def test_a_document_that_cannot_be_used_is_told(data: Callable[[], bytes], told: str) -> None:
    with pytest.raises(InputError, match=told):
        word(data())


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("<p>hello</p>", r"x\.html: there is no table in it"),
        ("<table><tr><td>a<td>b</table>", "the column 'source' is missing"),
        ("<table><tr><td>id<td>source<td>target<tr><td>u1<td colspan=2>甲</table>", "row 2 has 2 cells, not 3"),
        ("<table>" * 5000, "is missing"),
    ],
    ids=["no table", "other table", "merged", "deep"],
)
def test_a_page_that_cannot_be_used_is_told(text: str, told: str) -> None:
    with pytest.raises(InputError, match=told):
        page(text)
