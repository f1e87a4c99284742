"""English web pages: the source page keeps all but its words, new ones hold nothing but ours, no text is markup."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bilingual.bitext import Block, Code, Document, Kind, Locator, Span, Text
from bilingual.delivery import UNREVIEWED, Delivered, Delivery, Pair
from bilingual.delivery.html import fill, make, side_by_side
from bilingual.delivery.html.page import safe
from bilingual.documents.html import read
from bilingual.errors import InputError

SOURCE = """<!DOCTYPE html>
<html lang="zh-CN"><head><meta charset="gb2312"><title>乌镇峰会</title>
<script>var x = "<p>中文</p>";</script><style>p { color: red }</style></head>
<body class=a onload='go("x")'><!-- 说明 -->
<p>今天，<b>李强</b>在<a href="http://a/?b=1&amp;c">北京</a>
说话。</p><p title=提示><img src=a.png alt="图片">
<pre>床前明月光
疑是地上霜</pre><p>2023</p>
</body></html>
"""


def delivery(document: Document, texts: dict[str, Text], notice: str = "") -> Delivery:
    """A delivery of the document: `texts` by the string of their source, all else as it was but written anew."""

    def delivered(block: Block) -> Delivered:
        text = texts.get(block.text.string, block.text)
        return Delivered(block, text, (Pair(block.text, text, False),))

    return Delivery(document, tuple(delivered(block) for block in document.blocks), notice)


def filled(source: str, texts: dict[str, Text] | None = None, notice: str = "", name: str = "页.html") -> str:
    data = source.encode()
    return fill(delivery(read(data, name), texts or {}, notice), data, ".html").decode()


def test_all_but_the_words_the_language_and_the_encoding_stays() -> None:
    codes = read(SOURCE.encode(), "页.html").blocks[1].text.codes
    moved = Text(
        "Li Qiang spoke in Beijing today.",
        tuple(replace(c, position=p) for c, p in zip(codes, (0, 8, 18, 25), strict=True)),
    )
    texts = {
        "今天，李强在北京说话。": moved,
        "乌镇峰会": Text("Wuzhen"),
        "提示": Text("A hint"),
        "图片": Text('A "picture"'),
    }
    expected = (
        SOURCE.replace('lang="zh-CN"', 'lang="en"').replace("gb2312", "utf-8").replace("乌镇峰会", "Wuzhen")
        .replace("title=提示", 'title="A hint"').replace('"图片"', '"A &quot;picture&quot;"')
        .replace("今天，<b>李强</b>在", "<b>Li Qiang</b> spoke in ").replace("北京</a>\n说话。", "Beijing</a> today.")
    )  # fmt: skip
    assert filled(SOURCE, texts) == expected


def test_what_is_not_translated_is_not_even_written_anew() -> None:
    document = read(SOURCE.encode(), "页.html")
    same = Delivery(document, tuple(Delivered(block, block.text) for block in document.blocks))
    assert fill(same, SOURCE.encode(), ".html").decode() == SOURCE.replace("zh-CN", "en").replace("gb2312", "utf-8")


def test_the_page_is_written_in_utf_8_and_says_so_whatever_it_was() -> None:
    text = "<meta http-equiv='Content-Type' content='text/html; charset=gb2312'><p>中国的天下大事，在人民。"
    data = text.encode("gb18030")
    out = fill(delivery(read(data, "页.html"), {}), data, ".html")
    assert out.decode() == text.replace("gb2312", "utf-8")
    bare = "<html><head></head><p>中国的天下大事，在人民。".encode("gb18030")
    out = fill(delivery(read(bare, "页.html"), {}), bare, ".html")
    assert out.decode().startswith('<html lang="en"><head><meta charset="utf-8"></head>')


@pytest.mark.parametrize(
    ("source", "before"),
    [
        ("<html lang=zh><body><p>甲", "<html lang=en><body>"),
        ("<title>题</title><p>甲", "<title>题</title>"),
        ("<p>甲", ""),
        ("<!DOCTYPE html>\n<p>甲", "<!DOCTYPE html>"),
    ],
)
def test_the_notice_stands_before_all_that_is_shown(source: str, before: str) -> None:
    out = filled(source, notice="A <draft>").replace('<meta charset="utf-8">', "")
    assert out.startswith(f'{before}<div role="note"')
    assert "A &lt;draft&gt;</div>" in out
    assert [b.text.string for b in read(out.encode(), "页.html").blocks if b.kind is not Kind.TITLE] == ["甲"]


def test_what_nobody_reviewed_is_marked() -> None:
    text = Text("New words", (Code(0, "u", "open", "", UNREVIEWED), Code(3, "u", "close", "", UNREVIEWED)))
    out = filled("<title>题</title><p>甲", {"甲": text, "题": text})
    assert '<mark class="unreviewed" title="not reviewed by a person">New</mark> words' in out
    assert "<title>New words</title>" in out, "a title knows no marks"


ATTACK = '</p></title><script>alert(\'x\')</script>" onload="y" & <!--'


def test_no_translation_becomes_markup() -> None:
    from selectolax.lexbor import LexborHTMLParser

    source = "<html><head><title>甲</title></head><body><p>乙<img alt='丙' title=丁></body></html>"
    code = Code(0, "1", "empty", "<script>", "image")
    texts = {word: Text(ATTACK) for word in "甲丙丁"} | {"乙": Text(ATTACK, (code,))}
    for out in (
        filled(source, texts, ATTACK),
        make(delivery(read(source.encode(), "页.html"), texts, ATTACK), ".html").decode(),
        side_by_side(delivery(read(source.encode(), "页.html"), texts, ATTACK)).decode(),
    ):
        tree = LexborHTMLParser(out)
        assert not tree.css("script, [onload]")
        assert "&lt;script&gt;" in out


def test_another_file_than_the_one_that_was_read_is_refused() -> None:
    with pytest.raises(InputError, match="not the file that was translated"):
        fill(delivery(read("<p>甲".encode(), "页.html"), {}), "<p>乙".encode(), ".html")


WORDS = ["中国", "人民。", "a b", "1 ", " ", "<br>", "&amp;&lt;", "<img src=x>", "“好”", "\n", "&nbsp;", "<!--c-->"]
INLINE_TAGS = ["b", "i class=x", "a href='/y?z=1&amp;w'", "span lang=zh", "sup", "code"]
BLOCK_TAGS = ["p", "div id=q", "h2", "li", "ul", "blockquote", "table", "tr", "td", "pre", "section hidden"]


def element(tags: list[str], inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    content = st.lists(inner, max_size=4).map("".join)
    return st.builds(lambda tag, said: f"<{tag}>{said}</{tag.split()[0]}>", st.sampled_from(tags), content)


INLINE = st.recursive(st.sampled_from(WORDS), lambda inner: element(INLINE_TAGS, inner), max_leaves=8)
RUN = st.lists(INLINE, min_size=1, max_size=5).map("".join)
BLOCK = st.recursive(RUN, lambda inner: element(BLOCK_TAGS, inner), max_leaves=8)


def skeleton(page: str) -> str:
    """The page's tree without its text and white space."""
    from selectolax.lexbor import LexborHTMLParser

    html = LexborHTMLParser(page).html or ""
    return re.sub(r">[^<]*<", "><", re.sub(r"<!--.*?-->", "", html)).replace('lang="zh"', 'lang="en"')


def english(text: Text) -> Text:
    """The text, its codes in English."""
    return replace(text, codes=tuple(replace(c, data=c.data.replace("lang=zh", "lang=en")) for c in text.codes))


@settings(max_examples=80, deadline=None)
@given(st.lists(BLOCK, min_size=1, max_size=4).map("".join))
def test_a_page_filled_with_its_own_texts_is_the_same_page(body: str) -> None:
    source = f'<!DOCTYPE html><html lang="zh"><head><meta charset="utf-8"></head><body>{body}</body></html>'
    out = filled(source)
    first, again = read(source.encode(), "页.html"), read(out.encode(), "页.html")
    assert [english(b.text) for b in again.blocks] == [english(b.text) for b in first.blocks]
    assert [(b.kind, b.level, b.locators[0].cell) for b in again.blocks] == [
        (b.kind, b.level, b.locators[0].cell) for b in first.blocks
    ]
    assert skeleton(out) == skeleton(source)


def block(number: int, kind: Kind, string: str, level: int = 0, cell: str = "", codes: tuple[Code, ...] = ()) -> Block:
    place = (Locator(line=number, cell=cell or None),)
    return Block(f"b{number}", kind, Text(string, codes), (Span(0, 0),), place, level, number - 1)


def made(*blocks: Block, notice: str = "") -> str:
    document = Document("文.docx", "zh", "", tuple(blocks))
    return make(delivery(document, {}, notice), ".html").decode()


def body_of(page: str) -> str:
    return page[page.index("<main>") + 7 : page.index("</main>")].strip()


def test_a_new_page_has_headings_lists_tables_and_figures() -> None:
    cells = [("1", "A1"), ("2", "C2"), ("3", "C2"), ("4", "2:A1")]
    page = made(
        block(1, Kind.TITLE, "T"),
        block(2, Kind.BYLINE, "by"),
        block(3, Kind.HEADING, "H", 1),
        *(block(number, Kind.LIST_ITEM, f"{number}", level) for number, level in ((4, 1), (5, 3), (6, 1))),
        *(block(7 + at, Kind.CELL, string, 0, cell) for at, (string, cell) in enumerate(cells)),
        block(11, Kind.CAPTION, "cap"),
        block(12, Kind.PARAGRAPH, "p"),
        notice="N",
    )
    assert body_of(page).replace("\n", "") == (
        '<div role="note" class="notice">N</div><h1>T</h1><p class="byline">by</p><h2>H</h2>'
        "<ul><li>4<ul><li>5</li></ul></li><li>6</li></ul>"
        '<div class="table"><table><tr><td>1</td><td></td></tr>'
        "<tr><td></td><td><p>2</p><p>3</p></td></tr></table></div>"
        '<div class="table"><table><tr><td>4</td></tr></table></div>'
        "<figure><figcaption>cap</figcaption></figure><p>p</p>"
    )
    assert '<html lang="en">' in page
    assert not re.search(r"(?:src|href)=|url\(|@import", page), "nothing is fetched"


def test_the_codes_of_any_format_become_tags_of_ours() -> None:
    codes = (
        Code(0, "1", "open", "<w:b/>", "bold"),
        Code(1, "2", "open", "x", "link", "https://a/?b&c"),
        Code(2, "2", "close", "x"),
        Code(2, "3", "empty", "x", "fnote"),
        Code(3, "1", "close", "x"),
        Code(3, "4", "empty", "x", "lb"),
        Code(4, "5", "open", "<o:p>", ""),
        Code(5, "5", "close", ""),
        Code(5, "6", "empty", "x", "image", "http://b/p.png"),
    )
    assert body_of(made(block(1, Kind.PARAGRAPH, "abcdef", codes=codes))) == (
        '<p><strong>a<a href="https://a/?b&amp;c">b</a><sup>[1]</sup>c</strong><br/>de'
        '<span class="image">image p.png</span>f</p>'
    )


GOOD = ("http://a", "https://a:80/b", "mailto:a@b", "#n", "a/b.html", "/a", "?q=a:b", "//a/b")
BAD = ("javascript:x()", "JaVa\nscript:x()", " vbscript:x", "data:text/html,x", "file:///a", "x:")


@pytest.mark.parametrize(("href", "good"), [*((href, True) for href in GOOD), *((href, False) for href in BAD)])
def test_links_lead_only_where_links_may(href: str, good: bool) -> None:
    assert bool(safe(href)) is good


def test_side_by_side_has_a_row_for_each_sentence_with_both_languages() -> None:
    pairs = (Pair(Text("甲。"), Text("A."), True), Pair(Text("乙。"), Text("B."), False))
    items = (
        Delivered(block(1, Kind.HEADING, "题", 2), Text("Head"), (Pair(Text("题"), Text("Head"), True),)),
        Delivered(block(2, Kind.PARAGRAPH, "甲。乙。"), Text("A. B."), pairs),
        Delivered(block(3, Kind.MARK, "③"), Text("③")),
    )
    page = side_by_side(Delivery(Document("文.txt", "zh", "", ()), items, "Draft")).decode()
    assert page.count("<tr><td") == 4
    assert '<td lang="zh">乙。</td><td lang="en" class="unreviewed" title="not reviewed by a person">B.</td>' in page
    assert "<tbody id=\"b1\" class='heading level2'>" in page
    assert "position:sticky" in page
