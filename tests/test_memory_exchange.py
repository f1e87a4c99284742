"""Memories that come from files and go into files, of every tool and in every state."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bilingual.bitext import Bitext, Change, Code, Note, Origin, OriginKind, State, Text, Unit
from bilingual.errors import InputError
from bilingual.formats.tmx import Tmx
from bilingual.memory import Batch, MatchKind, Memory, writing
from bilingual.memory.exchange import export_file, import_file
from tests.strategies import legal

HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<tmx version="1.4"><header srclang="{0}" segtype="sentence" '
    'creationtool="X" creationtoolversion="1" o-tmf="x" adminlang="en" datatype="plaintext"/><body>\n'
)


def tu(*variants: tuple[str, str], inside: str = "") -> str:
    said = "".join(f'<tuv xml:lang="{language}"><seg>{text}</seg></tuv>' for language, text in variants)
    return f"<tu>{inside}{said}</tu>\n"


def tmx(path: Path, *units: str, srclang: str = "zh") -> Path:
    path.write_text(HEAD.format(srclang) + "".join(units) + "</body></tmx>", encoding="utf-8")
    return path


@pytest.fixture
def memory(tmp_path: Path) -> Iterator[Memory]:
    with Memory(tmp_path / "memory.sqlite") as made:
        yield made


PAIR = ("大会开幕。", "The conference opened.")


@pytest.mark.parametrize("chinese", ["zh", "zh-CN", "zh_CN", "zh-Hans", "zh-Hant-TW", "ZHO", "chi", "ZH"])
@pytest.mark.parametrize("english", ["en", "en-US", "EN_GB", "ENG"])
def test_languages_are_known_in_every_spelling(memory: Memory, tmp_path: Path, chinese: str, english: str) -> None:
    file = tmx(tmp_path / "a.tmx", tu((english, PAIR[1]), ("de", "Eröffnung."), (chinese, PAIR[0])), srclang=english)
    assert import_file(memory, file).added == 1
    (match,) = memory.lookup(PAIR[0])
    assert (match.score, match.target.string) == (100, PAIR[1])


@pytest.mark.parametrize(
    ("units", "told"),
    [
        pytest.param([tu(("de", "Ja."), ("fr", "Oui."))], "languages: de, fr", id="other languages"),
        pytest.param([tu(("zh", "好。"))], "languages: zh", id="one variant"),
        pytest.param([tu(("en", "Good."), ("de", "Gut."))], "languages: de, en", id="no Chinese"),
        pytest.param([], "languages: none", id="nothing"),
        pytest.param(["<tu/>"], "languages: none", id="no variant"),
    ],
)
def test_a_tmx_without_pairs_is_refused_and_leaves_nothing(
    memory: Memory, tmp_path: Path, units: list[str], told: str
) -> None:
    with pytest.raises(InputError, match=told):
        import_file(memory, tmx(tmp_path / "a.tmx", *units))
    assert [*memory.entries()] == []


def test_of_a_file_that_breaks_off_nothing_is_kept(
    memory: Memory, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(writing, "CHUNK", 50)
    import_file(memory, tmx(tmp_path / "good.tmx", tu(("zh", PAIR[0]), ("en", PAIR[1]))))
    file = tmx(tmp_path / "bad.tmx", *(tu(("zh", f"第{n}句{n % 7}。"), ("en", "x")) for n in range(300)))
    file.write_text(file.read_text(encoding="utf-8")[:-200], encoding="utf-8")
    with pytest.raises(InputError, match=r"bad\.tmx:\d+: is not well-formed XML"):
        import_file(memory, file)
    assert [entry.source.string for entry in memory.entries()] == [PAIR[0]]


def test_a_missing_file_is_told(memory: Memory, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot be read"):
        import_file(memory, tmp_path / "none.tmx")


def test_the_same_file_again_changes_nothing(memory: Memory, tmp_path: Path) -> None:
    file = tmx(tmp_path / "a.tmx", tu(("zh", PAIR[0]), ("en", PAIR[1])), tu(("zh", PAIR[0]), ("en", PAIR[1])))
    first, second = import_file(memory, file), import_file(memory, file)
    assert (first.added, first.same, second.added, second.same) == (1, 1, 0, 2)
    (entry,) = memory.entries()
    assert len(entry.uses) == 1


def test_the_same_pair_in_two_files_is_one_entry_with_both_uses(memory: Memory, tmp_path: Path) -> None:
    for name in ("a.tmx", "b.tmx"):
        import_file(memory, tmx(tmp_path / name, tu(("zh", PAIR[0]), ("en", PAIR[1]))))
    (entry,) = memory.entries()
    assert {use.document for use in entry.uses} == {"a.tmx", "b.tmx"}


@pytest.mark.parametrize(
    "props",
    [
        pytest.param("<prop type='prev'>前。</prop><prop type='next'>后。</prop>", id="OmegaT"),
        pytest.param(
            "<prop type='x-context-pre'>&lt;seg&gt;前。&lt;/seg&gt;</prop>"
            "<prop type='x-context-post'>&lt;seg&gt;后。&lt;/seg&gt;</prop>",
            id="memoQ",
        ),
    ],
)
def test_the_context_other_tools_note_is_known(memory: Memory, tmp_path: Path, props: str) -> None:
    import_file(memory, tmx(tmp_path / "a.tmx", tu(("zh", PAIR[0]), ("en", PAIR[1]), inside=props)))
    assert memory.lookup(PAIR[0], "前。", "后。")[0].kind is MatchKind.CONTEXT
    assert memory.lookup(PAIR[0], "前。", "别。")[0].kind is MatchKind.EXACT


def aligned(tmp_path: Path, name: str = "page.csv") -> Path:
    from bilingual.formats import format_of

    units = tuple(
        Unit(f"u{n}", "", Text(s), Text(t)) for n, (s, t) in enumerate([("天。", "Sky."), ("地。", "Earth.")])
    )
    path = tmp_path / name
    with path.open("wb") as stream:
        format_of(path).write(Bitext("zh", "en", (), units), stream)
    return path


def test_another_format_comes_in_with_its_neighbours(memory: Memory, tmp_path: Path) -> None:
    assert import_file(memory, aligned(tmp_path)).added == 2
    assert memory.lookup("地。", "天。", "")[0].kind is MatchKind.CONTEXT


def filled(memory: Memory) -> Memory:
    bold = (Code(0, "1", "open", "<b>", "bold"), Code(2, "1", "close", "</b>", "bold"))
    units = [
        Unit("u1", "", Text("大会开幕。", bold), Text("Opening.", bold), state=State.FINAL),
        Unit("u2", "", Text("大会闭幕。"), Text("Closing."), state=State.DRAFT, origin=Origin(OriginKind.MACHINE, "m")),
    ]
    memory.add(units, document="一", by="Li Na", when="2023-11-09T08:00:00Z")
    memory.add(units, document="二", by="Wang", when="2024-11-09T08:00:00Z")
    return memory


def told(memory: Memory) -> list[tuple[object, ...]]:
    return [(entry.source, entry.target, entry.uses) for entry in memory.entries()]


def test_a_memory_comes_back_from_its_tmx_with_everything_and_the_same_bytes(memory: Memory, tmp_path: Path) -> None:
    export_file(filled(memory), tmp_path / "all.tmx")
    with Memory(tmp_path / "other.sqlite") as other:
        import_file(other, tmp_path / "all.tmx")
        assert told(other) == told(memory)
        export_file(other, tmp_path / "again.tmx")
    assert (tmp_path / "again.tmx").read_bytes() == (tmp_path / "all.tmx").read_bytes()


def test_one_document_is_exported_alone(memory: Memory, tmp_path: Path) -> None:
    filled(memory).add([Unit("u1", "", Text("别的。"), Text("Other."))], document="三")
    assert export_file(memory, tmp_path / "one.tmx", "三")[0] == 1
    assert export_file(memory, tmp_path / "all.csv")[0] == 3


def test_a_document_that_uses_nothing_is_told_and_no_file_is_written(memory: Memory, tmp_path: Path) -> None:
    (tmp_path / "one.tmx").write_text("mine")
    with pytest.raises(InputError, match="no entry is used in '四'"):
        export_file(filled(memory), tmp_path / "one.tmx", "四")
    assert (tmp_path / "one.tmx").read_text() == "mine"


@given(st.lists(st.tuples(legal, legal), max_size=6))
@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_hostile_text_comes_back_from_the_tmx(tmp_path: Path, pairs: list[tuple[str, str]]) -> None:
    file = tmp_path / "m.tmx"
    with Memory(Path(":memory:")) as memory, Memory(Path(":memory:")) as other:
        units = [Unit(f"u{n}", "", Text(source), Text(target)) for n, (source, target) in enumerate(pairs)]
        memory.add(units, document="d", when="2024-01-01T00:00:00Z")
        if export_file(memory, file)[0]:
            import_file(other, file)
        assert told(other) == told(memory)


def test_a_view_of_ours_brings_its_document_its_units_and_who_did_them(memory: Memory, tmp_path: Path) -> None:
    unit = Unit("u7", "", Text(PAIR[0]), Text(PAIR[1]), changed=Change("Li Na", "2023-11-09T08:00:00Z"))
    with (tmp_path / "a.tmx").open("wb") as stream:
        Tmx().write(Bitext("zh", "en", (), (unit,)), stream)
    import_file(memory, tmp_path / "a.tmx")
    (entry,) = memory.entries()
    assert (entry.uses[0].unit, entry.uses[0].by, entry.uses[0].when) == ("u7", "Li Na", "2023-11-09T08:00:00Z")


def test_every_use_is_exported_with_its_own_notes(memory: Memory, tmp_path: Path) -> None:
    for n in range(25):
        unit = Unit("u1", "", Text(PAIR[0]), Text(PAIR[1]), notes=(Note(f"第{n}条"),), extra=(("client", f"c{n}"),))
        memory.add([unit], document=f"文件{n}", when=f"2024-01-{n + 1:02}T00:00:00Z")
    export_file(memory, tmp_path / "all.tmx")
    with Memory(tmp_path / "other.sqlite") as other:
        import_file(other, tmp_path / "all.tmx")
        assert told(other) == told(memory)
        assert len(next(iter(other.entries())).uses) == 25


def test_a_bad_file_takes_nothing_out_that_another_of_its_name_has_brought(memory: Memory, tmp_path: Path) -> None:
    units = [tu(("zh", f"第{n}句。"), ("en", f"Sentence {n}.")) for n in range(3)]
    for folder in ("good", "bad"):
        (tmp_path / folder).mkdir()
    good, bad = tmx(tmp_path / "good" / "client.tmx", *units), tmx(tmp_path / "bad" / "client.tmx", "<tu/>")

    def meanwhile(batch: Batch) -> None:
        with Memory(memory.path) as other, pytest.raises(InputError):
            import_file(other, bad)

    done = import_file(memory, good, progress=meanwhile)
    assert (done.added, len([*memory.entries()])) == (3, 3)


def test_an_import_stopped_at_its_very_end_can_still_be_undone(memory: Memory, tmp_path: Path) -> None:
    file = tmx(tmp_path / "a.tmx", *(tu(("zh", f"第{n}句。"), ("en", f"Sentence {n}.")) for n in range(3)))

    def stop(batch: Batch) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        import_file(memory, file, progress=stop)
    done = import_file(memory, file)
    assert (done.added, done.same, memory.batches()) == (3, 0, (done,))
    memory.undo(done.id)
    assert [*memory.entries()] == []


@pytest.mark.parametrize(
    "value",
    [
        pytest.param("rubbish", id="no JSON"),
        pytest.param('{"document":"d","state":"nope"}', id="no state of ours"),
        pytest.param('{"document":"d","before":99999999999999999999}', id="a number too large"),
        pytest.param('{"document":"d","unit":5}', id="another type"),
    ],
)
def test_a_use_that_somebody_has_spoilt_is_passed_over_and_its_pair_is_kept(
    memory: Memory, tmp_path: Path, value: str
) -> None:
    prop = f'<prop type="x-memory-use">{value.replace(chr(34), "&quot;")}</prop>'
    import_file(memory, tmx(tmp_path / "a.tmx", tu(("zh", PAIR[0]), ("en", PAIR[1]), inside=prop)))
    (entry,) = memory.entries()
    assert [(use.document, use.extra) for use in entry.uses] == [("a.tmx", ())]


def test_a_file_that_was_refused_leaves_no_number(memory: Memory, tmp_path: Path) -> None:
    with pytest.raises(InputError):
        import_file(memory, tmx(tmp_path / "a.tmx", "<tu/>"))
    assert memory.batches() == ()
