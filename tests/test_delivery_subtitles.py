"""Subtitles out: English shared out over cues and set in lines, all else as it was; and from one form to the other."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bilingual.bitext import Code, Text
from bilingual.delivery import UNREVIEWED, Delivered, Delivery
from bilingual.delivery.subtitles import fill, make
from bilingual.delivery.subtitles.lines import WIDTH, line_breaks, shares
from bilingual.documents import read_bytes
from bilingual.errors import InputError
from tests.test_documents_subtitles import PUNCTUATED, SPACED, VTT, cues

ENGLISH = {
    "大家好，今天我们要讲的是互联网的历史，以及它的未来。": (
        "Hello everyone, today we want to talk about| the |history| of the Internet and| its future."
    ),
    "你好！": "Hello!",
    "再见。": "Goodbye.",
    "谢谢大家。": "Thank| you.",
    "我们&他们，今天都要去。": "We & |they are |all| going <today>|.",
    "好。": "Good.",
}


def spread(source: Text, string: str) -> Text:
    """The words with the source's codes where | stands in them."""
    pieces = string.split("|")
    ends = [sum(len(piece) for piece in pieces[: at + 1]) for at in range(len(pieces))]
    codes = tuple(replace(code, position=ends[at]) for at, code in enumerate(source.codes))
    return Text("".join(pieces), codes)


def filled(source: str, english: dict[str, str], suffix: str = ".srt", name: str = "x.srt", notice: str = "") -> str:
    data = source.encode()
    document = read_bytes(data, name)
    items = [
        Delivered(block, spread(block.text, english[block.text.string]) if block.text.string in english else block.text)
        for block in document.blocks
    ]
    return fill(Delivery(document, tuple(items), notice), data, suffix).decode()


def test_a_translated_file_is_the_source_with_other_words() -> None:
    assert (
        filled(PUNCTUATED, ENGLISH)
        == """\
1
00:00:01,000 --> 00:00:03,000
Hello everyone,
today we want to talk about

2
00:00:03,200 --> 00:00:05,000
the <i>history</i> of the Internet
and its future.

3
00:00:05,500 --> 00:00:06,500
- Hello!
- Goodbye.

4
00:00:07,000 --> 00:00:08,000
{\\an8}Thank you.
"""
    )


def test_vtt_keeps_its_styles_notes_names_and_settings() -> None:
    assert (
        filled(VTT, ENGLISH, ".vtt", "x.vtt", "Not reviewed.")
        == """\
WEBVTT - 讲座

NOTE
Not reviewed.

STYLE
::cue(v) { color: red }

NOTE 这是给自己看的

开场
00:01.000 --> 00:03.000 line:0 align:start
We &amp; <v 张三>they are <c.red>all</c> going &lt;today><00:00:02.000>.

00:03.500 --> 00:04.000
Good.
"""
    )


def test_srt_becomes_vtt() -> None:
    assert (
        filled(PUNCTUATED, ENGLISH, ".vtt", notice="Not reviewed.")
        == """\
WEBVTT

NOTE
Not reviewed.

1
00:00:01.000 --> 00:00:03.000
Hello everyone,
today we want to talk about

2
00:00:03.200 --> 00:00:05.000
the <i>history</i> of the Internet
and its future.

3
00:00:05.500 --> 00:00:06.500
- Hello!
- Goodbye.

4
00:00:07.000 --> 00:00:08.000 line:0
Thank you.
"""
    )


def test_vtt_becomes_srt_without_what_srt_does_not_know() -> None:
    assert (
        filled(VTT, ENGLISH, ".srt", "x.vtt")
        == """\
1
00:00:01,000 --> 00:00:03,000
{\\an8}We & they are all going <today>.

2
00:00:03,500 --> 00:00:04,000
Good.
"""
    )


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("end", ["\n", "\r\n"], ids=["lf", "crlf"])
@pytest.mark.parametrize("source", [PUNCTUATED, SPACED], ids=["punctuated", "spaced"])
def test_nothing_translated_is_the_same_file_byte_for_byte(source: str, end: str, encoding: str) -> None:
    data = source.replace("\n", end).encode(encoding)
    document = read_bytes(data, "x.srt")
    assert fill(Delivery(document, tuple(Delivered(b, b.text) for b in document.blocks)), data, ".srt") == data


def test_english_comes_in_the_encoding_and_with_the_line_ends_of_the_file() -> None:
    data = cues("今天我们去公园看花然后再去图书馆看书").replace("\n", "\r\n").encode("gb18030")
    document = read_bytes(data, "x.srt")
    english = Text("Today we go to the park to see the flowers, and then to the café.")
    out = fill(Delivery(document, (Delivered(document.blocks[0], english),)), data, ".srt")
    assert out == (
        "1\r\n00:00:00,000 --> 00:00:02,000\r\nToday we go to the park to see the flowers,\r\nand then to the café.\r\n"
    ).encode("gb18030")


@pytest.mark.parametrize(
    ("english", "parts"),
    [
        ("One two| three four.", ["One two", "three four."]),
        ("One twen|ty three.", ["One twenty", "three."]),
        ("One tw|enty three.", ["One", "twenty three."]),
        ("|One two three.", ["One", "two three."]),
        ("One two three.|", ["One two", "three."]),
        ("|One", ["One", ""]),
    ],
    ids=["between words", "inside, near the end", "inside, near the start", "at the start", "at the end", "one word"],
)
def test_no_word_is_cut_and_no_cue_is_left_empty_while_there_are_words(english: str, parts: list[str]) -> None:
    out = filled(cues("一，", "二。", "三，", "四。"), {"一，二。": english}).split("\n")
    assert [out[2], out[6]] == parts


def test_bold_over_two_cues_is_opened_and_closed_in_each() -> None:
    source = cues("<b>一，", "二</b>。", "三，", "四。")
    document = read_bytes(source.encode(), "x.srt")
    codes = (
        Code(0, "b", "open", "<b>", "bold"),
        Code(8, "c", "empty", "cue 2", "cue"),
        Code(12, "b", "close", "</b>", "bold"),
    )
    items = (
        Delivered(document.blocks[0], Text("One two three.", codes)),
        Delivered(document.blocks[1], document.blocks[1].text),
    )
    out = fill(Delivery(document, items), source.encode(), ".srt").decode().split("\n")
    assert [out[2], out[6]] == ["<b>One two</b>", "<b>thre</b>e."]


def test_what_nobody_has_reviewed_is_not_marked() -> None:
    document = read_bytes(cues("你好").encode(), "x.srt")
    marks = (Code(0, "u", "open", "", UNREVIEWED), Code(6, "u", "close", "", UNREVIEWED))
    out = fill(
        Delivery(document, (Delivered(document.blocks[0], Text("Hello!", marks)),)), cues("你好").encode(), ".srt"
    )
    assert out.decode() == cues("Hello!")


def test_an_arrow_in_english_makes_no_cue() -> None:
    out = filled(cues("左转"), {"左转": "A --> B"})
    assert out == cues("A → B")
    assert "A --&gt; B" in filled(cues("左转"), {"左转": "A --> B"}, ".vtt")


def test_the_notice_of_srt_is_a_first_cue_if_there_is_a_second_for_it() -> None:
    out = filled(SPACED, {}, notice="Not reviewed.")
    assert out == f"0\n00:00:00,000 --> 00:00:01,000\nNot reviewed.\n\n{SPACED}"
    assert filled(cues("你好"), {}, notice="Not reviewed.") == cues("你好")


def test_no_subtitles_are_made_of_what_has_no_cue_times() -> None:
    document = read_bytes("春天来了。".encode(), "x.txt")
    with pytest.raises(InputError, match=r"x.txt: a .srt file needs cue times, and only subtitles have them"):
        make(Delivery(document, ()), ".srt")


def test_a_cue_without_readable_times_stays_and_cannot_become_another_form() -> None:
    source = "1\n00:00:0x,000 --> 00:00:02,000\n你好\n"
    assert filled(source, {"你好": "Hello"}) == source.replace("你好", "Hello")
    with pytest.raises(InputError, match="the times of cue 1 cannot be read"):
        filled(source, {"你好": "Hello"}, ".vtt")


def test_another_file_than_the_one_translated_is_refused() -> None:
    document = read_bytes(cues("甲", "乙").encode(), "x.srt")
    with pytest.raises(InputError, match="not the file that was translated"):
        fill(Delivery(document, ()), cues("甲").encode(), ".srt")


def in_lines(string: str) -> list[str]:
    edges = [0, *(edge for span in line_breaks(string) for edge in (span.start, span.end)), len(string)]
    return [string[start:stop] for start, stop in zip(edges[::2], edges[1::2], strict=True)]


@pytest.mark.parametrize(
    ("string", "lines"),
    [
        ("A short line of at most forty-two letters.", ["A short line of at most forty-two letters."]),
        ("We went to the market yesterday, and then we came home.",
         ["We went to the market yesterday,", "and then we came home."]),
        ("There is nothing in the whole of the world that I fear",
         ["There is nothing in the whole", "of the world that I fear"]),
        ("word " * 30, ["word word word word word word word word"] * 3 + ["word word word word word word"]),
    ],
    ids=["one line", "at the comma", "not after an article", "more than two lines"],
)  # fmt: skip
def test_lines_are_balanced_and_break_where_one_breathes(string: str, lines: list[str]) -> None:
    assert len(in_lines(string.strip())) == len(lines)
    if len(lines) < 3:
        assert in_lines(string) == lines


@given(st.lists(st.text("abc,.", min_size=1, max_size=60), max_size=200))
def test_no_word_is_lost_in_lines(words: list[str]) -> None:
    lines = in_lines(" ".join(words))
    assert " ".join(lines).split() == words
    assert all(len(line) <= WIDTH + 4 or " " not in line for line in lines)


@given(st.text("ab ，好", max_size=60), st.lists(st.integers(0, 60), max_size=3))
def test_shares_hold_every_word_once_and_in_order(string: str, cuts: list[int]) -> None:
    parts = [span.of(string) for span in shares(string, sorted(min(cut, len(string)) for cut in cuts))]
    assert "".join("".join(parts).split()) == "".join(string.split())
    assert len(parts) == len(cuts) + 1
    if len(string.split()) >= len(parts):
        assert all(part.strip() for part in parts)


TEXTS = st.lists(
    st.sampled_from(("今天", "，", "。", "<i>", "</i>", " ", "a", "-", "- ", "{\\an8}", "<", "&", "\n", "♪", "5")),
    max_size=8,
)
TIMES = st.integers(0, 20).map(lambda second: f"00:00:{second:02d},000")


@given(st.lists(st.tuples(TIMES, TIMES, TEXTS.map("".join)), min_size=1, max_size=6), st.booleans())
def test_any_cues_filled_with_their_own_words_are_themselves_and_english_is_read_again(
    found: list[tuple[str, str, str]], vtt: bool
) -> None:
    source = "WEBVTT\n\n" * vtt + "\n\n".join(f"{start} --> {end}\n{words}" for start, end, words in found)
    data = source.encode()
    try:
        document = read_bytes(data, "x.srt")
    except InputError:
        return
    suffix = ".vtt" if vtt else ".srt"
    assert fill(Delivery(document, tuple(Delivered(b, b.text) for b in document.blocks)), data, suffix) == data
    english = [spread(block.text, "One two, three" + "| four" * 30) for block in document.blocks]
    items = tuple(Delivered(block, text) for block, text in zip(document.blocks, english, strict=True))
    again = read_bytes(fill(Delivery(document, items), data, suffix), "x.srt")
    words = " ".join(word for text in english for word in text.string.split())
    assert " ".join(" ".join(block.text.string for block in again.blocks).split()) == words
