"""Putting work back into the XLIFF file it came from: what changed is there, and every other byte is as it was."""

from __future__ import annotations

import difflib
import io
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bilingual.bitext import Bitext, Change, Code, Flag, FlagKind, Note, Origin, OriginKind, State, Text, Unit
from bilingual.errors import InputError
from bilingual.formats.xliff import Mqxliff, Sdlxliff, Xliff, Xliff2
from tests.strategies import hostile, legal
from tests.xliff_samples import MEMOQ, PLAIN, SAMPLES, SECOND, TRADOS

each = pytest.mark.parametrize("sample", SAMPLES.values(), ids=SAMPLES)
BOLD = (Code(0, "1", "open", "<b>", "bold"), Code(0, "1", "close", "</b>", "bold"), Code(0, "2", "empty", "", "lb"))
quick = settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))


def load(data: bytes | str) -> Bitext:
    return Xliff().read(io.BytesIO(data if isinstance(data, bytes) else data.encode()), "x.xlf")


def filled(bitext: Bitext, data: bytes | str) -> tuple[str, tuple[str, ...]]:
    stream = io.BytesIO()
    losses = Xliff().fill(bitext, data if isinstance(data, bytes) else data.encode(), stream)
    return stream.getvalue().decode(), losses


def changed(data: str, number: int, **fields: object) -> tuple[str, tuple[str, ...]]:
    """The file with one unit changed."""
    bitext = load(data)
    units = [replace(unit, **fields) if at == number else unit for at, unit in enumerate(bitext.units)]  # type: ignore[arg-type]
    return filled(replace(bitext, units=tuple(units)), data)


def pieces(old: str, new: str) -> list[tuple[str, str]]:
    """What was taken out, and what was put there instead."""
    matcher = difflib.SequenceMatcher(None, old, new, autojunk=False)
    return [(old[a:b], new[c:d]) for what, a, b, c, d in matcher.get_opcodes() if what != "equal"]


@each
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_a_file_in_which_nothing_changed_is_the_same_bytes(sample: str, encoding: str) -> None:
    sample = sample.replace("\n", "\r\n").replace('encoding="utf-8"', "").replace('encoding="UTF-8"', "")
    data = sample.encode(encoding)
    stream = io.BytesIO()
    assert Xliff().fill(load(data), data, stream) == ()
    assert stream.getvalue() == data


@each
@quick
@given(
    words=st.lists(hostile, min_size=5, max_size=5),
    states=st.lists(st.sampled_from(State), min_size=5, max_size=5),
    note=legal.filter(lambda text: text.strip() and "\r" not in text),
)
def test_what_a_person_did_is_read_again_from_the_file(
    sample: str, words: list[str], states: list[State], note: str
) -> None:
    before = load(sample)
    units = []
    for unit, string, state in zip(before.units, words, states, strict=False):
        length = len(string)
        codes = tuple(replace(code, position=min(code.position, length)) for code in unit.source.codes)
        text = Text(string, codes) if string else unit.target
        units.append(replace(unit, target=text, state=state, locked=True, notes=(*unit.notes, Note(note, "李雷"))))
    out, _ = filled(replace(before, units=tuple(units)), sample)
    after = load(out)
    assert len(after.units) == len(units)
    for now, wanted in zip(after.units, units, strict=True):
        assert (now.id, now.source) == (wanted.id, wanted.source)
        assert now.locked or sample == PLAIN
        if sample == SECOND:
            assert now.target.string == wanted.target.string
    assert note in {n.text for unit in after.units for n in unit.notes}
    assert filled(after, out)[0] == out


def test_a_new_target_stands_after_its_source_with_the_files_own_codes() -> None:
    source = load(PLAIN).units[0].source
    codes = tuple(replace(code, position=place) for code, place in zip(source.codes, (0, 3, 3), strict=True))
    out, losses = changed(PLAIN, 0, target=Text("The <opening>", codes), state=State.TRANSLATED)
    added = (
        '\n        <x:target xml:lang="en" state="translated"><x:g id="1" ctype="bold">The<x:x id="2"/></x:g>'
        " &lt;opening&gt;</x:target>"
    )
    source_end = "<![CDATA[<。>]]></x:source>"
    assert out == PLAIN.replace(source_end, source_end + added)
    assert not losses


def test_codes_that_no_longer_nest_become_a_beginning_and_an_end() -> None:
    codes = (Code(0, "1", "close", ""), Code(1, "1", "open", ""), Code(2, "new", "empty", "<hr/>"))
    out, _ = changed(PLAIN, 0, target=Text("ab", codes))
    assert '<x:ex id="1" rid="1"/>a<x:bx id="1" rid="1"/>b<x:ph id="new">&lt;hr/&gt;</x:ph></x:target>' in out


def test_a_state_changes_where_the_standard_has_it_and_nothing_else_does() -> None:
    out, _ = changed(PLAIN, 1, state=State.TRANSLATED, origin=None)
    old = 'approved="yes"><x:source>会期'
    assert out == PLAIN.replace(old, old.replace("yes", "no")).replace(
        "state='signed-off' state-qualifier=\"leveraged-mt\"", 'state="translated"'
    )
    out, losses = changed(SECOND, 0, state=State.FINAL, locked=True)
    assert out == SECOND.replace('state="translated" subState="acme:ok"', 'state="final"')
    assert losses == ("unit u1: only some of its segments are locked, and a lock is for all of them; it stays open",)


def test_segments_of_a_unit_get_a_target_of_the_same_shape() -> None:
    out, _ = changed(PLAIN, 3, target=Text("B."), state=State.TRANSLATED)
    assert (
        '</x:seg-source><x:target><x:mrk mtype="seg" mid="0"></x:mrk> <x:mrk mtype="seg" mid="1">B.</x:mrk></x:target>'
        in out
    )


def test_trados_gets_its_own_marks_and_comments() -> None:
    note = Note("再查", "韩梅梅", "2023-11-10T08:00:00")
    out, losses = changed(TRADOS, 1, target=Text("Three days."), state=State.REVIEWED, locked=True, notes=(note,))
    assert '<sdl:seg id="2" conf="ApprovedTranslation" locked="true"/>' in out
    assert '<mrk mtype="seg" mid="2"><mrk mtype="x-sdl-comment" sdl:cid="' in out
    assert ">Three days.</mrk></mrk></target>" in out
    assert (
        'user="韩梅梅" date="2023-11-10T08:00:00" version="1.0">再查</Comment></Comments></cmt-def></cmt-defs>' in out
    )
    assert load(out).units[1].notes == (note,)
    assert load(out).units[0] == load(TRADOS).units[0]
    assert not losses


def test_a_comment_of_trados_stays_when_the_new_target_has_none() -> None:
    out, _ = changed(TRADOS, 0, target=Text("Opened."))
    assert '<mrk mtype="seg" mid="1"><mrk mtype="x-sdl-comment" sdl:cid="c1">Opened.</mrk></mrk></g>' in out


def test_memoq_gets_its_own_status_lock_and_comments() -> None:
    change = Change("王", "2024-01-01T00:00:00Z")
    out, losses = changed(MEMOQ, 1, target=Text("It closed."), state=State.TRANSLATED, locked=True, changed=change,
                          notes=(Note("好", "王"),))  # fmt: skip
    assert (
        '<trans-unit id="2" mq:status="ManuallyConfirmed" mq:locked="locked" mq:lastchanginguser="王" '
        'mq:lastchangedtimestamp="2024-01-01T00:00:00Z">' in out
    )
    assert '<target xml:space="preserve">It closed.</target><mq:comments><mq:comment id="' in out
    assert load(out).units[1].notes == (Note("好", "王"),)
    assert not losses


def test_second_version_gets_targets_and_notes_in_their_places() -> None:
    out, _ = changed(SECOND, 1, target=Text("\x0cDays.", (Code(0, "2", "open", ""),)), notes=(Note("再查"),))
    assert '<note id="n1">查过</note><note>再查</note></notes>' in out
    assert '</source><target><sc id="2" isolated="yes"/><cp hex="000C"/>Days.</target></segment>' in out


def test_what_the_file_cannot_take_is_told() -> None:
    bitext = load(PLAIN)
    first = replace(bitext.units[0], source=Text("别的"), target=Text("a\x00"), changed=Change("王", "2024"),
                    flags=(Flag(FlagKind.NUMBER, "3"),))  # fmt: skip
    _, losses = filled(replace(bitext, units=(first, Unit("gone", "", Text("没"), Text("x")))), PLAIN)
    assert [loss.partition(":")[2] or loss for loss in losses] == [
        " its source was changed; the file keeps its own",
        " U+0000 cannot stand in XML and was left out",
        " is not in this file",
        "the file has no place for the flags of 1 units",
        "the file has no place for the names of those who changed them of 1 units",
    ]


def test_units_that_the_bitext_lacks_stay_as_they_are() -> None:
    assert filled(Bitext("zh", "en", (), ()), PLAIN) == (PLAIN, ())


@pytest.mark.parametrize("form", [Xliff(), Xliff2(), Sdlxliff(), Mqxliff()], ids=lambda form: form.name)
@quick
@given(words=st.lists(hostile, min_size=3, max_size=3))
def test_a_file_of_ours_takes_everything(form: Xliff, words: list[str]) -> None:
    source, target, more = (
        Text(string, tuple(replace(code, position=len(string)) for code in BOLD)) for string in words
    )
    unit = Unit("u1", "b", source, target, notes=(Note("查过"),))
    stream = io.BytesIO()
    form.write(Bitext("zh", "en", (), (unit,)), stream)
    edited = replace(unit, target=more, state=State.FINAL, locked=True, changed=Change("王", "2024"),
                     origin=Origin(OriginKind.PERSON, "王"), flags=(Flag(FlagKind.NUMBER, "3"),))  # fmt: skip
    out = io.BytesIO()
    form.fill(Bitext("zh", "en", (), (edited,)), stream.getvalue(), out)
    assert load(out.getvalue()).units == (edited,)


def test_a_file_in_a_narrow_encoding_keeps_it() -> None:
    data = PLAIN.replace("UTF-8", "GB18030").encode("gb18030")
    bitext = load(data)
    stream = io.BytesIO()
    Xliff().fill(replace(bitext, units=(replace(bitext.units[0], target=Text("“大会”😀")),)), data, stream)
    assert load(stream.getvalue()).units[0].target.string == "“大会”😀"
    assert stream.getvalue().startswith(data[:400])


def test_a_file_that_is_broken_is_not_filled() -> None:
    with pytest.raises(InputError, match=r"a\.xlf:1: is not well-formed"):
        Xliff().fill(Bitext("zh", "en", (), ()), b"<xliff><file></xliff>", io.BytesIO(), "a.xlf")


def test_every_file_of_other_tools_takes_new_targets_and_keeps_the_rest(shared_data: Path) -> None:
    for path in sorted((shared_data / "formats").rglob("*.xl*")):
        data = path.read_bytes()
        before = load(data)
        assert filled(before, data)[0].encode() == data
        units = [
            replace(unit, target=replace(unit.source, string=unit.source.string), state=State.FINAL, locked=True,
                    notes=(*unit.notes, Note(f"查过 {at}", "李雷")))
            for at, unit in enumerate(before.units)
        ]  # fmt: skip
        out, losses = filled(replace(before, units=tuple(units)), data)
        after = load(out)
        assert not losses, path
        for now, wanted in zip(after.units, units, strict=True):
            assert (now.id, now.source, now.target, now.state, now.locked, now.extra) == (
                wanted.id, wanted.source, wanted.target, State.FINAL, True, wanted.extra
            ), path  # fmt: skip
        assert {note for unit in units for note in unit.notes} == {note for unit in after.units for note in unit.notes}
