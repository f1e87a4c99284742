"""`bilingual align` from two files to the store and every form, and what makes no pair told in one sentence."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bilingual.alignment import folders, reading
from bilingual.alignment.files import Aligned, Options, SwappedError, align_files
from bilingual.alignment.folders import pairs_in
from bilingual.bitext import FlagKind, OriginKind, State
from bilingual.cli import app
from bilingual.documents import read
from bilingual.errors import BilingualError, InputError
from bilingual.formats import FORMATS
from bilingual.store import Store
from tests.alignment_texts import BEADS, CHINESE, ENGLISH, swapped

ZH = "\n".join((CHINESE[0], "", "".join(CHINESE[1:5]), "", "".join(CHINESE[5:9]), "", "".join(CHINESE[9:])))
EN = "\n".join((ENGLISH[0], "", " ".join(ENGLISH[1:5]), "", " ".join(ENGLISH[5:8]), "", " ".join(ENGLISH[8:])))


@pytest.fixture
def files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[Path, Path]:
    monkeypatch.chdir(tmp_path)
    zh, en = tmp_path / "报告.txt", tmp_path / "report.txt"
    zh.write_text(ZH, encoding="utf-8")
    en.write_text(EN, encoding="utf-8")
    return zh, en


@pytest.fixture(scope="module")
def aligned(tmp_path_factory: pytest.TempPathFactory) -> Aligned:
    folder = tmp_path_factory.mktemp("pair")
    (folder / "zh.txt").write_text(ZH, encoding="utf-8")
    (folder / "en.txt").write_text(EN, encoding="utf-8")
    return align_files(folder / "zh.txt", folder / "en.txt", "报告", Options())


def run(*arguments: str | Path):  # type: ignore[no-untyped-def]
    return CliRunner().invoke(app, ["align", *map(str, arguments)], catch_exceptions=True)


def test_the_units_are_the_beads_of_the_two_files(aligned: Aligned) -> None:
    assert [(bead.source, bead.target) for bead in aligned.alignment.beads] == [*BEADS]
    assert "".join(unit.source.string for unit in aligned.bitext.units) == "".join(CHINESE)
    assert len({unit.id for unit in aligned.bitext.units}) == len(aligned.bitext.units)


def test_what_is_sure_is_a_translation_and_the_rest_is_flagged(aligned: Aligned) -> None:
    for unit, bead in zip(aligned.bitext.units, aligned.alignment.beads, strict=True):
        if bead.source and bead.target:
            assert unit.origin is not None
            assert unit.origin.kind is OriginKind.ALIGNMENT
            assert unit.origin.score == pytest.approx(bead.sureness, abs=1e-3)
            assert (unit.state is State.TRANSLATED) == (not unit.flags)
        else:
            assert [flag.kind for flag in unit.flags] == [FlagKind.LENGTH]


def test_each_side_says_where_it_stands_in_its_file(aligned: Aligned) -> None:
    unit = next(unit for unit in aligned.bitext.units if unit.source.string == CHINESE[2])
    assert [place.line for place in unit.source_locators] == [3]
    assert [place.line for place in unit.target_locators] == [3]


@pytest.mark.parametrize("form", FORMATS, ids=lambda form: form.name)
def test_every_format_takes_the_pair(aligned: Aligned, form, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    path = tmp_path / f"out{form.suffixes[0]}"
    with path.open("wb") as stream:
        form.write(aligned.bitext, stream)
    with path.open("rb") as stream:
        back = form.read(stream, path)
    pairs = {(unit.source.string, unit.target.string) for unit in back.units}
    wanted = {(u.source.string, u.target.string) for u in aligned.bitext.units if u.source.string and u.target.string}
    assert wanted <= pairs


def test_a_moved_paragraph_is_flagged(tmp_path: Path) -> None:
    (tmp_path / "zh.txt").write_text("\n".join(CHINESE), encoding="utf-8")
    (tmp_path / "en.txt").write_text("\n".join(swapped()), encoding="utf-8")
    found = align_files(tmp_path / "zh.txt", tmp_path / "en.txt", "x", Options(lines=True))
    moved = [unit for unit in found.bitext.units if any(flag.kind is FlagKind.MOVE for flag in unit.flags)]
    assert 3 <= len(moved) <= 4
    assert all(unit.state is State.DRAFT for unit in moved)


def test_the_pair_goes_into_the_store_and_its_views(files: tuple[Path, Path]) -> None:
    result = run(*files)
    assert result.exit_code == 0, result.output
    assert "compared by encoder" in result.output
    with Store(Path("aligned/workbench.sqlite")) as store:
        assert store.names() == ("报告",)
        assert store.source("报告") == files[0].read_bytes()
        assert len(store.load("报告").units) == len(BEADS)
    assert Path("aligned/报告.tmx").is_file()
    memory = CliRunner().invoke(app, ["memory", "add", "报告"])
    assert memory.exit_code == 0
    assert "new" in memory.output


def test_aligning_again_changes_nothing(files: tuple[Path, Path]) -> None:
    run(*files)
    before = Path("aligned/报告.tmx").read_bytes()
    assert run(*files).exit_code == 0
    assert Path("aligned/报告.tmx").read_bytes() == before


def test_named_files_are_written_and_the_store_is_left_alone(files: tuple[Path, Path]) -> None:
    result = run(*files, "-o", "a.tmx", "-o", "a.align", "--json")
    assert result.exit_code == 0, result.output
    facts = json.loads(result.stdout)["documents"][0]
    assert facts["written"] == ["a.tmx", "a.align"]
    assert facts["pairs"] == sum(bool(a and b) for a, b in BEADS)
    assert Path("a.align").read_text().splitlines()[3].startswith("[3]:[3, 4]:0.0")
    assert not Path("aligned").exists()
    for output, told in (("a.tmx", "is there already"), (str(files[0]), "no format"), ("a.xyz", "no format")):
        refused = run(*files, "-o", output).exception
        assert isinstance(refused, BilingualError)
        assert told in str(refused) or "format" in str(refused)


def test_indices_of_lines_count_the_lines_of_the_files(tmp_path: Path) -> None:
    (tmp_path / "zh.txt").write_text("\n\n".join(CHINESE), encoding="utf-8")
    (tmp_path / "en.txt").write_text("\n".join(ENGLISH), encoding="utf-8")
    assert run(tmp_path / "zh.txt", tmp_path / "en.txt", "--lines", "-o", tmp_path / "x.align").exit_code == 0
    assert (tmp_path / "x.align").read_text().splitlines()[2].startswith("[4]:[2]:")


def test_a_document_that_was_translated_is_not_replaced(files: tuple[Path, Path]) -> None:
    assert CliRunner().invoke(app, ["translate", str(files[0]), "--engine", "instant", "-q"]).exit_code == 0
    result = run(*files)
    assert isinstance(result.exception, InputError)
    assert "--name" in str(result.exception)


OTHER = "今天的天气很好。我们去公园散步。孩子们在草地上踢足球。晚上我们吃了烤鸭。" * 4

BAD = {
    "empty": (ZH, "", "empty"),
    "white space": (ZH, " \n\n ", "no text"),
    "figures alone": (ZH, "123\n456\n", "no text"),
    "both Chinese": (ZH, OTHER, "both files are Chinese"),
    "both English": (EN + "\nOne more.", EN, "both files are English"),
    "the same file": (ZH, ZH, "the same text"),
    "swapped": (EN, ZH, "they are swapped"),
    "another document": (OTHER, EN[: len(OTHER) * 3], "no translation"),
    "much longer": (ZH, (EN + "\n") * 12, "times as much"),
    "one line without a stop": ("水" * 1_000_000, EN, "1,000,000 characters"),
}


@pytest.mark.parametrize(("zh", "en", "told"), BAD.values(), ids=BAD.keys())
def test_what_makes_no_pair_is_told_in_a_sentence(files: tuple[Path, Path], zh: str, en: str, told: str) -> None:
    files[0].write_text(zh, encoding="utf-8")
    files[1].write_text(en, encoding="utf-8")
    result = run(*files)
    assert isinstance(result.exception, InputError), result.exception
    assert result.exception.exit_code == 3
    assert told in str(result.exception)
    assert result.exception.hint
    assert not Path("aligned").exists()


def test_swapped_files_are_aligned_the_other_way_round_where_one_says_so(files: tuple[Path, Path]) -> None:
    with pytest.raises(SwappedError):
        align_files(files[1], files[0], "x", Options())
    assert len(align_files(files[1], files[0], "x", Options(swap=True)).bitext.units) == len(BEADS)


def test_what_looks_like_another_document_is_aligned_where_one_insists(files: tuple[Path, Path]) -> None:
    files[0].write_text(OTHER, encoding="utf-8")
    assert run(*files, "--anyway", "-o", "x.csv").exit_code == 0


def test_a_scanned_pdf_is_told(tmp_path: Path, files: tuple[Path, Path]) -> None:
    canvas = pytest.importorskip("reportlab.pdfgen.canvas").Canvas(str(tmp_path / "scan.pdf"))
    canvas.rect(100, 100, 50, 50)
    canvas.save()
    result = run(tmp_path / "scan.pdf", files[1])
    assert isinstance(result.exception, InputError)
    assert "scanned" in str(result.exception)


def test_a_file_that_is_too_large_is_not_even_read(files: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bilingual.alignment.files.LARGEST", 100)
    with pytest.raises(InputError, match="MB of text"):
        align_files(*files, "x", Options())


def test_too_many_sentences_are_told(files: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "MOST_SENTENCES", 3)
    with pytest.raises(InputError, match="more than can be aligned"):
        align_files(*files, "x", Options())


def test_mixed_languages_are_warned_of(files: tuple[Path, Path]) -> None:
    files[1].write_text(EN + "\n\n" + "".join(CHINESE[:9]), encoding="utf-8")
    result = run(*files, "-o", "x.tmx")
    assert result.exit_code == 0, result.output
    assert "mixed" in result.output


WRAPPED = """The conference reviewed the agricultural work of the last
year. Grain output reached 650 billion kilograms, an
increase of 2.3% over the previous year.

Farmers' income continued to rise, and great changes have
taken place in the countryside."""


def test_wrapped_english_is_read_in_paragraphs(tmp_path: Path) -> None:
    (tmp_path / "en.txt").write_text(WRAPPED, encoding="utf-8")
    side = reading.read_side(read(tmp_path / "en.txt"), "en").side
    assert [len(sentence) > 50 for sentence in side.sentences] == [True, True, True]
    assert side.blocks == (0, 0, 1)
    assert "last year" in side.sentences[0]


def test_files_of_folders_are_matched_by_name_then_by_what_they_say(tmp_path: Path) -> None:
    zh, en = tmp_path / "zh", tmp_path / "en"
    for folder in (zh, en):
        (folder / "sub").mkdir(parents=True)
    (zh / "a_zh.txt").write_text(ZH, encoding="utf-8")
    (en / "A-en.txt").write_text(EN, encoding="utf-8")
    (zh / "sub" / "会议.txt").write_text("\n".join(CHINESE[9:]), encoding="utf-8")
    (en / "sub" / "schools.txt").write_text("\n".join(ENGLISH[8:]), encoding="utf-8")
    (zh / "天气.txt").write_text(OTHER, encoding="utf-8")
    pairs = pairs_in(zh, en)
    assert [(one.name, other.name, how) for one, other, how in pairs.found] == [
        ("a_zh.txt", "A-en.txt", "name"),
        ("会议.txt", "schools.txt", "content"),
    ]
    assert [path.name for path in pairs.alone] == ["天气.txt"]


@pytest.mark.parametrize(
    ("first", "second"),
    [("report_zh.txt", "report_en.txt"), ("Report-CN.txt", "report (English).txt"), ("01 zh-Hans.txt", "01.en-US.txt")],
)
def test_marks_of_languages_are_no_part_of_a_name(first: str, second: str) -> None:
    folder = Path("x")
    assert folders._key(folder / first, folder) == folders._key(folder / second, folder)


def test_folders_go_into_the_store_and_what_has_no_partner_is_told(files: tuple[Path, Path]) -> None:
    for name, path in zip(("zh", "en"), files, strict=True):
        Path(name).mkdir()
        (Path(name) / "page.txt").write_bytes(path.read_bytes())
    Path("zh/alone.txt").write_text(OTHER, encoding="utf-8")
    result = run("zh", "en")
    assert result.exit_code == 3
    assert "no partner" in result.output
    assert Path("aligned/page.tmx").is_file()
