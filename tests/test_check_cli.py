"""`bilingual check` as people meet it: names, reports, fixes, silences, exit codes, and the page that documents it."""

from __future__ import annotations

import json
import re
import shlex
from dataclasses import replace
from pathlib import Path

import pytest

from bilingual.bitext import Bitext, Candidate, State, Text, Unit
from bilingual.checks.choosing import EVERY
from bilingual.files import sha256_of
from bilingual.formats import read_file
from bilingual.store import Store
from bilingual.views import write_views
from tests.conftest import ROOT, Call
from tests.test_merge import drafted

DOCUMENTATION = ROOT / "docs" / "checks.md"
PAGE = (
    ("大会在乌镇开幕。", "The conference opened in Wuzhen."),
    ("资产为40,080亿港元。", "The assets are HK$408 billion."),
    ("增长5%。", "The colour grew by 5%."),
    ("他来了。", "He came."),
)


def _document() -> Bitext:
    made = drafted(*(zh for zh, _ in PAGE), name="page")
    texts = dict(PAGE)

    def with_words(unit: Unit) -> Unit:
        target = Text(texts[unit.source.string])
        origin = unit.candidates[0].origin if unit.candidates else unit.origin
        return replace(unit, target=target, candidates=(Candidate(target, origin),) if origin else ())

    return replace(made, units=tuple(with_words(unit) for unit in made.units))


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: Call) -> Call:
    """The command line in a folder with a document `page` in which two units have findings; no glossary, no encoder."""
    monkeypatch.chdir(tmp_path)
    Path("bilingual.toml").write_text('glossary = "terms.csv"\n[checks]\nmeaning = "off"\n', encoding="utf-8")
    Path("terms.csv").write_text("source,target\n乌镇,Wuzhen\n", encoding="utf-8")
    with Store(tmp_path / "aligned" / "workbench.sqlite") as store:
        store.save("page", _document())
        write_views(store, "page", tmp_path / "aligned", ["tmx", "csv"])

    return call


def units() -> list[Unit]:
    with Store(Path("aligned/workbench.sqlite")) as store:
        return list(store.load("page").units)


def targets() -> list[str]:
    return [unit.target.string for unit in units()]


def test_a_document_of_the_store_is_checked_and_an_error_ends_with_1(run: Call) -> None:
    code, out, err = run("check", "page")
    assert code == 1
    assert "  2  " in out
    assert "[money]" in out
    assert "page: 1 error, 2 hints in 4 units" in out
    assert not err


@pytest.mark.parametrize("name", [(), ("aligned/page.tmx",), ("aligned/page.csv",)])
def test_every_document_and_any_aligned_file_are_checked_alike(run: Call, name: tuple[str, ...]) -> None:
    code, out, _ = run("check", *name)
    assert (code, "1 error, 2 hints in 4 units" in out) == (1, True)


def test_what_is_told_can_be_narrowed_and_the_exit_code_follows(run: Call) -> None:
    assert run("check", "page", "--only", "house-spelling")[0] == 0
    assert run("check", "page", "--skip", "money,numbers")[0] == 0
    code, out, _ = run("check", "page", "--severity", "error")
    assert code == 1
    assert "hint" not in out


def test_a_fix_is_one_step_that_can_be_taken_back_and_a_draft_stays_one(run: Call) -> None:
    before = targets()
    code, out, err = run("check", "page", "--fix")
    assert code == 1, "the wrong number is left"
    assert "2 findings fixed in 1 units; to take it back: bilingual undo 1" in err
    assert targets()[2] == "The color grew by 5 percent."
    assert units()[2].state is State.DRAFT
    assert units()[2].unconfirmed
    assert "page: 1 error in 4 units" in out
    assert "The color grew" in Path("aligned/page.csv").read_text(encoding="utf-8-sig")
    assert run("undo")[0] == 0
    assert targets() == before


def test_a_locked_unit_is_not_fixed_and_that_is_told(run: Call) -> None:
    with Store(Path("aligned/workbench.sqlite")) as store:
        store.edit("page", units()[2].id, by="李雷", locked=True)
    _, _, err = run("check", "page", "--fix")
    assert "1 locked units are left as they are" in err
    assert targets()[2] == "The colour grew by 5%."


@pytest.mark.parametrize("ending", ["csv", "tmx", "xliff"])
def test_a_file_is_fixed_into_another_file(run: Call, ending: str) -> None:
    assert run("convert", "aligned/page.tmx", f"page.{ending}")[0] == 0
    before = Path(f"page.{ending}").read_bytes()
    code, _, err = run("check", f"page.{ending}", "--fix", "-o", f"fixed.{ending}")
    assert code == 1
    assert f"→ fixed.{ending}" in err
    assert [unit.target.string for unit in read_file(Path(f"fixed.{ending}")).units][
        2
    ] == "The color grew by 5 percent."
    assert [unit.id for unit in read_file(Path(f"fixed.{ending}")).units] == [unit.id for unit in units()]
    assert Path(f"page.{ending}").read_bytes() == before


def test_rows_that_somebody_put_in_without_an_id_are_checked_and_stay_without(run: Call) -> None:
    Path("rows.csv").write_text("id,source,target\n,好。,the colour\nx,好。,the labour\n,坏。,the\n", encoding="utf-8")
    assert run("check", "rows.csv", "--only", "house_spelling", "--fix", "-o", "out.csv")[0] == 0
    fixed = [(unit.id, unit.target.string) for unit in read_file(Path("out.csv")).units]
    assert fixed == [("", "the color"), ("x", "the labor"), ("", "the")]


def test_a_finding_is_put_to_rest_for_a_reason_and_stays_so(run: Call) -> None:
    unit = units()[1].id
    code, out, _ = run("check", "page", "--silence", "2:money", "--reason", "the client’s own figure", "--by", "李雷")
    assert code == 0
    assert "to take it back: bilingual undo 1" in out
    assert [one.reason for one in units()[1].silenced] == ["the client’s own figure"]
    code, out, _ = run("check", "page")
    assert code == 0, "what is put to rest is no error any more"
    assert "1 finding put to rest" in out
    with Store(Path("aligned/workbench.sqlite")) as store:
        store.save("page", _document())
    assert run("check", "page")[0] == 0, "a new run of translate keeps it"
    assert "put to rest: the client’s own figure" in run("check", "page", "--show-silenced")[1]
    run("convert", "aligned/page.tmx", "page.xliff")
    assert run("check", "page.xliff")[0] == 0, "it goes through TMX and XLIFF"
    assert run("check", "page", "--unsilence", f"{unit[:6]}:money")[0] == 0
    assert run("check", "page")[0] == 1
    assert "silence of 2:money into page" in run("history", "page")[1]


@pytest.mark.parametrize("form", ["json", "sarif", "junit", "html", "table"])
def test_a_report_goes_to_its_file_or_to_the_terminal(run: Call, form: str) -> None:
    code, out, err = run("check", "page", "--format", form, "-o", "report.out")
    assert (code, out) == (1, "")
    assert "1 error, 2 hints in 4 units → report.out" in err
    assert run("check", "page", "--format", form)[1] == Path("report.out").read_text(encoding="utf-8")


def test_the_ending_of_the_file_says_the_form(run: Call) -> None:
    run("check", "page", "-o", "report.json", "--quiet")
    assert json.loads(Path("report.json").read_text(encoding="utf-8"))["totals"]["errors"] == 1
    run("check", "page", "-o", "report.html")
    assert Path("report.html").read_text(encoding="utf-8").startswith("<!doctype html>")


@pytest.mark.parametrize(
    ("arguments", "code", "told"),
    [
        pytest.param(
            ["nothing"], 3, "nothing: is no document of the store, and no file – there is: page", id="no name"
        ),
        pytest.param(["new.txt"], 3, "first run: bilingual translate new.txt", id="not translated"),
        pytest.param(["broken.tmx"], 3, "broken.tmx", id="a broken file"),
        pytest.param(["page", "--only", "monye"], 2, "did you mean 'money'", id="no check"),
        pytest.param(["page", "--from", "elsewhere"], 3, "is no document of the store", id="no store"),
        pytest.param(["--from", "elsewhere"], 3, "there is no document in elsewhere", id="nothing to check"),
        pytest.param(["aligned/page.csv", "--fix"], 2, "say with -o where to write", id="a file to fix into nothing"),
        pytest.param(["aligned/page.csv", "--fix", "-o", "aligned/page.csv"], 3, "is the input itself", id="itself"),
        pytest.param(["page", "-o", "terms.csv"], 3, "terms.csv: is there already", id="a file that is there"),
        pytest.param(["page", "-o", "new.txt/out.json"], 3, "a part of the path is a file", id="no folder"),
        pytest.param(["page", "--silence", "2:money"], 2, "say --reason", id="no reason"),
        pytest.param(["page", "--silence", "2", "--reason", "x"], 2, "as 12:length", id="no check to silence"),
        pytest.param(["page", "--silence", "99:money", "--reason", "x"], 3, "there is no unit '99'", id="no unit"),
        pytest.param(["--silence", "2:money", "--reason", "x"], 2, "name one document", id="no document"),
        pytest.param(["aligned/page.csv", "--silence", "2:money", "--reason", "x"], 3, "bilingual merge", id="a file"),
    ],
)
def test_what_cannot_be_is_told_in_a_sentence(run: Call, arguments: list[str], code: int, told: str) -> None:
    Path("new.txt").write_text("新的。", encoding="utf-8")
    Path("broken.tmx").write_text("<tmx><body>", encoding="utf-8")
    before = {path: path.read_bytes() for path in Path().glob("*.*")}
    done, out, err = run("check", *arguments)
    assert (done, out) == (code, "")
    assert told in err
    assert err.startswith("error: ")
    assert {path: path.read_bytes() for path in Path().glob("*.*")} == before


@pytest.mark.parametrize(
    ("output", "told"),
    [
        ("aligned/workbench.sqlite", "is a store or a memory"),
        ("terms.csv", "is a table of the glossary"),
        ("source.txt", "is the source of a document"),
        ("aligned/page.csv", "is edited and not merged yet"),
    ],
)
def test_no_report_is_written_over_somebodys_work(run: Call, output: str, told: str) -> None:
    Path("source.txt").write_text("\n".join(zh for zh, _ in PAGE), encoding="utf-8")
    Path("aligned/page.csv").write_bytes(Path("aligned/page.csv").read_bytes().replace(b"Wuzhen", b"Wu Town"))
    with Store(Path("aligned/workbench.sqlite")) as store:
        digest = sha256_of(Path("source.txt"))
        bitext = store.load("page")
        assert bitext.documents[0].template
        template = replace(bitext.documents[0].template, sha256=digest)
        store.save("page", replace(bitext, documents=(replace(bitext.documents[0], template=template),)))
    before = Path(output).read_bytes()
    code, _, said = run("check", "page", "-o", output, "--force")
    assert code == 3
    assert f"{output}: {told}" in said
    assert Path(output).read_bytes() == before


def test_what_can_be_checked_is_checked_though_a_name_is_wrong(run: Call) -> None:
    code, out, err = run("check", "page", "nothing")
    assert code == 3
    assert "page: 1 error" in out
    assert "error: nothing: is no document" in err


def test_an_edited_view_that_was_not_merged_is_told(run: Call) -> None:
    view = Path("aligned/page.csv")
    view.write_bytes(view.read_bytes().replace(b"He came.", b"He came here."))
    assert "bring them home with: bilingual merge aligned/page.csv" in run("check", "page")[2]
    assert not run("check", "aligned/page.csv")[2]


def test_a_project_sets_its_checks_and_a_wrong_setting_is_told_with_its_line(run: Call) -> None:
    Path("bilingual.toml").write_text('[checks]\nmeaning = "off"\nmoney = "warning"\nhouse_spelling = "off"\n')
    code, out, _ = run("check", "page")
    assert (code, "1 warning, 1 hint" in out) == (0, True)
    Path("bilingual.toml").write_text('[checks]\nmony = "off"\n')
    code, _, err = run("check", "page")
    assert (code, "bilingual.toml:2: unknown setting 'checks.mony', did you mean 'checks.money'?" in err) == (2, True)
    Path("bilingual.toml").write_text("[checks]\nmoney = true\n")
    assert "must be a text" in run("check", "page")[2]
    Path("bilingual.toml").write_text('[checks]\nmoney = "loud"\n')
    assert "must be one of: off, hint, warning, error" in run("check", "page")[2]


def test_the_checks_are_listed(run: Call) -> None:
    lines = run("check", "--list")[1].splitlines()
    assert [line.split()[0] for line in lines] == [check.name for check in EVERY]


def test_the_page_has_a_row_for_every_check_in_its_order() -> None:
    page = DOCUMENTATION.read_text(encoding="utf-8")
    rows = re.findall(r"^\| `(\w+)` \| (.+?) \| (.+?) \| (.+?) \| (.+?) \|$", page, re.MULTILINE)
    assert [(name, finds) for name, finds, *_ in rows] == [(check.name, check.finds) for check in EVERY]
    assert all(set(re.split(r", | or ", severity)) <= {"error", "warning", "hint"} for _, _, severity, *_ in rows)


def test_every_documented_command_runs(run: Call) -> None:
    page = DOCUMENTATION.read_text(encoding="utf-8")
    commands = [shlex.split(line) for line in re.findall(r"^    (bilingual .+?)(?:  +#.*)?$", page, re.MULTILINE)]
    assert len(commands) > 5
    run("convert", "aligned/page.tmx", "memory.xliff")
    for command in commands:
        code, _, err = run(*command[1:])
        assert code in {0, 1}, (command, err)
