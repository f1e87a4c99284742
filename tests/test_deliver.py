"""`bilingual deliver`: the English document in its source's form, honest about what nobody has reviewed."""

from __future__ import annotations

import csv
import importlib
import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bilingual.bitext import Bitext, Block, Code, Document, Kind, Locator, Span, State, Text, Unit
from bilingual.cli import app
from bilingual.codes import completed
from bilingual.delivery import UNREVIEWED, WRITERS, Delivered, Delivery, kept_words, written
from bilingual.delivery.assemble import delivery_of
from bilingual.delivery.tables import grid
from bilingual.documents import READERS, read_bytes
from bilingual.errors import InputError
from bilingual.formats import FORMATS, Format, read_file
from bilingual.store import Store
from tests.test_cli import BILINGUAL, complained, instant, run
from tests.test_codes import marked, spelled

MARKDOWN = """# 茶山里的新生意

清明前后，**云岭县**的茶山上雾气还没有散尽。采茶人背着[竹篓](https://example.org)走进了茶园。

- 第一座车间
- 第二座车间
"""
SUBTITLES = "1\n00:00:01,000 --> 00:00:03,000\n清明前后，\n\n2\n00:00:03,100 --> 00:00:05,000\n茶山上雾气还没有散尽。\n"


def block(text: str, kind: Kind = Kind.PARAGRAPH) -> Block:
    whole = marked(text)
    return Block("b1", kind, whole, (Span(0, len(whole.string)),), (Locator(line=1),))


def bitext(source: Block, *units: Unit) -> Bitext:
    return Bitext("zh", "en", (Document("page", "zh", source.text.string, (source,)),), units)


def unit(number: int, span: tuple[int, int], source: str, target: str, state: State = State.DRAFT) -> Unit:
    return Unit(f"u{number}", "b1", marked(source), marked(target), Span(*span), state)


@pytest.fixture
def page(tmp_path: Path) -> Path:
    path = tmp_path / "page.md"
    path.write_text(MARKDOWN, encoding="utf-8")
    assert instant(tmp_path, path).returncode == 0
    return path


def deliver(tmp_path: Path, *arguments: object) -> str:
    done = run("deliver", *arguments, "--from", tmp_path / "out", cwd=tmp_path)
    assert done.returncode == 0, done.stderr.decode()
    return done.stderr.decode()


def test_sentences_become_one_block_with_each_code_once() -> None:
    source = block("他说<b>春天来了。花开</b>了。<f/>")
    units = (
        unit(1, (0, 7), "他说<b>春天来了。</b>", "He says <b>spring came.</b>"),
        unit(2, (7, 11), "<b>花开</b>了。<f/>", "<b>Flowers</b> bloom.<f/>"),
    )
    delivery = delivery_of(bitext(source, *units), notice=False)
    assert spelled(delivery.blocks[0].text) == "He says <b>spring came. Flowers</b> bloom.<f/>"
    assert delivery.notice == ""


def test_codes_a_person_lost_or_doubled_are_mended() -> None:
    units = (unit(1, (0, 5), "<b>春天</b>来了<f/>。", "<b>Spring</b> <b>came</b>."),)
    delivery = delivery_of(bitext(block("<b>春天</b>来了<f/>。"), *units))
    codes = [(code.id, code.kind) for code in delivery.blocks[0].text.codes]
    assert sorted(codes) == [("b", "close"), ("b", "open"), ("f", "empty")]


def test_what_has_no_english_goes_out_in_chinese_and_is_counted() -> None:
    units = unit(1, (0, 5), "春天来了。", ""), unit(2, (5, 9), "花开了。", "Flowers bloom.", State.REVIEWED)
    delivery = delivery_of(bitext(block("春天来了。花开了。"), *units))
    assert delivery.blocks[0].text.string == "春天来了。 Flowers bloom."
    assert delivery.notice == "Draft: 1 of 2 sentences have not been reviewed by a person."


def test_a_reviewed_document_says_nothing_at_its_head() -> None:
    units = (unit(1, (0, 5), "春天来了。", "Spring came.", State.FINAL),)
    assert delivery_of(bitext(block("春天来了。"), *units), mark=True).notice == ""


def test_only_what_nobody_reviewed_is_marked() -> None:
    units = unit(1, (0, 5), "春天来了。", "Spring came.", State.REVIEWED), unit(2, (5, 9), "花开了。", "Flowers bloom.")
    (delivered,) = delivery_of(bitext(block("春天来了。花开了。"), *units), mark=True).blocks
    opening, closing = delivered.text.codes
    assert (opening.type, delivered.text.string[opening.position : closing.position]) == (UNREVIEWED, "Flowers bloom.")


def test_a_lone_mark_goes_out_as_it_is() -> None:
    (delivered,) = delivery_of(bitext(block("①", Kind.MARK), unit(1, (0, 1), "①", "①"))).blocks
    assert (delivered.text, delivered.pairs) == (Text("①"), ())


@pytest.mark.parametrize("suffix", [*WRITERS])
def test_every_writer_keeps_its_promises(suffix: str) -> None:
    writer = importlib.import_module(f"bilingual.delivery.{WRITERS[suffix]}")
    assert set(writer.FORMS) <= set(READERS.values())
    assert callable(writer.make)
    assert callable(writer.fill) or not writer.FORMS


@pytest.mark.parametrize("suffix", [*READERS])
def test_every_reader_can_be_loaded(suffix: str) -> None:
    assert callable(importlib.import_module(f"bilingual.documents.{READERS[suffix]}").read)


KEPT = """运行 `make run` 或看 <https://example.org/a>。

| 年 | 量 |
|---|---|
| 春 | 多 |
"""


@pytest.mark.parametrize("suffix", [".docx", ".html", ".md", ".txt"])
def test_words_that_nobody_translates_go_out_in_any_form(suffix: str) -> None:
    document = replace(read_bytes(KEPT.encode(), "x.md"), template=None)
    blocks = tuple(Delivered(block, block.text) for block in document.blocks)
    data, told = written(Delivery(document, blocks), Path(f"x{suffix}"))
    again = read_bytes(data, f"x{suffix}")
    said = " ".join(item.text.string + "".join(map(kept_words, item.text.codes)) for item in again.blocks)
    for words in ("make run", "https://example.org/a", "运行", "春", "多"):
        assert words in said
    assert told == ()


def test_two_paragraphs_of_a_cell_are_both_kept() -> None:
    cells = [
        Block(f"b{n}", Kind.CELL, marked(text), (), (Locator(cell="A1"),))
        for n, text in enumerate(("<b>一</b>", "<b>二</b>"))
    ]
    ((cell,),) = grid(Delivered(block, block.text) for block in cells)
    assert cell.string == "一\n二"
    assert len({(code.id, code.kind) for code in cell.codes}) == 4


def test_the_markdown_source_is_the_template(tmp_path: Path, page: Path) -> None:
    said = deliver(tmp_path, "page", "-o", tmp_path / "page.en.md")
    english = (tmp_path / "page.en.md").read_text(encoding="utf-8")
    assert "sentences have not been reviewed" in said
    assert english.startswith("> Draft: 5 of 5 sentences")
    assert english.count("**") == 2
    assert english.count("](https://example.org)") == 1
    assert english.count("\n- ") == 2


def test_the_notice_can_be_left_out_but_the_terminal_still_says_it(tmp_path: Path, page: Path) -> None:
    said = deliver(tmp_path, "page", "-o", tmp_path / "page.en.md", "--no-notice")
    assert (tmp_path / "page.en.md").read_text(encoding="utf-8").startswith("# ")
    assert "5 of 5 sentences" in said


def test_a_document_is_found_by_its_source_file_and_by_its_tmx(tmp_path: Path, page: Path) -> None:
    deliver(tmp_path, "page", "-o", tmp_path / "a.md")
    deliver(tmp_path, page, "-o", tmp_path / "b.md")
    deliver(tmp_path, tmp_path / "out" / "page.tmx", "-o", tmp_path / "c.md")
    assert len({(tmp_path / name).read_bytes() for name in ("a.md", "b.md", "c.md")}) == 1


def test_edits_and_reviews_of_people_go_out(tmp_path: Path, page: Path) -> None:
    with Store(tmp_path / "out" / "workbench.sqlite") as store:
        first, *_, last = store.load("page").units
        store.edit("page", first.id, by="Li", target="Business in the Tea Hills", state=State.REVIEWED)
        store.edit("page", last.id, by="Li", target="The second workshop", state=State.FINAL)
    deliver(tmp_path, "page", "-o", tmp_path / "page.txt", "--mark")
    lines = (tmp_path / "page.txt").read_text(encoding="utf-8").splitlines()
    assert lines[0] == "Draft: 3 of 5 sentences have not been reviewed by a person."
    assert lines[2] == "Business in the Tea Hills"
    assert lines[-1] == "- The second workshop"


def test_edits_in_the_table_go_out(tmp_path: Path, page: Path) -> None:
    table = tmp_path / "out" / "page.csv"
    with table.open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.DictReader(stream))
    rows[0]["target"] = "Business in the Tea Hills"
    with table.open("w", encoding="utf-8-sig", newline="") as stream:
        writer = csv.DictWriter(stream, [*rows[0]])
        writer.writeheader()
        writer.writerows(rows)
    told = deliver(tmp_path, "page", "-o", tmp_path / "other.md")
    assert (
        f"page.csv was edited, and its words are not in the store; bring them home with: bilingual merge {table}"
        in told
    )
    assert "was edited" not in deliver(tmp_path, table, "-o", tmp_path / "page.en.md")
    english = (tmp_path / "page.en.md").read_text(encoding="utf-8")
    assert "# Business in the Tea Hills" in english
    assert english.count("](https://example.org)") == 1


@pytest.mark.parametrize("form", FORMATS, ids=lambda form: form.name)
def test_an_edited_file_of_any_format_goes_out(form: Format, tmp_path: Path, page: Path) -> None:
    whole = read_file(tmp_path / "out" / "page.tmx")
    title, *others = whole.units
    title = replace(title, target=Text("Business in the Tea Hills"), state=State.REVIEWED)
    file = tmp_path / f"page.edited{form.suffixes[0]}"
    with file.open("wb") as stream:
        form.write(replace(whole, units=(title, *others)), stream)
    result = CliRunner().invoke(
        app, ["deliver", str(file), "-o", str(tmp_path / "page.en.md"), "--from", str(tmp_path / "out")]
    )
    assert result.exit_code == 0, result.exception
    english = (tmp_path / "page.en.md").read_text(encoding="utf-8")
    assert "# Business in the Tea Hills" in english
    assert english.count("](https://example.org)") == 1
    told = len(others) if "state" in form.holds else len(whole.units)  # words of a person, but nobody says: reviewed
    assert f"{told} of {len(whole.units)} sentences have not been reviewed" in result.stderr


def test_rows_of_no_unit_are_told(tmp_path: Path, page: Path) -> None:
    table = tmp_path / "out" / "page.csv"
    with table.open("a", encoding="utf-8") as stream:
        stream.write(",paragraph,采茶人,,Tea pickers,,,,\r\n")
    told = deliver(tmp_path, table, "-o", tmp_path / "page.en.md")
    assert f"left out of page.csv: 1 row without the id of a unit; to bring them home: bilingual merge {table}" in told


def test_a_source_file_that_could_be_a_table_is_still_the_source(tmp_path: Path) -> None:
    source = tmp_path / "list.html"
    source.write_text("<p>茶山上雾气还没有散尽。</p>", encoding="utf-8")
    complained(run("deliver", source, "-o", "a.html", "--from", tmp_path / "none", cwd=tmp_path), 3, "first run")
    assert instant(tmp_path, source).returncode == 0
    deliver(tmp_path, source, "-o", tmp_path / "a.html")
    complained(run("deliver", source, "-o", "a.md", "--from", tmp_path / "none", cwd=tmp_path), 3, "no store in")


def test_a_table_without_its_store_is_refused(tmp_path: Path, page: Path) -> None:
    table = tmp_path / "out" / "page.csv"
    complained(run("deliver", table, "-o", "a.md", "--from", tmp_path / "none", cwd=tmp_path), 3, "no document")


def test_neither_the_source_nor_a_changed_file_is_overwritten(tmp_path: Path, page: Path) -> None:
    before = page.read_bytes()
    done = run("deliver", "page", "-o", page, "--from", tmp_path / "out", cwd=tmp_path)
    complained(done, 3, "is the source file itself")
    assert page.read_bytes() == before
    english = tmp_path / "page.en.md"
    deliver(tmp_path, "page", "-o", english)
    assert "was changed" not in deliver(tmp_path, "page", "-o", english)
    english.write_text("What Li wrote.", encoding="utf-8")
    assert "what it held is now in page.en.edited.md" in deliver(tmp_path, "page", "-o", english)
    assert (tmp_path / "page.en.edited.md").read_text(encoding="utf-8") == "What Li wrote."


def test_what_stays_behind_in_the_source_is_told(tmp_path: Path, page: Path) -> None:
    assert "program text in blocks" in deliver(tmp_path, "page", "-o", tmp_path / "page.en.docx")


def test_a_new_document_says_its_title_once_and_has_no_labels_of_what_it_lacks() -> None:
    page = "<title>茶山</title><h1>茶山</h1><p>雾气<img src=a.png alt='茶园的照片'>散了。</p>"
    document = read_bytes(page.encode(), "x.html")
    delivery = Delivery(document, tuple(Delivered(block, block.text) for block in document.blocks))
    data, told = written(delivery, Path("x.txt"))
    assert data.decode() == "茶山\n\n雾气散了。\n"
    assert "pictures" in told[0]


def test_words_around_program_text_keep_their_spaces() -> None:
    data = "请先运行`make run`命令。".encode()
    document = read_bytes(data, "x.md")
    (source,) = document.blocks
    english = completed(source.text, Text("First runthe command.", (replace(source.text.codes[0], position=9),)))
    made = Unit("u1", "b1", source.text, english, Span(0, len(source.text.string)), State.FINAL)
    delivery = delivery_of(Bitext("zh", "en", (document,), (made,)))
    assert written(delivery, Path("x.md"), data)[0].decode() == "First run `make run` the command."


def test_plain_words_of_a_person_keep_the_codes_of_the_draft(tmp_path: Path, page: Path) -> None:
    with Store(tmp_path / "out" / "workbench.sqlite") as store:
        coded = next(u for u in store.load("page").units if u.source.codes)
        edited = store.edit("page", coded.id, by="Li", target=coded.target.string + " Edited.")
        assert [code.id for code in edited.target.codes] == [code.id for code in coded.source.codes]


def test_two_columns_hold_both_languages(tmp_path: Path, page: Path) -> None:
    deliver(tmp_path, "page", "-o", tmp_path / "both.html", "--bilingual")
    html = (tmp_path / "both.html").read_text(encoding="utf-8")
    assert "茶山里的新生意" in html
    assert 'lang="zh' in html
    assert 'lang="en' in html


def test_subtitles_keep_their_times(tmp_path: Path) -> None:
    (tmp_path / "film.srt").write_text(SUBTITLES, encoding="utf-8")
    assert instant(tmp_path, tmp_path / "film.srt").returncode == 0
    deliver(tmp_path, "film", "-o", tmp_path / "film.en.srt")
    english = (tmp_path / "film.en.srt").read_text(encoding="utf-8")
    assert "00:00:01,000 --> 00:00:03,000" in english
    assert "00:00:03,100 --> 00:00:05,000" in english
    assert not [c for c in english if "\u4e00" <= c <= "\u9fff"]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        pytest.param(("gone", "-o", "x.md"), ("gone", "there is: page"), id="no-such-document"),
        pytest.param(("page", "-o", "x.pdf"), (".pdf", ".docx"), id="no-such-form"),
        pytest.param(("page", "-o", "x"), ("no ending",), id="no-ending"),
        pytest.param(("page", "-o", "x.srt"), ("cue",), id="no-cue-times"),
        pytest.param(("page", "-o", "x.md", "--bilingual"), ("two columns", ".docx"), id="no-columns"),
        pytest.param(("page", "-o", "x.md", "--source", BILINGUAL), ("not the file",), id="another-source"),
    ],
)
def test_what_cannot_be_delivered_is_told_in_one_sentence(
    tmp_path: Path, page: Path, arguments: tuple[object, ...], words: tuple[str, ...]
) -> None:
    complained(run("deliver", *arguments, "--from", tmp_path / "out", cwd=tmp_path), 3, *words)
    assert not list(tmp_path.glob("x*"))


def test_without_a_store_the_way_is_named(tmp_path: Path) -> None:
    done = run("deliver", "page.docx", "-o", "page.en.docx", cwd=tmp_path)
    complained(done, 3, "no store", "bilingual translate page.docx")


def test_a_store_from_before_delivery_makes_a_new_document_and_says_so(tmp_path: Path, page: Path) -> None:
    base = sqlite3.connect(tmp_path / "out" / "workbench.sqlite")
    with base:
        first = "('document', 'unit', 'version', 'cache', 'view')"
        for (table,) in base.execute(
            f"SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT IN {first}"
        ).fetchall():
            base.execute(f"DROP TABLE {table}")
        for (index,) in base.execute("SELECT name FROM sqlite_master WHERE type = 'index' AND sql > ''").fetchall():
            base.execute(f"DROP INDEX {index}")
        base.execute("PRAGMA user_version = 1")
    base.close()
    said = deliver(tmp_path, "page", "-o", tmp_path / "page.en.md")
    assert "not in the store" in said
    deliver(tmp_path, "page", "-o", tmp_path / "same.md", "--source", page)
    assert instant(tmp_path, page).returncode == 0
    deliver(tmp_path, "page", "-o", tmp_path / "template.md")
    assert (tmp_path / "same.md").read_bytes() == (tmp_path / "template.md").read_bytes()


def test_no_source_is_kept_that_no_document_has(tmp_path: Path, page: Path) -> None:
    page.write_text(MARKDOWN + "\n又一段。\n", encoding="utf-8")
    assert instant(tmp_path, page).returncode == 0
    base = sqlite3.connect(tmp_path / "out" / "workbench.sqlite")
    assert base.execute("SELECT count(*) FROM source").fetchone() == (1,)
    base.close()
    with Store(tmp_path / "out" / "workbench.sqlite") as store:
        assert store.source("page") == page.read_bytes()


def test_a_bitext_without_blocks_is_refused_by_nobody() -> None:
    with pytest.raises(InputError, match="no kind of document"):
        written(delivery_of(Bitext("zh", "en", (), ())), Path("x.xyz"))
    assert Code(0, "1", "open", "", UNREVIEWED).type == "unreviewed"
