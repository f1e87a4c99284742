"""One contract for every member of the table of formats."""

from __future__ import annotations

import io
from dataclasses import fields
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from bilingual.bitext import Bitext, Origin, OriginKind, Text, Unit
from bilingual.errors import InputError, SettingsError
from bilingual.formats import FORMATS, Format, format_of, named, read_file
from tests.strategies import bitexts, hostile

each = pytest.mark.parametrize("form", FORMATS, ids=lambda form: form.name)
quick = settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])


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
            assert str(now) == str(was) if isinstance(was, Text) and form.name != "tmx" else now == was


@each
@quick
@given(bitext=bitexts(hostile))
def test_what_a_file_cannot_hold_is_left_out_and_told(form: Format, bitext: Bitext) -> None:
    data, warnings = written(form, bitext)
    form.read(io.BytesIO(data))
    illegal = any(
        set(f"{unit.source}{unit.target}") & set("\x00\x01\x0b\x0c\x1f\ufffe\uffff\ud800") for unit in bitext.units
    )
    assert warnings or not illegal
    assert not any(character in data.decode() for character in "\x00\x01\x0b\x0c\x1f\ufffe\uffff")


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
    from bilingual.bitext import Candidate, State

    origin = Origin(OriginKind.MACHINE, "zh_en 1.9")
    drafted = Unit("u1", "b1", Text("大会开幕。"), Text("The conference opened."), state=State.DRAFT, origin=origin,
                   candidates=(Candidate(Text("The conference opened."), origin),))  # fmt: skip
    data, _ = written(form, Bitext("zh", "en", (), (drafted,)))
    assert not form.read(io.BytesIO(data)).units[0].touched
    assert b"change" not in data


def test_unknown_formats_are_refused_with_the_choices(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="tmx, csv"):
        named("docx")
    with pytest.raises(InputError, match=r"\.tmx, \.csv"):
        format_of(tmp_path / "a.docx")
    with pytest.raises(InputError, match="cannot be read"):
        read_file(tmp_path / "absent.tmx")
