"""A torn page is put together again; a sound one is left alone."""

from __future__ import annotations

import itertools
from pathlib import Path

import pytest

from bilingual.bitext import Block, Kind
from bilingual.documents import read, read_bytes
from bilingual.documents.habits import Habits
from bilingual.documents.layout import UNCERTAIN
from bilingual.documents.pieces import Piece
from bilingual.documents.seams import unclosed, unopened
from bilingual.documents.tears import find_joins, goes_on
from tests.conftest import SEED
from tests.page_breaker import ARTICLES, Broken, blocks_of, broken

GOLD = Path(__file__).parent / "golden" / "seed_reading_order.txt"
BODY = "这条路修了整整三年，沿线的村民自带干粮上工，从开山放炮到铺设路面，没有一个人中途离开。"


def blocks(page: str) -> tuple[Block, ...]:
    return read_bytes(page.encode(), "page.txt").blocks


def kinds_and_texts(found: tuple[Block, ...]) -> tuple[tuple[str, str], ...]:
    return tuple((str(block.kind), block.text.string) for block in found)


def joins(found: tuple[Block, ...]) -> list[Block]:
    return [block for block in found if any(repair.kind == "join" for repair in block.repairs)]


def test_the_seed_comes_out_in_its_true_reading_order() -> None:
    truth = tuple(tuple(line.split("\t", 1)) for line in GOLD.read_text(encoding="utf-8").splitlines())
    assert kinds_and_texts(read(SEED).blocks) == truth


def test_the_seeds_units_still_say_which_lines_they_came_from() -> None:
    document = read(SEED)
    lines = document.text.split("\n")
    for block in document.blocks:
        for span, locator in zip(block.spans, block.locators, strict=True):
            assert locator.line is not None
            assert span.of(document.text).strip() in lines[locator.line - 1]


def test_a_page_in_traditional_characters_is_mended_like_one_in_simplified() -> None:
    from opencc import OpenCC

    page = broken(ARTICLES["tea"], 1, 2).page
    simplified, traditional = blocks(page), blocks(OpenCC("s2t").convert(page))
    assert [(b.kind, b.locators) for b in traditional] == [(b.kind, b.locators) for b in simplified]
    assert "雲嶺縣" in "".join(b.text.string for b in traditional)


@pytest.mark.parametrize("name", sorted(ARTICLES))
def test_a_clean_article_is_not_touched(name: str) -> None:
    truth = blocks_of(ARTICLES[name])
    found = blocks("\n\n".join(text for _, text in truth))
    assert kinds_and_texts(found) == tuple(truth)
    assert not any(block.repairs for block in found)


def test_captions_in_a_clean_article_stay_where_they_are() -> None:
    lines = ["山里的路", BODY, "图1:通车典礼现场。", "王小飞摄", BODY, "图2:新修的隧道。", BODY]
    assert [b.text.string for b in blocks("\n\n".join(lines))] == lines


def pages() -> list[tuple[str, Broken]]:
    return [
        (f"{name}-{columns}-{seed}", broken(article, seed, columns))
        for name, article in ARTICLES.items()
        for columns in (2, 3, 4)
        for seed in range(10)
    ]


def test_broken_pages_are_mostly_mended_and_wrong_joins_are_mostly_flagged() -> None:
    tears = mended = sure = sure_but_wrong = 0
    order = []
    for _, page in pages():
        found, texts = blocks(page.page), {text for _, text in page.truth}
        tears += page.tears
        for block in joins(found):
            mended += (len(block.spans) - 1) * (block.text.string in texts)
            if min(repair.confidence for repair in block.repairs) >= UNCERTAIN:
                sure += 1
                sure_but_wrong += block.text.string not in texts
        neighbours = set(itertools.pairwise(kinds_and_texts(found)))
        wanted = list(itertools.pairwise(page.truth))
        order.append(sum(pair in neighbours for pair in wanted) / len(wanted))
    assert mended / tears >= 0.75
    assert sure_but_wrong / sure <= 0.05
    assert sum(order) / len(order) >= 0.9


@pytest.mark.parametrize(("name", "page"), pages()[::4], ids=lambda value: value if isinstance(value, str) else "")
def test_no_character_of_a_broken_page_is_lost(name: str, page: Broken) -> None:
    whole = "".join(block.text.string for block in blocks(page.page))
    assert sorted(whole) == sorted(page.page.replace("\n", ""))


TAIL = "这条路修了整整三年，沿线的村民自带干粮上工。工程队的老队长回忆，最难的一段是翻越雪山的那个垭"
HEAD = "口，冬天的积雪有一人多深，汽车根本开不上去，所有的材料只能靠人一点一点地背上去。"


@pytest.mark.parametrize(
    ("tail", "head"),
    [
        pytest.param(TAIL, HEAD, id="inside-a-word"),
        pytest.param(
            "通车那天，全县的人都来了。来自挪威的工程师拉尔斯·彼得", "森说，他从来没有见过这样热闹的场面。", id="name"
        ),
        pytest.param("老队长在日记里写道：“路修通了，", "我们却都老了。”他把这本日记捐给了博物馆。", id="quotation"),
        pytest.param(
            "工程总共花去的资金超过了两百", "，比原先的预算少了一成，节省下来的钱全部用来修建学校。", id="comma-first"
        ),
    ],
)
def test_a_tear_is_mended_past_what_stands_between(tail: str, head: str) -> None:
    page = [BODY, tail, "山里的路", "本报记者 何平", "图①:通车典礼。", "王小飞摄", head, BODY]
    found = blocks("\n\n".join(page))
    assert [b.text.string for b in found] == [
        "山里的路",
        "本报记者 何平",
        BODY,
        tail + head,
        BODY,
        "图①:通车典礼。",
        "王小飞摄",
    ]
    (repair,) = joins(found)[0].repairs
    assert (repair.position, repair.reason != "") == (len(tail), True)


@pytest.mark.parametrize(
    ("tail", "head", "joins"),
    [
        pytest.param(TAIL, HEAD, True, id="torn-word"),
        pytest.param(BODY, "此外，县里还计划修建第二条路。", False, id="new-paragraph"),
        pytest.param(BODY[:-1], "，后来也没有人离开。", True, id="comma-first"),
    ],
)
def test_a_known_next_piece_goes_on_or_begins_anew(tail: str, head: str, joins: bool) -> None:
    join = goes_on(Piece(tail, (), ()), Piece(head, (), ()), Habits([BODY, tail, head]))
    assert (join is not None) == joins


def test_marks_go_to_their_captions_and_staff_to_the_end() -> None:
    page = ["②", "本版责编:何平 王小飞", BODY, TAIL, "山里的路", "本报记者 何平", "①", "图②:隧道。", "李四光摄"]
    page += ["图①:典礼。", "王小飞摄", HEAD]
    found = blocks("\n\n".join(page))
    assert [b.text.string for b in found][4:] == [
        "①",
        "图①:典礼。",
        "王小飞摄",
        "②",
        "图②:隧道。",
        "李四光摄",
        "本版责编:何平 王小飞",
    ]
    assert [b.order for b in found] == list(range(len(found)))


def test_a_half_without_its_mate_is_flagged() -> None:
    page = [BODY, TAIL, "山里的路", "本报记者 何平", "第一段", BODY, BODY]
    flags = [flag.reason for block in blocks("\n\n".join(page)) for flag in block.flags]
    assert len(flags) + len(joins(blocks("\n\n".join(page)))) == 1


def test_pieces_that_lead_back_to_themselves_are_not_joined() -> None:
    ring = Piece("，" + BODY.rstrip("。"), (), (), Kind.PARAGRAPH)
    found = find_joins([ring, *[Piece(BODY, (), (), Kind.PARAGRAPH)] * 4])
    assert all(join.tail != join.head for join in found)


@pytest.mark.parametrize(
    ("string", "opened", "closing"),
    [
        ("他说：“好。", ["“"], ""),
        ("好。”他说。", [], "”"),
        ("《茶经》（节选", ["（"], ""),
        ("“《茶经》”", [], ""),
        ("", [], ""),
    ],
)
def test_brackets_are_counted(string: str, opened: list[str], closing: str) -> None:
    assert (unclosed(string), unopened(string)) == (opened, closing)
