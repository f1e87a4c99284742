"""The marks of list items from any format into any other: what is written, and what is read there again."""

from __future__ import annotations

import io
import re
import zipfile

import docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bilingual.bitext import Block, Code, Document, Kind, Locator, Span, Text
from bilingual.delivery import Delivered, Delivery, Pair
from bilingual.delivery.docx import make as make_docx
from bilingual.delivery.docx import side_by_side as docx_columns
from bilingual.delivery.epub import make as make_epub
from bilingual.delivery.html import make as make_html
from bilingual.delivery.html import side_by_side as html_columns
from bilingual.delivery.lists import Number, mark_of, marked, number_of
from bilingual.delivery.markdown import make as make_markdown
from bilingual.delivery.plain import make as make_plain
from bilingual.documents import read_bytes
from bilingual.documents.docx.numbering import NUMERALS
from tests.docx_files import delivery_of

Item = tuple[str, int]
"""A mark and a level."""


def delivery(*items: Item, words: str = "word") -> Delivery:
    """A list of items of one word each, in the English of a Chinese document."""
    blocks = []
    for order, (marker, level) in enumerate(items):
        kind = Kind.LIST_ITEM if level else Kind.PARAGRAPH
        place = (Locator(line=order + 1),)
        blocks.append(Block(f"b{order}", kind, Text("词"), (Span(0, 1),), place, level, order, marker=marker))
    document = Document("文.txt", "zh", "", tuple(blocks))
    english = Text(words)
    return Delivery(document, tuple(Delivered(b, english, (Pair(b.text, english, True),)) for b in blocks))


@pytest.mark.parametrize(
    ("mark", "last", "expected"),
    [
        ("3.", None, Number(3, "1")),
        ("(12)", None, Number(12, "1", "(", ")")),
        ("1.2.", None, Number(2, "1", "1.")),
        ("c)", None, Number(3, "a", "", ")")),
        ("C.", None, Number(3, "A")),
        ("c.", Number(99, "i"), Number(100, "i")),
        ("i.", None, Number(1, "i")),
        ("i.", Number(8, "a"), Number(9, "a")),
        ("v.", None, Number(22, "a")),
        ("v.", Number(4, "i"), Number(5, "i")),
        ("XIV.", None, Number(14, "I")),
        ("第3条", None, Number(3, "1", "第", "条")),
        ("iiii.", None, None),
        ("aa.", None, None),
        ("01.", None, None),
        ("☐", None, None),
        ("", None, None),
        ("9" * 1000, None, None),
    ],
)
def test_what_a_mark_counts(mark: str, last: Number | None, expected: Number | None) -> None:
    assert number_of(mark, last) == expected


@given(st.integers(1, 3999), st.sampled_from("iI"), st.sampled_from(("", "(", "1.")), st.sampled_from((".", ")", "")))
def test_a_numeral_is_read_as_what_was_written(value: int, style: str, before: str, after: str) -> None:
    numeral = NUMERALS["lowerRoman" if style == "i" else "upperRoman"](value)
    number = Number(value, style, before.strip("1."), after)
    assert number_of(f"{number.before}{numeral}{after}", Number(value - 1, style, number.before, after)) == number


def test_a_mark_has_english_punctuation() -> None:
    marks = [mark_of(item) for item in delivery(("（3）", 1), ("3、", 1), ("•", 1), ("", 1)).blocks]
    assert marks == ["(3)", "3.", "", ""]


def test_a_text_with_a_mark_keeps_its_codes_at_their_words() -> None:
    code = Code(1, "1", "empty", "", "lb")
    assert marked(Text("ab", (code,)), "3.") == Text("3. ab", (Code(4, "1", "empty", "", "lb"),))


NUMBERS = [("1.", 1), ("2.", 1), ("3.", 1)]
NESTED = [("1.", 1), ("•", 2), ("•", 2), ("2.", 1), ("a.", 2), ("b.", 2), ("i.", 3), ("3.", 1), ("a.", 2)]
RESTARTED = [("1.", 1), ("2.", 1), ("1.", 1), ("2.", 1), ("3.", 1)]
JUMPING = [("3.", 1), ("4.", 1), ("9.", 1), ("8.", 1), ("100.", 1), ("5.", 2), ("6.", 2), ("101.", 1)]
LETTERS = [("g.", 1), ("h.", 1), ("i.", 1), ("j.", 1), ("I.", 1), ("II.", 1), ("iii.", 1), ("iv.", 1), ("v.", 1)]
APART = [("1.", 1), ("", 0), ("2.", 1), ("•", 1), ("3.", 1)]
KINDS = {
    "numbers": NUMBERS, "lists in lists": NESTED, "two lists": RESTARTED, "numbers that jump": JUMPING,
    "letters and Roman": LETTERS, "with a paragraph between": APART,
}  # fmt: skip
OTHERS = [
    ("（1）", 1),
    ("（2）", 1),
    ("1.1.", 2),
    ("1.2.", 2),
    ("☐", 1),
    ("☑", 1),
    ("c)", 1),
    ("第3条", 1),
    ("100%1", 1),
]


def read_again(data: bytes, name: str) -> list[Item]:
    """The marks and levels of the blocks that have words of ours."""
    return [(b.marker, b.level) for b in read_bytes(data, name).blocks if b.text.string == "word"]


@pytest.mark.parametrize("items", KINDS.values(), ids=KINDS)
@pytest.mark.parametrize(("make", "name"), [(make_docx, "x.docx"), (make_html, "x.html"), (make_epub, "x.epub")])
def test_a_new_file_shows_the_marks_of_the_source(make: object, name: str, items: list[Item]) -> None:
    assert read_again(make(delivery(*items)), name) == items  # type: ignore[operator]


@pytest.mark.parametrize(
    ("items", "expected"),
    [
        (NUMBERS, NUMBERS),
        (NESTED, [*NESTED[:4], ("1.", 2), ("2.", 2), ("1.", 3), ("3.", 1), ("1.", 2)]),
        (RESTARTED, RESTARTED),
        (JUMPING, JUMPING),
        (APART, APART),
        (LETTERS, [(f"{n}.", 1) for n in (7, 8, 9, 10, 1, 2, 3, 4, 5)]),
        ([("☐", 1), ("☑", 2), ("3)", 1)], [("☐", 1), ("☑", 2), ("3)", 1)]),
        ([("(3)", 1), ("1.2", 2)], [("3)", 1), ("2.", 2)]),
        ([("(iv)", 1), ("(v)", 1)], [("4)", 1), ("5)", 1)]),
    ],
    ids=[
        "numbers",
        "lists in lists",
        "two lists",
        "jumps",
        "a paragraph between",
        "letters",
        "tasks",
        "others",
        "Roman",
    ],
)
def test_markdown_shows_the_marks_as_far_as_it_can(items: list[Item], expected: list[Item]) -> None:
    assert read_again(make_markdown(delivery(*items)), "x.md") == expected


def test_a_mark_that_markdown_has_not_stands_in_the_text() -> None:
    assert make_markdown(delivery(("第3条", 1), ("aa.", 1))).decode() == "- 第3条 word\n- aa. word\n"


def test_word_shows_any_mark_with_english_punctuation() -> None:
    shown = [marker for marker, _ in read_again(make_docx(delivery(*OTHERS)), "x.docx")]
    assert shown == ["(1)", "(2)", "1.1.", "1.2.", "☐", "☑", "c)", "第3条", "1001"]


def test_word_numbers_are_its_own() -> None:
    data = make_docx(delivery(("1.", 1), ("2.", 1), ("•", 1), ("1.", 1), ("c)", 4)))
    styles = [p.style and p.style.name for p in docx.Document(io.BytesIO(data)).paragraphs]
    assert styles == ["List Number", "List Number", "List Bullet", "List Number", "List Number 3"]
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        names = re.findall(r'<w:numId w:val="(\d+)"/></w:numPr>', archive.read("word/document.xml").decode())
        order = re.findall("<w:(abstractNum|num) ", archive.read("word/numbering.xml").decode())
    assert names[0] == names[1]
    assert len(set(names)) == 3
    assert order == sorted(order), "definitions stand before lists"


def test_a_page_shows_any_mark_as_a_browser_can() -> None:
    page = make_html(delivery(("3.", 1), ("b.", 2), ("（1）", 1), ("☐", 1), ('"\\☆', 1))).decode()
    assert re.findall("<[ou]l[^>]*>|<li[^>]*>", page) == [
        '<ol start="3">', "<li>", '<ol start="2" type="a">', "<li>",
        "<ol>", "<li style='list-style-type:\"(1) \"'>",
        "<ul>", "<li style='list-style-type:\"☐ \"'>", "<li style='list-style-type:\"☆ \"'>",
    ]  # fmt: skip


def test_an_item_in_a_cell_has_its_mark_in_its_text() -> None:
    block = Block("b1", Kind.LIST_ITEM, Text("词"), (Span(0, 1),), (Locator(cell="A1"),), 1, marker="2.")
    page = make_html(Delivery(Document("x", "zh", "", (block,)), (Delivered(block, Text("word")),)))
    assert "<td>2. word</td>" in page.decode()


def test_plain_text_has_each_mark_before_its_item() -> None:
    items = (("1.", 1), ("•", 2), ("（2）", 1), ("☑", 1), ("", 1))
    assert make_plain(delivery(*items)).decode() == "1. word\n  - word\n(2) word\n☑ word\n- word\n"
    assert make_plain(delivery(("", 1), ("3.", 1), words="1) word")).decode() == "1) word\n3. 1) word\n"


def test_two_columns_have_the_mark_before_the_first_sentence() -> None:
    page = html_columns(delivery(("（3）", 1), ("•", 1))).decode()
    assert re.findall("<td[^>]*>([^<]*)<", page) == ["（3） 词", "(3) word", "词", "word"]
    (table,) = docx.Document(io.BytesIO(docx_columns(delivery(("3.", 1))))).tables
    assert [cell.text for cell in table.rows[1].cells] == ["3. 词", "3. word"]


SOURCE = "3. 甲\n4. 乙\n    - 丙\n    - 丁\n        1) 戊\n5. 己\n\n正文。\n\n1. 庚\n2. 辛\n\n- [ ] 壬\n- [x] 癸\n"


@pytest.mark.parametrize("suffix", [".docx", ".md"])
def test_a_markdown_list_has_the_same_marks_after_a_trip(suffix: str) -> None:
    source = read_bytes(SOURCE.encode(), "x.md")
    make = {".docx": make_docx, ".md": make_markdown}[suffix]
    again = read_bytes(make(delivery_of(source)), f"x{suffix}")
    marks = [(block.text.string, block.marker, block.level) for block in again.blocks]
    assert marks == [(block.text.string, block.marker, block.level) for block in source.blocks]
    assert [marker for _, marker, _ in marks] == ["3.", "4.", "•", "•", "1)", "5.", "", "1.", "2.", "☐", "☑"]


MARKS = st.sampled_from(("•", "1.", "2.", "3.", "7.", "1)", "2)", "a.", "b.", "i.", "☐", ""))


@given(st.lists(st.tuples(MARKS, st.integers(0, 4)), min_size=1, max_size=8))
@settings(max_examples=40)
def test_word_shows_every_mark_that_it_was_given(items: list[Item]) -> None:
    shown = [marker for marker, _ in read_again(make_docx(delivery(*items)), "x.docx")]
    assert shown == [(marker or "•") if level else "" for marker, level in items]


WILD = st.text(st.characters() | st.sampled_from("%1\"'<&\\\0\ud800"), max_size=80)


@given(WILD)
@settings(max_examples=30)
def test_no_mark_breaks_a_file(mark: str) -> None:
    for suffix, make in ((".docx", make_docx), (".html", make_html), (".epub", make_epub)):
        assert "word" in [block.text.string for block in read_bytes(make(delivery((mark, 1))), f"x{suffix}").blocks]
