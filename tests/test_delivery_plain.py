"""Plain text out: what each kind of block looks like, and what becomes of its codes."""

from __future__ import annotations

import pytest

from bilingual.bitext import Block, Code, Document, Kind, Locator, Span, Text
from bilingual.delivery import UNREVIEWED, Delivered, Delivery
from bilingual.delivery.plain import FORMS, fill, make
from bilingual.errors import InputError


def delivery(*items: tuple[Kind, str | Text, int, str], notice: str = "") -> Delivery:
    blocks = [
        Block(
            f"b{n}",
            kind,
            text if isinstance(text, Text) else Text(text),
            (Span(0, 0),),
            (Locator(cell=cell or None),),
            level,
        )
        for n, (kind, text, level, cell) in enumerate(items, 1)
    ]
    document = Document("x.docx", "zh", "", tuple(blocks))
    return Delivery(document, tuple(Delivered(block, block.text) for block in blocks), notice)


def written(text: Text) -> str:
    return make(delivery((Kind.PARAGRAPH, text, 0, ""))).decode()


def pair(start: int, stop: int, type_: str, href: str = "") -> tuple[Code, Code]:
    return (Code(start, "p", "open", "", type_, href), Code(stop, "p", "close", "", type_, href))


def test_a_text_has_its_notice_first_its_notes_last_and_a_line_end_at_its_end() -> None:
    mark = (Code(5, "1", "empty", "", "fnote"),)
    found = delivery(
        (Kind.TITLE, "The title", 0, ""),
        (Kind.BYLINE, "By a reporter", 0, ""),
        (Kind.PARAGRAPH, Text("Words.", mark), 0, ""),
        (Kind.NOTE, "A note.", 0, ""),
        (Kind.LIST_ITEM, "one", 1, ""),
        (Kind.LIST_ITEM, "1. two", 2, ""),
        (Kind.CELL, "Name", 0, "A1"),
        (Kind.CELL, "Number", 0, "B1"),
        (Kind.CELL, "", 0, "A2"),
        (Kind.CELL, "3", 0, "B2"),
        (Kind.CELL, "other", 0, "2:A1"),
        (Kind.CAPTION, "A picture", 0, ""),
        (Kind.PARAGRAPH, " ", 0, ""),
        notice="Nobody has\nreviewed this.",
    )
    assert make(found).decode() == (
        "Nobody has reviewed this.\n\nThe title\n\nBy a reporter\n\nWords[1].\n\n- one\n  1. two\n\n"
        "Name\tNumber\n\t3\n\nother\n\nA picture\n\n[1] A note.\n"
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (Text("see here now", pair(4, 8, "link", "http://a.b")), "see here (http://a.b) now\n"),
        (Text("http://a.b", pair(0, 10, "link", "http://a.b")), "http://a.b\n"),
        (Text("me@a.b", pair(0, 6, "link", "mailto:me@a.b")), "me@a.b\n"),
        (Text("very bold", pair(5, 9, "bold")), "very bold\n"),
        (Text("two lines", (Code(3, "1", "empty", "<br/>", "lb"),)), "two\nlines\n"),
        (Text("ab", (Code(1, "1", "empty", "<w:tab/>", "tab"),)), "a\tb\n"),
        (Text("run now", (Code(4, "1", "empty", "`make`", "code"),)), "run makenow\n"),
        (Text("see ", (Code(4, "1", "empty", "<http://a.b>", "link", "http://a.b"),)), "see http://a.b\n"),
        (Text("One. Two.", pair(5, 9, UNREVIEWED)), "One. ⟨? Two. ?⟩\n"),
        (Text("a\nb\rc"), "a b c\n"),
    ],
    ids=["link", "link that says its address", "mail", "bold", "line break", "tab", "code", "address", "unreviewed",
         "stray line ends"],
)  # fmt: skip
def test_codes_become_what_text_can_say(text: Text, expected: str) -> None:
    assert written(text) == expected


def test_more_marks_than_notes_are_numbered_but_not_the_notes() -> None:
    marks = (Code(1, "1", "empty", "", "fnote"), Code(3, "2", "empty", "", "fnote"))
    found = delivery((Kind.PARAGRAPH, Text("a b", marks), 0, ""), (Kind.NOTE, "Only one.", 0, ""))
    assert make(found).decode() == "a[1] b[2]\n\nOnly one.\n"


def test_no_text_file_is_a_template() -> None:
    assert FORMS == ()
    with pytest.raises(InputError, match="cannot be filled"):
        fill(delivery(), b"")
