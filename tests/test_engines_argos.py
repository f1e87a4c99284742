"""The real model, where it is installed: its words are CTranslate2's own, and what it cannot do is told."""

from __future__ import annotations

import random
import sys
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from bilingual.engines import Decode, Engine, Request
from bilingual.engines.argos import LONGEST_TARGET, ArgosEngine
from bilingual.errors import EngineError

pytestmark = pytest.mark.model

NEWS = "2023年世界互联网大会乌镇峰会开幕。"
SENTENCES = (
    NEWS,
    "今年是乌镇峰会举办的第十个年头。",
    "来自中国—中东欧国家的代表说：“数字经济正在改变世界。”",
    "人工智能、大数据、云计算等新技术不断涌现，推动各国经济社会发展。",
    "我们愿同各国一道，携手构建网络空间命运共同体。",
    "谢谢！",
)


def first(engine: Engine, text: str, prefix: str = "", options: Decode | None = None) -> str:
    return engine.translate([Request(text, prefix)], options or Decode())[0][0].text


def bare(package: Path, texts: tuple[str, ...]) -> list[str]:
    """What CTranslate2 and SentencePiece say with nothing of ours between."""
    import ctranslate2
    import sentencepiece

    processor = sentencepiece.SentencePieceProcessor(model_file=str(package / "sentencepiece.model"))
    translator = ctranslate2.Translator(str(package / "model"), compute_type="int8")
    results = translator.translate_batch(processor.encode(list(texts), out_type=str), beam_size=4)
    return ["".join(result.hypotheses[0]).replace("▁", " ").strip() for result in results]


def test_the_words_are_those_of_the_bare_model(model_engine: ArgosEngine) -> None:
    ours = [found[0].text for found in model_engine.translate([Request(text) for text in SENTENCES])]
    same = sum(a == b for a, b in zip(ours, bare(model_engine.path, SENTENCES), strict=True))
    assert same >= len(SENTENCES) - 1  # in int8 a word may depend on the batch


def test_the_order_of_requests_does_not_matter(model_engine: Engine) -> None:
    requests = [Request(text) for text in SENTENCES * 2]
    shuffled = random.Random(7).sample(requests, len(requests))
    words = dict(zip([r.text for r in requests], model_engine.translate(requests), strict=True))
    assert [words[request.text] for request in shuffled] == model_engine.translate(shuffled)


def test_an_empty_text_gives_an_empty_one_in_its_place(model_engine: Engine) -> None:
    found = model_engine.translate([Request(""), Request("谢谢！"), Request("　")])
    assert [bool(hypotheses[0].text) for hypotheses in found] == [False, True, False]


PREFIXES = ["The World Internet Conference", "At the World Inter", "→ In 乌镇,", '"Wuzhen', "T1X of"]


@pytest.mark.parametrize("prefix", PREFIXES)
def test_a_prefix_is_honoured_to_the_letter(prefix: str, model_engine: Engine) -> None:
    assert first(model_engine, NEWS, prefix).startswith(prefix)


def test_white_space_after_a_prefix_does_not_count(model_engine: Engine) -> None:
    assert first(model_engine, NEWS, "The 2023 ") == first(model_engine, NEWS, "The 2023")


def test_hypotheses_come_best_first_and_differ(model_engine: Engine) -> None:
    [found] = model_engine.translate([Request(NEWS)], Decode(beam=2, hypotheses=4))
    assert len({hypothesis.text for hypothesis in found}) == 4
    assert all(a.score >= b.score for a, b in pairwise(found))
    assert all(-3 < hypothesis.score < 0 for hypothesis in found)


def test_alternatives_differ_in_the_word_after_the_prefix(model_engine: Engine) -> None:
    [found] = model_engine.translate([Request(NEWS, "The World")], Decode(hypotheses=4, alternatives=True))
    assert len({hypothesis.text.split()[2] for hypothesis in found}) == 4


def test_suppressed_words_do_not_appear(model_engine: Engine) -> None:
    assert "Internet" in first(model_engine, NEWS)
    assert "Internet" not in first(model_engine, NEWS, options=Decode(suppress=("Internet", " ")))


def test_repetition_is_held_back_where_asked(model_engine: Engine) -> None:
    text = "发展" * 40
    words = first(model_engine, text, options=Decode(no_repeat_ngram=2, repetition_penalty=1.2)).split()
    assert len(set(pairwise(words))) == len(words) - 1


def test_a_source_too_long_for_the_model_is_split_and_says_so(model_engine: Engine) -> None:
    long = "，".join(SENTENCES[3].rstrip("。") for _ in range(30)) + "。"
    long_one, short_one = model_engine.translate([Request(long), Request("谢谢！")])
    assert "split" in long_one[0].signs
    assert len(long_one[0].text) > 1500
    assert short_one[0].signs == ()


def test_a_line_without_any_mark_is_split_too(model_engine: Engine) -> None:
    [[found]] = model_engine.translate([Request("世界互联网大会" * 100)])
    assert found.signs[0] == "split"


def test_an_output_at_the_limit_is_retried_in_parts_and_flagged(
    model_engine: ArgosEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bilingual.engines.argos.LONGEST_TARGET", 8)
    [[found]] = model_engine.translate([Request(SENTENCES[3])])
    assert found.signs == ("split", "cut")
    monkeypatch.setattr("bilingual.engines.argos.LONGEST_TARGET", 24)
    assert [[h.signs for h in found] for found in model_engine.translate([Request(SENTENCES[3])])] == [[("split",)]]
    assert LONGEST_TARGET == 256


def test_a_right_translation_scores_better_than_a_wrong_one(model_engine: Engine) -> None:
    right, wrong, nothing = model_engine.score(
        [("谢谢大家。", "Thank you all."), ("谢谢大家。", "Bananas are yellow."), ("谢谢大家。", "")]
    )
    assert 0 > right > wrong
    assert nothing < right


def test_english_is_cut_as_the_model_cuts_it(model_engine: ArgosEngine) -> None:
    pieces = model_engine._pieces()
    assert pieces.target("The World Internet Conference") == ["▁The", "▁World", "▁Internet", "▁Conference"]
    assert pieces.target("T1X, 1999.") == ["▁T", "1", "X", ",", "▁1999", "."]
    assert pieces.target("  ") == []


def test_progress_moves_and_ends_at_the_total(model_engine: ArgosEngine) -> None:
    told: list[tuple[int, int]] = []
    model_engine.on_progress = lambda done, total: told.append((done, total))
    model_engine.translate([Request(f"{text}{number}") for number in range(8) for text in SENTENCES[:4]])
    model_engine.on_progress = None
    assert len(told) >= 2
    assert told == sorted(told)
    assert told[-1][0] == told[-1][1]


def test_a_bad_option_is_an_engine_error(model_engine: Engine) -> None:
    with pytest.raises(EngineError, match="translation engine failed"):
        model_engine.translate([Request("谢谢！")], Decode(hypotheses=0))


def test_the_identity_names_package_weights_and_arithmetic(model_engine: Engine) -> None:
    assert model_engine.identity == "translate-zh_en-1_9@edd8c8a6863d/int8/ct2-4"


_listening: list[str] | None = None


def _hear(event: str, _arguments: tuple[Any, ...]) -> None:
    if _listening is not None and event.startswith("socket."):
        _listening.append(event)


def test_no_socket_is_opened_while_a_model_is_loaded_and_translates(model_engine: ArgosEngine) -> None:
    global _listening  # noqa: PLW0603 (an audit hook cannot be taken off again, only made deaf)
    sys.addaudithook(_hear)
    _listening = []
    try:
        engine = ArgosEngine(model_engine.path, inter_threads=1)
        assert first(engine, "谢谢！")
        assert engine.score([("谢谢！", "Thank you!")])
        heard = list(_listening)
    finally:
        _listening = None
    assert heard == []


@pytest.mark.skipif(not Path("/proc/self/fd").is_dir(), reason="needs /proc")
def test_no_socket_is_open_after_translating(model_engine: Engine) -> None:
    def sockets() -> set[str]:
        links = [str(fd.readlink()) for fd in Path("/proc/self/fd").iterdir() if fd.is_symlink()]
        return {link for link in links if link.startswith("socket:")}

    before = sockets()
    first(model_engine, "谢谢！")
    assert sockets() <= before
