"""Markdown in: what is a block and what is a code, where each stands, and files made to break a parser."""

from __future__ import annotations

import time

import pytest

from bilingual.bitext import Block, Document, Kind
from bilingual.documents import read_bytes
from bilingual.errors import InputError

ARTICLE = """\
---
title: "春天来了"
tags: [诗, 春]
---

第一段有**粗体**和*斜体*，
第二行接着说。

# 一、花园 ##

> 引用的话。
> 还有一句。

- 买菜
- 做饭
  1. 洗米
  2. [x] 烧水

| 名称 | 数量 |
|------|-----:|
| 苹果 | 三个 |

![一只猫](cat.png)

```python
print("不翻译")
```

正文有注[^1]，见[主页][home]。

[^1]: 这是注释。

[home]: https://example.org "主页"

结尾
----
"""


def document(text: str) -> Document:
    return read_bytes(text.encode(), "x.md")


def block(text: str) -> Block:
    (only,) = document(text).blocks
    return only


def codes(text: str) -> list[tuple[int, str, str, str]]:
    return [(code.position, code.kind, code.type, code.data) for code in block(text).text.codes]


def test_an_article_has_its_blocks_in_order_with_kinds_levels_and_places() -> None:
    found = [
        (b.kind, b.level, b.text.string, [p.line for p in b.locators], b.locators[0].cell)
        for b in document(ARTICLE).blocks
    ]
    assert found == [
        (Kind.TITLE, 0, "春天来了", [2], None),
        (Kind.PARAGRAPH, 0, "第一段有粗体和斜体，第二行接着说。", [6, 7], None),
        (Kind.HEADING, 1, "一、花园", [9], None),
        (Kind.PARAGRAPH, 0, "引用的话。还有一句。", [11, 12], None),
        (Kind.LIST_ITEM, 1, "买菜", [14], None),
        (Kind.LIST_ITEM, 1, "做饭", [15], None),
        (Kind.LIST_ITEM, 2, "洗米", [16], None),
        (Kind.LIST_ITEM, 2, "烧水", [17], None),
        (Kind.CELL, 0, "名称", [19], "A1"),
        (Kind.CELL, 0, "数量", [19], "B1"),
        (Kind.CELL, 0, "苹果", [21], "A2"),
        (Kind.CELL, 0, "三个", [21], "B2"),
        (Kind.CAPTION, 0, "一只猫", [23], None),
        (Kind.PARAGRAPH, 0, "正文有注，见主页。", [29], None),
        (Kind.NOTE, 0, "这是注释。", [31], None),
        (Kind.HEADING, 2, "结尾", [35], None),
    ]


def test_every_block_is_where_its_spans_say() -> None:
    read = document(ARTICLE)
    for one in read.blocks:
        assert len(one.spans) == len(one.locators)
        assert "".join(span.of(read.text) for span in one.spans) == one.text.string


@pytest.mark.parametrize(
    ("text", "string", "expected"),
    [
        ("很**重要**的", "很重要的", [(1, "open", "bold", "**"), (3, "close", "bold", "**")]),
        ("很_重要_", "很_重要_", []),
        ("~~旧~~新", "旧新", [(0, "open", "strike", "~~"), (1, "close", "strike", "~~")]),
        ("运行`make`吧", "运行吧", [(2, "empty", "code", "`make`")]),
        ("[链接](http://a.b '题')", "链接", [(0, "open", "link", "["), (2, "close", "link", "](http://a.b '题')")]),
        ("看<http://a.b>。", "看。", [(1, "empty", "link", "<http://a.b>")]),
        ("看http://a.b/c_d。好", "看。好", [(1, "empty", "link", "http://a.b/c_d")]),
        ("按![保存](s.png)键", "按保存键", [(1, "open", "image", "!["), (3, "close", "image", "](s.png)")]),
        ("图![](s.png)", "图", [(1, "empty", "image", "![](s.png)")]),
        ("一行  \n两行", "一行两行", [(2, "empty", "lb", "  \n")]),
        ("one\\\ntwo", "one two", [(3, "empty", "lb", "\\\n")]),
        ("水H<sub>2</sub>O", "水H2O", [(2, "open", "sub", "<sub>"), (3, "close", "sub", "</sub>")]),
        ("甲<br>乙", "甲乙", [(1, "empty", "lb", "<br>")]),
        ("有注[^a]。", "有注。", [(2, "empty", "fnote", "[^a]")]),
        (r"2\*3 &lt; 7 \[注\]", "2*3 < 7 [注]", []),
        ("**全是粗体**", "全是粗体", [(0, "open", "bold", "**"), (4, "close", "bold", "**")]),
        ("<b>没有*关</b>上*", "没有关上", [(0, "empty", "bold", "<b>"), (2, "open", "italic", "*"),
                                       (3, "empty", "bold", "</b>"), (4, "close", "italic", "*")]),
        ("**没有关上", "**没有关上", []),
        ("质量$m_1$，$5和$6", "质量，$5和$6", [(2, "empty", "code", "$m_1$")]),
    ],
    ids=["bold", "underscores inside words", "strike", "code", "link", "autolink", "bare address", "image",
         "image without words", "spaces break", "backslash break", "html pair", "html break", "footnote", "escapes",
         "all bold", "crossing tags", "unclosed", "formula"],
)  # fmt: skip
def test_inline_markup_is_codes_and_the_rest_is_words(
    text: str, string: str, expected: list[tuple[int, str, str, str]]
) -> None:
    assert block(text).text.string == string
    assert codes(text) == expected


@pytest.mark.parametrize(
    ("text", "string"),
    [
        ("他说**“你好”**然后走了", "他说“你好”然后走了"),
        ("**价格：**一百元", "价格：一百元"),
        ("这是**《红楼梦》**的作者", "这是《红楼梦》的作者"),
    ],
)
def test_bold_beside_chinese_punctuation_is_bold_as_its_author_meant(text: str, string: str) -> None:
    assert block(text).text.string == string
    assert [code.type for code in block(text).text.codes] == ["bold", "bold"]


@pytest.mark.parametrize(
    ("text", "string"),
    [("上一行\n下一行", "上一行下一行"), ("the first\nsecond", "the first second"), ("用Python\n写", "用Python写")],
    ids=["chinese", "latin", "mixed"],
)
def test_a_soft_line_break_is_a_space_only_between_latin_words(text: str, string: str) -> None:
    assert block(text).text.string == string


def test_a_reference_link_keeps_its_address_whatever_its_words_become() -> None:
    first = document("见[主页]和[这里][主页]。\n\n[主页]: http://a.b\n").blocks[0]
    assert [code.data for code in first.text.codes] == ["[", "][主页]", "[", "][主页]"]
    assert {code.href for code in first.text.codes} == {"http://a.b"}


def test_several_tables_are_numbered_and_cells_beyond_the_heading_are_read_too() -> None:
    table = "| 甲 | 乙 |\n|---|---|\n| 一\\|二 | `a\\|b` | 多 |\n"
    cells = [(b.locators[0].cell, b.text.string) for b in document(f"{table}\n然后\n\n{table}").blocks]
    assert cells[:5] == [("1:A1", "甲"), ("1:B1", "乙"), ("1:A2", "一|二"), ("1:B2", ""), ("1:C2", "多")]
    assert [name for name, _ in cells[6:]] == ["2:A1", "2:B1", "2:A2", "2:B2", "2:C2"]


def test_a_table_in_a_list_in_a_quotation_is_found() -> None:
    cells = document("> - 说明\n>\n>   甲 | 乙\n>   ---|---\n>   一 | 二\n").blocks[1:]
    assert [b.text.string for b in cells] == ["甲", "乙", "一", "二"]


def test_marks_of_boxes_and_formulas_stay_out_of_the_words() -> None:
    text = "> [!NOTE]\n> 请注意。\n\n::: tip\n一个框。\n:::\n\n$$\nE = mc^2\n- x\n$$\n结束。\n"
    read = [(b.text.string, b.locators[0].line) for b in document(text).blocks]
    assert read == [("请注意。", 2), ("一个框。", 5), ("结束。", 12)]


def test_the_only_first_heading_is_the_title_and_one_of_several_is_not() -> None:
    assert [b.kind for b in document("# 题\n\n## 节\n").blocks] == [Kind.TITLE, Kind.HEADING]
    assert [b.kind for b in document("# 甲\n\n# 乙\n").blocks] == [Kind.HEADING, Kind.HEADING]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("好的。\n\n<div>\n这里的文字没有人翻译。\n</div>\n", "line 3: the Chinese in an HTML block"),
        ("好的。\n\n    这一段缩进了四个空格，\n    所以成了代码。\n", "line 3: the Chinese in an indented line"),
        ("好的。\n\n[注]: 这其实是一条注释。\n", "line 3: the Chinese in a link definition"),
    ],
    ids=["html", "indented", "definition"],
)
def test_chinese_that_is_kept_as_it_is_is_told(text: str, reason: str) -> None:
    read = document(text)
    assert [b.text.string for b in read.blocks] == ["好的。"]
    assert [flag.reason.startswith(reason) for flag in read.flags] == [True]


def test_a_control_character_is_left_out_with_a_flag() -> None:
    first = document("第一段\x01有控制字符\x02`a\x03`。").blocks[0]
    assert (first.text.string, first.text.codes[0].data) == ("第一段有控制字符。", "`a`")
    assert first.flags[0].reason == "line 1: left out U+0001, U+0002, U+0003"


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030", "utf-16"])
def test_any_encoding_and_line_end_is_read(encoding: str) -> None:
    data = "# 标题\r\n\r\n今天我们去公园看花，明天再去。\r\n第二行。".encode(encoding)
    assert [b.text.string for b in read_bytes(data, "x.md").blocks] == [
        "标题",
        "今天我们去公园看花，明天再去。第二行。",
    ]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "the file is empty"),
        ("```\n只有代码\n```\n", "nothing to translate"),
        ("---\ntags: [甲]\n---\n", "nothing to translate"),
    ],
    ids=["empty", "only code", "only front matter"],
)
def test_a_file_without_words_is_refused_in_a_sentence(text: str, message: str) -> None:
    with pytest.raises(InputError, match=message):
        document(text)


HOSTILE = {
    "stars": "中文" + "*" * 100_000,
    "open brackets": "[" * 100_000 + "中",
    "backticks": "".join("`" * n + "中" for n in range(300)),
    "quotes on one line": ">" * 100_000 + "中文。",
    "deep quotes": "\n".join(">" * n + "中文。" for n in range(1, 200)),
    "deep lists": "\n".join("  " * n + "- 中文。" for n in range(200)),
    "lists on one line": "- " * 20_000 + "中文。",
    "nested images": "![" * 400 + "中" + "](a)" * 400,
    "nested footnotes": "\n".join("    " * n + "[^1]: 中文。" for n in range(100)),
    "tags": "<a " * 30_000 + "中",
    "emphasis": "*a **b " * 15_000 + "中",
    "wide table": "中|" * 3000 + "\n" + "-|" * 3000 + "\n",
    "definitions": "[a]:\n" * 20_000 + "中",
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_what_is_made_to_break_a_parser_is_read_in_time_and_no_word_is_lost(text: str) -> None:
    start = time.perf_counter()
    read = document(text)
    assert time.perf_counter() - start < 10
    assert sum(b.text.string.count("中") for b in read.blocks) == text.count("中")


def test_lines_nested_too_deep_are_read_as_plain_text_and_told() -> None:
    read = document("\n\n".join(">" * n + f"第{n}层。" for n in range(1, 60)))
    assert [b.text.string for b in read.blocks] == [f"第{n}层。" for n in range(1, 60)]
    assert "nested too deep" in read.flags[0].reason
    assert "read as plain text" in read.blocks[-1].flags[0].reason


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("- 甲\n- 乙\n", ["•", "•"]),
        ("* 甲\n\n+ 乙\n", ["•", "•"]),
        ("1. 甲\n2. 乙\n", ["1.", "2."]),
        ("3) 甲\n3) 乙\n9) 丙\n", ["3)", "4)", "5)"]),
        ("0. 甲\n1. 乙\n", ["0.", "1."]),
        ("1. 甲\n   - 乙\n   - 丙\n2. 丁\n", ["1.", "•", "•", "2."]),
        ("1. 甲\n   1. 乙\n2. 丙\n   1. 丁\n", ["1.", "1.", "2.", "1."]),
        ("- [ ] 甲\n- [x] 乙\n- [X] 丙\n", ["☐", "☑", "☑"]),
        ("1. 甲\n\n   又一段。\n\n2. 乙\n", ["1.", "", "2."]),
        ("1. # 标题\n2. 乙\n", ["", "2."]),
        ("1. 甲\n\n段落。\n\n2. 乙\n", ["1.", "", "2."]),
        ("1986\\. 甲\n", [""]),
    ],
    ids=[
        "bullets", "two lists", "numbers", "counted on", "from 0", "bullets in numbers", "each list anew", "tasks",
        "one mark an item", "a heading has none", "after a paragraph", "an escaped number",
    ],
)  # fmt: skip
def test_a_list_item_has_the_mark_that_is_shown(text: str, expected: list[str]) -> None:
    assert [block.marker for block in document(text).blocks] == expected
