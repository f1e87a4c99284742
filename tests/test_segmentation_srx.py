"""SRX files: languages and their order, break and exception rules in theirs, ICU expressions, bad and hostile files."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bilingual.bitext import Block, Document, Kind, Locator, Span, Text
from bilingual.errors import InputError
from bilingual.segmentation import Rules, segment, srx, units_of
from bilingual.segmentation.icu import translated
from bilingual.settings import FILE
from bilingual.settings import load as load_settings

Pairs = tuple[tuple[str, str, str], ...]

TWO = """<?xml version="1.0" encoding="UTF-8"?>
<srx xmlns="http://www.lisa.org/srx20" version="2.0">
<header segmentsubflows="yes" cascade="{cascade}">
<formathandle type="start" include="no"/><formathandle type="end" include="yes"/>
<formathandle type="isolated" include="no"/></header>
<body><languagerules>{rules}</languagerules>
<maprules>{maps}</maprules></body></srx>
"""
ONE = """<?xml version="1.0"?>
<srx version="1.0"><header segmentsubflows="no"><formathandle type="end" include="yes"/></header>
<body><languagerules>{rules}</languagerules>
<maprules><maprule maprulename="house">{maps}</maprule></maprules></body></srx>
"""
CHINESE: Pairs = (("no", "第[一二]。", ""), ("yes", "[。！？]+[”」]?", ""))
ENGLISH: Pairs = (("no", r"\b(Mr|Dr)\.", r"\s"), ("yes", r"[.!?]+", r"\s+\p{Lu}"))


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;")


def _group(name: str, rules: Pairs) -> str:
    written = "".join(
        f'<rule break="{breaks}"><beforebreak>{_escaped(before)}</beforebreak>\n'
        f"<afterbreak>{_escaped(after)}</afterbreak></rule>\n"
        for breaks, before, after in rules
    )
    return f'<languagerule languagerulename="{name}">\n{written}</languagerule>'


def _file(
    folder: Path, groups: dict[str, Pairs], maps: tuple[tuple[str, str], ...], cascade: str = "no", form: str = TWO
) -> Path:
    path = folder / "rules.srx"
    rules = "\n".join(_group(name, rules) for name, rules in groups.items())
    mapped = "\n".join(f'<languagemap languagepattern="{p}" languagerulename="{name}"/>' for p, name in maps)
    path.write_text(form.format(cascade=cascade, rules=rules, maps=mapped), encoding="utf-8")
    return path


def _simple(folder: Path, *rules: tuple[str, str, str]) -> Path:
    return _file(folder, {"default": rules}, ((".*", "default"),))


def _cut(text: str, path: Path, language: str = "zh") -> list[str]:
    return [span.of(text) for span in segment(text, Rules(srx=path), language).segments]


@pytest.mark.parametrize("form", [pytest.param(ONE, id="version 1"), pytest.param(TWO, id="version 2")])
def test_the_language_map_chooses_the_rules(tmp_path: Path, form: str) -> None:
    groups = {"Chinese": CHINESE, "English": ENGLISH}
    path = _file(tmp_path, groups, (("[Zz][Hh].*", "Chinese"), ("EN(-..)?", "English")), form=form)
    assert _cut("第一。是人。二是钱！Mr. Li.", path) == ["第一。是人。", "二是钱！", "Mr. Li."]
    assert _cut("Mr. Li left. He is here. 好。", path, "en") == ["Mr. Li left.", "He is here. 好。"]
    assert _cut("Mr. Li left. He is here.", path, "en-GB") == ["Mr. Li left.", "He is here."]


def test_without_cascade_the_first_map_alone_decides_and_with_it_all_do_in_their_order(tmp_path: Path) -> None:
    groups: dict[str, Pairs] = {"all": (("yes", r"\.", r"\s"),), "english": (("no", r"Mr\.", r"\s"),)}
    maps = (("en.*", "english"), (".*", "all"))
    text = "Mr. Li left. He is here."
    assert _cut(text, _file(tmp_path, groups, maps, cascade="no"), "en") == [text]
    cascading = _file(tmp_path, groups, maps, cascade="yes")
    assert _cut(text, cascading, "en") == ["Mr. Li left.", "He is here."]
    assert _cut(text, cascading, "zh") == ["Mr.", "Li left.", "He is here."]


def test_the_first_rule_that_matches_at_a_place_decides(tmp_path: Path) -> None:
    exception, rule = ("no", "图。", ""), ("yes", "。", "")
    assert _cut("见图。好。走。", _simple(tmp_path, exception, rule)) == ["见图。好。", "走。"]
    assert _cut("见图。好。走。", _simple(tmp_path, rule, exception)) == ["见图。", "好。", "走。"]


def test_a_rule_without_one_half_asks_for_the_other_alone(tmp_path: Path) -> None:
    assert _cut("一;二;三", _simple(tmp_path, ("yes", ";", ""))) == ["一;", "二;", "三"]
    assert _cut("一;二;三", _simple(tmp_path, ("yes", "", ";"))) == ["一", ";二", ";三"]


def test_the_rules_of_the_file_decide_alone_line_ends_included(tmp_path: Path) -> None:
    text = "“好。”他说。\n第二行；——"
    assert _cut(text, _simple(tmp_path, ("yes", "。", ""), ("yes", "；", ""))) == ["“好。", "”他说。", "第二行；", "——"]


def test_the_documented_file_does_what_the_page_says(tmp_path: Path) -> None:
    page = (Path(__file__).parents[1] / "docs" / "segmentation.md").read_text(encoding="utf-8")
    (written,) = re.findall(r"```xml\n(.+?)```", page, re.DOTALL)
    path = tmp_path / "rules.srx"
    path.write_text(written, encoding="utf-8")
    assert _cut("见图12。左边是甲；右边是乙。好？！”", path) == ["见图12。左边是甲；", "右边是乙。", "好？！”"]


def test_the_header_is_read(tmp_path: Path) -> None:
    found = srx.load(_file(tmp_path, {"all": CHINESE}, ((".*", "all"),), cascade="yes"))
    assert (found.version, found.cascade, found.subflows) == ("2.0", True, True)
    assert dict(found.handles) == {"start": False, "end": True, "isolated": False}
    first = found.rules_for("zh")[0]
    assert (first.breaks, first.before, first.line) == (False, "第[一二]。", 7)


@pytest.mark.parametrize(
    ("before", "after", "text", "parts"),
    [
        pytest.param(r"\.", r"\h+\p{Lu}", "a.\tB. c.\u3000D", ["a.", "B. c.", "D"], id="horizontal white space"),
        pytest.param(r"a\v", "", "a\x0bb a\u2028b", ["a", "b a", "b"], id="vertical white space"),
        pytest.param(r"\x{3002}", "", "好。走", ["好。", "走"], id="a code point in braces"),
        pytest.param(r"\u3002", "", "好。走", ["好。", "走"], id="a code point in four digits"),
        pytest.param(r"\Q.)\E", "", "a.) b", ["a.)", "b"], id="quoted"),
        pytest.param(r"[\p{Pe}\p{Po}&&[^,]]", "", "a,b)c", ["a,b)", "c"], id="an intersection of sets"),
        pytest.param(r"[.[!?]]++", "", "a?!b", ["a?!", "b"], id="a set within a set, possessive"),
        pytest.param(r"[|~.]", "", "a|b~~c", ["a|", "b~", "~", "c"], id="what is no operator in ICU"),
        pytest.param(r"((?i)mr|dr)\.", "", "MR.a mr.b", ["MR.", "a mr.", "b"], id="a flag within a group"),
        pytest.param(r"\.", r"\s*\Z", "a. b.\n\n", ["a. b."], id="the end but for a line end"),
        pytest.param(r"x.", "", "x\nxyz", ["x\nxy", "z"], id="a dot matches no line end"),
        pytest.param(r"(?s)x.", "", "x\nxyz", ["x", "xy", "z"], id="but with the flag it does"),
        pytest.param(r"\p{javaLowerCase}\.", "", "A.b.c", ["A.b.", "c"], id="a property by its Java name"),
        pytest.param(r"\w+[\p{Pe}\p{Po}\"]*[.?!]+", r"\s", 'a).. "b"! c', ["a)..", '"b"!', "c"], id="of any length"),
        pytest.param(r"(?<n>a)\k<n>", "", "aab", ["aa", "b"], id="a group by its name"),
        pytest.param(r"。[noauto]", "", "好。走", ["好。", "走"], id="a mark of Okapi's that is no expression"),
    ],
)
def test_expressions_mean_what_they_mean_in_icu(
    tmp_path: Path, before: str, after: str, text: str, parts: list[str]
) -> None:
    assert _cut(text, _simple(tmp_path, ("yes", before, after))) == parts


def test_a_dot_in_a_set_stays_a_dot() -> None:
    assert translated(r"[.\].]+\.") == r"[.\].]+\."


PIECES = st.lists(st.sampled_from([*"。！？.!? \n\u3000“”aB图第一", "Mr.", "第一。"]), max_size=40).map("".join)


@given(PIECES)
def test_every_character_is_in_exactly_one_segment_or_gap(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    folder = tmp_path_factory.getbasetemp() / "properties"
    path = folder / "rules.srx"
    if not path.exists():
        folder.mkdir(exist_ok=True)
        _simple(folder, *CHINESE, *ENGLISH)
    found = segment(text, Rules(srx=path))
    spans = sorted((*found.segments, *found.gaps), key=lambda span: span.start)
    assert [span.start for span in spans] == [0, *(span.end for span in spans)][: len(spans)]
    assert "".join(span.of(text) for span in spans) == text


def test_the_setting_names_the_file_against_the_project_and_units_follow_it(tmp_path: Path) -> None:
    _simple(tmp_path, ("yes", "；", ""))
    (tmp_path / FILE).write_text('[segmentation]\nsrx = "rules.srx"\n', encoding="utf-8")
    rules = load_settings(tmp_path).rules
    blocks = tuple(
        Block(kind, kind, Text("好。走；来。"), (Span(0, 6),), (Locator(line=1),)) for kind in (Kind.CELL, Kind.TITLE)
    )
    units = units_of(Document("d", "zh", "", blocks), rules)
    assert [[span.of("好。走；来。") for span in spans] for _, spans in units] == [
        ["好。走；", "来。"],
        ["好。走；来。"],
    ]


def test_a_file_that_was_changed_is_read_again(tmp_path: Path) -> None:
    path = _simple(tmp_path, ("yes", "；", ""))
    assert _cut("一；二，三", path) == ["一；", "二，三"]
    _simple(tmp_path, ("yes", "，", ""))
    os.utime(path, ns=(1, 1))
    assert _cut("一；二，三", path) == ["一；二，", "三"]


BAD = {
    "no such file": (None, "cannot be read"),
    "empty": (b"", "the file is empty"),
    "not XML": (b"<srx", "is not well-formed XML"),
    "not SRX": (b"<tmx/>", "is not an SRX file: its outermost element is <tmx>"),
    "entities of its own": (b'<!DOCTYPE srx [<!ENTITY a "b">]><srx/>', "declares entities"),
    "no rules for the language": (
        '<srx><languagerule languagerulename="a"/><languagemap languagepattern="en" languagerulename="a"/></srx>',
        r"has no rules for language 'zh' \(it maps: en\)",
    ),
    "a map to no rules": (
        '<srx>\n<languagemap languagepattern=".*" languagerulename="a"/></srx>',
        r"rules.srx:2: no languagerule is called 'a' \(there are: none\)",
    ),
    "neither yes nor no": (
        '<srx><languagerule languagerulename="a">\n<rule break="maybe"/></languagerule></srx>',
        "rules.srx:2: break is 'maybe', but must be yes or no",
    ),
    "a pattern that is none": (
        '<srx><languagerule languagerulename="a"/>\n<languagemap languagepattern="*" languagerulename="a"/></srx>',
        "rules.srx:2: languagepattern '\\*'",
    ),
}


@pytest.mark.parametrize(("data", "told"), BAD.values(), ids=BAD.keys())
def test_a_file_that_cannot_be_used_is_told_in_one_sentence(
    tmp_path: Path, data: bytes | str | None, told: str
) -> None:
    path = tmp_path / "rules.srx"
    if data is not None:
        path.write_bytes(data.encode() if isinstance(data, str) else data)
    with pytest.raises(InputError, match=told):
        _cut("好。", path)


@pytest.mark.parametrize(
    "expression",
    ["[a", "(a", "a)", "*", r"\p{Nonsense}", r"\x{110000}", "(?<=", "(" * 3000 + ")" * 3000],
    ids=["set", "group", "close", "repeat", "property", "code point", "look", "depth"],
)
def test_every_expression_that_is_none_is_told_with_its_line(tmp_path: Path, expression: str) -> None:
    path = _simple(tmp_path, ("yes", expression, ""), ("yes", "。", ""), ("no", "", expression))
    with pytest.raises(InputError) as caught:
        _cut("好。走。", path)
    lines = [problem.split(":")[1] for problem in caught.value.problems]
    assert lines == ["7", "11"]
    assert all("the expression '" in problem for problem in caught.value.problems)


def test_an_expression_that_would_never_end_is_stopped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(srx, "SECONDS", 0.1)
    path = _simple(tmp_path, ("yes", r"。", r"(\w|\w\w|\w+,?)+!"))
    with pytest.raises(InputError, match=r"rules\.srx:7: the expression .* takes too long"):
        _cut("好。" + "字" * 200, path)


def test_the_files_of_other_tools_are_read_and_cut(shared_data: Path) -> None:
    folder = shared_data / "formats"
    paths = [path for path in sorted(folder.rglob("*.srx")) if path.stat().st_size]
    if not paths:
        pytest.skip("no SRX files in the evaluation data")
    text = 'Dr. Li left the U.S. Was he ill? Yes: very. "Right?" Yes, indeed.'
    found = {path.name: _cut(text, path, "en") for path in paths}
    assert all(re.sub(r"\s", "", "".join(parts)) == re.sub(r"\s", "", text) for parts in found.values())
    end = ["Yes: very.", '"Right?"', "Yes, indeed."]
    assert found["alternate-default.srx"] == ["Dr. Li left the U.S. Was he ill?", *end]
    assert found["defaultSegmentation.srx"] == ["Dr. Li left the U.S.", "Was he ill?", *end]
    assert found["sample20.srx"] == ["Dr. Li left the U.S. Was he ill? Yes: very.", '"Right?" Yes, indeed.']
    assert found["TestICU4J.srx"] == [text]
