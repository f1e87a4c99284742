"""Word files for the tests, put together part by part; what a test needs beyond python-docx is written as XML."""

from __future__ import annotations

import io
import zipfile

from bilingual.bitext import Document, Text
from bilingual.delivery import Delivered, Delivery, Pair

NS = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:v="urn:schemas-microsoft-com:vml"'
)
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
STYLES = (
    '<w:docDefaults><w:rPrDefault><w:rPr><w:sz w:val="21"/><w:lang w:val="zh-CN"/></w:rPr></w:rPrDefault>'
    "</w:docDefaults>"
    '<w:style w:type="paragraph" w:default="1" w:styleId="a"><w:name w:val="Normal"/></w:style>'
    '<w:style w:type="character" w:default="1" w:styleId="a0"><w:name w:val="Default Paragraph Font"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="1"><w:name w:val="heading 1"/><w:basedOn w:val="a"/>'
    '<w:rPr><w:b/><w:sz w:val="44"/></w:rPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="a5"><w:name w:val="标题 2"/><w:basedOn w:val="a"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="b1"><w:name w:val="公司小标题"/><w:basedOn w:val="b2"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="b2"><w:name w:val="公司标题"/><w:basedOn w:val="b1"/>'
    '<w:pPr><w:outlineLvl w:val="2"/></w:pPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="l2"><w:name w:val="条目"/><w:basedOn w:val="a"/>'
    '<w:pPr><w:numPr><w:ilvl w:val="1"/><w:numId w:val="3"/></w:numPr></w:pPr></w:style>'
    '<w:style w:type="character" w:styleId="Strong"><w:name w:val="Strong"/><w:rPr><w:b/></w:rPr></w:style>'
    '<w:style w:type="character" w:styleId="Hyperlink"><w:name w:val="Hyperlink"/>'
    '<w:rPr><w:color w:val="0563C1"/><w:u w:val="single"/></w:rPr></w:style>'
)


def p(inside: str, properties: str = "") -> str:
    """A paragraph; plain words in it are one run."""
    runs = inside if inside.startswith("<") or not inside else r(inside)
    return f"<w:p>{f'<w:pPr>{properties}</w:pPr>' if properties else ''}{runs}</w:p>"


def r(words: str, properties: str = "") -> str:
    """A run; what begins with < is no words."""
    inside = words if words.startswith("<") else f'<w:t xml:space="preserve">{words}</w:t>'
    return f"<w:r>{f'<w:rPr>{properties}</w:rPr>' if properties else ''}{inside}</w:r>"


def field(instruction: str, result: str) -> str:
    """A complex field."""
    marks = [r(f'<w:fldChar w:fldCharType="{kind}"/>') for kind in ("begin", "separate", "end")]
    words = result if result.startswith("<") else r(result)
    return f"{marks[0]}{r(f'<w:instrText> {instruction} </w:instrText>')}{marks[1]}{words}{marks[2]}"


def packed(parts: dict[str, bytes | str], compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A zip archive."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", compression) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return stream.getvalue()


def parts(body: str, extra: dict[str, str | bytes] | None = None, links: str = "") -> dict[str, bytes | str]:
    """The parts of a Word file; `extra` are more of them ("footnotes", a whole name), `links` relations spelled out."""
    more: dict[str, bytes | str] = {}
    relations, types = links, ""
    for kind, content in (extra or {}).items():
        if "/" in kind:
            more[kind] = content
            continue
        base = kind.rstrip("0123456789")
        relations += f'<Relationship Id="x{kind}" Type="{OFFICE}/{base}" Target="{kind}.xml"/>'
        types += f'<Override PartName="/word/{kind}.xml" ContentType="{WORD}.{base}+xml"/>'
        root = {"header": "hdr", "footer": "ftr"}.get(base, base)
        more[f"word/{kind}.xml"] = f"<w:{root} {NS}>{content!s}</w:{root}>"
    rels = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    return {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/word/document.xml" ContentType="{WORD}.document.main+xml"/>{types}'
        f'<Override PartName="/word/styles.xml" ContentType="{WORD}.styles+xml"/></Types>',
        "_rels/.rels": f'{rels}<Relationship Id="r1" Type="{OFFICE}/officeDocument" Target="word/document.xml"/>'
        "</Relationships>",
        "word/_rels/document.xml.rels": f'{rels}<Relationship Id="s1" Type="{OFFICE}/styles" Target="styles.xml"/>'
        f"{relations}</Relationships>",
        "word/document.xml": f"<w:document {NS}><w:body>{body}<w:sectPr/></w:body></w:document>",
        "word/styles.xml": f"<w:styles {NS}>{STYLES}</w:styles>",
        **more,
    }


def word(body: str, extra: dict[str, str | bytes] | None = None, links: str = "") -> bytes:
    """A Word file with this body."""
    return packed(parts(body, extra, links))


def delivery_of(document: Document, english: dict[str, Text] | None = None, notice: str = "") -> Delivery:
    """The document with English by block id; where none is given, the block's own text as if it were English."""
    given = english or {}
    blocks = []
    for block in document.blocks:
        text = given.get(block.id, block.text)
        blocks.append(Delivered(block, text, (Pair(block.text, text, reviewed=True),)))
    return Delivery(document, tuple(blocks), notice)
