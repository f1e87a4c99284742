"""`bilingual convert`, as a person uses it: from format to format, into a file, as an OmegaT project and back."""

from __future__ import annotations

import json
from dataclasses import fields
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from bilingual.bitext import Bitext, Candidate, Note, Origin, OriginKind, State, Term, Text, Unit
from bilingual.cli import app
from bilingual.errors import BilingualError, InputError, OutputError
from bilingual.formats import FORMATS, named, read_file
from bilingual.formats.losses import words_only
from bilingual.formats.omegat import is_project, read_project, write_project
from tests.conftest import ROOT

ENGINE = Origin(OriginKind.MACHINE, "zh_en")
UNITS = (
    Unit("u1", "", Text("大会开幕。"), Text("The congress opened."), state=State.REVIEWED,
         notes=(Note("查一下", "李雷"),)),
    Unit("u2", "", Text("=1+1"), Text("It opens."), state=State.DRAFT,
         candidates=(Candidate(Text("It opens."), ENGINE),)),
    Unit("u3", "", Text("开幕")),
)  # fmt: skip
BITEXT = Bitext("zh", "en", (), UNITS)


@pytest.fixture
def page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    with (tmp_path / "page.tmx").open("wb") as stream:
        named("tmx").write(BITEXT, stream)
    return tmp_path / "page.tmx"


def run(*arguments: str, given: bytes | None = None) -> Result:
    result = CliRunner().invoke(app, ["convert", *arguments], input=given)
    if isinstance(result.exception, BilingualError):
        raise result.exception
    assert result.exit_code == 0, result.output
    return result


@pytest.mark.parametrize("form", FORMATS, ids=lambda form: form.name)
def test_there_and_back_keeps_words_and_tells_the_rest(form: object, page: Path) -> None:
    other = f"other{form.suffixes[0]}"  # type: ignore[attr-defined]
    told = run("page.tmx", other).stderr
    run(other, "back.tmx")
    back = read_file(Path("back.tmx"))
    assert [(u.id, str(u.source), str(u.target)) for u in back.units] == [
        (u.id, str(u.source), str(u.target)) for u in UNITS
    ]
    assert (back.source_language[:2], back.target_language[:2]) == ("zh", "en")
    assert ("1 note" in told) == (back.units[0].notes != UNITS[0].notes)


def test_rows_without_an_id_get_ids_of_their_own_the_same_every_time(page: Path) -> None:
    Path("a.csv").write_text("id,source,target\nu1,开幕,It opens.\n,好。,Good.\n,好。,Fine.\n", encoding="utf-8")
    for name in ("a.tmx", "b.tmx"):
        run("a.csv", name)
    assert Path("a.tmx").read_bytes() == Path("b.tmx").read_bytes()
    units = read_file(Path("a.tmx")).units
    assert [str(unit.target) for unit in units] == ["It opens.", "Good.", "Fine."]
    assert len({unit.id for unit in units if unit.id}) == 3


def test_the_report_is_json_where_a_program_wants_it(page: Path) -> None:
    told = json.loads(run("page.tmx", "page.csv", "--json").stdout)
    assert (told["output"], told["format"], told["units"]) == ("page.csv", "csv", 3)
    assert "1 note stays behind: CSV has no place for it" in told["losses"]


def test_standard_input_and_output_are_files_too(page: Path) -> None:
    table = run("page.tmx", "-", "--to", "csv", "--quiet").stdout
    assert "u1,,大会开幕。" in table
    assert '"source"' in run("-", "-", "--from", "csv", "--to", "jsonl", given=table.encode()).stdout


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("page.tmx", "page.doc"), r"page\.doc: \.doc is no format for aligned text – give one of \.tmx"),
        (("page.tmx", "-"), "- says no format – name it"),
        (("page.tmx", "page.csv", "--to", "word"), "there is no format 'word' – choose from tmx"),
        (("absent.tmx", "page.csv"), r"absent\.tmx: cannot be read: No such file"),
        (("page.tmx", "page.tmx"), "is the input itself"),
        (("page.tmx", "page.tmx", "--force"), "is the input itself"),
        (("page.tmx", "there.csv"), "is there already – choose another name, or say --force"),
        (("page.tmx", "."), "is a folder – name a file, or say --to omegat"),
        (("page.tmx", ".", "--to", "omegat"), "is there already"),
        (("page.tmx", ".", "--to", "omegat", "--force"), "holds other files, and is no OmegaT project"),
        (("page.tmx", "-", "--to", "omegat"), "standard output cannot hold both"),
        ((".", "page.csv", "--from", "omegat"), "is no OmegaT project"),
        (("page.tmx", "new.csv", "--into", "there.csv"), r"there\.csv: CSV cannot be filled"),
        (("page.tmx", "new.csv", "--into", "there.po"), r"new\.csv: is to be there\.po filled, so it ends in \.po"),
        (("page.tmx", "new.po", "--into", "there.po"), "none of its units is in that file"),
    ],
)
def test_what_cannot_be_is_told(arguments: tuple[str, ...], told: str, page: Path) -> None:
    Path("there.csv").write_text("id,source,target\n")
    Path("there.po").write_text('msgid "甲"\nmsgstr ""\n')
    with pytest.raises(BilingualError, match=told):
        run(*arguments)
    assert Path("there.csv").read_text() == "id,source,target\n"


def test_force_writes_over_another_file(page: Path) -> None:
    Path("page.csv").write_text("old")
    run("page.tmx", "page.csv", "--force")
    assert read_file(Path("page.csv")).units[0].id == "u1"


def test_words_go_into_the_file_they_came_from(page: Path) -> None:
    Path("shop.po").write_text('# keep\nmsgid "打开"\nmsgstr ""\n\n#~ msgid "旧"\n#~ msgstr "old"\n')
    run("shop.po", "shop.csv")
    table = Path("shop.csv").read_text(encoding="utf-8-sig").replace("打开,,,new", "打开,,Open,translated")
    Path("shop.csv").write_text(table)
    run("shop.csv", "done.po", "--into", "shop.po")
    assert Path("done.po").read_text() == Path("shop.po").read_text().replace('msgstr ""', 'msgstr "Open"')


SAVED = """<?xml version="1.0" encoding="UTF-8"?>
<tmx version="1.1"><header creationtool="OmegaT" o-tmf="OmegaT TMX" adminlang="EN-US" datatype="plaintext"
  creationtoolversion="6" segtype="paragraph" srclang="zh"/><body>
<tu><tuv lang="zh"><seg>开幕</seg></tuv>
  <tuv lang="en" changeid="韩梅梅" changedate="20240301T080000Z"><seg>Opening</seg></tuv></tu>
<tu><prop type="file">page.po</prop><prop type="path">u2</prop><tuv lang="zh"><seg>=1+1</seg></tuv>
  <tuv lang="en"><seg>Two</seg></tuv></tu>
<tu><prop type="file">page.po</prop><prop type="path">u9</prop><tuv lang="zh"><seg>大会开幕。</seg></tuv>
  <tuv lang="en"><seg>Elsewhere</seg></tuv></tu></body></tmx>"""


def test_an_omegat_project_is_written_and_taken_back(page: Path) -> None:
    run("page.tmx", "project", "--to", "omegat")
    assert is_project(Path("project"))
    assert [str(u.target) for u in read_file(Path("project/tm/auto/page.tmx")).units] == ["The congress opened."]
    assert [str(u.target) for u in read_file(Path("project/tm/mt/page.tmx")).units] == ["It opens."]
    Path("project/omegat/project_save.tmx").write_text(SAVED)
    Path("project/glossary/glossary.txt").write_text("甲\tA\n")
    run("project", "back.jsonl")
    back = read_file(Path("back.jsonl")).units
    assert [(u.id, str(u.target), u.state) for u in back] == [
        ("u1", "The congress opened.", State.TRANSLATED), ("u2", "Two", State.TRANSLATED),
        ("u3", "Opening", State.TRANSLATED),
    ]  # fmt: skip
    assert back[2].changed is not None
    assert back[2].changed.by == "韩梅梅"
    run("page.tmx", "project", "--to", "omegat", "--force")
    assert Path("project/glossary/glossary.txt").read_text() == "甲\tA\n"
    assert Path("project/omegat/project_save.tmx").read_text() == SAVED


def test_a_project_has_the_glossarys_terms(tmp_path: Path) -> None:
    told = write_project(BITEXT, tmp_path / "p", "page", [Term("t1", "大会", "congress", domain="politics")])
    assert "大会\tcongress" in (tmp_path / "p" / "glossary" / "bilingual.txt").read_text(encoding="utf-8-sig")
    assert "a glossary of OmegaT says only source, target and note" in told[-1]
    settings = (tmp_path / "p" / "omegat.project").read_text()
    assert "<source_lang>zh</source_lang>" in settings


def test_a_project_of_nothing_and_a_file_in_its_place_are_told(tmp_path: Path) -> None:
    (tmp_path / "omegat.project").write_text("<omegat/>")
    with pytest.raises(InputError, match="its source folder holds no PO file"):
        read_project(tmp_path)
    (tmp_path / "file").write_text("x")
    with pytest.raises(OutputError, match="is a file, and is no OmegaT project"):
        write_project(BITEXT, tmp_path / "file", "page")


def test_the_page_of_formats_says_what_each_holds() -> None:
    page = (ROOT / "docs" / "formats.md").read_text(encoding="utf-8")
    everything = {field.name for field in fields(Unit)}
    for form in FORMATS:
        (row,) = [line for line in page.splitlines() if line.startswith(f"| `{form.name}` |")]
        cells = [cell.strip() for cell in row.strip("|").split("|")]
        assert cells[1] == " ".join(f"`{suffix}`" for suffix in form.suffixes)
        if form.holds == everything:
            held = "everything"
        else:
            held = ", ".join(name for name in ("id", "source", "target", "state", "notes") if name in form.holds)
        assert cells[2] == held
        assert cells[3] == ("words only" if words_only(form) else "yes")
        assert cells[4] == ("yes" if hasattr(form, "fill") else "no")
