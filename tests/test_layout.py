"""A torn page is put together again; a sound one is left alone."""

from __future__ import annotations

import itertools
from pathlib import Path

import pytest

from bench.layout import measured
from bench.page_breaker import Broken, broken
from bilingual.bitext import Block, Kind
from bilingual.documents import read, read_bytes
from bilingual.documents.habits import Habits, word_across
from bilingual.documents.kinds import classify
from bilingual.documents.layout import restore
from bilingual.documents.paths import FORBIDDEN, Effort, best_tour
from bilingual.documents.pieces import Piece
from bilingual.documents.seams import unclosed, unopened
from bilingual.documents.tears import goes_on, reading
from bilingual.documents.text import pieces_of
from tests.conftest import SEED
from tests.page_breaker import ARTICLES, blocks_of

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

    page = broken(blocks_of(ARTICLES["tea"]), 1, 3).page
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


def clean_pages() -> dict[str, str]:
    """The pages of the golden file by their names."""
    parts = (GOLD.parent / "clean_pages.txt").read_text(encoding="utf-8").split("=== ")[1:]
    return {name: text.strip("\n") for name, text in (part.split("\n", 1) for part in parts)}


@pytest.mark.parametrize("text", clean_pages().values(), ids=clean_pages())
@pytest.mark.parametrize("gap", ["\n", "\n\n"], ids=["close", "apart"])
def test_what_nobody_tore_stays_as_it_is(text: str, gap: str) -> None:
    found = blocks(text.replace("\n\n", "\n").replace("\n", gap))
    assert [block.text.string for block in found] == [line for line in text.split("\n") if line]
    assert not any(block.repairs for block in found)


@pytest.mark.parametrize(("first", "second"), [*itertools.permutations(sorted(ARTICLES), 2)])
def test_two_clean_articles_in_one_file_are_not_touched(first: str, second: str) -> None:
    whole = [text for name in (first, second) for _, text in blocks_of(ARTICLES[name])]
    assert not any(block.repairs for block in blocks("\n\n".join(whole)))


def pages() -> list[tuple[str, Broken]]:
    return [
        (f"{name}-{seed}", broken(blocks_of(article), seed, tears=3 + seed % 3))
        for name, article in ARTICLES.items()
        for seed in range(6)
    ]


def test_broken_pages_are_partly_mended_and_hardly_a_join_is_wrong() -> None:
    count = measured([page for _, page in pages()])
    assert count["mended.word"] / count["tears.word"] >= 0.65
    assert count["mended.name"] / count["tears.name"] >= 0.3
    assert count["wrong"] <= 1
    assert count["right"] / count["neighbours"] >= 0.55
    assert count["milliseconds"] / count["pages"] <= 5000


def test_the_best_tour_is_the_best_of_all() -> None:
    import numpy as np

    random = np.random.default_rng(7)
    for _ in range(20):
        weights = random.normal(size=(6, 6)) * 3
        np.fill_diagonal(weights, FORBIDDEN)
        tours = [(0, *rest) for rest in itertools.permutations(range(1, 6))]
        sums = [sum(weights[t[i], t[(i + 1) % 6]] for i in range(6)) for t in tours]
        assert best_tour(weights)[1] == pytest.approx(max(sums))


@pytest.mark.parametrize(("name", "page"), pages()[::3], ids=lambda value: value if isinstance(value, str) else "")
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
            "修路的人里有一位姓葛的石匠。工程队的人都叫他葛大",
            "锤，后来他的儿子也来修路，大家就叫他小葛大锤，叫到今天。",
            id="seen-elsewhere",
        ),
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


STOPS = "这条路的设计师葛小川今年六十岁，他把半辈子的时间都留在了山里。通车那天，乡亲们都说，要是没有葛"
GOES_ON = "小川的图纸，这条路到今天也修不到山顶上去。"


def test_what_goes_on_in_the_next_line_like_a_sentence_is_joined_on_a_torn_page_only() -> None:
    torn = [BODY, TAIL, "山里的路", "本报记者 何平", "图①:通车典礼。", "王小飞摄", HEAD, STOPS, GOES_ON, BODY]
    sound = [BODY, STOPS, GOES_ON, BODY]
    assert STOPS + GOES_ON in [b.text.string for b in blocks("\n\n".join(torn))]
    assert [b.text.string for b in blocks("\n\n".join(sound))] == sound


@pytest.mark.parametrize(
    ("tail", "head", "word"),
    [
        pytest.param("沿线的村民从各地的垭", "口来看新路。", "垭口", id="torn-word"),
        pytest.param("印务局复印 179929-7L $19-G41008917CO", "1989年保护臭氧层条例草案", "", id="letters-and-digits"),
        pytest.param("来自挪威的工程师 Lars", "Peterson 说，路很好。", "", id="latin-words"),
    ],
)
def test_only_a_word_of_characters_is_formed_across_a_seam(tail: str, head: str, word: str) -> None:
    assert word_across(tail, head)[0] == word


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


def test_a_page_whose_search_has_no_end_stays_as_it_is_and_its_torn_pieces_are_flagged() -> None:
    pieces = classify(pieces_of(SEED.read_text(encoding="utf-8-sig")))
    left = restore(pieces, Effort(500))
    assert [piece.string for piece in left] == [piece.string for piece in pieces]
    assert [piece.repairs for piece in left] == [piece.repairs for piece in pieces]
    torn = [piece for piece in left if any("too many parts that are alike" in flag.reason for flag in piece.flags)]
    assert len(torn) >= 3
    assert all(piece.string[-1] not in "。！？" for piece in torn)
    assert restore(pieces, Effort(5000)) == restore(pieces) != pieces


def test_a_half_without_its_mate_is_flagged() -> None:
    page = [BODY, TAIL, "山里的路", "本报记者 何平", "第一段", BODY, BODY]
    flags = [flag.reason for block in blocks("\n\n".join(page)) for flag in block.flags]
    assert len(flags) + len(joins(blocks("\n\n".join(page)))) == 1


def test_pieces_that_lead_back_to_themselves_are_not_joined() -> None:
    ring = Piece("，" + BODY.rstrip("。"), (), (), Kind.PARAGRAPH)
    found = reading([ring, *[Piece(BODY, (), (), Kind.PARAGRAPH)] * 4])
    assert found is None or sorted(step.at for step in found.steps) == list(range(5))
    assert found is None or all(join.tail != join.head for join in found.joins)


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
