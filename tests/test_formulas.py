"""The fixed formulas of a newspaper page."""

from __future__ import annotations

import pytest

from bilingual.bitext import Kind
from bilingual.formulas import label, office, render
from bilingual.names import is_credible_name, personal_name
from bilingual.phrasing import for_engine
from bilingual.signals import degenerate


@pytest.mark.parametrize(
    ("kind", "source", "english"),
    [
        (Kind.BYLINE, "本报记者 张博岚 刘军国", "By staff reporters Zhang Bolan and Liu Junguo"),
        (Kind.BYLINE, "本报记者　王　芳", "By staff reporter Wang Fang"),
        (Kind.BYLINE, "本报记者 王芳 通讯员 李明", "By staff reporter Wang Fang and correspondent Li Ming"),
        (Kind.BYLINE, "新华社记者李明、王芳", "By Xinhua reporters Li Ming and Wang Fang"),
        (Kind.CREDIT, "杨小明摄(影像中国)", "Photo by Yang Xiaoming (Image China)"),
        (Kind.CREDIT, "本报记者 张博岚摄", "Photo by staff reporter Zhang Bolan"),
        (Kind.STAFF, "本版责编:韩秉宸 张远南 李安琪", "Page editors: Han Bingchen, Zhang Yuannan, Li Anqi"),
        (Kind.STAFF, "责编：韩秉宸 版式设计:张芳曼", "Editor: Han Bingchen; Layout: Zhang Fangman"),
        (Kind.CREDIT, "张伟摄(新华社发)", "Photo by Zhang Wei (Xinhua)"),
        (Kind.BYLINE, "本报记者 王芳 摄影报道", "By staff reporter Wang Fang"),
        (Kind.BYLINE, "本报记者 王芳 发自北京", None),
        (Kind.CREDIT, "高度摄", None),
        (Kind.BYLINE, "本报讯 昨日大雨", None),
        (Kind.PARAGRAPH, "本报记者 张博岚", None),
    ],
)
def test_a_formula_is_rendered_by_construction(kind: Kind, source: str, english: str | None) -> None:
    known = {"影像中国": "Image China"}
    assert render(kind, source, lambda n: known.get(n) or (personal_name(n) if is_credible_name(n) else "")) == english


@pytest.mark.parametrize(
    ("text", "start", "english"),
    [
        ("图③:9月22日", 3, "Photo 3: "),
        ("图2：会场", 3, "Photo 2: "),
        ("左图：会场", 3, "Photo (left): "),
        ("图３：会场", 3, "Photo 3: "),
        ("会场：俯瞰", 0, ""),
        ("地图：会场", 0, ""),
    ],
)
def test_a_caption_s_label_is_told_from_its_text(text: str, start: int, english: str) -> None:
    span, lead = label(text)
    assert (span.end, lead) == (start, english)


@pytest.mark.parametrize(
    ("text", "english"),
    [
        ("执行主任", "Executive Director"),
        ("副主席", "Vice Chairman"),
        ("副秘书长", "Deputy Secretary-General"),
        ("的", ""),
    ],
)
def test_an_office_has_its_english(text: str, english: str) -> None:
    assert office(text) == english


@pytest.mark.parametrize(
    ("text", "given"),
    [
        ("一項項成果", "一项又一项成果"),
        ("《甲》《乙》", "《甲》和《乙》"),
        ("《甲》《乙》《丙》", "《甲》、《乙》和《丙》"),
        ("图为会场", "会场"),
        ("企图为之", "企图为之"),
    ],
)
def test_the_engine_is_given_what_it_reads_better(text: str, given: str) -> None:
    assert for_engine(text) == given


@pytest.mark.parametrize(
    ("source", "target", "sign"),
    [
        ("大海平静。", "The sea is calm.", None),
        ("大海平静。", "", "nothing"),
        ("大海平静。", "The 大海 is calm.", "Chinese"),
        ("大海平静。", "The T1X is calm.", "placeholder"),
        ("大海平静。", "The z2z is calm.", "placeholder"),
        ("T5X平静。", "The T5X is calm.", None),
        ("大海平静。", "calm sea calm sea calm sea", "repeated"),
        ("网络空间关乎人类命运,网络空间未来应由世界各国共同开创。", "Cyberspace.", "left out"),
        ("大海。", "The sea is calm and blue and the sky above it is open and wide.", "added"),
        ("①", "①", None),
        ("他说“好,好,好”。", 'He said "good, good, good".', None),
    ],
)
def test_signs_of_bad_output(source: str, target: str, sign: str | None) -> None:
    reason = degenerate(source, target)
    assert (reason is None) if sign is None else (reason is not None and sign in reason)
