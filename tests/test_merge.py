"""Edits made elsewhere come home: whatever Excel, a colleague or another tool did to the file."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bilingual import editing
from bilingual.bitext import (
    Bitext,
    Block,
    Candidate,
    Document,
    Kind,
    Locator,
    Note,
    NoteKind,
    Origin,
    OriginKind,
    Span,
    State,
    Template,
    Text,
    Unit,
)  # fmt: skip
from bilingual.errors import InputError
from bilingual.formats import FORMATS, Format, named, read_file
from bilingual.merge import CHANGES, Choice, Outcome, What, merge_file, undo
from bilingual.segmentation import units_of
from bilingual.store import Edit, Store
from bilingual.views import write_views
from tests.strategies import bitexts, hostile

MACHINE = Origin(OriginKind.MACHINE, "zh_en 1.9")
WHEN = "2023-11-09T08:00:00Z"
LI = Choice("李雷", WHEN)
PAGE = (
    "大会在乌镇开幕。",
    "嘉宾来自126个国家和地区。他们讨论了数字经济,并发表了倡议。会议持续三天。",
    "好。",
    "主办方表示感谢。",
    "好。",
    "大会闭幕。",
)


def drafted(*paragraphs: str, prefix: str = "English of", name: str = "乌镇") -> Bitext:
    """A document as a run makes it: a unit for each sentence, with its place."""
    text = "\n".join(paragraphs)
    blocks: list[Block] = []
    start = 0
    for number, paragraph in enumerate(paragraphs):
        span = Span(start, start + len(paragraph))
        blocks.append(Block(f"b{number}", Kind.PARAGRAPH, Text(paragraph), (span,), (Locator(line=number + 1),)))
        start = span.end + 1
    document = Document(name, "zh", text, tuple(blocks), Template(f"{name}.txt", str(len(text)) * 8, "text"))
    units: list[Unit] = []
    for block, spans in units_of(document):
        for span in spans:
            source = span.of(block.text.string)
            words = Text(f"{prefix} {source}")
            units.append(Unit(f"u{len(units)}", block.id, Text(source), words, span, State.DRAFT, origin=MACHINE,
                              candidates=(Candidate(words, MACHINE),), source_locators=block.locators))  # fmt: skip
    return Bitext("zh", "en", (document,), tuple(units))


class Bench:
    """A folder with a store, the views of one document, and a person who edits them."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.store = Store(folder / "workbench.sqlite")
        self.store.save("乌镇", drafted(*PAGE))
        self.views()

    def views(self) -> None:
        write_views(self.store, "乌镇", self.folder, ["tmx", "csv"])

    def unit(self, name: str) -> Unit:
        return {unit.id: unit for unit in self.store.load("乌镇").units}[name]

    def target(self, name: str) -> str:
        return self.unit(name).target.string

    def sources(self) -> list[str]:
        return [unit.source.string for unit in self.store.load("乌镇").units]

    def rows(self) -> list[dict[str, str]]:
        with (self.folder / "乌镇.csv").open(encoding="utf-8-sig", newline="") as stream:
            return list(csv.DictReader(stream))

    def file(self, rows: list[dict[str, str]], name: str = "乌镇 (1).csv", encoding: str = "utf-8-sig") -> Path:
        text = io.StringIO(newline="")
        writer = csv.DictWriter(text, rows[0].keys())
        writer.writeheader()
        writer.writerows(rows)
        path = self.folder / name
        path.write_bytes(text.getvalue().encode(encoding))
        return path

    def edited(self, change: Callable[[dict[str, dict[str, str]]], object], **options: str) -> Path:
        """A copy of the table, changed by its rows' ids."""
        rows = self.rows()
        change({row["id"]: row for row in rows})
        return self.file(rows, **options)

    def merge(self, path: Path, choice: Choice = LI, *, dry: bool = False) -> Outcome:
        return merge_file(self.store, path, choice, dry=dry)


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Bench]:
    made = Bench(tmp_path)
    yield made
    made.store.close()


def found(outcome: Outcome) -> list[tuple[What, str]]:
    return [(finding.what, finding.unit) for finding in outcome.findings]


def set_target(unit: str, words: str) -> Callable[[dict[str, dict[str, str]]], object]:
    return lambda rows: rows[unit].update(target=words)


def test_an_untouched_view_changes_nothing(bench: Bench) -> None:
    for name in ("乌镇.csv", "乌镇.tmx"):
        outcome = bench.merge(bench.folder / name)
        assert (outcome.step, found(outcome)) == (None, [])


def test_words_and_states_come_home_under_the_persons_name(bench: Bench) -> None:
    def change(rows: dict[str, dict[str, str]]) -> None:
        rows["u0"]["target"] = "The conference opened in Wuzhen."
        rows["u3"]["state"] = "final"

    outcome = bench.merge(bench.edited(change))
    assert found(outcome) == [(What.WORDS, "u0"), (What.STATE, "u3")]
    unit = bench.unit("u0")
    assert (unit.target.string, unit.state) == ("The conference opened in Wuzhen.", State.TRANSLATED)
    assert unit.changed
    assert (unit.changed.by, unit.changed.when, unit.origin) == ("李雷", WHEN, Origin(OriginKind.PERSON, "李雷"))
    assert [c.target.string for c in unit.candidates] == ["English of 大会在乌镇开幕。"]
    assert bench.unit("u3").state is State.FINAL
    assert bench.store.history("乌镇", "u0")[-1].by == "李雷"


@pytest.mark.parametrize("name", ["乌镇.csv", "乌镇.tmx"])
def test_merging_the_same_file_again_changes_nothing(bench: Bench, name: str) -> None:
    path = bench.folder / name
    path.write_bytes(path.read_bytes().replace("English of 大会闭幕。".encode(), b"The conference closed."))
    assert bench.merge(path).step == 1
    bench.views()
    edited = next(bench.folder.glob("乌镇.edited.*"))
    assert bench.merge(edited).step is None
    assert bench.target("u7") == "The conference closed."


def test_rows_sorted_filtered_and_deleted_are_found_and_the_missing_stay(bench: Bench) -> None:
    rows = sorted(bench.rows(), key=lambda row: row["source"], reverse=True)
    rows = [row for row in rows if row["id"] not in {"u1", "u4"}]
    next(row for row in rows if row["id"] == "u6")["target"] = "Well then."
    before = bench.sources()
    outcome = bench.merge(bench.file(rows))
    assert found(outcome) == [(What.MISSING, "u1"), (What.MISSING, "u4"), (What.WORDS, "u6")]
    assert bench.sources() == before
    assert (bench.target("u6"), bench.target("u4")) == ("Well then.", "English of 好。")


ACCIDENTS: dict[str, Callable[[str], str]] = {
    "no-break spaces": lambda text: text.replace(" ", "\u00a0"),
    "curly quotes": lambda text: text.replace('"', "”").replace("'", "’"),
    "carriage returns": lambda text: text.replace("\n", "\r\n"),
    "spaces at the ends": lambda text: f" {text} ",
    "two spaces": lambda text: text.replace(" ", "  "),
    "full width": lambda text: text.replace(",", "，"),
}


@pytest.mark.parametrize("accident", ACCIDENTS.values(), ids=ACCIDENTS)
def test_what_a_program_changes_by_itself_is_no_edit(bench: Bench, accident: Callable[[str], str]) -> None:
    words = 'He said: "It\'s open,"\nand left.'
    bench.store.edit("乌镇", "u0", by="韩梅梅", when=WHEN, target=words)
    bench.views()
    path = bench.edited(lambda rows: [row.update(target=accident(row["target"])) for row in rows.values()])
    outcome = bench.merge(path)
    assert outcome.step is None
    assert {finding.what for finding in outcome.findings} <= {What.LOOKS}
    assert bench.target("u0") == words


def test_exact_takes_them_all_the_same(bench: Bench) -> None:
    path = bench.edited(set_target("u0", "English\u00a0of 大会在乌镇开幕。"))
    assert bench.merge(path).count(What.LOOKS) == 1
    assert found(bench.merge(path, replace(LI, exact=True))) == [(What.WORDS, "u0")]
    assert bench.target("u0") == "English\u00a0of 大会在乌镇开幕。"


def test_a_source_touched_by_accident_is_matched_and_not_changed(bench: Bench) -> None:
    def change(rows: dict[str, dict[str, str]]) -> None:
        rows["u2"]["source"] = " 他们讨论了数字经济， 并发表了倡议。"
        rows["u2"]["target"] = "They discussed."
        rows["u0"]["source"] = "大会今天在乌镇开幕。"

    before = bench.sources()
    outcome = bench.merge(bench.edited(change))
    assert found(outcome) == [(What.SOURCE, "u0"), (What.SOURCE, "u2"), (What.WORDS, "u2")]
    assert bench.sources() == before
    assert bench.target("u2") == "They discussed."


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_every_encoding_that_excel_saves_comes_home(bench: Bench, encoding: str) -> None:
    outcome = bench.merge(bench.edited(set_target("u0", "The café opened – “at last”."), encoding=encoding))
    assert found(outcome) == [(What.WORDS, "u0")]
    assert bench.target("u0") == "The café opened – “at last”."


@pytest.mark.parametrize(
    ("was", "words", "lost"),
    [
        ("12345678901234567890", "12345678901234500000", True),
        ("12345678901234567890", "12345678901234600000", True),
        ("12345678901234567890", "1.23457E+19", True),
        ("6222 0202 0001 1234 567", "6222020200011230000", True),
        ("0.1234567890123456789", "0.123456789012346", True),
        ("12345678901234567890", "12345678901234567891", False),
        ("12345678901234567890", "12345678901234567", False),
        ("123456789012345", "123456789012300", False),
        ("12345678901234567890", "Number 12345678901234500000", False),
        ("9" * 2000, "9" * 15 + "0" * 1985, False),
    ],
)
def test_figures_that_excel_has_lost_are_not_taken_for_edits(bench: Bench, was: str, words: str, lost: bool) -> None:
    bench.store.edit("乌镇", "u0", by="韩梅梅", when=WHEN, target=was)
    bench.views()
    outcome = bench.merge(bench.edited(set_target("u0", words)))
    assert found(outcome) == [(What.DAMAGED if lost else What.WORDS, "u0")]
    assert bench.target("u0") == (was if lost else words)


def test_a_number_that_excel_has_rounded_in_a_workbook_is_told(bench: Bench) -> None:
    import xlsxwriter

    bench.store.edit("乌镇", "u0", by="韩梅梅", when=WHEN, target="12345678901234567890")
    bench.views()
    path = bench.folder / "乌镇.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        for at, row in enumerate([dict(zip(bench.rows()[0], bench.rows()[0], strict=True)), *bench.rows()]):
            sheet.write_row(at, 0, [1.23456789012345e19 if cell.startswith("1234") else cell for cell in row.values()])
    assert found(bench.merge(path)) == [(What.DAMAGED, "u0")]


def test_letters_that_a_program_could_not_save_are_not_taken_for_edits(bench: Bench) -> None:
    bench.store.edit("乌镇", "u0", by="韩梅梅", when=WHEN, target="Émile opened it.")
    bench.views()
    outcome = bench.merge(bench.edited(set_target("u0", "?mile opened it.")))
    assert found(outcome) == [(What.DAMAGED, "u0")]
    assert bench.target("u0") == "Émile opened it."


def test_two_rows_made_one_become_one_unit_that_a_run_keeps(bench: Bench) -> None:
    rows = bench.rows()
    by_id = {row["id"]: row for row in rows}
    by_id["u1"]["source"] += by_id["u2"]["source"]
    by_id["u1"]["target"] = "Guests from 126 countries discussed it."
    rows.remove(by_id["u2"])
    assert found(bench.merge(bench.file(rows))) == [(What.JOINED, "u1")]
    joined = bench.unit("u1")
    assert joined.source.string == "嘉宾来自126个国家和地区。他们讨论了数字经济,并发表了倡议。"
    assert joined.span == Span(0, 31)
    assert [c.target.string for c in joined.candidates][1:] == [
        "English of 嘉宾来自126个国家和地区。",
        "English of 他们讨论了数字经济,并发表了倡议。",
    ]
    before = bench.sources()
    for prefix in ("Better", "Better", "Worse"):
        bench.store.save("乌镇", drafted(*PAGE, prefix=prefix))
        assert bench.sources() == before
        assert bench.target("u1") == "Guests from 126 countries discussed it."
    assert bench.store.orphans("乌镇") == ()


def split_rows(bench: Bench, new: str = "new") -> list[dict[str, str]]:
    rows = bench.rows()
    second = next(row for row in rows if row["id"] == "u2")
    rows.append(second | {"id": new, "source": "并发表了倡议。", "target": "And they issued an initiative."})
    second |= {"source": "他们讨论了数字经济,", "target": "They discussed the digital economy."}
    return rows


def test_a_row_made_two_becomes_two_units_that_a_run_keeps(bench: Bench) -> None:
    assert found(bench.merge(bench.file(split_rows(bench)))) == [(What.SPLIT, "u2")]
    before = bench.sources()
    assert before[2:4] == ["他们讨论了数字经济,", "并发表了倡议。"]
    assert (bench.unit("u2").span, bench.unit("new").span) == (Span(14, 24), Span(24, 31))
    for prefix in ("Better", "Worse"):
        bench.store.save("乌镇", drafted(*PAGE, prefix=prefix))
        assert bench.sources() == before
        assert bench.target("new") == "And they issued an initiative."


@pytest.mark.parametrize("state", ["draft", ""])
def test_a_row_made_two_in_excel_needs_no_new_id(bench: Bench, state: str) -> None:
    rows = split_rows(bench, new="")
    rows[-1] |= {"state": state, "machine": ""}
    assert found(bench.merge(bench.file(rows))) == [(What.SPLIT, "u2")]
    assert bench.sources()[2:4] == ["他们讨论了数字经济,", "并发表了倡议。"]
    units = bench.store.load("乌镇").units
    assert units[3].target.string == "And they issued an initiative."
    assert len({unit.id for unit in units if unit.id}) == len(units)


def test_rows_without_an_id_that_are_in_no_document_are_told(bench: Bench) -> None:
    rows = bench.rows()
    rows += [rows[0] | {"id": "", "source": words, "target": "new"} for words in ("别的句子。", "又一个。")]
    before = bench.store.load("乌镇")
    assert found(bench.merge(bench.file(rows))) == [(What.UNKNOWN, "")] * 2
    assert bench.store.load("乌镇") == before


def test_an_older_file_does_not_join_again_what_was_split(bench: Bench) -> None:
    old = bench.file(bench.rows(), "old 乌镇.csv")
    bench.merge(bench.file(split_rows(bench)))
    bench.views()
    before = bench.sources()
    outcome = merge_file(bench.store, old, LI, "乌镇")
    assert found(outcome) == [(What.OLDER, "u2")]
    assert bench.sources() == before


def joined_rows(bench: Bench) -> list[dict[str, str]]:
    rows = bench.rows()
    rows[1] |= {"source": rows[1]["source"] + rows[2]["source"], "target": "Guests discussed it."}
    del rows[2]
    return rows


def test_an_older_file_does_not_split_again_what_was_joined(bench: Bench) -> None:
    old = bench.file(bench.rows(), "old 乌镇.csv")
    bench.merge(bench.file(joined_rows(bench)))
    bench.views()
    outcome = merge_file(bench.store, old, LI, "乌镇")
    assert found(outcome) == [(What.OLDER, "u1")]
    assert bench.target("u1") == "Guests discussed it."


@pytest.mark.parametrize("recut", ["split", "join"])
def test_undoing_a_split_or_a_join_brings_the_rows_back(bench: Bench, recut: str) -> None:
    before = bench.store.load("乌镇")
    rows = split_rows(bench) if recut == "split" else joined_rows(bench)
    assert bench.merge(bench.file(rows)).step == 1
    after = bench.store.load("乌镇")
    undo(bench.store, None, by="李雷", when=WHEN)
    assert bench.store.load("乌镇") == before
    undo(bench.store, 2, by="李雷", when=WHEN)
    assert bench.store.load("乌镇") == after


@pytest.mark.parametrize("recut", ["split", "join"])
def test_a_corrected_source_stays_so_where_its_rows_are_cut_in_a_file(bench: Bench, recut: str) -> None:
    seen = bench.store.seen("乌镇", ["u2"])["u2"]
    right = editing.source_corrected(seen.unit, seen.unit.source.string.replace("。", "！"))
    bench.store.change("乌镇", [Edit(seen.version, right)], by="韩梅梅", at=WHEN, label="source")
    bench.views()
    rows = split_rows(bench) if recut == "split" else joined_rows(bench)
    rows[-1]["source"] = rows[-1]["source"].replace("倡议。", "倡议！")
    assert bench.merge(bench.file(rows)).count(What.SPLIT if recut == "split" else What.JOINED) == 1
    after = [(unit.source.string, unit.written.string) for unit in bench.store.load("乌镇").units]
    assert "".join(source for source, _ in after) == "".join(PAGE).replace(seen.unit.source.string, right.source.string)
    assert "".join(written for _, written in after) == "".join(PAGE)
    bench.store.save("乌镇", drafted(*PAGE))
    assert [(unit.source.string, unit.written.string) for unit in bench.store.load("乌镇").units] == after


def test_a_query_put_into_a_tmx_comes_home_as_a_query(bench: Bench) -> None:
    path = bench.folder / "乌镇.tmx"
    asked = '<note>126还是128？</note>\n<prop type="x-bilingual-note-kind">query</prop>\n'
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace('<tu tuid="u1">\n', f'<tu tuid="u1">\n{asked}', 1), encoding="utf-8")
    assert found(bench.merge(path)) == [(What.NOTE, "u1")]
    assert bench.unit("u1").notes == (Note("126还是128？", "李雷", WHEN, NoteKind.QUERY),)


def test_a_file_from_before_a_correction_has_no_other_source(bench: Bench) -> None:
    path = bench.edited(set_target("u2", "Li's words."))
    seen = bench.store.seen("乌镇", ["u2"])["u2"]
    right = editing.source_corrected(seen.unit, seen.unit.source.string.replace("。", "！"))
    bench.store.change("乌镇", [Edit(seen.version, right)], by="韩梅梅", at=WHEN, label="source")
    assert found(bench.merge(path)) == [(What.WORDS, "u2")]
    assert bench.unit("u2").source == right.source


def test_rows_of_two_paragraphs_cannot_be_one_and_their_words_are_kept(bench: Bench) -> None:
    rows = bench.rows()
    rows[0]["source"] += rows[1]["source"]
    rows[0]["target"] = "Both at once."
    del rows[1]
    outcome = bench.merge(bench.file(rows))
    assert found(outcome) == [(What.REFUSED, "u0")]
    assert len(bench.sources()) == 8
    assert bench.unit("u0").candidates[-1] == Candidate(Text("Both at once."), Origin(OriginKind.PERSON, "李雷"))


def test_a_conflict_is_told_and_kept_on_both_sides(bench: Bench) -> None:
    path = bench.edited(set_target("u0", "Li's words."))
    bench.store.edit("乌镇", "u0", by="韩梅梅", when=WHEN, target="Han's words.")
    for _ in range(2):
        outcome = bench.merge(path)
        assert found(outcome) == [(What.CONFLICT, "u0")]
        assert not outcome.whole
    unit = bench.unit("u0")
    assert unit.target.string == "Han's words."
    assert [c.target.string for c in unit.candidates] == ["English of 大会在乌镇开幕。", "Li's words."]
    assert unit.candidates[-1].origin == Origin(OriginKind.PERSON, "李雷")
    assert [note.author for note in unit.notes] == ["李雷"]
    assert "Li's words." in unit.notes[0].text


def test_a_copy_of_unknown_age_is_taken_for_the_older_one(bench: Bench) -> None:
    path = bench.edited(set_target("u0", "Li's words."), name="from Li.csv")
    bench.store.edit("乌镇", "u0", by="韩梅梅", when=WHEN, target="Han's words.", state=State.DRAFT)
    bench.views()
    assert found(bench.merge(path)) == [(What.CONFLICT, "u0")]


@pytest.mark.parametrize("form", ["tmx", "jsonl", "xliff"])
def test_a_fresh_copy_is_of_the_state_whose_change_it_names(bench: Bench, form: str) -> None:
    for turn, words in enumerate(("First.", "Second.", "Third.")):
        (view,) = write_views(bench.store, "乌镇", bench.folder, [form]).written
        copy = bench.folder / f"from Li {turn}{view.suffix}"
        bitext = read_file(view)
        first, *rest = bitext.units
        with copy.open("wb") as stream:
            named(form).write(replace(bitext, units=(replace(first, target=Text(words)), *rest)), stream)
        assert found(bench.merge(copy, replace(LI, when=f"2023-11-09T08:0{turn}:00Z"))) == [(What.WORDS, "u0")]
        assert bench.target("u0") == words


def test_the_view_itself_is_taken_for_what_it_was_written_from(bench: Bench) -> None:
    bench.store.edit("乌镇", "u0", by="韩梅梅", when=WHEN, target="Han's words.", state=State.DRAFT)
    bench.views()
    path = bench.edited(set_target("u0", "Li's words."), name="乌镇.csv")
    assert found(bench.merge(path)) == [(What.WORDS, "u0")]


def test_words_put_back_in_the_view_itself_are_told_and_taken_on_request(bench: Bench) -> None:
    bench.store.edit("乌镇", "u0", by="韩梅梅", when=WHEN, state=State.REVIEWED)
    bench.views()
    path = bench.edited(lambda rows: rows["u0"].update(state="draft"), name="乌镇.csv")
    assert found(bench.merge(path)) == [(What.OLDER, "u0")], "it may be an old copy"
    assert found(bench.merge(path, replace(LI, prefer="file"))) == [(What.STATE, "u0")]
    assert bench.unit("u0").state is State.DRAFT


def test_a_table_without_its_state_column_says_no_states(bench: Bench) -> None:
    for number in range(8):
        bench.store.edit("乌镇", f"u{number}", by="韩梅梅", when=WHEN, state=State.REVIEWED)
    bench.views()
    rows = [{name: row[name] for name in ("id", "source", "machine", "target")} for row in bench.rows()]
    rows[0]["target"] = "Other words."
    told = found(bench.merge(bench.file(rows, "乌镇.csv")))
    assert told == [(What.WORDS, "u0"), *((What.STATES, f"u{number}") for number in range(1, 8))]
    assert {unit.state for unit in bench.store.load("乌镇").units} == {State.REVIEWED}
    assert not [what for what, _ in told if what is What.STATE]


def test_many_states_that_may_be_made_up_are_not_taken_in_silence(bench: Bench) -> None:
    """A person has set back what was reviewed, row by row; a table without the column would look the same."""
    for number in range(8):
        bench.store.edit("乌镇", f"u{number}", by="韩梅梅", when=WHEN, target=f"Han {number}.", state=State.REVIEWED)
    bench.views()

    def set_back(rows: dict[str, dict[str, str]]) -> None:
        for row in rows.values():
            row["state"] = "translated"

    outcome = bench.merge(bench.edited(set_back, name="乌镇.csv"))
    assert found(outcome) == [(What.STATES, f"u{number}") for number in range(8)]
    assert not outcome.whole, "the edited view is not written over"
    assert (outcome.findings[0].before, outcome.findings[0].after) == ("reviewed", "translated")


def test_a_conflict_can_be_settled_by_choice(bench: Bench) -> None:
    path = bench.edited(set_target("u0", "Li's words."))
    bench.store.edit("乌镇", "u0", by="韩梅梅", when=WHEN, target="Han's words.")
    assert found(bench.merge(path, replace(LI, prefer="store"))) == [(What.CONFLICT, "u0")]
    assert (bench.target("u0"), bench.unit("u0").notes) == ("Han's words.", ())
    assert found(bench.merge(path, replace(LI, prefer="file"))) == [(What.WORDS, "u0")]
    unit = bench.unit("u0")
    assert unit.target.string == "Li's words."
    assert Candidate(Text("Han's words."), Origin(OriginKind.PERSON, "韩梅梅")) in unit.candidates


def test_the_same_change_on_both_sides_is_no_conflict(bench: Bench) -> None:
    path = bench.edited(set_target("u0", "The same."))
    bench.store.edit("乌镇", "u0", by="韩梅梅", when=WHEN, target="The same.")
    assert bench.merge(path).step is None


def test_a_new_machine_draft_is_no_conflict(bench: Bench) -> None:
    path = bench.edited(set_target("u0", "Li's words."))
    bench.store.save("乌镇", drafted(*PAGE, prefix="Better"))
    assert found(bench.merge(path)) == [(What.WORDS, "u0")]
    assert bench.target("u7") == "Better 大会闭幕。", "what the file only repeats is no edit"


def test_an_old_copy_does_not_turn_the_store_back(bench: Bench) -> None:
    old = bench.file(bench.rows(), "乌镇 copy.csv")
    for number in range(8):
        bench.store.edit("乌镇", f"u{number}", by="韩梅梅", when=WHEN, target=f"Han's words {number}.")
    bench.views()
    outcome = bench.merge(old)
    assert outcome.step is None
    assert bench.target("u0") == "Han's words 0."


def test_an_old_copy_in_the_place_of_the_view_does_not_either(bench: Bench) -> None:
    old = (bench.folder / "乌镇.csv").read_bytes()
    for number in range(8):
        bench.store.edit("乌镇", f"u{number}", by="韩梅梅", when=WHEN, target=f"Han's words {number}.")
    bench.views()
    (bench.folder / "乌镇.csv").write_bytes(old.replace("English of 好。,draft".encode(), b"Well.,draft", 1))
    outcome = bench.merge(bench.folder / "乌镇.csv")
    assert (outcome.count(What.OLDER), outcome.count(What.CONFLICT), outcome.step) == (7, 1, 9)
    assert bench.target("u0") == "Han's words 0."
    assert bench.target("u4") == "Han's words 4."


def test_locked_words_are_not_changed(bench: Bench) -> None:
    bench.store.edit("乌镇", "u0", by="韩梅梅", when=WHEN, target="Fixed.", locked=True)
    bench.views()
    outcome = bench.merge(bench.edited(set_target("u0", "Other.")))
    assert found(outcome) == [(What.CONFLICT, "u0")]
    assert "locked" in outcome.findings[0].told
    assert bench.target("u0") == "Fixed."


def test_an_emptied_target_is_told_and_taken_on_request(bench: Bench) -> None:
    path = bench.edited(set_target("u0", ""))
    assert found(bench.merge(path)) == [(What.EMPTIED, "u0")]
    assert bench.target("u0")
    assert found(bench.merge(path, replace(LI, empty=True))) == [(What.WORDS, "u0")]
    assert (bench.target("u0"), bench.unit("u0").state) == ("", State.NEW)


def test_notes_and_locks_come_home_where_the_format_holds_them(bench: Bench) -> None:
    path = bench.folder / "乌镇.tmx"
    edited = read_file(path)
    first, *rest = edited.units
    first = replace(first, locked=True, notes=(Note("查过"), Note("second", "王芳", WHEN)))
    with path.open("wb") as stream:
        named("tmx").write(replace(edited, units=(first, *rest)), stream)
    assert found(bench.merge(path)) == [(What.LOCK, "u0"), (What.NOTE, "u0"), (What.NOTE, "u0")]
    unit = bench.unit("u0")
    assert (unit.locked, unit.notes) == (True, (Note("查过", "李雷", WHEN), Note("second", "王芳", WHEN)))


@pytest.mark.parametrize("form", FORMATS, ids=lambda form: form.name)
def test_words_come_home_in_every_format_and_nothing_else_changes(bench: Bench, form: Format) -> None:
    """Whatever a format cannot hold is no edit: what it showed when it was written is compared, not what we know."""
    bench.store.edit("乌镇", "u3", by="韩梅梅", when=WHEN, state=State.REVIEWED, note="查过")
    bench.store.edit("乌镇", "u5", by="韩梅梅", when=WHEN, target="They\tthanked “everybody”.", locked=True)
    path = bench.folder / f"乌镇{form.suffixes[0]}"
    with path.open("wb") as stream:
        form.write(bench.store.load("乌镇"), stream)
    assert found(bench.merge(path)) == []
    seen = read_file(path)
    units = tuple(
        replace(unit, target=Text("They said thanks.")) if "126" in unit.source.string else unit for unit in seen.units
    )
    with path.open("wb") as stream:
        form.write(replace(seen, units=units), stream)
    outcome = bench.merge(path)
    assert found(outcome) == [(What.WORDS, "u1")]
    assert (bench.target("u1"), bench.unit("u1").state) == ("They said thanks.", State.TRANSLATED)
    assert (bench.unit("u3").state, bench.unit("u5").locked) == (State.REVIEWED, True)


OTHER_TMX = """<?xml version="1.0" encoding="UTF-8"?>
<tmx version="1.4"><header creationtool="x" creationtoolversion="1" segtype="sentence" o-tmf="x" adminlang="en"
 srclang="zh" datatype="plaintext"/><body>
<tu><tuv xml:lang="zh"><seg>好。</seg></tuv><tuv xml:lang="en" changeid="王芳"><seg>Good.</seg></tuv></tu>
<tu><tuv xml:lang="zh"><seg>大会闭幕。</seg></tuv><tuv xml:lang="en"><seg>It closed.</seg></tuv></tu>
<tu><tuv xml:lang="zh"><seg>主办方表示感谢。</seg></tuv>
<tuv xml:lang="en"><seg>English of 主办方表示感谢。</seg></tuv></tu>
</body></tmx>"""


def test_another_tools_memory_fills_every_repetition_and_says_no_states(bench: Bench) -> None:
    path = bench.folder / "乌镇-omegat.tmx"
    path.write_text(OTHER_TMX, encoding="utf-8")
    outcome = merge_file(bench.store, path, LI)
    assert [finding.unit for finding in outcome.findings if finding.what is What.WORDS] == ["u4", "u6", "u7"]
    assert (bench.target("u4"), bench.target("u6"), bench.target("u7")) == ("Good.", "Good.", "It closed.")
    assert bench.unit("u5").state is State.DRAFT
    changed = bench.unit("u4").changed
    assert changed
    assert changed.by == "王芳"


def test_a_dry_run_tells_all_and_changes_nothing(bench: Bench) -> None:
    before, revision = bench.store.load("乌镇"), bench.store.revision("乌镇")
    path = bench.edited(set_target("u0", "New."))
    dry = bench.merge(path, dry=True)
    assert (dry.step, bench.store.load("乌镇"), bench.store.revision("乌镇")) == (None, before, revision)
    assert bench.merge(path).findings == dry.findings


def test_a_merge_is_undone_by_new_versions_and_done_again(bench: Bench) -> None:
    before = bench.store.load("乌镇")
    bench.merge(bench.edited(set_target("u0", "New.")))
    after = bench.store.load("乌镇")
    done = undo(bench.store, None, by="韩梅梅", when=WHEN)
    assert (done.restored, done.later, bench.store.load("乌镇")) == (1, (), before)
    assert [(v.number, v.by) for v in bench.store.history("乌镇", "u0")] == [(1, ""), (2, "李雷"), (3, "韩梅梅")]
    with pytest.raises(InputError, match="merge 1 was undone already, by 2"):
        undo(bench.store, 1, by="韩梅梅", when=WHEN)
    with pytest.raises(InputError, match="no merge to undo"):
        undo(bench.store, None, by="韩梅梅", when=WHEN)
    undo(bench.store, done.step, by="韩梅梅", when=WHEN)
    assert bench.store.load("乌镇") == after


def test_undo_leaves_what_was_changed_later(bench: Bench) -> None:
    def change(rows: dict[str, dict[str, str]]) -> None:
        rows["u0"]["target"] = "Li's words."
        rows["u3"]["target"] = "Three days."

    bench.merge(bench.edited(change))
    bench.store.edit("乌镇", "u0", by="韩梅梅", when=WHEN, target="Han's later words.")
    done = undo(bench.store, None, by="李雷", when=WHEN)
    assert [unit.id for unit in done.later] == ["u0"]
    assert bench.target("u0") == "Han's later words."
    assert bench.target("u3") == "English of 会议持续三天。"


def test_undo_of_a_split_leaves_parts_that_were_changed_later(bench: Bench) -> None:
    bench.merge(bench.file(split_rows(bench)))
    bench.store.edit("乌镇", "new", by="韩梅梅", when=WHEN, target="Later.")
    before = bench.store.load("乌镇")
    done = undo(bench.store, None, by="李雷", when=WHEN)
    assert (done.restored, bench.store.load("乌镇")) == (0, before)
    assert {unit.id for unit in done.later} == {"u2", "new"}


def test_the_document_is_known_by_its_sentences_when_the_name_says_nothing(bench: Bench) -> None:
    bench.store.save("北京", drafted("另一篇文章。", "它在北京。", name="北京"))
    path = bench.edited(set_target("u0", "New."), name="from Li.csv")
    assert bench.merge(path).name == "乌镇"


def test_the_file_of_another_document_is_refused(bench: Bench) -> None:
    rows = [row | {"id": f"x{at}", "source": f"与此无关的第{at}句话。"} for at, row in enumerate(bench.rows())]
    path = bench.file(rows, "乌镇.edited.csv")
    with pytest.raises(InputError, match="only 0% of its rows are in '乌镇': it is of another document"):
        bench.merge(path)
    with pytest.raises(InputError, match="of no document in the store – choose with --document from 乌镇"):
        bench.merge(bench.file(rows, "table.csv"))
    outcome = merge_file(bench.store, path, LI, "乌镇")
    assert outcome.count(What.UNKNOWN) == 8
    assert outcome.step is None


BAD = {
    "no format": ("page.odt", b"x", "is no format for aligned text"),
    "nothing in it": ("乌镇.csv", b"", "乌镇.csv"),
    "ids doubled": ("乌镇.csv", b"id,source,target\r\na,x,y\r\na,z,w\r\n", "stands on line 2 already"),
    "no rows": ("乌镇.csv", b"id,source,target\r\n", "has no rows"),
    "binary": ("乌镇.csv", b"\xff\xfe\x00\xd8\x00", "is not a text"),
    "no xml": ("乌镇.tmx", b"<tmx", "乌镇.tmx"),
    "unknown document": ("乌镇.csv", b"id,source,target\r\na,x,y\r\n", "of another document"),
}


@pytest.mark.parametrize(("name", "data", "words"), BAD.values(), ids=BAD)
def test_a_bad_file_is_one_sentence_and_changes_nothing(bench: Bench, name: str, data: bytes, words: str) -> None:
    before = bench.store.load("乌镇")
    (bench.folder / name).write_bytes(data)
    with pytest.raises(InputError, match=words):
        bench.merge(bench.folder / name)
    assert bench.store.load("乌镇") == before


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    order=st.permutations(range(8)), kept=st.integers(1, 8), edits=st.sets(st.integers(0, 7)),
    ours=st.sets(st.integers(0, 7)),
)  # fmt: skip
def test_whatever_two_people_do_nothing_of_either_is_lost(
    tmp_path_factory: pytest.TempPathFactory, order: list[int], kept: int, edits: set[int], ours: set[int]
) -> None:
    bench = Bench(tmp_path_factory.mktemp("merge"))
    rows = [bench.rows()[at] for at in order][:kept]
    for row in rows:
        if int(row["id"][1:]) in edits:
            row["target"] = f"Li {row['id']}"
    path = bench.file(rows)
    for at in ours:
        bench.store.edit("乌镇", f"u{at}", by="韩梅梅", when=WHEN, target=f"Han u{at}")
    before = bench.store.load("乌镇")
    step = bench.merge(path).step
    after = bench.store.load("乌镇")
    if step:
        assert undo(bench.store, step, by="李雷", when=WHEN).later == ()
        assert bench.store.load("乌镇") == before
        undo(bench.store, step + 1, by="李雷", when=WHEN)
    assert bench.store.load("乌镇") == after
    bench.store.save("乌镇", drafted(*PAGE, prefix="Better"))
    for unit in bench.store.load("乌镇").units:
        said = {unit.target.string, *(c.target.string for c in unit.candidates)}
        at = int(unit.id[1:])
        assert at not in ours or f"Han u{at}" in said
        assert not (at in edits and at in order[:kept]) or f"Li u{at}" in said
    bench.store.close()


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture]
)
@given(bitext=bitexts(hostile), form=st.sampled_from(FORMATS))
def test_a_file_nobody_touched_changes_nothing_whatever_is_in_it(
    tmp_path_factory: pytest.TempPathFactory, bitext: Bitext, form: Format
) -> None:
    folder = tmp_path_factory.mktemp("hostile")
    with Store(folder / "workbench.sqlite") as store:
        store.save("页", bitext)
        path = folder / f"页{form.suffixes[0]}"
        with path.open("wb") as stream:
            form.write(store.load("页"), stream)
        try:
            outcome = merge_file(store, path, LI, "页")
        except InputError:
            assert form.name in {"csv", "tsv", "xlsx"} or not bitext.units  # ids that no table can hold
        else:
            assert outcome.step is None
            assert not {finding.what for finding in outcome.findings} & set(CHANGES)


class Racing(Store):
    """A store into which somebody else writes while a merge is being thought out."""

    raced = False

    def load(self, name: str) -> Bitext:
        """What was there before the other one wrote."""
        found = super().load(name)
        if not self.raced:
            self.raced = True
            with Store(self.path) as other:
                other.edit(name, "u7", by="韩梅梅", when=WHEN, target="Han's words.")
        return found


def test_a_merge_begins_again_when_somebody_writes_meanwhile(bench: Bench) -> None:
    path = bench.edited(set_target("u0", "Li's words."))
    with Racing(bench.store.path) as store:
        assert [f.what for f in merge_file(store, path, LI).findings] == [What.WORDS]
    assert (bench.target("u0"), bench.target("u7")) == ("Li's words.", "Han's words.")
