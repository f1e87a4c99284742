"""One contract for every member of the table of formats."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import fields
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from bilingual.bitext import (
    Bitext,
    Candidate,
    Change,
    Code,
    Flag,
    FlagKind,
    Locator,
    Note,
    NoteKind,
    Origin,
    OriginKind,
    Silence,
    State,
    Text,
    Unit,
)  # fmt: skip
from bilingual.errors import InputError, SettingsError
from bilingual.formats import FORMATS, Format, format_of, named, read_file
from bilingual.formats.losses import losses, words_only
from tests.strategies import bitexts, hostile

each = pytest.mark.parametrize("form", FORMATS, ids=lambda form: form.name)
quick = settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))


def written(form: Format, bitext: Bitext) -> tuple[bytes, tuple[str, ...]]:
    stream = io.BytesIO()
    warnings = form.write(bitext, stream)
    return stream.getvalue(), warnings


@each
@quick
@given(bitext=bitexts())
def test_what_a_format_holds_comes_back_as_it_was(form: Format, bitext: Bitext) -> None:
    data, _ = written(form, bitext)
    back = {unit.id: unit for unit in form.read(io.BytesIO(data)).units}
    assert set(back) == {unit.id for unit in bitext.units}
    for unit in bitext.units:
        for name in form.holds:
            was, now = getattr(unit, name), getattr(back[unit.id], name)
            if name == "notes" and getattr(form, "plain_notes", False):  # `losses` tells of the queries among them
                was = tuple(Note(note.text, note.author, note.when) for note in was)
            assert str(now) == str(was) if isinstance(was, Text) and words_only(form) else now == was


@each
@quick
@given(bitext=bitexts(hostile))
def test_what_a_file_cannot_hold_is_left_out_and_told(form: Format, bitext: Bitext) -> None:
    data, warnings = written(form, bitext)
    back = {unit.id: unit for unit in form.read(io.BytesIO(data)).units}
    assert set(back) == {unit.id for unit in bitext.units}
    whole = all(
        (str(u.source), str(u.target)) == (str(back[u.id].source), str(back[u.id].target)) for u in bitext.units
    )
    assert warnings or whole
    text = b"".join(parts(data)).decode() if data.startswith(b"PK") else data.decode()
    assert not any(character in text for character in "\x00\x01\x0b\x0c\x1f\ufffe\uffff")


def parts(package: bytes) -> list[bytes]:
    with zipfile.ZipFile(io.BytesIO(package)) as archive:
        return [archive.read(name) for name in archive.namelist()]


LONG = "“数字经济”\n=1+1\t'\"<&>\u202e𠮷 " * 30_000


@each
def test_a_segment_of_a_megabyte_comes_back_or_its_unit_stays_away_and_is_told(form: Format) -> None:
    long = Unit("long", "", Text(LONG), Text(LONG[::-1]), state=State.TRANSLATED)
    short = Unit("short", "", Text("短"), Text("short"), state=State.TRANSLATED)
    data, warnings = written(form, Bitext("zh", "en", (), (long, short)))
    back = {unit.id: unit for unit in form.read(io.BytesIO(data)).units}
    assert len(LONG.encode()) > 1 << 20
    assert str(back["short"].target) == "short"
    if "long" in back:
        assert (str(back["long"].source), str(back["long"].target)) == (LONG, LONG[::-1])
    else:
        assert any("unit long is longer than a cell" in warning for warning in warnings)


FULL = Unit(
    "u1",
    "",
    Text("大会开幕。", (Code(0, "1", "empty", "<x/>", "image"),)),
    Text("Opened."),
    state=State.FINAL,
    locked=True,
    origin=Origin(OriginKind.MACHINE, "m"),
    candidates=(Candidate(Text("Open."), Origin(OriginKind.MACHINE)),),
    notes=(Note("查一下", "李雷"), Note("b", kind=NoteKind.QUERY)),
    silenced=(Silence("numbers", "so"),),
    changed=Change("李雷", "2024-01-01T00:00:00Z"),
    flags=(Flag(FlagKind.NUMBER, "30"),),
    source_locators=(Locator(line=3),),
    extra=(("x-a", "b"),),
    original=Text("大会开暮。"),
)
TOLD = {
    "notes": "note",
    "locked": "1 lock",
    "changed": "name and date",
    "silenced": "put to rest",
    "flags": "flag",
    "extra": "propert",
    "state": "state|only translated",
    "source_locators": "place in the source",
    "original": "before its correction",
}
"""By what words of the report each field is told."""


@each
def test_what_stays_behind_is_told_and_nothing_else(form: Format) -> None:
    """The report is computed; here it is held against what really comes back."""
    bitext = Bitext("zh", "en", (), (FULL,))
    data, warnings = written(form, bitext)
    (back,) = form.read(io.BytesIO(data)).units
    told = " ".join([*losses(bitext, form), *warnings])
    for field, word in TOLD.items():
        lost = getattr(back, field) != getattr(FULL, field)
        assert bool(re.search(word, told)) == lost, (field, told)
    assert ("inline code" in told) == (back.source != FULL.source)


def test_nothing_is_told_where_there_is_nothing_to_lose() -> None:
    plain = Bitext("zh", "en", (), (Unit("u1", "", Text("短"), Text("short")),))
    assert not [told for form in FORMATS for told in losses(plain, form)]


@each
@quick
@given(bitext=bitexts())
def test_equal_bitexts_have_equal_bytes(form: Format, bitext: Bitext) -> None:
    assert written(form, bitext) == written(form, bitext)


@each
def test_a_format_names_only_fields_that_units_have(form: Format) -> None:
    assert form.holds <= {field.name for field in fields(Unit)}
    assert all(suffix.startswith(".") for suffix in form.suffixes)
    assert named(form.name) is form
    assert format_of(Path(f"页面{form.suffixes[0]}")) is form


@each
@pytest.mark.parametrize("data", [b"", b"\x00\x01\x02\xff\xfe", b"PK\x03\x04 rubbish", "没有表头".encode()], ids=repr)
def test_rubbish_is_refused_with_the_files_name(form: Format, data: bytes, tmp_path: Path) -> None:
    path = tmp_path / f"rubbish{form.suffixes[0]}"
    path.write_bytes(data)
    with pytest.raises(InputError, match="rubbish"):
        read_file(path)


@each
def test_an_empty_bitext_is_a_file_that_can_be_read_again(form: Format) -> None:
    data, warnings = written(form, Bitext("zh", "en", (), ()))
    assert form.read(io.BytesIO(data)).units == ()
    assert not warnings


@each
def test_a_machines_unit_is_still_untouched_after_the_round_trip(form: Format) -> None:
    origin = Origin(OriginKind.MACHINE, "zh_en 1.9")
    drafted = Unit("u1", "b1", Text("大会开幕。"), Text("The conference opened."), state=State.DRAFT, origin=origin,
                   candidates=(Candidate(Text("The conference opened."), origin),))  # fmt: skip
    data, _ = written(form, Bitext("zh", "en", (), (drafted,)))
    unit = form.read(io.BytesIO(data)).units[0]
    shown = any(str(candidate.target) for candidate in unit.candidates)  # where the machine's words are not, it is safe
    assert not unit.touched or not shown  # to take the target for a person's
    assert unit.changed is None
    assert unit.state is State.DRAFT


def test_unknown_formats_are_refused_with_the_choices(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="tmx, csv"):
        named("doc")
    with pytest.raises(InputError, match=r"\.tmx, \.csv"):
        format_of(tmp_path / "a.doc")
    with pytest.raises(InputError, match="cannot be read"):
        read_file(tmp_path / "absent.tmx")
