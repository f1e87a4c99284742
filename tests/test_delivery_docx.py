"""Word documents on their way out."""

from __future__ import annotations

import base64
import io
import re
import zipfile
from typing import Any

import docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bilingual.bitext import Code, Kind, Locator, Span, Text
from bilingual.codes import placed
from bilingual.delivery import UNREVIEWED, Delivered, Delivery, Pair
from bilingual.delivery.docx import fill, make, side_by_side
from bilingual.delivery.docx.columns import LEGEND, UNREVIEWED_FILL
from bilingual.documents.docx import read
from bilingual.documents.found import Found, document_of
from bilingual.errors import InputError
from tests.docx_files import OFFICE, delivery_of, field, p, packed, parts, r, word

LOOKS = (
    "", "", "", "<w:b/>", "<w:i/>", "<w:b/><w:i/>", '<w:u w:val="single"/>', '<w:color w:val="FF0000"/>',
    '<w:sz w:val="32"/>', '<w:vertAlign w:val="superscript"/>', '<w:rStyle w:val="Strong"/>', "<w:strike/>",
    '<w:rStyle w:val="Strong"/><w:b w:val="0"/><w:i/>', '<w:rFonts w:hint="eastAsia"/><w:lang w:val="en-US"/>',
    '<w:position w:val="8"/><w:sz w:val="19"/>', '<w:position w:val="-4"/>',
    '<w:rFonts w:ascii="Consolas"/>', '<w:em w:val="dot"/>', '<w:b w:val="0"/>', '<w:highlight w:val="green"/>',
)  # fmt: skip
WORDS = ("乌镇", "峰会", " ", "2023年", "Internet", "　", "“数字”", "，", "&amp;", "a ", " b")
THINGS = (
    r("<w:br/>"), r("<w:tab/>"), r('<w:footnoteReference w:id="2"/>'), r("<w:drawing><a:blip/></w:drawing>"),
    '<w:bookmarkStart w:id="7" w:name="x"/>', '<w:bookmarkEnd w:id="8"/>', field("PAGE", "3"), "<w:proofErr/>",
    r("<w:softHyphen/>"), "<m:oMath><m:r/></m:oMath>", "<w:del><w:r><w:delText>删</w:delText></w:r></w:del>",
    r("隐", "<w:vanish/>"), field("SEQ 图", "1"), '<w:fldSimple w:instr="PAGE"><w:r><w:t>1</w:t></w:r></w:fldSimple>',
)  # fmt: skip
runs = st.builds(r, st.sampled_from(WORDS), st.sampled_from(LOOKS))
simple = st.lists(runs | runs | runs | st.sampled_from(THINGS), max_size=8).map("".join)
around = st.sampled_from(
    (
        '<w:hyperlink w:anchor="x">{}</w:hyperlink>',
        "<w:ins>{}</w:ins>",
        "<w:sdt><w:sdtPr><w:alias/></w:sdtPr><w:sdtContent>{}</w:sdtContent></w:sdt>",
        "<w:ruby><w:rubyPr/><w:rt><w:r><w:t>zhu</w:t></w:r></w:rt><w:rubyBase>{}</w:rubyBase></w:ruby>",
        '<w:fldSimple w:instr="HYPERLINK &quot;http://a.cn/&quot;">{}</w:fldSimple>',
        field('HYPERLINK "http://a.cn/"', "<w:proofErr/>{}"),
    )
)
wrapped = st.builds(lambda shape, inside: shape.format(inside), around, simple)
paragraphs = st.builds(
    lambda pieces, style: p("".join(pieces) or r(""), f'<w:pStyle w:val="{style}"/>'),
    st.lists(simple | wrapped, max_size=4),
    st.sampled_from(("a", "1")),
)


@given(st.lists(paragraphs, min_size=1, max_size=3).map("".join))
@settings(max_examples=60)
def test_the_same_text_filled_in_and_read_again_is_the_same_text(body: str) -> None:
    data = word(body, links='<Relationship Id="r9" Type="x/hyperlink" Target="http://a.cn/" TargetMode="External"/>')
    document = read(data, "源.docx")
    again = read(fill(delivery_of(document), data), "源.docx")
    assert [block.text for block in again.blocks] == [block.text for block in document.blocks]
    assert again.blocks == document.blocks
    for block in document.blocks:
        nested(block.text.codes)


def nested(codes: object) -> None:
    opened: list[str] = []
    seen: set[tuple[str, str]] = set()
    for code in codes:  # type: ignore[attr-defined]
        assert (code.id, code.kind) not in seen
        seen.add((code.id, code.kind))
        if code.kind == "open":
            opened.append(code.id)
        elif code.kind == "close":
            assert opened.pop() == code.id
    assert not opened


def opened(data: bytes) -> Any:
    return docx.Document(io.BytesIO(data))


def part(data: bytes, name: str = "word/document.xml") -> str:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return archive.read(name).decode()


def filled(data: bytes, english: dict[str, Text] | None = None, notice: str = "") -> bytes:
    return fill(delivery_of(read(data, "源.docx"), english, notice), data)


COUNTED = ("drawing", "footnoteReference", "fldChar", "bookmarkStart", "bookmarkEnd", "commentReference", "oMath", "p")


@given(paragraphs, st.data())
@settings(max_examples=40)
def test_a_translation_puts_every_kept_thing_once_wherever_its_words_go(body: str, data: st.DataObject) -> None:
    source = word(body)
    document = read(source, "源.docx")
    english = "The Wuzhen Summit opened on November 8."
    spots = st.integers(0, len(english))

    def anywhere(_: Span) -> Span:
        start, end = sorted((data.draw(spots), data.draw(spots)))
        return Span(start, end)

    texts = {block.id: placed(block.text, english, anywhere) for block in document.blocks}
    result = filled(source, texts)
    for name in COUNTED if document.blocks else ():
        pattern = rf"<\w+:{name}[ />]"
        assert len(re.findall(pattern, part(result))) == len(re.findall(pattern, part(source))), name
    again = [re.sub("[ 1]", "", block.text.string) for block in read(result, "源.docx").blocks]  # but breaks, numbers
    assert again == [english.replace(" ", "") for _ in document.blocks]


def rich() -> bytes:
    """A document as python-docx makes it: styles, list, table, picture, two sections, header."""
    document = docx.Document()
    document.add_heading("乌镇峰会开幕", 0)
    document.add_heading("概况", 1)
    paragraph = document.add_paragraph("来自")
    paragraph.add_run("126个国家").bold = True
    paragraph.add_run("的代表参加。")
    document.add_paragraph("发布蓝皮书", style="List Bullet")
    table = document.add_table(2, 2)
    table.cell(0, 0).text = "姓名"
    table.cell(1, 0).merge(table.cell(1, 1)).text = "合并"
    document.add_picture(io.BytesIO(PICTURE))
    document.sections[0].header.paragraphs[0].text = "简报"
    document.add_section()
    document.add_paragraph("第二节")
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


PICTURE = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)


def test_the_source_file_is_the_template() -> None:
    data = rich()
    english = {"b1": Text("Wuzhen Summit Opens"), "b2": Text("Overview")}
    result = filled(data, english)
    before, after = opened(data), opened(result)
    assert after.paragraphs[0].text == "Wuzhen Summit Opens"
    assert after.core_properties.title == "Wuzhen Summit Opens"
    for count in ("paragraphs", "tables", "inline_shapes", "sections", "styles"):
        assert len(getattr(after, count)) == len(getattr(before, count))
    assert [p.style.name for p in after.paragraphs] == [p.style.name for p in before.paragraphs]
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(io.BytesIO(result)) as new:
        assert old.namelist() == new.namelist()
        changed = {name for name in old.namelist() if old.read(name) != new.read(name)}
    assert changed <= {
        "word/document.xml",
        "word/styles.xml",
        "word/settings.xml",
        "word/header1.xml",
        "docProps/core.xml",
    }


def test_what_nobody_reviewed_is_marked_and_the_notice_stands_at_the_head() -> None:
    codes = (Code(4, "u", "open", "", UNREVIEWED), Code(10, "u", "close", "", UNREVIEWED))
    result = filled(word(p("乌镇峰会")), {"b1": Text("The Summit opened", codes)}, "Not reviewed.")
    first, second = opened(result).paragraphs
    assert first.text == "Not reviewed."
    assert "w:shd" in first._p.xml
    assert [(run.text, run.font.highlight_color is not None) for run in second.runs] == [
        ("The ", False),
        ("Summit", True),
        (" opened", False),
    ]


def test_english_gets_a_latin_font_and_its_language() -> None:
    fonts = '<w:rFonts w:ascii="宋体" w:hAnsi="宋体" w:eastAsia="宋体" w:hint="eastAsia"/><w:em w:val="dot"/>'
    squeezed = '<w:wordWrap w:val="0"/><w:jc w:val="distribute"/>'
    result = filled(word(p(r("乌镇", fonts + '<w:fitText w:val="90"/>'), squeezed)), {"b1": Text("“Wuzhen”")})
    xml = part(result)
    assert '<w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:eastAsia="宋体"/><w:i/>' in xml
    assert '<w:lang w:val="en-US"/>' in xml
    assert not re.search("hint|fitText|wordWrap|distribute|w:em", xml)
    assert '<w:lang w:val="en-US"/>' in part(result, "word/styles.xml")


def test_a_code_that_a_translation_lost_stays_in_the_paragraph() -> None:
    data = word(p(r("乌镇") + r("<w:drawing/>") + r("峰会", "<w:b/>")))
    assert part(filled(data, {"b1": Text("Wuzhen Summit")})).count("<w:drawing/>") == 1


def test_codes_that_are_not_nested_lose_no_words() -> None:
    data = word(p('<w:hyperlink w:anchor="x">' + r("甲") + "</w:hyperlink>" + r("乙", "<w:b/>") + r("丙")))
    codes = (Code(0, "1", "open", ""), Code(1, "2", "open", ""), Code(2, "1", "close", ""), Code(3, "2", "close", ""))
    assert opened(filled(data, {"b1": Text("abcd", codes)})).paragraphs[0].text == "abcd"


def test_the_same_words_in_two_headers_are_both_filled() -> None:
    data = word(p("文"), {"header1": p("简报"), "header2": p("简报")})
    result = filled(data, {"b2": Text("Bulletin")})
    assert all("Bulletin" in part(result, f"word/header{n}.xml") for n in (1, 2))


def test_both_copies_of_a_text_box_say_the_same() -> None:
    box = (
        "<mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><w:txbxContent>{0}</w:txbxContent></w:drawing>"
        "</mc:Choice><mc:Fallback><w:pict><w:txbxContent>{0}</w:txbxContent></w:pict></mc:Fallback></mc:AlternateContent>"
    )
    xml = part(filled(word(p(r("正文") + r(box.format(p("框"))))), {"b2": Text("Box")}))
    assert xml.count("Box") == 2
    assert "框" not in xml


def test_contents_lines_say_what_the_english_headings_say() -> None:
    marks = [r(f'<w:fldChar w:fldCharType="{kind}"/>') for kind in ("begin", "separate", "end")]
    entry = r("1") + r("<w:tab/>") + r("概") + r("况") + r("<w:tab/>") + field("PAGEREF _Toc1 \\h", "3")
    contents = p(marks[0] + r("<w:instrText>TOC \\h</w:instrText>") + marks[1] + entry) + p(marks[2])
    heading = p('<w:bookmarkStart w:id="1" w:name="_Toc1"/>' + r("概况") + '<w:bookmarkEnd w:id="1"/>')
    result = filled(word(contents + heading), {"b1": Text("Overview")})
    assert opened(result).paragraphs[0].text == "1\tOverview\t3"
    assert 'w:dirty="true"' in part(result)


def test_a_control_that_shows_data_from_elsewhere_is_freed_of_it() -> None:
    bound = "<w:sdtPr><w:dataBinding/><w:alias/></w:sdtPr>"
    inline = f"<w:sdt>{bound}<w:sdtContent>{r('题')}</w:sdtContent></w:sdt>"
    around = f"<w:sdt>{bound}<w:sdtContent>{p('段')}</w:sdtContent></w:sdt>"
    xml = part(filled(word(p(inline + r("外")) + around)))
    assert "dataBinding" not in xml
    assert xml.count("<w:alias/>") == 2


def test_a_bookmark_whose_ends_changed_places_starts_first_again() -> None:
    start, end = '<w:bookmarkStart w:id="0" w:name="a"/>', '<w:bookmarkEnd w:id="0"/>'
    data = word(p(r("甲") + start + r("乙") + end + r("丙")))
    text = Text("abc", (Code(1, "2", "empty", ""), Code(2, "1", "empty", "")))
    xml = part(filled(data, {"b1": text}))
    assert xml.index("bookmarkStart") < xml.index("bookmarkEnd")


def test_macros_and_a_template_from_elsewhere_are_left_out() -> None:
    rels = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{}</Relationships>'
    far = f'<Relationship Id="t" Type="{OFFICE}/attachedTemplate" Target="http://a.cn/t.dotm" TargetMode="External"/>'
    extra: dict[str, str | bytes] = {
        "settings": '<w:attachedTemplate r:id="t"/><w:themeFontLang w:val="zh-CN"/>',
        "word/_rels/settings.xml.rels": rels.format(far),
        "word/vbaProject.bin": b"\0",
        "word/_rels/vbaProject.bin.rels": rels.format(""),
    }
    kind = "http://schemas.microsoft.com/office/2006/relationships/vbaProject"
    whole = parts(p("文"), extra, f'<Relationship Id="v" Type="{kind}" Target="vbaProject.bin"/>')
    macro_type = "application/vnd.ms-word.document.macroEnabled.main+xml"
    types = whole["[Content_Types].xml"]
    whole["[Content_Types].xml"] = str(types).replace(
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml", macro_type
    )
    result = filled(packed(whole))
    with zipfile.ZipFile(io.BytesIO(result)) as archive:
        assert not [name for name in archive.namelist() if "vba" in name]
        text = b"".join(archive.read(name) for name in archive.namelist()).decode()
    assert not re.search("vbaProject|macroEnabled|attachedTemplate", text)
    assert opened(result).paragraphs[0].text == "文"


def test_a_strict_package_stays_strict() -> None:
    usual = r"http://schemas\.openxmlformats\.org/(?!package/|markup)(\w+)/2006/"
    strict = {
        name: re.sub(usual, r"http://purl.oclc.org/ooxml/\1/", str(content)) for name, content in parts(p("文")).items()
    }
    result = filled(packed(dict(strict)), {"b1": Text("Text")})
    assert "purl.oclc.org/ooxml/wordprocessingml" in part(result)
    assert "2006/main" not in part(result)
    assert read(result, "x.docx").blocks[0].text == Text("Text")


def test_another_file_than_the_one_translated_is_refused() -> None:
    delivery = delivery_of(read(word(p("甲")), "源.docx"))
    with pytest.raises(InputError, match="not the file that was translated"):
        fill(delivery, word(p("乙")))


def test_what_has_nothing_to_translate_is_left_alone() -> None:
    data = word(p(r("①", '<w:rFonts w:hint="eastAsia"/>')))
    document = read(data, "源.docx")
    kept = Delivery(document, tuple(Delivered(block, block.text) for block in document.blocks))
    assert 'w:hint="eastAsia"' in part(fill(kept, data))


# a new document, and one of two columns


def block(kind: Kind, words: str, level: int = 0, cell: str | None = None, codes: tuple[Code, ...] = ()) -> Found:
    return Found(kind, Text(words, codes), Locator(cell=cell), level)


def delivery(*found: Found, notice: str = "", reviewed: bool = True) -> Delivery:
    document = document_of("源.txt", b"", "text", found)
    blocks = tuple(Delivered(b, b.text, (Pair(Text("中文"), b.text, reviewed),)) for b in document.blocks)
    return Delivery(document, blocks, notice)


def test_kinds_become_words_own_styles() -> None:
    made = opened(
        make(
            delivery(
                block(Kind.TITLE, "Title"), block(Kind.BYLINE, "By Li Si"), block(Kind.HEADING, "Head", 2),
                block(Kind.LIST_ITEM, "Item", 1), block(Kind.LIST_ITEM, "Deeper", 5),
                block(Kind.LIST_ITEM, "(1) Own", 1),
                block(Kind.CAPTION, "A hall"), block(Kind.PARAGRAPH, "Text"), block(Kind.NOTE, "A note"),
                block(Kind.RUNNING_HEAD, "Bulletin"), block(Kind.MARK, "③"), notice="Not reviewed.",
            )
        )
    )  # fmt: skip
    assert [(p.style.name, p.text) for p in made.paragraphs] == [
        ("Normal", "Not reviewed."), ("Title", "Title"), ("Normal", "By Li Si"), ("Heading 2", "Head"),
        ("List Bullet", "Item"), ("List Bullet 3", "Deeper"), ("List Continue", "(1) Own"), ("Caption", "A hall"),
        ("Normal", "Text"), ("Normal", "③"), ("Normal", "[1]\tA note"),
    ]  # fmt: skip
    assert made.sections[0].header.paragraphs[0].text == "Bulletin"
    assert made.core_properties.title == "Title"
    assert made.core_properties.language == "en-US"


def test_cells_become_tables_again() -> None:
    made = opened(
        make(
            delivery(
                block(Kind.CELL, "Name", cell="A1"), block(Kind.CELL, "Post", cell="C1"),
                block(Kind.CELL, "Li", cell="A3"), block(Kind.CELL, "Two", cell="A3"),
                block(Kind.CELL, "Other", cell="2:B7"), block(Kind.CELL, "No place"),
            )
        )
    )  # fmt: skip
    texts = [[[cell.text for cell in row.cells] for row in table.rows] for table in made.tables]
    assert texts == [[["Name", "Post"], ["Li\nTwo", ""]], [["Other"]]]
    assert made.paragraphs[-1].text == "No place"


def pair(start: int, end: int, meaning: str, href: str = "") -> tuple[Code, Code]:
    return Code(start, meaning, "open", "", meaning, href), Code(end, meaning, "close", "")


def test_codes_become_formatting_of_words() -> None:
    codes = (
        *pair(0, 1, "bold"), *pair(1, 2, "italic"), *pair(2, 3, "sup"), *pair(3, 4, "link", "https://a.cn/"),
        Code(4, "n", "empty", "", "fnote"), Code(5, "l", "empty", "", "lb"), *pair(5, 6, "code"),
    )  # fmt: skip
    made = opened(make(delivery(block(Kind.PARAGRAPH, "abcdefg", codes=codes))))
    (paragraph,) = made.paragraphs
    assert paragraph.text == "abcd[1]e\nfg"
    assert [(r.text, bool(r.bold), bool(r.italic), bool(r.font.superscript)) for r in paragraph.runs[:3]] == [
        ("a", True, False, False), ("b", False, True, False), ("c", False, False, True),
    ]  # fmt: skip
    assert [(link.text, link.url) for link in paragraph.hyperlinks] == [("d", "https://a.cn/")]


@pytest.mark.parametrize("href", ["javascript:alert(1)", "#part", "file:///etc/passwd", ""])
def test_a_link_that_leads_nowhere_safe_is_words_only(href: str) -> None:
    made = opened(make(delivery(block(Kind.PARAGRAPH, "word", codes=pair(0, 4, "link", href)))))
    assert made.paragraphs[0].text == "word"
    assert not made.paragraphs[0].hyperlinks


def test_two_columns_have_a_row_a_sentence_under_a_head_that_comes_again() -> None:
    document = document_of(
        "源.txt", b"", "text", [block(Kind.TITLE, "乌镇"), block(Kind.PARAGRAPH, "甲。乙。"), block(Kind.MARK, "①")]
    )
    title, text, mark = document.blocks
    pairs = (
        Pair(Text("甲。"), Text("A."), reviewed=True),
        Pair(Text("乙。", pair(0, 1, "bold")), Text("B."), reviewed=False),
    )
    blocks = (
        Delivered(title, Text("Wuzhen"), (Pair(title.text, Text("Wuzhen"), reviewed=True),)),
        Delivered(text, Text("A. B."), pairs),
        Delivered(mark, mark.text),
    )
    made = opened(side_by_side(Delivery(document, blocks, "Not reviewed.")))
    (table,) = made.tables
    assert [[cell.text for cell in row.cells] for row in table.rows] == [
        ["Chinese", "English"], ["乌镇", "Wuzhen"], ["甲。", "A."], ["乙。", "B."], ["①", "①"],
    ]  # fmt: skip
    assert "w:tblHeader" in table.rows[0]._tr.xml
    assert table.rows[1].cells[0].paragraphs[0].runs[0].bold
    assert [UNREVIEWED_FILL in row.cells[1]._tc.xml for row in table.rows] == [False, False, False, True, False]
    assert table.rows[3].cells[0].paragraphs[0].runs[0].bold
    assert 'w:eastAsia="zh-CN"' in table.rows[3].cells[0]._tc.xml
    assert [p.text for p in made.paragraphs[:2]] == ["Not reviewed.", LEGEND]


def test_characters_that_no_xml_holds_are_left_out() -> None:
    made = opened(make(delivery(block(Kind.PARAGRAPH, "a\x0bb\ufffe"), notice="n\x00")))
    assert [p.text for p in made.paragraphs] == ["n", "ab"]


def test_the_pages_of_a_footer_are_counted_in_english() -> None:
    number, total = field("PAGE", "1"), field("NUMPAGES", "9")
    data = word(p("文"), {"footer1": p(r("共") + total + r("页 第") + number + r("页"))})
    document = read(data, "源.docx")
    kept = Delivery(document, tuple(Delivered(block, block.text) for block in document.blocks))
    words = re.sub(
        "<w:instrText> (NUMPAGES|PAGE) .*?</w:instrText>|<[^>]+>", "", part(fill(kept, data), "word/footer1.xml")
    )
    assert words.strip() == "Page 1 of 9"


@pytest.mark.parametrize(
    ("english", "at", "expected"),
    [
        ("Figure 1: the 21 halls", (0, 6), "Figure {1}: the 21 halls"),
        ("Figure 1: the halls", (7, 8), "Figure {1}: the halls"),
        ("The halls", (0, 3), "{1} The halls"),
        ("The 21 halls of 1912", (4, 6), "The {1} 21 halls of 1912"),
        ("1 hall, 1 day", (9, 13), "1 hall, {1} day"),
    ],
    ids=["elsewhere", "in its place", "not said", "part of others", "the nearest"],
)
def test_a_field_that_counts_encloses_its_number_alone(english: str, at: tuple[int, int], expected: str) -> None:
    data = word(p(r("图") + field("SEQ 图", "1") + r(" 会场")))
    codes = tuple(Code(position, "1", kind, "") for position, kind in zip(at, ("open", "close"), strict=True))
    xml = part(filled(data, {"b1": Text(english, codes)}))
    inside = re.sub('<w:fldChar w:fldCharType="separate"/>', "{", re.sub('<w:fldChar w:fldCharType="end"/>', "}", xml))
    assert re.sub("<w:instrText>.*?</w:instrText>|<[^>]+>", "", inside).strip() == expected
