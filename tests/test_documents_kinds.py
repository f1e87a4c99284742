"""What a line is on its page."""

from __future__ import annotations

import pytest

from bilingual.bitext import Kind
from bilingual.documents import read_bytes
from bilingual.documents.kinds import own_kind


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("③", Kind.MARK),
        ("— 12 —", Kind.MARK),
        ("第3版", Kind.MARK),
        ("图③：村民在晒场上翻晒稻谷。", Kind.CAPTION),
        ("图1:新落成的体育馆外景。", Kind.CAPTION),
        ("上图：孩子们在上美术课。", Kind.CAPTION),
        ("图为工人在检修线路。", Kind.CAPTION),
        ("李小平摄(影像中国)", Kind.CREDIT),
        ("本报记者 王海燕摄", Kind.CREDIT),
        ("新华社记者 陈一鸣 摄", Kind.CREDIT),
        ("图片来源：视觉中国", Kind.CREDIT),
        ("本报记者 张伟 李娜", Kind.BYLINE),
        ("新华社记者 赵小林", Kind.BYLINE),
        ("■ 本报通讯员 钱江", Kind.BYLINE),
        ("文/孙晓", Kind.BYLINE),
        ("本版责编:周舟 吴桐", Kind.STAFF),
        ("版式设计：郑好", Kind.STAFF),
        ("- 苹果三斤", Kind.LIST_ITEM),
        ("(2) 提交申请材料。", Kind.LIST_ITEM),
        ("本报记者昨天从市水务局获悉，今年的汛期将比往年提前。", Kind.PARAGRAPH),
        ("他喜欢摄影。", Kind.PARAGRAPH),
        ("图书馆今天开放。", Kind.PARAGRAPH),
        ("2023年，全市粮食总产量再创新高。", Kind.PARAGRAPH),
        ("编辑部决定将稿件退回。", Kind.PARAGRAPH),
    ],
    ids=lambda value: value if isinstance(value, Kind) else str(value)[:8],
)
def test_a_line_says_what_it_is(line: str, kind: Kind) -> None:
    assert own_kind(line) is kind


def test_title_headings_and_levels_of_an_ordinary_article() -> None:
    body = "去年以来，全县新修公路三百多公里，所有行政村都通上了客车，村民出行比过去方便得多。"
    lines = ["山里的路", "本报记者 何平", body, "一、修路的人", body, "(一)第一代筑路工", body, "1.2 桥梁", body]
    blocks = read_bytes("\n\n".join(lines).encode(), "x.txt").blocks
    assert [(b.kind, b.level) for b in blocks if b.kind is not Kind.PARAGRAPH] == [
        (Kind.TITLE, 0),
        (Kind.BYLINE, 0),
        (Kind.HEADING, 1),
        (Kind.HEADING, 2),
        (Kind.HEADING, 2),
    ]


def test_staff_goes_on_in_the_line_below() -> None:
    text = "他最后说，这件事总算办成了，大家都可以放心地回家过年。\n\n本版责编:韩梅梅 张小远\n李安\n版式设计:张芳"
    blocks = read_bytes(text.encode(), "x.txt").blocks
    assert [b.text.string for b in blocks[1:]] == ["本版责编:韩梅梅 张小远 李安", "版式设计:张芳"]
    assert [b.locators[-1].line for b in blocks[1:]] == [4, 5]
