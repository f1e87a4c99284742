"""What became of the glossary in documents: said, missing, written otherwise by people, never met."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bilingual.bitext import (
    Bitext,
    Candidate,
    Document,
    Origin,
    OriginKind,
    Span,
    State,
    Term,
    TermOutcome,
    TermStatus,
    TermUse,
    Text,
    Unit,
)  # fmt: skip
from bilingual.cli import app
from bilingual.coverage import Outcome, cover
from bilingual.coverage.page import page
from bilingual.documents import read
from bilingual.glossary import Glossary
from bilingual.store import Store

WUZHEN = Term("pl-wuzhen", "乌镇", "Wuzhen")
SUMMIT = Term("ev-wuzhen", "乌镇峰会", "Wuzhen Summit", forbidden=("Wuzhen Meeting",))
DIVIDE = Term("ph-divide", "数字鸿沟", "digital divide", admitted=("digital gap",))
OLD = Term("old", "鸿沟", "gulf", status=TermStatus.DEPRECATED)
GLOSSARY = Glossary((WUZHEN, SUMMIT, DIVIDE, OLD))


def unit(source: str, target: str, outcome: TermOutcome | None = None, span: Span | None = None) -> Unit:
    origin = Origin(OriginKind.MACHINE, "fake")
    uses = (TermUse("x", "", "", span, outcome),) if span and outcome else ()
    return Unit("u1", "b1", Text(source), Text(target), state=State.DRAFT, origin=origin,
                candidates=(Candidate(Text(target), origin),), terms=uses)  # fmt: skip


def by_hand(done: Unit, target: str) -> Unit:
    return replace(done, target=Text(target), state=State.TRANSLATED)


def outcome_of(done: Unit, term: Term) -> tuple[Outcome, str]:
    coverage = cover([("report", Bitext("zh", "en", (), (done,)))], GLOSSARY)
    (use,) = next(entry.uses for entry in coverage.entries if entry.term is term)
    return use.outcome, use.forbidden


DRAFT = unit("弥合数字鸿沟", "Bridge the digital divide", TermOutcome.ENFORCED, Span(2, 6))


@pytest.mark.parametrize(
    ("done", "term", "outcome"),
    [
        (DRAFT, DIVIDE, Outcome.ENFORCED),
        (unit("弥合数字鸿沟", "Bridge the digital divide", TermOutcome.REPAIRED, Span(2, 6)), DIVIDE, Outcome.REPAIRED),
        (unit("弥合数字鸿沟", "Bridge the digital gap"), DIVIDE, Outcome.NATURAL),
        (unit("弥合数字鸿沟", "Bridge it", TermOutcome.MISSING, Span(2, 6)), DIVIDE, Outcome.MISSING),
        (unit("弥合数字鸿沟", "Bridge it", TermOutcome.ENFORCED, Span(2, 6)), DIVIDE, Outcome.MISSING),
        (unit("弥合数字鸿沟", ""), DIVIDE, Outcome.UNTRANSLATED),
        (by_hand(DRAFT, "Close the digital divide"), DIVIDE, Outcome.BY_HAND),
        (by_hand(DRAFT, "Close the gulf"), DIVIDE, Outcome.OTHERWISE),
        (replace(DRAFT, state=State.FINAL), DIVIDE, Outcome.ENFORCED),
        (unit("乌镇峰会", "Wuzhen Summit"), SUMMIT, Outcome.NATURAL),
    ],
    ids=["enforced", "repaired", "natural", "missing", "the glossary changed since", "empty", "a person obeyed",
         "a person wrote otherwise", "a person approved it as it was", "nested"],
)  # fmt: skip
def test_an_occurrence_comes_to_what_its_english_shows(done: Unit, term: Term, outcome: Outcome) -> None:
    assert outcome_of(done, term) == (outcome, "")


def test_a_forbidden_rendering_of_a_persons_is_a_conflict_and_told() -> None:
    done = by_hand(unit("乌镇峰会开幕", "Wuzhen Summit opened"), "The Wuzhen Meeting opened")
    assert outcome_of(done, SUMMIT) == (Outcome.OTHERWISE, "Wuzhen Meeting")


def test_terms_that_never_occur_say_how_often_they_stand_inside_others() -> None:
    coverage = cover([("report", Bitext("zh", "en", (), (unit("乌镇峰会", "Wuzhen Summit"),)))], GLOSSARY)
    assert [(entry.term, entry.inside) for entry in coverage.unused] == [(WUZHEN, 1), (DIVIDE, 0)]
    assert [entry.term for entry in coverage.found] == [SUMMIT]


def plain(tmp_path: Path, text: str) -> Document:
    path = tmp_path / "page.txt"
    path.write_text(text, encoding="utf-8")
    return read(path)


def test_a_file_that_was_never_translated_shows_what_occurs_and_where(tmp_path: Path) -> None:
    coverage = cover([("page", plain(tmp_path, "乌镇很美。\n弥合数字鸿沟。我们在乌镇。\n"))], GLOSSARY)
    found = {entry.term.source: [(use.line, use.outcome) for use in entry.uses] for entry in coverage.found}
    assert found == {
        "乌镇": [(1, Outcome.UNTRANSLATED), (2, Outcome.UNTRANSLATED)],
        "数字鸿沟": [(2, Outcome.UNTRANSLATED)],
    }


# The page

HOSTILE = "<script>alert('乌镇')</script>&\"乌镇"


def test_the_page_escapes_what_comes_from_documents_and_fetches_nothing() -> None:
    evil = Term("evil", "乌镇", "<img src=x onerror=alert(1)>")
    done = by_hand(unit(HOSTILE, "x"), "<b>Wuzhen</b>")
    shown = page(cover([("<i>report</i>", Bitext("zh", "en", (), (done,)))], Glossary((evil, DIVIDE))))
    assert "<script>alert" not in shown
    assert "<img" not in shown
    assert "<b>Wuzhen" not in shown
    assert "<i>report" not in shown
    assert not re.search(r"<[^>]+(?:src|href)=|url\(|@import|https?:", shown)


def test_the_page_shows_every_outcome_conflict_and_unused_term() -> None:
    units = (DRAFT, by_hand(replace(DRAFT, id="u2"), "Close the gulf"))
    shown = page(cover([("report", Bitext("zh", "en", (), units))], GLOSSARY))
    assert "Where people wrote something else" in shown
    assert "Close the gulf" in shown
    assert "<mark>digital divide</mark>" in shown
    assert "Terms that never occur" in shown
    assert "prefers-color-scheme:dark" in shown


def test_a_page_of_nothing_is_a_page() -> None:
    assert "None does." in page(cover([], Glossary()))


# The command


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "glossary").mkdir()
    (tmp_path / "glossary" / "terms.csv").write_text(
        "id,source,target\npl-wuzhen,乌镇,Wuzhen\nph-divide,数字鸿沟,digital divide\n", encoding="utf-8"
    )
    path = tmp_path / "page.txt"
    path.write_text("我们在乌镇。\n", encoding="utf-8")
    document = read(path)
    done = replace(unit("我们在乌镇。", "We are in Wuzhen."), block=document.blocks[0].id)
    with Store(tmp_path / "aligned" / "workbench.sqlite") as store:
        store.save("page", Bitext("zh", "en", (document,), (done,)))
    return path


def run(*arguments: str | Path) -> str:
    done = CliRunner().invoke(app, ["glossary", "coverage", *map(str, arguments)])
    assert done.exit_code == 0, done.output + repr(done.exception)
    return done.stdout


@pytest.mark.parametrize("name", ["page", "page.txt", "."], ids=["name", "source file", "folder"])
def test_a_document_of_the_store_is_found_by_its_name_its_file_and_its_folder(project: Path, name: str) -> None:
    out = run(name)
    assert "乌镇 = Wuzhen  [natural 1]" in out
    assert "1 terms never occur" in out


def test_a_persons_edit_is_seen_at_once(project: Path) -> None:
    with Store(Path("aligned/workbench.sqlite")) as store:
        (only,) = store.load("page").units
        store.edit("page", only.id, by="Li", target="We are in Utown.")
    assert "a person wrote 乌镇 otherwise" in run("page")


def test_the_command_speaks_json_and_writes_the_page(project: Path) -> None:
    facts = json.loads(run("page", "--json", "--html", "coverage.html"))
    assert facts["outcomes"] == {"natural": 1}
    assert [term["id"] for term in facts["never"]] == ["ph-divide"]
    assert "<mark>Wuzhen</mark>" in Path("coverage.html").read_text(encoding="utf-8")


def test_what_is_neither_a_document_nor_a_file_is_said(project: Path) -> None:
    done = CliRunner().invoke(app, ["glossary", "coverage", "nothing"])
    assert "is no document of the store and no file – the store has: page" in str(done.exception)
