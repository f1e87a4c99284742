"""Markdown out: the source as the template, English that stays English, emphasis that CommonMark takes, new files."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bilingual.bitext import Block, Code, Document, Kind, Text
from bilingual.delivery import UNREVIEWED, Delivered, Delivery
from bilingual.delivery.markdown import fill, make
from bilingual.documents import read_bytes
from bilingual.errors import InputError
from tests.test_delivery_plain import delivery as new
from tests.test_documents_markdown import ARTICLE

English = dict[str, str | Text]


def delivery(document: Document, english: English, notice: str = "") -> Delivery:
    def out(block: Block) -> Text:
        said = english.get(block.text.string, block.text)
        return spread(block.text, said) if isinstance(said, str) else said

    return Delivery(document, tuple(Delivered(block, out(block)) for block in document.blocks), notice)


def spread(source: Text, string: str) -> Text:
    """The words with the source's codes where | stands in them."""
    pieces = string.split("|")
    ends = [sum(len(piece) for piece in pieces[: at + 1]) for at in range(len(pieces))]
    codes = (replace(code, position=ends[at]) for at, code in enumerate(source.codes))
    return Text("".join(pieces), tuple(codes))


def filled(source: str, english: English, notice: str = "") -> str:
    data = source.encode()
    return fill(delivery(read_bytes(data, "x.md"), english, notice), data).decode()


def test_a_translated_article_is_the_source_with_other_words() -> None:
    english: English = {
        "春天来了": 'Spring "is" here',
        "第一段有粗体和斜体，第二行接着说。": "The first has |bold| and |italics|, and a second line.",
        "一、花园": "1. The garden",
        "引用的话。还有一句。": "A quotation. One more.",
        "买菜": "Shopping",
        "做饭": "Cooking",
        "洗米": "Wash the rice",
        "烧水": "Boil water",
        "名称": "Name",
        "数量": "Number|count",
        "苹果": "Apples",
        "三个": "Three",
        "一只猫": "|A cat|",
        "正文有注，见主页。": "A note|, see the |home page|.",
        "这是注释。": "This is a note.",
        "结尾": "The end",
    }
    document = read_bytes(ARTICLE.encode(), "x.md")
    found = delivery(document, english)
    number = next(item for item in found.blocks if item.block.text.string == "数量")
    blocks = tuple(replace(item, text=Text("Number | count")) if item is number else item for item in found.blocks)
    assert (
        fill(replace(found, blocks=blocks), ARTICLE.encode()).decode()
        == """\
---
title: "Spring \\"is\\" here"
tags: [诗, 春]
---

The first has **bold** and *italics*, and a second line.

# 1\\. The garden ##

> A quotation. One more.

- Shopping
- Cooking
  1. Wash the rice
  2. [x] Boil water

| Name | Number \\| count |
|------|-----:|
| Apples | Three |

![A cat](cat.png)

```python
print("不翻译")
```

A note[^1], see the [home page][home].

[^1]: This is a note.

[home]: https://example.org "主页"

The end
----
"""
    )


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"], ids=["lf", "crlf", "cr"])
def test_nothing_translated_is_the_same_file_byte_for_byte(encoding: str, end: str) -> None:
    data = ARTICLE.replace("\n", end).encode(encoding)
    assert fill(delivery(read_bytes(data, "x.md"), {}), data) == data


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030", "utf-16"])
def test_english_comes_in_the_encoding_and_with_the_line_ends_of_the_file(encoding: str) -> None:
    source = "# 标题\r\n\r\n今天我们去公园，  \r\n明天再去。\r\n"
    data = source.encode(encoding)
    out = fill(delivery(read_bytes(data, "x.md"), {"今天我们去公园，明天再去。": "Café today,|tomorrow again."}), data)
    assert out == "# 标题\r\n\r\nCafé today,  \r\ntomorrow again.\r\n".encode(encoding)


def test_what_big5_cannot_hold_comes_as_utf_8() -> None:
    data = "今天我們去公園看花，明天再去圖書館看書。".encode("big5")
    out = fill(delivery(read_bytes(data, "x.md"), {"今天我們去公園看花，明天再去圖書館看書。": "Café"}), data)
    assert out.decode() == "Café"


@pytest.mark.parametrize(
    ("english", "written"),
    [
        ("1. First", "1\\. First"), ("2) Second", "2\\) Second"), ("- Dash", "\\- Dash"), ("+ Plus", "\\+ Plus"),
        ("# Number sign", "\\# Number sign"), ("#tag", "#tag"), ("> Quote", "\\> Quote"), ("---", "\\---"),
        ("* Star", "\\* Star"), ("5 * 3 * 2", "5 \\* 3 \\* 2"), ("snake_case_name", "snake_case_name"),
        ("_private", "\\_private"), ("a [note] here", "a \\[note\\] here"), ("a < b", "a < b"), ("<b>", "\\<b>"),
        ("AT&T", "AT&T"), ("&amp;", "\\&amp;"), ("`tick`", "\\`tick\\`"), ("C:\\dir", "C:\\\\dir"),
        ("~~no~~", "\\~\\~no\\~\\~"), ("about ~5", "about ~5"),
        ("1984. was a year", "1984\\. was a year"), ("3.14 is pi", "3.14 is pi"),
        ("a|b", "a|b"), ("[^1]: no note", "\\[^1\\]: no note"), ("two\nlines", "two lines"),
    ],
)  # fmt: skip
def test_words_that_look_like_markup_are_escaped_and_no_others(english: str, written: str) -> None:
    out = filled("原文。\n", {"原文。": Text(english)})
    assert out == f"{written}\n"
    assert [b.text.string for b in read_bytes(out.encode(), "x.md").blocks] == [" ".join(english.split())]


@pytest.mark.parametrize(
    ("source", "english", "written"),
    [
        ("很**重要**的", "very| important |matter", "very **important** matter"),
        ("很**重要**的", "in|“very” bad|ly", "in<strong>“very” bad</strong>ly"),
        ("很**重要**的", "un|usual|ly", "un**usual**ly"),
        ("很 _重要_", "un|usual|ly", "un<em>usual</em>ly"),
        ("**甲***乙*", "|one||two|", "**one***two*"),
        ("***甲***", "||both||", "***both***"),
        ("很**重要**的", "nothing|| here", "nothing here"),
        ("~~旧~~新", "|old,|new", "<del>old,</del>new"),
        ("看http://a.b/c 吧", "see |(now)", "see <http://a.b/c>(now)"),
        ("看http://a.b/c 吧", "see |.", "see http://a.b/c."),
        ("好![图](a.png)", "Wow!|x|", "Wow\\!![x](a.png)"),
        ("好[图](a.png)", "Wow!|x|", "Wow\\![x](a.png)"),
        ("一  \n二", "one and two|", "one and two<br>"),
        ("`a`和`b`", "||and", "`a` `b`and"),
        ("文<!-- 注 -->字", "|words", "words<!-- 注 -->"),
    ],
    ids=["spaces go outside", "bold before a quotation mark", "bold inside a word", "underscores inside a word",
         "two runs meet", "bold italics", "bold around nothing", "strike at a comma", "address before a bracket",
         "address before a stop", "image after an exclamation", "link after an exclamation", "break at the end",
         "code beside code", "comment first"],
)  # fmt: skip
def test_codes_are_written_so_that_commonmark_reads_them(source: str, english: str, written: str) -> None:
    (block,) = read_bytes(source.encode(), "x.md").blocks
    assert filled(source, {block.text.string: english}) == written


def test_a_quotation_in_a_list_keeps_its_prefix_on_each_line() -> None:
    out = filled("- > 甲  \n  > 乙\n\n1. 丙\\\n   丁\n", {"甲乙": "one|two", "丙丁": "three|four"})
    assert out == "- > one  \n  > two\n\n1. three\\\n   four\n"


def test_a_reference_link_still_finds_its_definition() -> None:
    assert filled("见[主页]。\n\n[主页]: /u\n", {"见主页。": "See |home|."}) == "See [home][主页].\n\n[主页]: /u\n"


def test_boxes_and_formulas_stay_as_they_are() -> None:
    source = "> [!NOTE]\n> 请注意。\n\n::: tip\n一个框。\n:::\n\n质量$m_1$。\n"
    out = filled(source, {"请注意。": "Look.", "一个框。": "A box.", "质量。": "Mass |."})
    assert out == "> [!NOTE]\n> Look.\n\n::: tip\nA box.\n:::\n\nMass $m_1$.\n"


def test_what_nobody_has_reviewed_is_marked() -> None:
    marks = (Code(4, "u1", "open", "", UNREVIEWED), Code(8, "u1", "close", "", UNREVIEWED))
    assert filled("原文。", {"原文。": Text("One two. Three.", marks)}) == "One <mark>two.</mark> Three."


def test_the_notice_is_a_quotation_at_the_head_after_front_matter() -> None:
    assert filled("正文。\n", {"正文。": "Text."}, "Not reviewed.") == "> Not reviewed.\n\nText.\n"
    out = filled("---\ntitle: 题\n---\n正文。\n", {"题": "On: this", "正文。": "Text."}, "Not reviewed.")
    assert out == '---\ntitle: "On: this"\n---\n\n> Not reviewed.\n\nText.\n'


def test_another_file_than_the_one_translated_is_refused() -> None:
    with pytest.raises(InputError, match="not the file that was translated"):
        fill(delivery(read_bytes("甲。\n\n乙。\n".encode(), "x.md"), {}), "甲。\n".encode())


ATOMS = (
    "中文", "，", "。", "**", "*", "_", "~~", "`", "[", "]", "(", "<b>", "</b>", "<br>", "!", "  \n", "\n", "\n\n",
    "\\", "&amp;", "# ", "- ", "1. ", "> ", "    ", "\t", "http://a.b/c", "<http://x.y>", "[^1]", "[^1]: ", "[x](y)",
    "[ref]", "a", "“", "：", "\n---\n", "\n| a | 乙 |\n|---|---|\n", "\n[ref]: /u\n", "\n```\n", "\r\n", "\x01",
)  # fmt: skip
SOURCES = st.lists(st.sampled_from(ATOMS), min_size=1, max_size=25).map("".join)
WORDS = st.lists(st.sampled_from(("The", "word", " ", ".", ",", "“", "*", "_", "1.", "#", "-", "[", "é")), max_size=6)


@given(SOURCES)
def test_any_file_filled_with_its_own_words_is_itself(source: str) -> None:
    data = source.encode()
    try:
        document = read_bytes(data, "x.md")
    except InputError:
        return
    for block in document.blocks:
        assert "".join(span.of(document.text) for span in block.spans) == block.text.string
    assert fill(delivery(document, {}), data) == data


BLOCKS = st.sampled_from(
    ("{}", "# {}", "- {}", "> {}", "1. {}\n   - {}", "| {} | {} |\n|---|---|\n| {} | {} |", "{}\n===", "[^1]: {}")
)
INLINE = st.sampled_from(("春天", "**春天**来", "看[这](u)里", "很*好*`x`", "甲  \n乙", "注[^1]", "“**你**”", "~~旧~~"))


@given(
    st.lists(BLOCKS, min_size=1, max_size=5),
    st.lists(INLINE, min_size=1, max_size=4),
    WORDS,
    st.randoms(use_true_random=False),
)
def test_a_filled_file_reads_as_the_english_it_was_filled_with(
    blocks: list[str], inline: list[str], words: list[str], chance: random.Random
) -> None:
    texts = [
        block.format(
            *[
                chance.choice(inline).replace("  \n", "" if "|" in block or "#" in block else "  \n   ")
                for _ in range(4)
            ]
        )
        for block in blocks
    ]
    data = "\n\n".join(texts).encode()
    document = read_bytes(data, "x.md")
    english = [anywhere(block.text, "Ab" + "".join(words) + "c", chance) for block in document.blocks]
    items = tuple(Delivered(block, text) for block, text in zip(document.blocks, english, strict=True))
    again = read_bytes(fill(Delivery(document, items), data), "x.md")
    assert [(b.kind in {Kind.TITLE, Kind.HEADING}, b.level, b.locators[0].cell) for b in again.blocks] == [
        (b.kind in {Kind.TITLE, Kind.HEADING}, b.level, b.locators[0].cell) for b in document.blocks
    ]
    assert ["".join(b.text.string.split()) for b in again.blocks] == ["".join(t.string.split()) for t in english]
    assert [sorted(shown(b.text)) for b in again.blocks] == [sorted(shown(t)) for t in english]


def anywhere(source: Text, string: str, chance: random.Random) -> Text:
    places = sorted(chance.randint(0, len(string)) for _ in source.codes)
    return Text(string, tuple(replace(code, position=at) for code, at in zip(source.codes, places, strict=True)))


def shown(text: Text) -> list[tuple[str, str]]:
    """The codes, but for emphasis around no words, which nobody can see."""
    opens = {code.id: code.position for code in text.codes if code.kind == "open"}
    closes = {code.id: code.position for code in text.codes if code.kind == "close"}
    empty = {name for name in closes if not text.string[opens[name] : closes[name]].strip()}
    return [(code.kind, code.type) for code in text.codes if code.id not in empty or code.type == "link"]


def made(*items: tuple[Kind, str | Text, int, str]) -> str:
    return make(new(*items)).decode()


def test_a_new_file_has_headings_lists_tables_and_notes() -> None:
    bold = (Code(0, "1", "open", "<w:b/>", "bold"), Code(4, "1", "close", "<w:b/>", "bold"))
    link = (Code(4, "1", "open", "", "link", "http://a.b/(c)"), Code(8, "1", "close", "", "link", "http://a.b/(c)"))
    note = (Code(4, "1", "empty", "<w:footnoteReference/>", "fnote"),)
    assert made(
        (Kind.TITLE, "The title", 0, ""),
        (Kind.HEADING, "Chapter", 1, ""),
        (Kind.PARAGRAPH, Text("Bold words", bold), 0, ""),
        (Kind.LIST_ITEM, "• one", 1, ""),
        (Kind.LIST_ITEM, "two", 2, ""),
        (Kind.LIST_ITEM, "1. first", 1, ""),
        (Kind.CELL, "a|b", 0, "A1"),
        (Kind.CELL, "", 0, "B1"),
        (Kind.CELL, "d", 0, "B2"),
        (Kind.PARAGRAPH, Text("See here.", link), 0, ""),
        (Kind.PARAGRAPH, Text("Text.", note), 0, ""),
        (Kind.NOTE, "A note.", 0, ""),
    ) == (
        "# The title\n\n## Chapter\n\n**Bold** words\n\n- one\n    - two\n\n1. first\n\n"
        "| a\\|b |  |\n| --- | --- |\n|  | d |\n\nSee [here](<http://a.b/(c)>).\n\nText[^1].\n\n[^1]: A note.\n"
    )


def test_a_new_file_links_to_no_script() -> None:
    link = (
        Code(0, "1", "open", "", "link", "javascript:alert(1)"),
        Code(4, "1", "close", "", "link", "javascript:alert(1)"),
    )
    assert made((Kind.PARAGRAPH, Text("here", link), 0, "")) == "here\n"


def test_a_new_file_of_a_markdown_source_needs_none_of_its_definitions() -> None:
    document = read_bytes("见[主页]。\n\n[主页]: http://a.b\n".encode(), "x.md")
    assert make(delivery(document, {"见主页。": "See |home|."})).decode() == "See [home](http://a.b).\n"
