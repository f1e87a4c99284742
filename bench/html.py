"""Web pages and e-books: read in the order they were written, and all but the words there when they come back.

The pages are made here, in the ways pages on the web are made, from texts of our own, so that the truth is known.
"""

from __future__ import annotations

import html
import io
import random
import re
import time
import zipfile
from collections.abc import Callable, Iterable, Iterator
from difflib import SequenceMatcher
from pathlib import Path

from bench.common import Rows, row
from bench.docx import TEXTS, in_english, neighbours
from bilingual.bitext import Document, Text
from bilingual.delivery import Delivered, Delivery, Pair

SEEDS = range(12)
Made = tuple[str, list[str]]
"""A page (or the content of one), and its texts in reading order."""


def run(data: Path | None) -> Rows:  # noqa: ARG001 (every area takes it)
    """Order, text, codes and speed on the pages made here; `data` is not needed.

    `order_correct`: share of neighbouring blocks that come out as neighbours; `text_similarity`: of all the text in
    reading order, as difflib has it, on the worst page; `codes_right`: blocks whose inline formatting is that of the
    truth; `roundtrip.same`: pages that, filled with their own texts, read the same and have the same tags and
    attributes; `roundtrip.codes`: blocks that come back from "translation" with each code once.
    """
    pages = [(f"{name}-{seed}", make(random.Random(seed))) for name, make in LAYOUTS.items() for seed in SEEDS]
    files = [(f"{name}.html", page.encode(_encoding(page)), truth) for name, (page, truth) in pages]
    books = [(f"book-{seed}.epub", *book(random.Random(seed))) for seed in SEEDS]
    said = f"{len(files)} pages made in {len(LAYOUTS)} ways"
    return {
        **_read("html", files, said),
        **_read("epub", books, f"{len(books)} books of three chapters"),
        **_returned(files, said),
        **_speed(),
    }


def _read(form: str, files: Iterable[tuple[str, bytes, list[str]]], what: str) -> Rows:
    order, alike, codes = [], [], []
    for name, data, truth in files:
        document = _document(name, data)
        plain = [re.sub("[⟦⟧]", "", text) for text in truth]
        found = [block.text.string for block in document.blocks]
        order += neighbours(plain, found)
        alike.append(SequenceMatcher(None, "\n".join(plain), "\n".join(found), autojunk=False).ratio())
        marked = {_marked(block.text) for block in document.blocks}
        codes += [text in marked for text in truth if "⟦" in text]
    return {
        f"{form}.order_correct": row(sum(order) / len(order), "share", what),
        f"{form}.text_similarity": row(min(alike), "least ratio", what),
        f"{form}.codes_right": row(sum(codes) / len(codes), "share of blocks", what),
    }


def _document(name: str, data: bytes) -> Document:
    from bilingual.documents import read_bytes

    return read_bytes(data, name)


def _returned(files: Iterable[tuple[str, bytes, list[str]]], what: str) -> Rows:
    """What is still there when pages come back."""
    from bilingual.delivery.html import fill

    same, codes = [], []
    for name, data, _ in files:
        document = _document(name, data)
        own = tuple(Delivered(b, b.text, (Pair(b.text, b.text, True),)) for b in document.blocks)
        out = fill(Delivery(document, own), data, ".html")
        texts = [_marked(b.text) for b in document.blocks] == [_marked(b.text) for b in _document(name, out).blocks]
        same.append(texts and _skeleton(out.decode()) == _skeleton(data.decode(_encoding_of(data))))
        english = _document(name, fill(in_english(document), data, ".html"))
        both = zip(document.blocks, english.blocks, strict=True)
        codes += [_codes(old.text) == _codes(new.text) for old, new in both if old.text.codes]
    return {
        "html.roundtrip.same": row(sum(same) / len(same), "share of pages", what),
        "html.roundtrip.codes": row(sum(codes) / len(codes), "share of blocks", what),
    }


def _codes(text: Text) -> list[str]:
    """How the page spells the codes, their language aside."""
    return sorted(re.sub(r"lang=[\w-]+", "", code.data) for code in text.codes)


def _skeleton(page: str) -> str:
    """The page's tree without its text, its language and its encoding."""
    from selectolax.lexbor import LexborHTMLParser

    bare = re.sub(r'\slang="[^"]*"|charset="?[\w-]+"?|<meta charset="[^"]*">', "", LexborHTMLParser(page).html or "")
    return re.sub(r">[^<]*(?=<)", ">", bare)


def _speed() -> Rows:
    page, _ = _modern(random.Random(1))
    head, body = page.split("<body>")
    article = body.removesuffix("</body></html>")
    data = (f"{head}<body>" + article * (5_000_000 // len(article.encode())) + "</body></html>").encode()
    started = time.process_time()
    document = _document("long.html", data)
    note = f"one page of {len(data) / 1e6:.0f} MB, {len(document.blocks)} blocks"
    return {"html.seconds_5mb": row(time.process_time() - started, "s of one core", note)}


def _marked(text: Text) -> str:
    """The text with ⟦ and ⟧ where bold begins and ends."""
    parts, at = [], 0
    bold = {code.id for code in text.codes if code.type == "bold"}
    for code in text.codes:
        if code.id in bold:
            parts += [text.string[at : code.position], "⟦" if code.kind == "open" else "⟧"]
            at = code.position
    return "".join([*parts, text.string[at:]])


def _encoding(page: str) -> str:
    """In what encoding a page is to be written: the one it declares, except that it lies in the layout that says so."""
    declared = re.search(r"charset=['\"]?([\w-]+)", page)
    name = declared[1] if declared else "utf-8"
    return {"gb2312": "gb18030"}.get(name, name) if "<!-- lies -->" not in page else "gb18030"


def _encoding_of(data: bytes) -> str:
    return _encoding(data[:2000].decode("latin-1"))


def _paragraph(chance: random.Random, *, bold: bool = True) -> str:
    """A paragraph of one to three sentences, here and there with bold words; no two are the same."""
    said = "".join(chance.sample(TEXTS, chance.randint(1, 3))) + f"（{chance.randint(10**5, 10**6)}）"
    if bold and chance.random() < 0.5:
        start = chance.randrange(1, len(said) - 12)
        return said[:start] + "⟦" + said[start : start + 6] + "⟧" + said[start + 6 :]
    return said


def _written(text: str, opening: str = "<b>", closing: str = "</b>") -> str:
    return html.escape(text, quote=False).replace("⟦", opening).replace("⟧", closing)


def _modern(chance: random.Random) -> Made:
    """HTML5 with sections, figures, nested lists and a table of data."""
    truth = [f"报道{chance.random():.9f}"]
    parts = [f"<title>{truth[0]}</title></head><body><main>"]
    for level in range(1, 4):
        heading, text, caption = f"第{level}节{chance.random():.6f}", _paragraph(chance), f"现场{chance.random():.6f}"
        said = _written(text, "<strong>", "</strong>")
        parts.append(f"<section><h{level}>{heading}</h{level}>\n<p class=lead>\n  {said}\n</p>")
        parts.append(f"<figure><img src=a.jpg><figcaption>{caption}</figcaption></figure><script>var a='<p>';</script>")
        items = [f"事项{chance.random():.6f}" for _ in range(4)]
        parts.append("</section><ul><li>{}<ul><li>{}</li><li><p>{}</p></li></ul></li>".format(*items))
        parts.append(f"<li><a href='#'>{items[3]}</a></li></ul>")
        cells = [f"{chance.random():.8f}亿" for _ in range(6)]
        parts.append("<table><tr><th colspan=2>{}</th></tr><tr><td>{}</td><td>{}</td></tr></table>".format(*cells))
        truth += [heading, text, caption, *items, *cells[:3]]
    head = '<!DOCTYPE html>\n<html lang="zh-CN"><head><meta charset="utf-8">'
    return head + "".join(parts) + "</main></body></html>", truth


def _old(chance: random.Random) -> Made:
    """A page of the nineties: GB2312, tables that arrange it, font tags, paragraphs by line breaks and blanks."""
    title, texts = f"公告{chance.random():.9f}", [_paragraph(chance) for _ in range(6)]
    menu = [f"栏目{chance.random():.6f}" for _ in range(4)]
    links = "".join(f"<TR><TD><A HREF=x>{item}</A></TD></TR>" for item in menu)
    body = "<BR><BR>\n".join(f"　　{_written(text)}" for text in texts)
    page = (
        "<HTML><HEAD><META HTTP-EQUIV=Content-Type CONTENT='text/html; charset=gb2312'></HEAD><BODY BGCOLOR=#FFFFFF>"
        f"<TABLE WIDTH=100%><TR><TD><TABLE>{links}</TABLE></TD>"
        f"<TD><CENTER><FONT SIZE=5><B>{title}</B></FONT></CENTER><HR><FONT SIZE=3>{body}</FONT></TD></TR></TABLE>"
        "</BODY></HTML>"
    )
    return page, [*menu, title, *texts]


def _lying(chance: random.Random) -> Made:
    """The same, but in another encoding than it declares."""
    page, truth = _old(chance)
    return page.replace("charset=gb2312", "charset=utf-8").replace("<BODY", "<!-- lies --><BODY"), truth


CARELESS = ("<p>{}", "<div><p>{}</div></div>", "<li>{}", "</b><p>{}</i>", "<h3>{}</h4>")


def _careless(chance: random.Random) -> Made:
    """No end tags, wrong nesting, wrapped lines, unquoted attributes, entities for everything."""
    parts, truth = [], []
    for _ in range(8):
        text = _paragraph(chance)
        wrapped = re.sub("([，。])", r"\1\n   ", text)
        escaped = _written(wrapped, "<b>", "</b>").replace("“", "&ldquo;").replace("1", "&#49;")
        parts.append(
            chance.choice(["<p>{}", "<div><p>{}</div></div>", "<li>{}", "</b><p>{}</i>", "<h3>{}</h4>"]).format(escaped)
        )
        truth.append(text)
    return "<meta charset=utf-8><body>" + "\n".join(parts), truth


SPAN = "<span lang=ZH-CN style='font-family:宋体'>{}</span>"


def _pasted(chance: random.Random) -> Made:
    """What Word saves as a page: a span for every few characters."""
    truth = [_paragraph(chance) for _ in range(6)]
    parts = []
    for text in truth:
        runs = re.findall(r"[⟦⟧]|[^⟦⟧]{1,5}", text)
        spans = [
            run if run in "⟦⟧" else f"<span lang=ZH-CN style='font-family:宋体'>{html.escape(run)}</span>"
            for run in runs
        ]
        marked = "".join(spans).replace("⟦", "<b style='mso-bidi'>").replace("⟧", "</b>")
        parts.append(f"<p class=MsoNormal style='text-indent:21pt'>{marked}<o:p></o:p></p>\n")
    return "<html><head><meta charset=utf-8><style>p{}</style></head><body>" + "".join(parts) + "</body></html>", truth


def _nested(chance: random.Random) -> Made:
    """Boxes in boxes, as site builders make them, without a line break anywhere."""
    parts, truth = [], []
    for _ in range(8):
        text = _paragraph(chance)
        inside = _written(text, "<span style='font-weight:bold'>", "</span>")
        for _ in range(chance.randint(1, 40)):
            inside = f"<div class='w'><!-- -->{inside}</div>"
        parts.append(inside)
        truth.append(text)
    return '<html><head><meta charset="utf-8"></head><body>' + "".join(parts) + "</body></html>", truth


LAYOUTS: dict[str, Callable[[random.Random], Made]] = {
    "modern": _modern, "old": _old, "lying": _lying, "careless": _careless, "pasted": _pasted, "nested": _nested,
}  # fmt: skip


def book(chance: random.Random) -> tuple[bytes, list[str]]:
    """An EPUB of three chapters, whose files are not in the order of the spine."""
    title = f"书{chance.random():.9f}"
    chapters = [[f"第{number}章", *(_paragraph(chance) for _ in range(5))] for number in (1, 2, 3)]
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as file:
        file.writestr("mimetype", "application/epub+zip")
        file.writestr(
            "META-INF/container.xml", "<container><rootfiles><rootfile full-path='b/p.opf'/></rootfiles></container>"
        )
        file.writestr("b/p.opf", "".join(_package(title, chance)))
        for number, (heading, *texts) in enumerate(chapters):
            paragraphs = "".join(f"<p>{_written(text)}</p>\n" for text in texts)
            body = f"<body><h1>{heading}</h1>{paragraphs}</body>"
            page = f"<html xmlns='http://www.w3.org/1999/xhtml'><head><title/></head>{body}</html>"
            file.writestr(f"b/{number}.xhtml", page)
    return stream.getvalue(), [title, *(text for chapter in chapters for text in chapter)]


def _package(title: str, chance: random.Random) -> Iterator[str]:
    """The package document of a book."""
    yield f"<package xmlns:dc='d'><metadata><dc:title>{title}</dc:title></metadata><manifest>"
    for number in chance.sample(range(3), 3):
        yield f"<item id='c{number}' href='{number}.xhtml' media-type='application/xhtml+xml'/>"
    yield "</manifest><spine><itemref idref='c0'/><itemref idref='c1'/><itemref idref='c2'/></spine></package>"
