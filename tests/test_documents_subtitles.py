"""Subtitles in: cues from the wild, sentences over several cues, tags as codes, times that cannot be."""

from __future__ import annotations

import contextlib
import time

import pytest

from bilingual.bitext import Document, Kind
from bilingual.documents import read_bytes
from bilingual.errors import InputError

PUNCTUATED = """\
1
00:00:01,000 --> 00:00:03,000
大家好，今天我们要讲的是

2
00:00:03,200 --> 00:00:05,000
<i>互联网</i>的历史，
以及它的未来。

3
00:00:05,500 --> 00:00:06,500
- 你好！
- 再见。

4
00:00:07,000 --> 00:00:08,000
{\\an8}谢谢大家。
"""

SPACED = """\
1
00:00:01,000 --> 00:00:03,000
大家好 今天我们要讲的是

2
00:00:03,200 --> 00:00:05,000
互联网的历史

3
00:00:05,500 --> 00:00:06,500
以及它的未来
"""

VTT = """\
WEBVTT - 讲座

STYLE
::cue(v) { color: red }

NOTE 这是给自己看的

开场
00:01.000 --> 00:03.000 line:0 align:start
<v 张三>我们&amp;他们，今天<c.red>都</c>要<00:00:02.000>去。

00:03.500 --> 00:04.000
好。
"""


def document(text: str, name: str = "x.srt") -> Document:
    return read_bytes(text.encode(), name)


def strings(text: str, name: str = "x.srt") -> list[str]:
    return [block.text.string for block in document(text, name).blocks]


def srt(*cues: tuple[str, str, str]) -> str:
    return "\n".join(f"{n}\n{start} --> {end}\n{words}\n" for n, (start, end, words) in enumerate(cues, 1))


def cues(*words: str, gap: int = 0) -> str:
    """Cues of two seconds each, `gap` seconds apart."""
    starts = [at * (2 + gap) for at in range(len(words))]
    return srt(*((f"00:00:{s:02d},000", f"00:00:{s + 2:02d},000", w) for s, w in zip(starts, words, strict=True)))


def test_a_sentence_over_two_cues_is_one_block_with_both_places() -> None:
    first = document(PUNCTUATED).blocks[0]
    assert first.text.string == "大家好，今天我们要讲的是互联网的历史，以及它的未来。"
    assert [place.cue for place in first.locators] == [1, 2]
    assert [(c.position, c.kind, c.type, c.data) for c in first.text.codes] == [
        (12, "empty", "cue", "cue 2"),
        (12, "open", "italic", "<i>"),
        (15, "close", "italic", "</i>"),
        (19, "empty", "lb", "\n"),
    ]


def test_every_block_is_where_its_spans_say() -> None:
    for read in (document(PUNCTUATED), document(SPACED), document(VTT, "x.vtt")):
        for block in read.blocks:
            assert len(block.spans) == len(block.locators)
            assert "".join(span.of(read.text) for span in block.spans) == block.text.string
            assert block.kind is Kind.PARAGRAPH


def test_two_speakers_are_two_blocks_without_their_dashes() -> None:
    spoken = [(b.text.string, b.locators[0].cue) for b in document(PUNCTUATED).blocks]
    assert spoken[1:] == [("你好！", 3), ("再见。", 3), ("谢谢大家。", 4)]


def test_in_a_file_without_punctuation_a_cue_is_a_block() -> None:
    assert strings(SPACED) == ["大家好 今天我们要讲的是", "互联网的历史", "以及它的未来"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (cues("他说，", "走吧。", "好，", "走。"), ["他说，走吧。", "好，走。"]),
        (cues("他说，", "走吧。", "好，", "走。", gap=3), ["他说，走吧。", "好，走。"]),
        (cues("他说，", "走吧。", "好，", "走。", gap=4), ["他说，", "走吧。", "好，", "走。"]),
        (cues("一，", "二，", "三，", "四，", "五。", "六。"), ["一，二，三，四，", "五。", "六。"]),
        (cues("他说：“走吧。”", "我，", "不走……"), ["他说：“走吧。”", "我，不走……"]),
        (cues("他笑了，", "（掌声）", "然后，", "走了。", "好。"), ["他笑了，", "（掌声）", "然后，走了。", "好。"]),
        (cues("我想，", "张三：你想什么？", "没，", "没什么。"), ["我想，", "张三：你想什么？", "没，没什么。"]),
        (cues("我想，", "- 走吧。", "好，", "好。"), ["我想，", "走吧。", "好，好。"]),
        (cues("用Python，", "Java, and", "C++。", "好，", "好。"), ["用Python，Java, and C++。", "好，好。"]),
    ],
    ids=["short gap", "three seconds", "longer", "four cues at most", "closing quote", "applause", "named speaker",
         "dash", "latin words get a space"],
)  # fmt: skip
def test_a_sentence_goes_on_in_the_next_cue_only_where_it_may(text: str, expected: list[str]) -> None:
    assert strings(text) == expected


def test_vtt_has_entities_voices_classes_and_times_as_what_they_are() -> None:
    first, second = document(VTT, "x.vtt").blocks
    assert (first.text.string, second.text.string) == ("我们&他们，今天都要去。", "好。")
    assert [(c.position, c.kind, c.data) for c in first.text.codes] == [
        (0, "empty", "<v 张三>"),
        (8, "open", "<c.red>"),
        (9, "close", "</c>"),
        (10, "empty", "<00:00:02.000>"),
    ]
    assert not document(VTT, "x.vtt").flags


@pytest.mark.parametrize(
    "text",
    [
        "1\n00:00:01,000 --> 00:00:02,000\n甲\n2\n00:00:03,000 --> 00:00:04,000\n乙\n",
        "00:00:01,000 --> 00:00:02,000\n甲\n\n00:00:03,000 --> 00:00:04,000\n乙",
        "7\n00:00:01,000 --> 00:00:02,000\n甲\n\n7\n00:00:03,000 --> 00:00:04,000\n乙\n",
        "1\n00:00:01.000 --> 00:00:02.000\n甲\n\n2\n00:00:03.000-->00:00:04.000  X1:1\n乙\n",
        "1\n00:01,000 --> 00:02,000\n甲\n\n2\n00:03 --> 00:04\n乙\n",
        "1\n00：00：01，000 --> 00：00：02，000\n甲\n\n2\n00：00：03，000 --> 00：00：04，000\n乙\n",
        "\n\n1\n\n00:00:01,000 --> 00:00:02,000\n\n甲\n\n2\n\n00:00:03,000 --> 00:00:04,000\n\n乙\n\n",
        "00:00:01,000 --> 00:00:02,000\n  甲\u3000\n\n2\n00:00:03,000 --> 00:04\n\ufeff乙\n3\n00:05 --> 00:06\n\n",
    ],
    ids=["no blank line", "no numbers", "doubled numbers", "dots", "no hours", "full width", "double spaced",
         "an empty cue"],
)  # fmt: skip
@pytest.mark.parametrize("end", ["\n", "\r\n"], ids=["lf", "crlf"])
def test_files_from_the_wild_give_their_cues(text: str, end: str) -> None:
    read = document(text.replace("\n", end))
    assert [(b.text.string, b.locators[0].cue) for b in read.blocks] == [("甲", 1), ("乙", 2)]
    assert not read.flags


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030", "utf-16"])
def test_any_encoding_is_read(encoding: str) -> None:
    assert [b.text.string for b in read_bytes(SPACED.encode(encoding), "x.srt").blocks] == strings(SPACED)


def test_words_after_a_blank_line_in_a_cue_are_not_lost() -> None:
    assert strings("1\n00:00:01,000 --> 00:00:02,000\n甲\n\n乙\n\n2\n00:00:03,000 --> 00:00:04,000\n丙\n") == [
        "甲乙",
        "丙",
    ]


def test_unknown_brackets_are_words() -> None:
    assert strings(cues("我<3你 a<b {笑}")) == ["我<3你 a<b {笑}"]


@pytest.mark.parametrize(
    ("times", "reason"),
    [
        ("00:00:05,000 --> 00:00:02,000", "it ends before it starts"),
        ("-00:00:05,000 --> 00:00:02,000", "it has a negative time"),
        ("00:00:01,000 --> 00:99:00,000", "its times are not possible: 00:00:01,000 --> 00:99:00,000"),
        ("99:00:01,000 --> 99:00:02,000", "its times are not possible"),
        ("00:00:0x,000 --> 00:00:02,000", "the times '00:00:0x,000 --> 00:00:02,000' cannot be read"),
        ("00:00:01,000 -->", "the times '00:00:01,000 -->' cannot be read"),
    ],
)
def test_times_that_cannot_be_are_flagged_and_the_words_are_read(times: str, reason: str) -> None:
    (block,) = document(f"1\n{times}\n你好\n").blocks
    assert block.text.string == "你好"
    assert block.flags[0].reason.startswith(f"cue 1 (line 2): {reason}")


def test_cues_out_of_order_are_read_in_time_with_a_flag_that_names_the_first() -> None:
    read = document(srt(("00:00:05,000", "00:00:06,000", "二"), ("00:00:01,000", "00:00:02,000", "一")))
    assert [(b.text.string, b.locators[0].cue) for b in read.blocks] == [("一", 2), ("二", 1)]
    assert [f.reason for f in read.flags] == [
        "cue 2 starts before the cue in front of it: the cues are read in the order of their times"
    ]


def test_cues_that_overlap_are_no_mistake() -> None:
    read = document(srt(("00:00:01,000", "00:00:06,000", "字幕"), ("00:00:02,000", "00:00:03,000", "对白")))
    assert strings(srt(("00:00:01,000", "00:00:06,000", "字幕"))) == ["字幕"]
    assert not read.flags
    assert not any(b.flags for b in read.blocks)


def test_subtitles_for_learners_are_told_to_hold_two_languages() -> None:
    read = document(cues("你好\nHello", "再见\nGoodbye", "好\nOK"))
    assert [f.reason.partition(":")[0] for f in read.flags] == ["cue 1"]
    assert "a line that is not Chinese" in read.flags[0].reason


def test_words_that_no_cue_shows_are_told() -> None:
    read = document("WEBVTT\n\n00:01.000 --> 00:02.000\n甲\n\n掉队的一行\n", "x.vtt")
    assert [f.reason for f in read.flags] == [
        "line 6: '掉队的一行' stands in no cue; it is kept as it is, not translated"
    ]


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "the file is empty"),
        ("只有文字，没有时间。\n".encode(), "no subtitle cue found"),
        (b"WEBVTT\n", "no subtitle cue found"),
        (b"1\n00:00:01,000 --> 00:00:02,000\n\n", "the subtitle cues have no words"),
        (bytes(range(256)) * 20, "this is a binary file, not text"),
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 100, "this is a PNG image, not text"),
    ],
    ids=["empty", "prose", "only a heading", "no words", "garbage", "image"],
)
def test_what_is_no_subtitle_file_is_refused_in_a_sentence(data: bytes, message: str) -> None:
    with pytest.raises(InputError, match=message):
        read_bytes(data, "x.srt")


def test_a_control_character_is_left_out_with_a_flag() -> None:
    (block,) = document("1\n00:00:01,000 --> 00:00:02,000\n你\x01好<font \x02>\n").blocks
    assert (block.text.string, block.text.codes[0].data) == ("你好", "<font >")
    assert block.flags[0].reason == "cue 1: left out U+0001, U+0002"


@pytest.mark.parametrize(
    "text",
    [
        "1\n00:00:01,000 --> 00:00:02,000\n" + "<i>好" * 20_000,
        "1\n00:00:01,000 --> 00:00:02,000\n" + "好\n" * 50_000,
        "00:00:01,000 --> 00:00:02,000\n" * 20_000 + "好",
        "1\n00:00:01,000 --> 00:00:02,000\n好" + "<c." * 30_000,
        "0" * 100_000 + "-->\n好",
        "1\n00:00:01,000 --> 00:00:02,000\n好" + "{\\" * 50_000,
    ],
    ids=["open tags", "one long cue", "only times", "half tags", "digits", "half overrides"],
)
def test_what_is_made_to_break_a_parser_is_read_in_time(text: str) -> None:
    start = time.perf_counter()
    with contextlib.suppress(InputError):
        document(text)
    assert time.perf_counter() - start < 10
