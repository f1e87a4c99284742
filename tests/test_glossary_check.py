"""What a check of the glossary finds, what it leaves alone, and which table counts."""

from __future__ import annotations

import csv
import json
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

from bilingual.bitext import TermKind, TermStatus
from bilingual.cli import app
from bilingual.errors import InputError
from bilingual.glossary import COLUMNS, load
from bilingual.glossary.checking import CHECKS, check
from tests.conftest import ROOT


def table(folder: Path, *rows: dict[str, str], name: str = "terms.csv") -> Path:
    path = folder / name
    path.parent.mkdir(exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS)
        writer.writeheader()
        writer.writerows(rows)
    return path


def entry(source: str, target: str, **cells: str) -> dict[str, str]:
    return {"source": source, "target": target} | cells


def findings(path: Path, *rows: dict[str, str]) -> list[tuple[str, str, int]]:
    return [(p.severity.value, p.check, p.line) for p in check([table(path, *rows)]).problems]


def test_the_glossary_of_the_project_is_clean() -> None:
    assert [str(problem) for problem in check([ROOT / "glossary"]).problems] == []


@pytest.mark.parametrize(
    ("cells", "severity", "name"),
    [
        pytest.param(entry("东\u200b盟", "ASEAN"), "error", "characters", id="zero-width-space"),
        pytest.param(entry("东盟", "ASEAN\u00ad"), "error", "characters", id="soft-hyphen"),
        pytest.param(entry("东盟", "ASEAN", admitted="the\u202e bloc"), "error", "characters", id="turned-direction"),
        pytest.param(entry("东盟", "AS\u0415AN"), "error", "characters", id="cyrillic-letter"),
        pytest.param(entry("东盟", "\u0391SEAN"), "error", "characters", id="greek-capital"),
        pytest.param(entry("东盟", "ASEAN\ufffd"), "error", "characters", id="replacement-character"),
        pytest.param(entry("东盟", "ＡＳＥＡＮ"), "warning", "characters", id="full-width-latin"),
        pytest.param(entry("东盟", "ASEAN，China"), "warning", "characters", id="chinese-comma"),
        pytest.param(entry("研发", "R&amp;D"), "warning", "characters", id="markup-left"),
        pytest.param(entry("研发", "R  and D"), "warning", "form", id="double-space"),
        pytest.param(entry("研发", "research (R"), "warning", "form", id="open-bracket"),
        pytest.param(entry("研发", "“research"), "warning", "form", id="open-quotation"),
        pytest.param(entry("“研发", "research"), "warning", "form", id="open-quotation-in-the-chinese"),
        pytest.param(entry("研发", "research,"), "warning", "form", id="comma-at-the-end"),
        pytest.param(entry("研发", "research."), "warning", "form", id="full-stop-at-the-end"),
        pytest.param(entry("研发", "the research"), "warning", "form", id="article"),
        pytest.param(entry("研发", "The research"), "warning", "form", id="article-with-capital"),
        pytest.param(entry("研发", "research", admitted="R&D|R&D"), "warning", "form", id="said-twice"),
        pytest.param(entry("《网络安全法》", "Cybersecurity Law"), "warning", "form", id="title-in-its-marks"),
        pytest.param(entry("互联⽹大会", "Internet Conference"), "error", "never", id="radical-for-character"),
        pytest.param(entry("王　勇", "Wang Yong"), "warning", "never", id="spaced-name"),
        pytest.param(
            entry("乌镇镇", "Wuzhen Town", forbidden="Wuzhen"), "warning", "forbidden", id="forbidden-in-the-right"
        ),
        pytest.param(
            entry("中东", "Middle East", kind="place", example="中国—中东欧国家合作"), "warning", "never",
            id="not-in-its-own-example",
        ),
    ],
)  # fmt: skip
def test_an_entry_that_is_not_what_it_seems_is_found(
    tmp_path: Path, cells: dict[str, str], severity: str, name: str
) -> None:
    assert findings(tmp_path, cells) == [(severity, name, 2)]


@pytest.mark.parametrize(
    "cells",
    [
        pytest.param(entry("苹果公司", "Apple Inc."), id="abbreviation-at-the-end"),
        pytest.param(entry("美国", "U.S.", kind="place"), id="letters-with-points"),
        pytest.param(entry("海牙", "The Hague", kind="place"), id="article-of-a-name"),
        pytest.param(entry("Ｂ超", "β-scan"), id="greek-word-and-wide-source"),
        pytest.param(entry("微米级", "μm-scale", kind="programme"), id="micro-sign"),
        pytest.param(entry("品牌出海 货聚全球", "Brands Go Overseas"), id="slogan-in-two-halves"),
        pytest.param(entry("“互联网之光”博览会", "“Light of the Internet” Expo"), id="quotations"),
        pytest.param(entry("是什么", "What Is It?", kind="document"), id="question-mark"),
        pytest.param(entry("中东", "Middle East", kind="place", example="中东地区局势"), id="in-its-own-example"),
        pytest.param(entry("互聯網", "Internet", example="互联网发展"), id="traditional-entry"),
        pytest.param(entry("世界互联网大会", "World Internet Conference", admitted="the WIC"), id="article-admitted"),
    ],
)
def test_an_entry_that_is_right_is_left_alone(tmp_path: Path, cells: dict[str, str]) -> None:
    assert findings(tmp_path, cells) == []


WIC = entry("世界互联网大会", "World Internet Conference", kind="organisation")


@pytest.mark.parametrize(
    ("inner", "outer", "told"),
    [
        (WIC, entry("世界互联网大会乌镇峰会", "Wuzhen Summit"), True),
        (WIC, entry("世界互联网大会乌镇峰会", "WIC Wuzhen Summit"), False),
        (WIC, entry("世界互联网大会乌镇峰会", "Wuzhen Summit of the World Internet Conference"), False),
        (WIC | {"admitted": "Wuzhen"}, entry("世界互联网大会乌镇峰会", "Wuzhen Summit"), False),
        (WIC, entry("世界互联网大会国际组织", "WICIO"), False),
        (entry("中东", "Middle East", kind="place"), entry("中国—中东欧国家合作", "China-CEEC Cooperation"), False),
        (entry("合作", "cooperation"), entry("合作伙伴关系", "cooperative partnership"), False),
    ],
    ids=["differs", "by-initials", "whole", "admitted", "an-abbreviation", "no-word-of-its-own", "another-form"],
)
def test_a_longer_term_that_translates_a_shorter_one_otherwise_is_told(
    tmp_path: Path, inner: dict[str, str], outer: dict[str, str], told: bool
) -> None:
    assert findings(tmp_path, inner, outer) == ([("note", "differs", 2)] if told else [])


def test_a_term_that_is_never_a_word_in_the_entries_that_hold_it_is_told(tmp_path: Path) -> None:
    longer = [entry(f"{name}互联网大会", "Internet Conference Inter") for name in ("世界", "亚洲", "欧洲")]
    assert findings(tmp_path, entry("互联", "Inter"), *longer) == [("note", "never", 2)]


@pytest.mark.parametrize(
    ("first", "second", "never"),
    [
        ("always", "exact", True),
        ("exact", "always", False),
        ("near:阿拉伯|阿盟", "near:阿盟", True),
        ("near:阿盟", "near:阿拉伯|阿盟", False),
        ("not near:阿拉伯", "not near:阿拉伯|阿盟", True),
        ("not before:洲", "not after:洲", False),
        ("near:阿盟", "always", False),
    ],
)
def test_a_condition_that_another_entry_covers_is_told(tmp_path: Path, first: str, second: str, never: bool) -> None:
    rows = (entry("中阿", "China-Arab", id="1", when=first), entry("中阿", "China-Africa", id="2", when=second))
    assert findings(tmp_path, *rows) == ([("warning", "never", 3)] if never else [])


def test_of_two_tables_the_first_counts_and_the_check_only_notes_it(tmp_path: Path) -> None:
    project = table(tmp_path, entry("东盟", "ASEAN bloc"), name="project.csv")
    general = table(tmp_path, entry("東盟", "ASEAN"), entry("欧盟", "European Union"), name="general.csv")
    assert [term.target for term in load([project, general]).terms] == ["ASEAN bloc", "European Union"]
    assert [term.target for term in load([general, project]).terms] == ["ASEAN", "European Union"]
    (note,) = check([project, general]).problems
    assert (note.severity, note.check, note.path, note.line) == ("note", "overridden", general, 2)


def test_a_condition_in_the_first_table_leaves_the_rest_to_the_second(tmp_path: Path) -> None:
    project = table(tmp_path, entry("中阿", "China-Arab", when="near:阿拉伯"), name="project.csv")
    general = table(tmp_path, entry("中阿", "China-Argentina", id="x"), name="general.csv")
    terms = load([project, general])
    assert [m.term.target for text in ("中阿与阿拉伯", "中阿双方") for m in terms.match(text)] == [
        "China-Arab", "China-Argentina",
    ]  # fmt: skip


def test_an_entry_without_condition_overrides_conditions_in_later_tables(tmp_path: Path) -> None:
    project = table(tmp_path, entry("中阿", "China-Arab"), name="project.csv")
    general = table(tmp_path, entry("中阿", "China-Argentina", id="x", when="near:阿根廷"), name="general.csv")
    assert [m.term.target for m in load([project, general]).match("中阿:阿根廷")] == ["China-Arab"]


def test_a_project_switches_a_general_entry_off(tmp_path: Path) -> None:
    project = table(tmp_path, entry("东盟", "ASEAN", status="deprecated"), name="project.csv")
    general = table(tmp_path, entry("东盟", "ASEAN"), name="general.csv")
    assert not load([project, general]).match("东盟国家")
    assert "switched off" in check([project, general]).problems[0].message


def test_a_file_given_twice_counts_once(tmp_path: Path) -> None:
    path = table(tmp_path, entry("东盟", "ASEAN"))
    assert check([path, tmp_path]).problems == []


def test_a_file_of_another_kind_is_sent_to_import(tmp_path: Path) -> None:
    (tmp_path / "terms.tbx").write_text("<martif/>", encoding="utf-8")
    with pytest.raises(InputError, match=r"glossary import terms\.tbx -o terms\.csv"):
        load([tmp_path / "terms.tbx"])


def test_the_command_tells_places_and_severities_and_ends_by_them(tmp_path: Path) -> None:
    path = table(tmp_path, entry("东盟", "the ASEAN"), entry("欧盟", "E\u0421"))
    done = CliRunner().invoke(app, ["glossary", "check", "--glossary", str(path)])
    assert done.exit_code == 1
    assert f"{path}:2: warning: " in done.stdout
    assert f"{path}:3: error: " in done.stdout
    assert "2 terms, 1 error, 1 warning" in done.stdout
    done = CliRunner().invoke(app, ["glossary", "check", "--glossary", str(path), "--skip", "characters", "--json"])
    assert done.exit_code == 0
    (problem,) = json.loads(done.stdout)["problems"]
    assert (problem["severity"], problem["check"], problem["line"]) == ("warning", "form", 2)


texts = st.text('东盟互联网中a的A. \u200b\u0415（）“”"|:,，。《》⽹☃', min_size=1, max_size=8)
entries = st.builds(
    entry, texts, texts, id=st.uuids().map(str), admitted=texts, forbidden=texts, example=texts,
    when=st.sampled_from(("", "exact", "near:盟", "not near:盟|网", "not after:东")),
    status=st.sampled_from(TermStatus), kind=st.sampled_from(TermKind),
)  # fmt: skip


@settings(max_examples=40, deadline=None)
@given(rows=st.lists(entries, max_size=6))
def test_nothing_in_a_table_stops_the_check(rows: list[dict[str, str]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        found = check([table(Path(folder), *rows)]).problems
    assert all(problem.check in CHECKS and problem.line > 1 for problem in found)


def test_an_unknown_check_is_refused_with_those_there_are(tmp_path: Path) -> None:
    done = CliRunner().invoke(app, ["glossary", "check", "--glossary", str(ROOT / "glossary"), "--skip", "colour"])
    assert "differs" in str(done.exception)


def test_every_check_is_documented() -> None:
    page = (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8")
    assert all(f"`{name}`" in page for name in CHECKS)


def test_the_list_shows_the_tables_in_their_order_and_what_each_overrides(tmp_path: Path) -> None:
    project = table(tmp_path, entry("东盟", "ASEAN bloc", status="proposed"), name="project.csv")
    table(tmp_path, entry("东盟", "ASEAN"), entry("欧盟", "European Union"), name="general/a.csv")
    general = tmp_path / "general"
    command = ["glossary", "list", "--glossary", str(project), "--glossary", str(general)]
    done = CliRunner().invoke(app, command)
    assert done.exit_code == 0
    assert done.stdout.splitlines() == [
        f"1. {project}: 1 term (1 proposed); overrides 1",
        f"2. {general}: 1 term (1 approved); 1 more overridden",
    ]
    told = CliRunner().invoke(app, [*command, "--overridden"]).stdout
    assert f"东盟 = ASEAN ({general / 'a.csv'}:2) – overridden by 东盟 = ASEAN bloc ({project}:2)" in told
    (second,) = json.loads(CliRunner().invoke(app, [*command, "--json"]).stdout)["tables"][1:]
    assert (second["terms"], second["overridden"]) == (1, 1)
