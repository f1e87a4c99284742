"""PO: what gettext means by a context, fuzzy, a comment, plural and obsolete; and files that are filled."""

from __future__ import annotations

import io
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bilingual.bitext import Bitext, Note, State, Text, Unit
from bilingual.errors import InputError
from bilingual.formats.po import Po
from bilingual.formats.po_lines import parsed, quoted

FILE = """# Translations of the shop.
msgid ""
msgstr ""
"Language: en\\n"
"Content-Type: text/plain; charset=UTF-8\\n"

# Keep it short.
#. shown on the button
#: shop.c:12
#, fuzzy, c-format
#| msgid "旧"
msgctxt "menu"
msgid "打开 %s"
msgstr "Open %s"

msgid ""
"第一行\\n"
"第二\\t行\\x21"
msgstr ""

msgid "一个文件"
msgid_plural "%d 个文件"
msgstr[0] "one file"
msgstr[1] "%d files"

#~ msgid "没有了"
#~ msgstr "gone"
"""


def load(text: str | bytes) -> Bitext:
    return Po().read(io.BytesIO(text.encode() if isinstance(text, str) else text), "x.po")


def filled(bitext: Bitext, original: bytes) -> tuple[str, tuple[str, ...]]:
    stream = io.BytesIO()
    told = Po().fill(bitext, original, stream, "x.po")
    return stream.getvalue().decode(), told


def test_entries_are_units() -> None:
    back = load(FILE)
    assert back.target_language == "en"
    assert [(unit.id, str(unit.source), str(unit.target), unit.state) for unit in back.units] == [
        ("po1", "打开 %s", "Open %s", State.DRAFT),
        ("po2", "第一行\n第二\t行!", "", State.NEW),
        ("po3[0]", "一个文件", "one file", State.TRANSLATED),
        ("po3[1]", "%d 个文件", "%d files", State.TRANSLATED),
    ]
    assert back.units[0].notes == (Note("Keep it short."),)
    assert set(back.units[0].extra) >= {
        ("context", "menu"),
        ("extracted", "shown on the button"),
        ("flags", "c-format"),
    }


def test_a_file_filled_with_nothing_new_is_the_same_file() -> None:
    for original in (FILE, FILE.replace("\n", "\r\n"), "\ufeff" + FILE):
        assert filled(load(original), original.encode()) == (original, ())


def test_only_the_lines_of_what_changed_are_new() -> None:
    first, second, third, fourth = load(FILE).units
    first = replace(first, target=Text("Open “%s”"), state=State.REVIEWED, notes=(*first.notes, Note("以后再看\n看")))
    second = replace(second, target=Text("line\nline"), state=State.DRAFT)
    fourth = replace(fourth, target=Text("%d documents"))
    text, told = filled(Bitext("zh", "en", (), (first, second, third, fourth, replace(third, id="po9"))), FILE.encode())
    wanted = FILE.replace("# Keep it", "# 以后再看\n# 看\n# Keep it").replace("#, fuzzy, c-format", "#, c-format")
    wanted = wanted.replace('"Open %s"', '"Open “%s”"').replace('"%d files"', '"%d documents"')
    wanted = wanted.replace('msgid ""\n"第', '#, fuzzy\nmsgid ""\n"第')
    wanted = wanted.replace('\\x21"\nmsgstr ""', '\\x21"\nmsgstr ""\n"line\\n"\n"line"')
    assert text == wanted
    assert told == ("unit po9 is not in the file",)


def test_a_file_keeps_its_encoding_and_what_it_cannot_say_is_told() -> None:
    original = FILE.replace("UTF-8", "GB2312").encode("gb18030")
    units = load(original).units
    assert str(units[0].source) == "打开 %s"
    latin = FILE.replace("UTF-8", "ISO-8859-1").replace("打开", "open").encode("ascii", "replace")
    (first, *_) = load(latin).units
    stream = io.BytesIO()
    told = Po().fill(Bitext("zh", "en", (), (replace(first, target=Text("打")),)), latin, stream)
    assert stream.getvalue() == latin
    assert "stays as it was: iso-8859-1 has no such characters" in told[0]


def test_what_po_knows_only_in_part_is_told() -> None:
    unit = Unit("u1", "", Text("甲"), Text("a"), state=State.FINAL, notes=(Note("x", "李雷"),))
    told = Po().write(Bitext("zh", "en", (), (unit,)), io.BytesIO())
    assert told == (
        "1 final units are only translated there: PO knows no more than fuzzy and translated",
        "1 note keeps its words, not who wrote them and when: PO has no place for that",
    )


@settings(deadline=None, max_examples=100)
@given(st.text(st.sampled_from('\\"nx0 \t\r\n世') | st.characters(exclude_categories=["Cs"])))
def test_strings_come_back_as_they_were(text: str) -> None:
    file = parsed(f'msgctxt "a"\nmsgid {quoted(text)}\nmsgstr ""\n'.encode(), "x.po")
    assert file.entries[0].source == text


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", r"x\.po: the file is empty"),
        ("hello\n", r"x\.po:1: 'hello' is no line of a PO file"),
        ('msgid "a"\nmsgstr "b\n', r"x\.po:2: a quotation mark is missing"),
        ('msgid "a"\nmsgstr "b" c"\n', r"x\.po:2: a quotation mark"),
        ('msgid "a"\n\nmsgid "b"\nmsgstr ""\n', r"x\.po:1: the entry has no msgstr"),
        ('msgctxt "a"\nmsgstr "b"\n', r"x\.po:1: the entry has no msgid"),
        ('msgid "a"\nmsgid_plural "b"\nmsgstr[1] ""\n', r"x\.po:3: msgstr\[1\] does not come in its turn"),
        ("# only a comment\n", "there is no entry in it"),
    ],
    ids=["empty", "text", "open", "inner", "no target", "no source", "plural", "comment"],
)
def test_what_is_no_po_is_told_with_its_line(text: str, told: str) -> None:
    with pytest.raises(InputError, match=told):
        load(text)
