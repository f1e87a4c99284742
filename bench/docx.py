"""Word documents: read in the order they were written, and what of them is still there when they come back in English.

The documents are made here with python-docx from texts of our own, so that the truth is known.
"""

from __future__ import annotations

import base64
import io
import itertools
from collections.abc import Callable, Iterator
from dataclasses import replace
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

from bench.common import Rows, row
from bilingual.bitext import Block, Document, Span, Text
from bilingual.codes import placed
from bilingual.delivery import Delivered, Delivery, Pair

TEXTS = (
    "世界互联网大会乌镇峰会11月8日在浙江省桐乡市乌镇开幕，来自126个国家和地区的代表参加。",
    "会议期间举办20场分论坛，围绕人工智能、数据治理和网络安全等议题展开讨论。",
    "“数字技术让生活更美好。”一位与会者说，“今年的展览比去年更大。”",
    "Internet之光博览会面积约2.1万平方米，580多家企业参展。",
    "据介绍，蓝皮书对五大洲48个国家的互联网发展情况作了评估，中国排名第二。",
    "面向未来，各方应坚持共商共建共享，推动构建网络空间命运共同体。",
)
PICTURE = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
COUNTS: dict[str, Callable[[Any], int]] = {
    "paragraphs": lambda file: len(file.element.body.findall(".//" + _w("p"))),
    "tables": lambda file: len(file.element.body.findall(".//" + _w("tbl"))),
    "images": lambda file: len(file.element.body.findall(".//" + _w("drawing"))),
    "sections": lambda file: len(file.sections),
    "styles": lambda file: len(file.styles),
    "links": lambda file: len(file.element.body.findall(".//" + _w("hyperlink"))),
}


def _w(name: str) -> str:
    """The full name of an element of Word's."""
    return "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}" + name


def run(data: Path | None) -> Rows:  # noqa: ARG001 (every area takes it)
    """Order and text of the documents made here, and counts after they came back; `data` is not needed.

    `docx.order_correct`: share of neighbouring blocks that come out as neighbours; `docx.text_similarity`: of all the
    text in reading order, as difflib has it; `docx.roundtrip.*`: documents, in which the number of such things is
    the same after the English was filled in; `.codes`: blocks that come back with each of their codes once.
    """
    from bilingual.delivery.docx import fill
    from bilingual.documents.docx import read

    made = {"article": article(), "report": report(), "form": form(), "forest": forest()}
    order, alike, same, codes = [], [], dict.fromkeys(COUNTS, 0), []
    for name, (file, truth) in made.items():
        document = read(file, f"{name}.docx")
        found = [block.text.string for block in document.blocks]
        order += neighbours(truth, found)
        alike.append(SequenceMatcher(None, "\n".join(truth), "\n".join(found), autojunk=False).ratio())
        english = fill(in_english(document), file, ".docx")
        for kind, count in COUNTS.items():
            same[kind] += count(opened(english)) == count(opened(file))
        codes += codes_kept(document, read(english, f"{name}.docx"))
    what = f"{len(made)} documents made with python-docx"
    return {
        "docx.order_correct": row(sum(order) / len(order), "share", what),
        "docx.text_similarity": row(min(alike), "least ratio", what),
        **{f"docx.roundtrip.{kind}": row(n / len(made), "share the same", what) for kind, n in same.items()},
        "docx.roundtrip.codes": row(sum(codes) / len(codes), "share of blocks", what),
    }


def neighbours(truth: list[str], found: list[str]) -> list[bool]:
    """Whether each block of the truth is followed by the one it should be."""
    pairs = set(itertools.pairwise(found))
    return [pair in pairs for pair in itertools.pairwise(truth)]


def in_english(document: Document) -> Delivery:
    """The document as delivered by an engine that says the same of everything, codes in proportion."""
    return Delivery(document, tuple(_delivered(block) for block in document.blocks))


def _delivered(block: Block) -> Delivered:
    words = f"{block.id} " + " ".join(f"word{n}" for n in range(1, len(block.text.string) // 2 + 2))
    share = len(words) / len(block.text.string)
    text = placed(block.text, words, lambda span: Span(round(span.start * share), round(span.end * share)))
    return Delivered(block, text, (Pair(block.text, text, reviewed=True),))


def codes_kept(before: Document, after: Document) -> list[bool]:
    """For each block with codes, whether it has the same ones in English."""
    both = zip(before.blocks, after.blocks, strict=True)
    return [_kinds(old.text) == _kinds(new.text) for old, new in both if old.text.codes]


def _kinds(text: Text) -> list[tuple[str, str, str]]:
    return sorted((code.kind, code.type, replace(code, position=0).data) for code in text.codes)


def opened(file: bytes) -> Any:
    """The file, as python-docx sees it."""
    import docx

    return docx.Document(io.BytesIO(file))


def article() -> tuple[bytes, list[str]]:
    """A newspaper article: title, byline, formatted paragraphs, a picture with its caption."""
    import docx

    file, truth = docx.Document(), ["乌镇峰会开幕", "本报记者 张三"]
    file.add_heading(truth[0], 0)
    file.add_paragraph(truth[1])
    for at, text in enumerate(TEXTS):
        paragraph = file.add_paragraph()
        _formatted(paragraph, text, at)
        truth.append(text)
    file.add_picture(io.BytesIO(PICTURE))
    file.add_paragraph("图1：会场外景", style="Caption")
    return _saved(file), [*truth, "图1：会场外景"]


def report() -> tuple[bytes, list[str]]:
    """A report: headings of three levels, nested lists, tables with merged and nested cells, header and footer."""
    import docx

    file, truth = docx.Document(), []
    for chapter in range(1, 4):
        for level in range(1, 4):
            truth.append(f"第{chapter}章第{level}层")
            file.add_heading(truth[-1], level)
            truth.append(TEXTS[(chapter + level) % len(TEXTS)] + str(level))
            file.add_paragraph(truth[-1])
        for level, style in enumerate(("List Bullet", "List Bullet 2", "List Number")):
            truth.append(f"条目{chapter}之{level}")
            file.add_paragraph(truth[-1], style=style)
        truth += _table(file, chapter)
        file.add_section()
    file.sections[0].header.paragraphs[0].text = "大会报告"
    file.sections[0].footer.paragraphs[0].text = "内部资料"
    return _saved(file), [*truth, "大会报告", "内部资料"]


def form() -> tuple[bytes, list[str]]:
    """A form: one table of many rows, cells of several paragraphs, tabs and line breaks."""
    import docx

    file, truth = docx.Document(), []
    table = file.add_table(0, 3)
    for at in range(40):
        cells = table.add_row().cells
        for column, words in enumerate((f"第{at}项", f"内容{at}", f"备注{at}")):
            cells[column].text = words
            truth.append(words)
        cells[2].add_paragraph(f"又及{at}")
        truth.append(f"又及{at}")
    paragraph = file.add_paragraph("填表人：")
    paragraph.add_run().add_break()
    paragraph.add_run("日期：\t2023年")
    return _saved(file), [*truth, "填表人：日期：2023年"]


def forest() -> tuple[bytes, list[str]]:
    """A long text whose runs change at every few characters in what nobody sees, and now and then in what one does."""
    import docx
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    file, truth = docx.Document(), []
    for at in range(60):
        text = TEXTS[at % len(TEXTS)] + f"（{at}）"
        paragraph = file.add_paragraph("　　")
        for n, piece in enumerate(_pieces(text)):
            added = paragraph.add_run(piece)
            language = OxmlElement("w:lang")
            language.set(qn("w:val"), "en-US" if n % 2 else "zh-CN")
            added._r.get_or_add_rPr().append(language)
            added.bold = True if n == 3 else None
        truth.append(text)
    return _saved(file), truth


def _pieces(text: str) -> Iterator[str]:
    return (text[at : at + 3] for at in range(0, len(text), 3))


def _formatted(paragraph: Any, text: str, at: int) -> None:
    """The text, a word of it bold, another italic and part of a bold one, a third a link."""
    from docx.opc.constants import RELATIONSHIP_TYPE
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    cuts = [0, 4, 7, 10, 14, len(text)]
    for n, (start, end) in enumerate(itertools.pairwise(cuts)):
        added = paragraph.add_run(text[start:end])
        added.bold = n in {1, 2} or None
        added.italic = n == 2 or None
        if n == 3 and at % 2:
            link = OxmlElement("w:hyperlink")
            href = f"https://example.org/{at}"
            link.set(qn("r:id"), paragraph.part.relate_to(href, RELATIONSHIP_TYPE.HYPERLINK, is_external=True))
            added._r.addprevious(link)
            link.append(added._r)


def _table(file: Any, chapter: int) -> list[str]:
    table = file.add_table(3, 3)
    words = [f"表{chapter}头一", f"表{chapter}头二", f"表{chapter}合并", f"表{chapter}内", f"表{chapter}末"]
    table.cell(0, 0).text, table.cell(0, 2).text = words[0], words[1]
    table.cell(1, 0).merge(table.cell(2, 1)).text = words[2]
    table.cell(1, 2).add_table(1, 1).cell(0, 0).text = words[3]
    table.cell(2, 2).text = words[4]
    return words


def _saved(file: Any) -> bytes:
    stream = io.BytesIO()
    file.save(stream)
    return stream.getvalue()
