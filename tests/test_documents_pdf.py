"""PDF: every layout comes out in reading order, and what cannot be read is said in one sentence."""

from __future__ import annotations

import io
import itertools
import random
from contextlib import suppress
from typing import Any

import pytest

from bilingual.bitext import Document, Kind
from bilingual.documents import read_bytes
from bilingual.errors import InputError
from tests.pdf_pages import FONT, TABLE, Made, layouts, random_page

FURNITURE = {Kind.RUNNING_HEAD, Kind.MARK}
MADE = layouts()


def said(document: Document) -> list[tuple[str, str]]:
    """Kind and text of every block but running heads and page numbers."""
    return [(str(block.kind), block.text.string) for block in document.blocks if block.kind not in FURNITURE]


def canvas_of(out: io.BytesIO, **options: Any) -> Any:
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont
    from reportlab.pdfgen import canvas

    pdfmetrics.registerFont(UnicodeCIDFont(FONT))
    return canvas.Canvas(out, pagesize=(400, 400), invariant=1, **options)


def pdf(*pages: list[tuple[float, float, float, str]], **options: Any) -> bytes:
    """Pages of lines: x, y from the bottom, size, text."""
    out = io.BytesIO()
    made = canvas_of(out, **options)
    for page in pages:
        for x, y, size, text in page:
            made.setFont(FONT, size)
            made.drawString(x, y, text)
        made.showPage()
    made.save()
    return out.getvalue()


def paragraph(
    *lines: str, left: float = 50, top: float = 350, size: float = 10
) -> list[tuple[float, float, float, str]]:
    return [(left, top - 1.6 * size * i, size, line) for i, line in enumerate(lines)]


@pytest.mark.parametrize("made", MADE.values(), ids=MADE.keys())
def test_a_page_is_read_in_the_order_of_its_columns(made: Made) -> None:
    assert said(read_bytes(made.data, "page.pdf")) == list(made.truth)


@pytest.mark.parametrize("seed", range(12))
def test_pages_of_any_look_come_out_in_order(seed: int) -> None:
    made = random_page(seed)
    assert said(read_bytes(made.data, "page.pdf")) == list(made.truth)


@pytest.mark.parametrize("made", MADE.values(), ids=MADE.keys())
def test_every_part_of_a_block_knows_its_text_page_and_box(made: Made) -> None:
    document = read_bytes(made.data, "page.pdf")
    for block in document.blocks:
        assert len(block.spans) == len(block.locators)
        assert sum(map(len, block.spans)) == len(block.text.string)
        pieces = "".join(span.of(document.text) for span in block.spans)
        assert all(a == b or (a == " " and b == "\n") for a, b in zip(block.text.string, pieces, strict=True))
        assert all(where.page and where.box and where.box[0] < where.box[2] for where in block.locators)
    assert document.template is not None
    assert document.template.format == "pdf"


def test_joins_over_columns_and_pages_are_noted_with_their_confidence() -> None:
    blocks = read_bytes(MADE["several pages"].data, "pages.pdf").blocks
    joined = [block for block in blocks if len(block.spans) > 1]
    assert joined
    assert all(len(block.repairs) == len(block.spans) - 1 for block in joined)
    assert any(block.locators[0].page != block.locators[-1].page for block in joined)
    for block in joined:
        assert all(0 < repair.position < len(block.text.string) and repair.confidence > 0.5 for repair in block.repairs)


def test_running_heads_and_page_numbers_stand_apart() -> None:
    document = read_bytes(MADE["several pages"].data, "pages.pdf")
    heads = [block.text.string for block in document.blocks if block.kind is Kind.RUNNING_HEAD]
    marks = [block.text.string for block in document.blocks if block.kind is Kind.MARK]
    assert set(heads) == {"晨光周刊 教育"}
    assert marks == [f"- {number} -" for number in range(3, 3 + len(heads))]


BODY = (
    "凌晨四点，东屿港的集装箱码头没有一个人影，二十四台",
    "自动导引车在堆场与岸桥之间穿梭，屏幕上的调度系统每",
    "三秒重新计算一次路线。",
)


@pytest.mark.parametrize(
    ("head", "y", "size", "kind"),
    [
        pytest.param(["云岭日报", "2024年3月18日", "第5版"], 380, 8, Kind.RUNNING_HEAD, id="name-date-page"),
        pytest.param(["城市研究 2024年第2期"], 380, 8, Kind.RUNNING_HEAD, id="issue"),
        pytest.param(["东屿港一季度吞吐量增长12%"], 362, 8, Kind.PARAGRAPH, id="close-to-the-text"),
        pytest.param(["东屿港一季度吞吐量增长12%"], 380, 10, Kind.PARAGRAPH, id="in-the-body's-type"),
        pytest.param(["东屿港一季度吞吐量增长12%。"], 380, 8, Kind.PARAGRAPH, id="a-sentence"),
        pytest.param(["码头上的新鲜事"], 380, 8, Kind.PARAGRAPH, id="no-number"),
    ],
)
def test_small_type_alone_over_a_single_page_is_its_running_head(
    head: list[str], y: float, size: float, kind: Kind
) -> None:
    data = pdf([*((50 + 110 * i, y, size, part) for i, part in enumerate(head)), *paragraph(*BODY, top=340)])
    blocks = read_bytes(data, "x.pdf").blocks
    assert "".join(BODY) in [block.text.string for block in blocks]
    assert all(block.kind is kind or block.kind is Kind.MARK for block in blocks[:-1])
    assert [block.text.string for block in blocks[:-1]] == head


def test_the_mark_at_a_pages_foot_stands_behind_the_paragraph_that_runs_over_it() -> None:
    pages = [[*paragraph(*BODY[:2]), (190, 20, 8, "— 13 —")], [*paragraph(*BODY[2:]), (190, 20, 8, "— 14 —")]]
    blocks = read_bytes(pdf(*pages), "x.pdf").blocks
    assert [(block.kind, block.text.string) for block in blocks] == [
        (Kind.PARAGRAPH, "".join(BODY)),
        (Kind.MARK, "— 13 —"),
        (Kind.MARK, "— 14 —"),
    ]


def test_latin_words_broken_at_line_ends_are_whole_again() -> None:
    data = pdf(paragraph("本公司名为 Inter-", "national Blue Harbor", "Company，成立于去年。"))
    assert said(read_bytes(data, "x.pdf")) == [
        ("paragraph", "本公司名为 International Blue Harbor Company，成立于去年。")
    ]


def test_text_drawn_twice_is_read_once() -> None:
    shadow = paragraph("影子里的标题和正文都只应当读到一次。")
    data = pdf([*shadow, *((x + 0.5, y - 0.5, size, text) for x, y, size, text in shadow)])
    assert said(read_bytes(data, "x.pdf")) == [("paragraph", "影子里的标题和正文都只应当读到一次。")]


def test_the_invisible_layer_that_text_recognition_leaves_is_read() -> None:
    out = io.BytesIO()
    made = canvas_of(out)
    text = made.beginText(50, 300)
    text.setFont(FONT, 10)
    text.setTextRenderMode(3)
    text.textOut("识 别 出 来 的 文 字 常 常 字 字 隔 开 。")
    made.drawText(text)
    made.save()
    assert said(read_bytes(out.getvalue(), "x.pdf")) == [("paragraph", "识别出来的文字常常字字隔开。")]


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_a_turned_page_is_read_as_it_is_seen(turn: int) -> None:
    out = io.BytesIO()
    made = canvas_of(out)
    made.setPageRotation(turn)
    made.translate(200, 200)
    made.rotate(turn)
    made.setFont(FONT, 10)
    for i, line in enumerate(("山高月小，水落石出，江流有声，断岸千尺，", "曾日月之几何，而江山不可复识矣。")):
        made.drawString(-150, 100 - 16 * i, line)
    made.save()
    assert said(read_bytes(out.getvalue(), "x.pdf")) == [
        ("paragraph", "山高月小，水落石出，江流有声，断岸千尺，曾日月之几何，而江山不可复识矣。")
    ]


def test_a_table_is_kept_row_by_row() -> None:
    rows = [
        ("姓名", "年龄", "住址"),
        ("林晓禾", "34", "云岭县茶山村"),
        ("周知远", "29", "滨江路六号"),
        ("苏明", "41", "东屿港"),
    ]
    data = pdf([(50 + 90 * c, 300 - 18 * r, 10, cell) for r, row in enumerate(rows) for c, cell in enumerate(row)])
    blocks = read_bytes(data, "x.pdf").blocks
    assert [block.text.string for block in blocks] == list(itertools.chain.from_iterable(rows))
    assert {block.kind for block in blocks} == {Kind.CELL}
    assert [block.locators[0].cell for block in blocks][:4] == ["A1", "B1", "C1", "A2"]


def test_a_table_whose_rules_are_drawn_keeps_its_cells_whole() -> None:
    out = io.BytesIO()
    made = canvas_of(out)
    made.setFont(FONT, 10)
    made.grid([50, 150, 350], [300, 260, 220])
    cells = [(55, 285, "项目"), (155, 285, "岸电设施要求靠泊船舶关闭柴油机，"), (155, 270, "改用岸上供电。")]
    for x, y, text in [*cells, (55, 245, "金额"), (155, 245, "四千万元")]:
        made.drawString(x, y, text)
    made.save()
    blocks = read_bytes(out.getvalue(), "x.pdf").blocks
    assert [(block.locators[0].cell, block.text.string) for block in blocks] == [
        ("A1", "项目"),
        ("B1", "岸电设施要求靠泊船舶关闭柴油机，改用岸上供电。"),
        ("A2", "金额"),
        ("B2", "四千万元"),
    ]


def drawn_table(made: Any, how: str, across: list[float], down: list[float]) -> None:
    """The rules of a table: as lines, as an outline for each cell, or as thin filled bars."""
    if how == "lines":
        made.grid(across, down)
    for left, right in itertools.pairwise(across):
        for top, bottom in itertools.pairwise(down):
            if how == "outlines":
                made.rect(left, bottom, right - left, top - bottom)
    for x in across if how == "bars" else ():
        made.rect(x - 0.25, down[-1], 0.5, down[0] - down[-1], stroke=0, fill=1)
    for y in down if how == "bars" else ():
        made.rect(across[0], y - 0.25, across[-1] - across[0], 0.5, stroke=0, fill=1)


@pytest.mark.parametrize("how", ["lines", "outlines", "bars"])
@pytest.mark.parametrize("pad", [0.6, 2, 4, 6])
def test_the_rules_of_a_table_part_its_cells_however_close_they_stand(how: str, pad: float) -> None:
    out = io.BytesIO()
    made = canvas_of(out)
    made.setFont(FONT, 10)
    across = [50, 80 + 2 * pad, 140 + 4 * pad, 200 + 6 * pad]
    drawn_table(made, how, across, [300, 282, 264, 246, 228])
    for r, row in enumerate(TABLE):
        for c, cell in enumerate(row):
            if r and c:
                made.drawRightString(across[c + 1] - pad, 287 - 18 * r, cell)
            else:
                made.drawString(across[c] + pad, 287 - 18 * r, cell)
    made.save()
    blocks = read_bytes(out.getvalue(), "x.pdf").blocks
    expected = [(f"{'ABC'[c]}{r}", cell) for r, row in enumerate(TABLE, 1) for c, cell in enumerate(row)]
    assert [(block.locators[0].cell, block.text.string) for block in blocks] == expected


def test_cells_put_together_hold_a_line_across_the_columns() -> None:
    out = io.BytesIO()
    made = canvas_of(out)
    made.setFont(FONT, 10)
    made.lines([(50, y, 150, y) for y in (300, 282, 264, 246)])
    made.lines([(50, 300, 50, 246), (150, 300, 150, 246), (90, 282, 90, 246)])
    for x, y, text in [(55, 287, "二〇二三年各区情况"), (58, 269, "朝阳区"), (130, 269, "312")]:
        made.drawString(x, y, text)
    for x, text in [(58, "海淀区"), (130, "287")]:
        made.drawString(x, 251, text)
    made.save()
    assert [text for _, text in said(read_bytes(out.getvalue(), "x.pdf"))] == [
        "二〇二三年各区情况",
        "朝阳区",
        "312",
        "海淀区",
        "287",
    ]


def test_text_set_upright_is_read_from_the_right() -> None:
    lines = ("山高月小水落石出江流有声断岸千尺曾日", "月之几何而江山不可复识矣予乃摄衣而上")
    data = pdf([(300 - 20 * c, 350 - 12 * i, 11, mark) for c, line in enumerate(lines) for i, mark in enumerate(line)])
    assert said(read_bytes(data, "x.pdf")) == [("paragraph", "".join(lines))]


def test_a_watermark_is_no_title() -> None:
    out = io.BytesIO()
    made = canvas_of(out)
    made.translate(100, 100)
    made.rotate(45)
    made.setFont(FONT, 40)
    made.drawString(0, 0, "内部资料")
    made.rotate(-45)
    made.setFont(FONT, 10)
    made.drawString(-50, 200, "盖着水印的正文照样读得出来。")
    made.save()
    found = [(block.kind, block.text.string) for block in read_bytes(out.getvalue(), "x.pdf").blocks]
    assert sorted(found) == [(Kind.PARAGRAPH, "盖着水印的正文照样读得出来。"), (Kind.RUNNING_HEAD, "内部资料")]


def test_a_crowded_page_takes_no_longer_than_its_text() -> None:
    rng = random.Random(1)
    crowd = [(rng.uniform(0, 380), rng.uniform(0, 390), rng.choice([4.0, 5.0, 12.0]), "山水云天") for _ in range(1500)]
    document = read_bytes(pdf(crowd), "x.pdf")
    assert sum(len(block.text.string) for block in document.blocks) > 4000


def test_a_user_password_that_is_empty_asks_for_nothing() -> None:
    from reportlab.lib.pdfencrypt import StandardEncryption

    data = pdf(paragraph("打开不用密码。"), encrypt=StandardEncryption("", ownerPassword="secret", canPrint=0))
    assert said(read_bytes(data, "x.pdf")) == [("paragraph", "打开不用密码。")]


def test_progress_is_told_page_by_page() -> None:
    seen: list[tuple[int, int]] = []
    data = pdf(*[paragraph("一页有一行。")] * 3)
    read_bytes(data, "x.pdf", lambda done, of: seen.append((done, of)))
    assert seen == [(1, 3), (2, 3), (3, 3)]


def test_pages_without_text_among_others_are_named() -> None:
    data = pdf(paragraph("第一页有字。"), [], [], paragraph("第四页也有字。"), [])
    flags = read_bytes(data, "x.pdf").flags
    assert [flag.reason[:32] for flag in flags] == ["pages 2–3, 5 without text: if it"]
    assert "ocrmypdf -l chi_sim+eng" in flags[0].reason


def test_text_beyond_the_page_is_left_out_with_a_word_about_it() -> None:
    data = pdf([*paragraph("看得见的字。"), (9e6, 50, 10, "远在天边"), (50, -4e5, 10, "看不见")])
    document = read_bytes(data, "x.pdf")
    assert said(document) == [("paragraph", "看得见的字。")]
    assert "beyond the edge" in document.flags[0].reason


def test_characters_that_only_their_font_knows_are_flagged() -> None:
    block = read_bytes(pdf(paragraph("这里有\ue123\ue124两个怪字。")), "x.pdf").blocks[0]
    assert [flag.kind for flag in block.flags] == ["characters"]
    assert block.flags[0].span is not None
    assert block.flags[0].span.of(block.text.string) == "\ue123\ue124"


def locked() -> bytes:
    return pdf(paragraph("机密"), encrypt="secret")


def scanned() -> bytes:
    out = io.BytesIO()
    made = canvas_of(out)
    made.rect(20, 20, 300, 300, fill=1)
    made.save()
    return out.getvalue()


def without_pages() -> bytes:
    import pypdfium2

    out = io.BytesIO()
    made = pypdfium2.PdfDocument.new()
    made.save(out)
    made.close()
    return out.getvalue()


WHOLE = MADE["two columns"].data
BAD: dict[str, tuple[bytes, str]] = {
    "password": (locked(), "protected by a password – give the file without one"),
    "scanned": (scanned(), "no text: its pages are scanned or drawn – run OCR on it first, for example: ocrmypdf"),
    "cut off": (WHOLE[: len(WHOLE) // 3], "cut off before its end"),
    "empty": (b"", "the file is empty"),
    "no pdf": (b"<html>not found</html>", "this is no PDF"),
    "rubbish": (b"%PDF-1.7\n" + random.Random(1).randbytes(3000) + b"%%EOF", "broken"),
    "no pages": (without_pages(), "no pages"),
}


@pytest.mark.parametrize(("data", "message"), BAD.values(), ids=BAD.keys())
def test_what_cannot_be_read_is_said_in_one_sentence(data: bytes, message: str) -> None:
    with pytest.raises(InputError) as caught:
        read_bytes(data, "x.pdf")
    assert message in str(caught.value)
    assert str(caught.value).startswith("x.pdf: ")


@pytest.mark.parametrize("seed", range(30))
def test_a_damaged_pdf_is_read_or_refused(seed: int) -> None:
    rng = random.Random(seed)
    data = bytearray(WHOLE)
    for _ in range(rng.choice([1, 20, 400])):
        data[rng.randrange(len(data))] = rng.randrange(256)
    with suppress(InputError):
        assert read_bytes(bytes(data), "x.pdf").blocks


def test_a_page_of_very_many_characters_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bilingual.documents.pdf.text.MOST_CHARACTERS", 40)
    document = read_bytes(pdf(paragraph(*["一行有十个字，不多。"] * 9)), "x.pdf")
    assert sum(len(block.text.string) for block in document.blocks) <= 44
    assert "too many characters" in document.flags[0].reason
