"""Word documents on their way out."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from bilingual.delivery.docx import fill
from bilingual.documents.docx import read
from tests.docx_files import delivery_of, field, p, r, word

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
    r("隐", "<w:vanish/>"), '<w:fldSimple w:instr="PAGE"><w:r><w:t>1</w:t></w:r></w:fldSimple>',
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
@settings(max_examples=200)
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
