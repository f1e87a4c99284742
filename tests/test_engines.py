"""Engines without a model: the table, the instant engine, and where long sentences and English words are cut."""

from __future__ import annotations

import json
import re
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bilingual.engines import ENGINES, Decode, Engine, Request, create
from bilingual.engines.argos import ArgosEngine
from bilingual.engines.instant import InstantEngine
from bilingual.engines.lengths import halve, parts
from bilingual.engines.pieces import Pieces, words
from bilingual.errors import EngineError, SettingsError

CHINESE = re.compile(r"[\u2e80-\u2fdf\u3000-\u303f\u31c0-\u31ef\u3400-\u9fff\uf900-\ufaff\uff00-\uffef]")
TEXTS = st.text(st.sampled_from("中文世界大会，。；、！《》“”…—１a T1X2,000:30 \n\t"), max_size=60)


def test_an_engine_that_is_not_in_the_table_is_a_setting_that_cannot_be() -> None:
    with pytest.raises(SettingsError, match=r"no engine is called 'deep' – choose one of: argos, instant"):
        create("deep")


def test_the_table_makes_each_engine_with_its_options(tmp_path: Path) -> None:
    assert set(ENGINES) == {"argos", "instant"}
    instant: Engine = create("instant", answer=lambda _request, _options: "yes")
    assert instant.translate([Request("是")])[0][0].text == "yes"
    assert isinstance(create("argos", path=tmp_path, inter_threads=1), ArgosEngine)


def test_the_instant_engine_keeps_latin_words_digits_and_placeholders() -> None:
    [[found]] = InstantEngine().translate([Request("2023年，T1X在乌镇举行，OpenAI 参加了《T2X》（共１０个）。")])
    assert re.findall(r"[A-Z0-9]\w*", found.text) == ["2023", "T1X", "OpenAI", "T2X", "10"]
    assert re.search(r'2023 \w+, T1X .*"T2X"\(\w+ 10 \w+\)\.$', found.text)


def test_the_instant_engine_always_says_the_same() -> None:
    requests = [Request("世界互联网大会"), Request("中国—中东欧"), Request("")]
    first, second = InstantEngine().translate(requests), InstantEngine().translate(requests[::-1])
    assert first == second[::-1]
    assert [hypothesis.text for hypothesis in first[2]] == [""]


@given(TEXTS)
def test_the_instant_engine_leaves_no_chinese(text: str) -> None:
    [[found]] = InstantEngine().translate([Request(text)])
    assert not CHINESE.search(found.text)
    assert bool(found.text) or not re.search(r"\w", text)


def test_the_instant_engine_honours_prefix_and_hypotheses() -> None:
    [found] = InstantEngine().translate([Request("世界互联网大会", prefix="The World")], Decode(hypotheses=3))
    assert len({hypothesis.text for hypothesis in found}) == 3
    assert all(hypothesis.text.startswith("The World ") for hypothesis in found)
    assert [h.score for h in found] == sorted((h.score for h in found), reverse=True)


def test_the_instant_engine_gives_the_answers_of_a_test() -> None:
    def answer(request: Request, options: Decode) -> str | list[str]:
        return [f"{request.text}!", "second", "third"] if options.hypotheses > 1 else request.text

    engine = InstantEngine(answer)
    assert [[h.text for h in found] for found in engine.translate([Request("一")])] == [["一"]]
    assert [h.text for h in engine.translate([Request("一")], Decode(hypotheses=2))[0]] == ["一!", "second"]


def test_the_instant_engine_makes_ten_megabytes_in_seconds() -> None:
    requests = [Request("中国—中东欧国家博览会在宁波举行，来自各国的代表参加了T1X。" * 4)] * 30_000  # 10.4 MB
    start, told = time.perf_counter(), []
    engine = InstantEngine()
    engine.on_progress = lambda done, total: told.append((done, total))
    assert len(engine.translate(requests)) == 30_000
    assert time.perf_counter() - start < 20  # about 1.5 s on a quiet machine
    assert told[-1][0] == told[-1][1] == sum(len(request.text) for request in requests)


HALVES = [
    ("一二三。四五六", "一二三。", "四五六"),
    ("一二三，四五；六七", "一二三，四五；", "六七"),
    ("一，二三四五六七八九，十", "一，二三四五", "六七八九，十"),
    ("一二三，四五六，七八", "一二三，", "四五六，七八"),
    ("甲、乙、丙、丁", "甲、乙、", "丙、丁"),
    ("世界ConferenceT1X大会", "世界", "ConferenceT1X大会"),
    ("aaaa", "aa", "aa"),
    ("一二1,000三四五", "一二1,000", "三四五"),
    ("甲乙", "甲", "乙"),
]


@pytest.mark.parametrize(("text", "first", "second"), HALVES, ids=[text for text, _, _ in HALVES])
def test_a_long_sentence_is_cut_at_the_strongest_mark_near_its_middle(text: str, first: str, second: str) -> None:
    assert halve(text) == (first, second)


@given(TEXTS, st.integers(1, 20))
def test_the_parts_put_end_to_end_are_the_sentence(text: str, most: int) -> None:
    found = parts(text, lambda part: len(part) <= most)
    assert "".join(found) == text
    assert all(len(part) <= most for part in found)


def test_a_line_of_two_hundred_thousand_characters_is_cut_quickly() -> None:
    start = time.perf_counter()
    assert len(parts("中" * 200_000, lambda part: len(part) <= 200)) >= 1000
    assert time.perf_counter() - start < 10  # about 1 s on a quiet machine


def test_decoded_pieces_leave_no_marks_of_the_model() -> None:
    assert words(["▁The", "▁W", "u", "<unk>", "▁", "Z", "hen", "."]) == " The Wu Zhen."


def test_a_package_without_its_files_is_an_engine_error_that_names_the_file(tmp_path: Path) -> None:
    with pytest.raises(EngineError, match=r"sentencepiece\.model: cannot be read .*bilingual model install"):
        Pieces(tmp_path)
    engine = ArgosEngine(tmp_path)
    with pytest.raises(EngineError, match=r"model\.bin: cannot be read"):
        _ = engine.identity
    with pytest.raises(EngineError, match="cannot be loaded"):
        engine.translate([Request("你好")])


def test_a_broken_model_is_an_engine_error(tmp_path: Path) -> None:
    (tmp_path / "sentencepiece.model").write_bytes(b"not pieces")
    (tmp_path / "model").mkdir()
    (tmp_path / "model" / "model.bin").write_bytes(b"not weights")
    (tmp_path / "model" / "config.json").write_text(json.dumps({}), "utf-8")
    with pytest.raises(EngineError):
        ArgosEngine(tmp_path).translate([Request("你好")])


def test_nothing_is_loaded_where_there_is_nothing_to_translate(tmp_path: Path) -> None:
    assert [[h.text for h in found] for found in ArgosEngine(tmp_path).translate([Request(""), Request(" \n　")])] == [
        [""],
        [""],
    ]
    assert ArgosEngine(tmp_path).score([]) == []
