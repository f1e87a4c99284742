"""Word documents in: what is read, in which order, with which codes; and what is refused, in plain words."""

from __future__ import annotations

import re
import socket
import struct
import zipfile

import pytest

from bilingual.bitext import Document, Kind, Text
from bilingual.documents.docx import column_name, read
from bilingual.documents.docx.fonts import latin_font
from bilingual.errors import InputError
from tests.docx_files import NS, OFFICE, field, p, packed, parts, r, word

BOX = (
    "<mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wps:txbx><w:txbxContent>{0}</w:txbxContent></wps:txbx>"
    "</w:drawing></mc:Choice><mc:Fallback><w:pict><v:textbox><w:txbxContent>{0}</w:txbxContent></v:textbox></w:pict>"
    "</mc:Fallback></mc:AlternateContent>"
)


def of(body: str, **extra: str | bytes) -> Document:
    return read(word(body, dict(extra)), "源.docx")


def lines(document: Document) -> list[str]:
    return [block.text.string for block in document.blocks]


def one(body: str) -> Text:
    (block,) = of(body).blocks
    return block.text


def shown(text: Text) -> str:
    """The text with its codes written into it: [bold 乌镇] for a pair, [lb] for a lone one."""
    parts_, at = [], 0
    for code in text.codes:
        parts_.append(text.string[at : code.position])
        parts_.append("]" if code.kind == "close" else f"[{code.type or '-'}" + (" " if code.kind == "open" else "]"))
        at = code.position
    return "".join([*parts_, text.string[at:]])


BOLD, RED = "<w:b/>", '<w:color w:val="FF0000"/>'


@pytest.mark.parametrize(
    ("runs", "expected"),
    [
        (r("乌镇") + r("峰会", '<w:lang w:val="zh-CN"/>') + r("。", '<w:rFonts w:hint="default"/>'), "乌镇峰会。"),
        (r("乌镇") + "<w:proofErr/>" + r("峰会") + r("<w:lastRenderedPageBreak/>") + r("开幕"), "乌镇峰会开幕"),
        (r("乌镇", BOLD) + r("峰会", BOLD + '<w:noProof/>'), "乌镇峰会"),
        (r("乌镇") + r("峰会", BOLD) + r("开幕"), "乌镇[bold 峰会]开幕"),
        (r("甲", BOLD) + r("乙", BOLD + "<w:i/>") + r("丙", "<w:i/>") + r("丁"), "[bold 甲[italic 乙]][italic 丙]丁"),
        (r("甲乙丙") + r("丁", RED) + r("戊", RED + BOLD), "甲乙丙[- 丁[bold 戊]]"),
        (r("甲", RED) + r("乙丙丁戊"), "[- 甲]乙丙丁戊"),
        (r("重点", '<w:rStyle w:val="Strong"/>') + r("不是"), "[bold 重点]不是"),
        (r("着重", '<w:em w:val="dot"/>') + r("号"), "[italic 着重]号"),
        (r("H") + r("2", '<w:vertAlign w:val="subscript"/>') + r("O"), "H[sub 2]O"),
        (r("水") + r("1", '<w:position w:val="8"/><w:sz w:val="15"/>'), "水[sup 1]"),
        (r("删", "<w:strike/>") + r("线") + r("下划", '<w:u w:val="wave"/>'), "[strike 删]线[underlined 下划]"),
        (r("运行 ") + r("print", '<w:rFonts w:ascii="Consolas"/>'), "运行 [code print]"),
        (r("　　两字缩进。　"), "两字缩进。"),
        (r("第一行") + r("<w:br/>") + r("第二行"), "第一行[lb]第二行"),
        (r("Wuzhen") + r("<w:br/>") + r("Summit"), "Wuzhen [lb]Summit"),
        (r("姓名") + r("<w:tab/>") + r("张三"), "姓名 [tab]张三"),
        (r("<w:tab/>") + r("张三"), "[tab]张三"),
        (r("上") + r('<w:br w:type="page"/>') + r("下"), "上[-]下"),
        (r("互联") + r("<w:softHyphen/>") + r("网"), "互联网"),
        (r("A") + r("<w:noBreakHyphen/>") + r("B"), "A-B"),
        (r("勾") + r('<w:sym w:font="Wingdings" w:char="F0FC"/>') + r("选"), "勾[-]选"),
        (r("乌镇") + r('<w:footnoteReference w:id="2"/>') + r("峰会"), "乌镇[fnote]峰会"),
        (r("<w:drawing/>") + r("图旁文字"), "[image]图旁文字"),
        ('<w:bookmarkStart w:id="0" w:name="a"/>' + r("标题") + '<w:bookmarkEnd w:id="0"/>', "标题"),
        (r("前") + '<w:bookmarkStart w:id="0" w:name="a"/>' + r("后") + '<w:bookmarkEnd w:id="0"/>', "前[-]后"),
        ('<w:hyperlink w:anchor="x">' + r("链接", RED) + "</w:hyperlink>" + r("文字"), "[link 链接]文字"),
        (r("第") + field("PAGE", "3") + r("页"), "第[field]页"),
        (r("第") + '<w:fldSimple w:instr=" PAGE ">' + r("3") + "</w:fldSimple>" + r("页"), "第[field]页"),
        (r("图 ") + field("SEQ 图", "1") + r(" 会场"), "图 [- 1] 会场"),
        (r("见") + field('HYPERLINK "https://a.cn"', r("官网") + field("PAGE", "1")), "见[link 官网[field]]"),
        ("<w:ins>" + r("新") + "</w:ins><w:del><w:r><w:delText>旧</w:delText></w:r></w:del>" + r("文"), "新文"),
        ("<w:moveFrom>" + r("旧") + "</w:moveFrom><w:moveTo>" + r("新") + "</w:moveTo>", "新"),
        (r("显") + r("隐", "<w:vanish/>") + r("文"), "显[-]文"),
        (r("式") + "<m:oMath><m:r><m:t>E</m:t></m:r></m:oMath>" + r("如上"), "式[-]如上"),
        ("<w:sdt><w:sdtPr/><w:sdtContent>" + r("控件") + "</w:sdtContent></w:sdt>" + r("外"), "[- 控件]外"),
        (r(f"<w:ruby><w:rt>{r('wū')}</w:rt><w:rubyBase>{r('乌')}</w:rubyBase></w:ruby>") + r("镇"), "乌镇"),
        ("<w:commentRangeStart/>" + r("评") + "<w:commentRangeEnd/>" + r("<w:commentReference/>"), "评"),
        ("<w:smartTag>" + r("乌镇") + "</w:smartTag><w:bdo>" + r("峰会") + "</w:bdo>", "乌镇峰会"),
        ("<w:r><w:t> 无空格保留 </w:t></w:r>" + r("尾"), "无空格保留尾"),
    ],
)  # fmt: skip
def test_only_what_differs_and_means_something_is_a_code(runs: str, expected: str) -> None:
    assert shown(one(p(runs))) == expected


def test_words_that_are_not_bold_in_a_bold_style_leave_the_others_bold() -> None:
    text = one(p(r("世界互联网大会") + r("乌镇", '<w:b w:val="0"/>'), '<w:pStyle w:val="1"/>'))
    assert shown(text) == "[bold 世界互联网大会]乌镇"


def test_a_link_has_its_address() -> None:
    links = f'<Relationship Id="r9" Type="{OFFICE}/hyperlink" Target="https://a.cn/" TargetMode="External"/>'
    body = p('<w:hyperlink r:id="r9" w:anchor="n">' + r("一") + "</w:hyperlink>" + field('HYPERLINK \\l "m"', "二"))
    (block,) = read(word(body, links=links), "源.docx").blocks
    assert [code.href for code in block.text.codes if code.kind == "open"] == ["https://a.cn/#n", "#m"]


@pytest.mark.parametrize(
    ("properties", "kind", "level"),
    [
        ('<w:pStyle w:val="1"/>', Kind.HEADING, 1),
        ('<w:pStyle w:val="a5"/>', Kind.HEADING, 2),
        ('<w:pStyle w:val="b1"/>', Kind.HEADING, 3),
        ('<w:outlineLvl w:val="1"/>', Kind.HEADING, 2),
        ('<w:outlineLvl w:val="9"/>', Kind.PARAGRAPH, 0),
        ('<w:numPr><w:numId w:val="1"/></w:numPr>', Kind.LIST_ITEM, 1),
        ('<w:numPr><w:ilvl w:val="2"/><w:numId w:val="1"/></w:numPr>', Kind.LIST_ITEM, 3),
        ('<w:pStyle w:val="l2"/>', Kind.LIST_ITEM, 2),
        ('<w:pStyle w:val="l2"/><w:numPr><w:numId w:val="0"/></w:numPr>', Kind.PARAGRAPH, 0),
        ('<w:pStyle w:val="none"/>', Kind.PARAGRAPH, 0),
    ],
    ids=["heading", "标题 2", "circle", "outline", "body", "list", "nested", "by style", "taken off", "unknown"],
)
def test_styles_say_what_a_paragraph_is(properties: str, kind: Kind, level: int) -> None:
    (block,) = of(p("发布蓝皮书", properties)).blocks
    assert (block.kind, block.level) == (kind, level)


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("本报记者 张三", Kind.BYLINE),
        ("图1：会场外景", Kind.CAPTION),
        ("新华社记者 李四摄", Kind.CREDIT),
        ("1. 第一", Kind.PARAGRAPH),
    ],
)
def test_what_a_line_says_of_itself_counts_where_its_style_is_silent(line: str, kind: Kind) -> None:
    assert of(p(line)).blocks[0].kind is kind


def tc(inside: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{inside}</w:tc>"


WIDE, HIGH = '<w:gridSpan w:val="2"/>', '<w:vMerge w:val="restart"/>'


def test_tables_are_read_where_they_stand_and_merged_cells_once() -> None:
    inner = f"<w:tbl><w:tr>{tc(p('内'))}</w:tr></w:tbl>"
    table = (
        f"<w:tbl><w:tr>{tc(p('甲'), WIDE)}{tc(p('乙'))}</w:tr>"
        f"<w:tr>{tc(p('丙') + p('丁'), HIGH)}{tc(inner + p(''))}{tc(p(''))}</w:tr>"
        f"<w:sdt><w:sdtContent><w:tr>{tc(p('丙'), '<w:vMerge/>')}{tc(p('戊'))}</w:tr></w:sdtContent></w:sdt></w:tbl>"
    )
    document = of(p("前") + table + p("后"))
    assert [(b.text.string, b.locators[0].cell) for b in document.blocks] == [
        ("前", None), ("甲", "A1"), ("乙", "C1"), ("丙", "A2"), ("丁", "A2"), ("内", "2:A1"), ("戊", "B3"),
        ("后", None),
    ]  # fmt: skip
    assert {b.kind for b in document.blocks[1:-1]} == {Kind.CELL}


def test_columns_are_named_as_in_a_spreadsheet() -> None:
    assert [column_name(n) for n in (0, 25, 26, 701, 702)] == ["A", "Z", "AA", "ZZ", "AAA"]


def test_text_boxes_are_read_once_after_the_paragraph_they_hang_on() -> None:
    assert lines(of(p(r("正文") + r(BOX.format(p("框内")))) + p("下文"))) == ["正文", "框内", "下文"]


def test_notes_and_running_heads_come_after_the_body_each_once() -> None:
    note = '<w:footnote w:type="separator" w:id="0">' + p("略") + '</w:footnote><w:footnote w:id="2">{}</w:footnote>'
    document = of(
        p(r("正文") + r('<w:footnoteReference w:id="2"/>')),
        footnotes=note.format(p(r("<w:footnoteRef/>") + r(" 脚注"))),
        endnotes='<w:endnote w:id="2">' + p("尾注") + "</w:endnote>",
        header1=p("简报"),
        header2=p("简报"),
        footer1=p("内部资料") + p(r("第") + field("PAGE", "1") + r("页")),
    )
    assert [(b.kind, b.text.string, b.locators[0].part) for b in document.blocks] == [
        (Kind.PARAGRAPH, "正文", ""),
        (Kind.NOTE, "脚注", "word/footnotes.xml"),
        (Kind.NOTE, "尾注", "word/endnotes.xml"),
        (Kind.RUNNING_HEAD, "简报", "word/header1.xml"),
        (Kind.RUNNING_HEAD, "内部资料", "word/footer1.xml"),
    ]
    assert document.blocks[1].text.codes == ()


def toc(*entries: str) -> str:
    marks = [r(f'<w:fldChar w:fldCharType="{kind}"/>') for kind in ("begin", "separate", "end")]
    first, *rest = entries
    return (
        p(marks[0] + r("<w:instrText>TOC \\o</w:instrText>") + marks[1] + first)
        + "".join(p(entry) for entry in rest)
        + p(marks[2] + r("后文"))
    )


def test_a_table_of_contents_is_kept_and_what_follows_it_is_read() -> None:
    assert lines(of(p("目录") + toc(r("第一章"), r("第二章")) + p("正文"))) == ["目录", "后文", "正文"]


def test_a_table_of_contents_without_an_end_swallows_nothing() -> None:
    begun = r('<w:fldChar w:fldCharType="begin"/>') + r("<w:instrText>TOC</w:instrText>")
    assert lines(of(p(begun + r("第一章")) + p("正文"))) == ["第一章", "正文"]


def test_a_field_over_several_paragraphs_that_holds_text_is_read() -> None:
    begun = r('<w:fldChar w:fldCharType="begin"/>') + r("<w:instrText>ADDIN x</w:instrText>")
    ended = r('<w:fldChar w:fldCharType="end"/>')
    assert lines(of(p(begun + r('<w:fldChar w:fldCharType="separate"/>') + r("文献一")) + p(r("文献二") + ended))) == [
        "文献一",
        "文献二",
    ]


def test_words_around_which_other_elements_stand_are_found() -> None:
    control = "<w:sdt><w:sdtPr/><w:sdtContent>{}</w:sdtContent></w:sdt>"
    body = control.format(p("甲")) + "<w:customXml>" + p("乙") + "</w:customXml>" + "<w:ins>" + p("丙") + "</w:ins>"
    assert lines(of(body)) == ["甲", "乙", "丙"]


def test_each_block_knows_its_paragraph() -> None:
    document = of(p("一") + p("") + p("三"))
    assert [block.locators[0].paragraph for block in document.blocks] == [1, 3]
    assert document.template is not None
    assert document.template.format == "docx"


def test_a_strict_package_is_read() -> None:
    usual = r"http://schemas\.openxmlformats\.org/(?!package/|markup)(\w+)/2006/"
    strict = {
        name: re.sub(usual, r"http://purl.oclc.org/ooxml/\1/", content if isinstance(content, str) else "")
        for name, content in parts(p(r("严格") + r("格式", BOLD))).items()
    }
    assert shown(read(packed(dict(strict)), "源.docx").blocks[0].text) == "严格[bold 格式]"


# what is refused, and what is only told


def test_a_document_without_words_says_so() -> None:
    document = of(p(""))
    assert document.blocks == ()
    assert "no words" in document.flags[0].reason


@pytest.mark.parametrize(
    ("body", "extra", "told"),
    [
        (p("文"), {"word/vbaProject.bin": b"\0"}, "macros"),
        (p("<w:ins>" + r("新") + "</w:ins>"), {}, "tracked changes"),
        (p("文") + '<w:altChunk r:id="r5"/>', {}, "altChunk"),
        (p("文"), {"word/diagrams/data1.xml": "<x/>"}, "diagrams"),
    ],
    ids=["macros", "changes", "other file", "diagrams"],
)
def test_what_a_person_must_know_of_a_file_is_a_flag(body: str, extra: dict[str, str | bytes], told: str) -> None:
    assert [flag.reason for flag in read(word(body, extra), "源.docx").flags if told in flag.reason]


def test_nothing_is_fetched(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("a connection was tried")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    rels = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{}</Relationships>'
    template = (
        f'<Relationship Id="t" Type="{OFFICE}/attachedTemplate" Target="http://a.cn/t.dotm" TargetMode="External"/>'
    )
    extra: dict[str, str | bytes] = {
        "settings": '<w:attachedTemplate r:id="t"/>',
        "word/_rels/settings.xml.rels": rels.format(template),
    }
    document = read(word(p(r('<w:drawing><a:blip r:embed="far"/></w:drawing>') + r("图")), extra), "源.docx")
    assert "template from elsewhere" in document.flags[0].reason


def changed(**new: str | bytes | None) -> bytes:
    whole = parts(p("文"))
    for name, content in new.items():
        part = {"body": "word/document.xml", "styles": "word/styles.xml", "types": "[Content_Types].xml"}[name]
        if content is None:
            del whole[part]
        else:
            whole[part] = content
    return packed(whole)


def lying(data: bytes) -> bytes:
    """The archive, its entries said to be shorter than they are."""
    for mark, at in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        start = data.find(mark)
        while start >= 0:
            data = data[: start + at] + struct.pack("<I", 20) + data[start + at + 4 :]
            start = data.find(mark, start + 30)
    return data


NEST = "<w:sdt><w:sdtContent>" * 5000 + p("深") + "</w:sdtContent></w:sdt>" * 5000
DEEP = f"<w:document {NS}><w:body>{NEST}</w:body></w:document>"
DTD = f'<!DOCTYPE x [<!ENTITY a "b">]><w:document {NS}><w:body>{p("&a;")}</w:body></w:document>'


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"", "the file is empty"),
        (b"just words", "no zip archive"),
        (b"PK\x03\x04 and then nothing", "no zip archive"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "protected by a password, or an old .doc"),
        (packed({"a.xml": b"\0" * (20 << 20)}), "zip bomb"),
        (packed({f"{n}": b"" for n in range(10_001)}, zipfile.ZIP_STORED), "zip bomb"),
        (packed({**parts(p("文")), "../../etc/passwd": b""}), "leads out of it"),
        (packed({**parts(p("文")), "/abs.xml": b""}), "leads out of it"),
        (packed({**parts(p("文")), "C:\\x.xml": b""}), "leads out of it"),
        (packed(parts(p("文")), zipfile.ZIP_BZIP2), "packed in a way"),
        (lying(word(p("文"))), "is damaged"),
        (packed({"a.txt": b"x"}), "_rels/.rels is missing"),
        (changed(body=None), "word/document.xml is missing"),
        (changed(body="<w:document"), r"\(word/document.xml\):1: is not well-formed XML"),
        (changed(styles="<w:styles>"), r"\(word/styles.xml\):1: is not well-formed XML"),
        (changed(body="<html/>"), "this is no Word document"),
        (changed(body=""), "empty"),
        (changed(body=DTD), "declares entities"),
        (changed(body=DEEP), "depth"),
        (changed(types="<Types>spreadsheetml.sheet.main+xml</Types>"), "an Excel workbook"),
    ],
    ids=[
        *("empty", "words", "cut", "password", "bomb", "many parts", "escape", "absolute", "drive", "bzip2", "lying"),
        *("no parts", "no body", "broken body", "broken styles", "html", "blank body", "entities", "deep", "excel"),
    ],
)
def test_what_cannot_be_read_is_told_in_one_sentence(data: bytes, told: str) -> None:
    with pytest.raises(InputError, match=told) as caught:
        read(data, "源.docx")
    assert caught.value.message.startswith("源.docx")
    assert "\n" not in str(caught.value)


def test_nesting_that_xml_allows_is_read() -> None:
    depth = 100
    body = "<w:sdt><w:sdtContent>" * depth + p("深") + "</w:sdtContent></w:sdt>" * depth
    assert lines(of(body)) == ["深"]


def test_a_paragraph_of_many_runs_takes_no_square_of_time() -> None:
    many = "".join(r("字", BOLD if n % 2 else "<w:i/>") for n in range(5_000))
    assert len(one(p(many)).string) == 5_000


@pytest.mark.parametrize(
    ("font", "latin"),
    [
        ("宋体", "Times New Roman"), ("仿宋_GB2312", "Times New Roman"), ("SimSun", "Times New Roman"),
        ("黑体", "Arial"), ("微软雅黑", "Arial"), ("等线 Light", "Calibri"), ("Times New Roman", "Times New Roman"),
        ("方正小标宋简体", "Times New Roman"), ("Noto Sans CJK SC", "Arial"), ("Noto Sans", "Noto Sans"),
    ],
)  # fmt: skip
def test_chinese_fonts_have_latin_companions(font: str, latin: str) -> None:
    assert latin_font(font) == latin


def test_where_no_style_says_so_lines_are_headings_as_in_a_plain_text() -> None:
    long = "世界互联网大会乌镇峰会11月8日在浙江省桐乡市乌镇开幕，来自126个国家和地区的代表参加。"
    document = of(p("乌镇峰会在桐乡开幕") + p("本报记者 张三") + p("一、概况") + p(long) + p("二、成果") + p(long))
    assert [(b.kind, b.level) for b in document.blocks] == [
        (Kind.TITLE, 0), (Kind.BYLINE, 0), (Kind.HEADING, 1), (Kind.PARAGRAPH, 0), (Kind.HEADING, 1),
        (Kind.PARAGRAPH, 0),
    ]  # fmt: skip


def test_a_field_that_ends_where_nobody_reads_swallows_nothing() -> None:
    begun = r('<w:fldChar w:fldCharType="begin"/>') + r("<w:instrText>TOC</w:instrText>")
    ended = p(r('<w:fldChar w:fldCharType="end"/>'))
    hidden = f"<w:tbl><w:tr>{tc(ended, '<w:vMerge/>')}</w:tr></w:tbl>"
    assert lines(of(p(begun + r("第一章")) + p("正文") + hidden + p("后"))) == ["第一章", "正文", "后"]


@pytest.mark.parametrize(
    ("runs", "expected"),
    [
        (r("第") + field("PAGE", "1") + r("页"), ["文"]),
        (r("第 ") + field("PAGE", "1") + r(" 页 共 ") + field("NUMPAGES", "9") + r(" 页"), ["文"]),
        (r("第") + field("PAGE", "1") + r("页 大会简报"), ["文", "第页 大会简报"]),
        (r("第") + field("REF x", "1") + r("页"), ["文", "第页"]),
    ],
    ids=["number", "of how many", "with words", "another number"],
)
def test_a_footer_that_only_counts_pages_has_nothing_to_translate(runs: str, expected: list[str]) -> None:
    assert lines(of(p("文"), footer1=p(runs))) == expected
