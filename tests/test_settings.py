"""Settings: the defaults, the project file over them, the command line over both, and every bad key told at once."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from bilingual.errors import SettingsError
from bilingual.settings import FILE, Penalties, Rules, Settings, Style, load

WHOLE_FILE = """\
output = "english"
glossary = ["terms", "/srv/house.csv"]
formats = ["tmx"]
engine = "instant"
memory = "house.sqlite"
effort = false

[segmentation]
break_at_newline = false
break_at_semicolon = true
break_at_ellipsis = true
keep_attribution = false
longest_quotation = 80
break_at_list_items = true
srx = "house.srx"

[style]
spelling = "british"
percent = "per cent"

[penalties]
machine = 20
unreviewed = 1
alignment = 8
glossary = 2
reviewed_from = "reviewed"
"""


def _project(folder: Path, text: str) -> Path:
    (folder / FILE).write_text(text, encoding="utf-8")
    return folder


def test_without_a_project_file_the_defaults_hold(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert load(Path.cwd()) == load(Path()) == Settings()


def test_every_key_of_the_project_file_is_read_and_paths_stand_against_its_folder(tmp_path: Path) -> None:
    assert load(_project(tmp_path, WHOLE_FILE)) == Settings(
        output=tmp_path / "english",
        glossary=(tmp_path / "terms", Path("/srv/house.csv")),
        formats=("tmx",),
        engine="instant",
        memory=tmp_path / "house.sqlite",
        effort=False,
        rules=Rules(
            break_at_newline=False,
            break_at_semicolon=True,
            break_at_ellipsis=True,
            keep_attribution=False,
            longest_quotation=80,
            break_at_list_items=True,
            srx=tmp_path / "house.srx",
        ),
        style=Style("british", "per cent"),
        penalties=Penalties(20, 1, 8, 2, "reviewed"),
        folder=tmp_path,
    )


def test_what_the_file_does_not_say_stays_at_its_default(tmp_path: Path) -> None:
    settings = load(_project(tmp_path, "[segmentation]\nbreak_at_semicolon = true\n"))
    assert settings.rules == replace(Rules(), break_at_semicolon=True)
    assert settings.formats == Settings().formats


def test_one_glossary_needs_no_list_and_a_byte_order_mark_does_no_harm(tmp_path: Path) -> None:
    assert load(_project(tmp_path, '\ufeffglossary = "terms.csv"\n')).glossary == (tmp_path / "terms.csv",)


def test_the_command_line_goes_over_the_file_and_none_means_not_given(tmp_path: Path) -> None:
    settings = load(_project(tmp_path, WHOLE_FILE)).with_overrides(engine="argos", output=None, formats=("csv",))
    assert (settings.engine, settings.output, settings.formats) == ("argos", tmp_path / "english", ("csv",))


def test_an_override_that_is_no_setting_is_refused() -> None:
    with pytest.raises(SettingsError, match="unknown setting: ouput"):
        Settings().with_overrides(ouput=Path("x"))


@pytest.mark.parametrize(
    ("text", "told"),
    [
        pytest.param('ouput = "x"', "1: unknown setting 'ouput', did you mean 'output'?", id="misspelt"),
        pytest.param("[zzz]\na = 1", "1: unknown setting 'zzz'", id="an unknown table"),
        pytest.param("[segmentation]\n\nquote = 1", "3: unknown setting 'segmentation.quote'", id="unknown in a table"),
        pytest.param("output = 3", "1: 'output' is 3, but must be a path", id="a number for a path"),
        pytest.param('output = ""', "1: 'output' is '', but must be a path", id="an empty path"),
        pytest.param('formats = "tmx"', "1: 'formats' is 'tmx', but must be a list", id="a text for a list"),
        pytest.param('formats = ["tmx", 1]', "1: 'formats' is ['tmx', 1], but must be a list", id="a list of both"),
        pytest.param("segmentation = 1", "1: unknown setting 'segmentation'", id="a value for a table"),
        pytest.param(
            '[segmentation]\nkeep_attribution = "no"',
            "2: 'segmentation.keep_attribution' is 'no', but must be true or false",
            id="a text for yes or no",
        ),
        pytest.param(
            "[segmentation]\nlongest_quotation = true",
            "2: 'segmentation.longest_quotation' is True, but must be a whole number",
            id="yes or no for a count",
        ),
        pytest.param(
            "segmentation.longest_quotation = -1",
            "1: 'segmentation.longest_quotation' is -1, but must be a whole number, 0 or more",
            id="a dotted key, less than nothing",
        ),
        pytest.param(
            '[style]\nspelling = "scottish"',
            "2: 'style.spelling' is 'scottish', but must be one of: american, british",
            id="no such choice",
        ),
    ],
)
def test_a_bad_setting_is_told_with_file_and_line_and_the_valid_ones(tmp_path: Path, text: str, told: str) -> None:
    with pytest.raises(SettingsError, match=re.escape(f"{FILE}:{told}")) as caught:
        load(_project(tmp_path, text))
    assert "segmentation.keep_attribution" in caught.value.hint
    assert caught.value.exit_code == 2


def test_all_bad_settings_are_told_together_in_the_order_of_their_lines(tmp_path: Path) -> None:
    with pytest.raises(SettingsError) as caught:
        load(_project(tmp_path, '[style]\ncolour = "red"\n[segmentation]\nkeep_attribution = 1\nwidth = 2\n'))
    assert [line.split(":")[1] for line in caught.value.message.splitlines()] == ["2", "4", "5"]


@pytest.mark.parametrize(
    ("data", "told"),
    [
        pytest.param(b"output = aligned\n", "not TOML", id="no quotes"),
        pytest.param(b"output = 'a'\noutput = 'b'\n", "not TOML", id="a key twice"),
        pytest.param("output = '译文'".encode("gb18030"), "not UTF-8", id="another encoding"),
    ],
)
def test_a_file_that_is_no_settings_file_is_told_in_one_sentence(tmp_path: Path, data: bytes, told: str) -> None:
    (tmp_path / FILE).write_bytes(data)
    with pytest.raises(SettingsError, match=told):
        load(tmp_path)


def test_a_folder_in_the_place_of_the_file_is_told(tmp_path: Path) -> None:
    (tmp_path / FILE).mkdir()
    with pytest.raises(SettingsError, match="cannot be read"):
        load(tmp_path)


def test_the_project_glossary_comes_before_the_one_that_comes_with_bilingual(tmp_path: Path) -> None:
    own = tmp_path / "glossary"
    assert own not in load(tmp_path).glossary_paths()
    own.mkdir()
    assert load(tmp_path).glossary_paths() == (own,)
    assert load(tmp_path).with_overrides(glossary=(Path("t.csv"),)).glossary_paths() == (Path("t.csv"),)


def test_a_project_sets_its_checks_and_how_it_writes_dates(tmp_path: Path) -> None:
    text = '[checks]\nspelling = "off"\nhouse_dates = "error"\n[style]\nspelling = "oxford"\n'
    settings = load(_project(tmp_path, text))
    assert [settings.checks.level(name) for name in ("spelling", "house_dates", "names")] == ["off", "error", ""]
    assert settings.style.day_first
    assert not Settings().style.day_first
    assert load(_project(tmp_path, '[style]\ndates = "1 October 2022"\n')).style.day_first


@pytest.mark.parametrize(
    ("text", "told"),
    [
        pytest.param('[checks]\n\nspeling = "off"', "3: unknown setting 'checks.speling', did you mean", id="no check"),
        pytest.param("[checks]\nspelling = false", "2: 'checks.spelling' is False, but must be a text", id="no text"),
        pytest.param('[checks]\nnames = "no"', "2: 'checks.names' is 'no', but must be one of: off, hint", id="level"),
        pytest.param('[style]\ndates = "2022"', "2: 'style.dates' is '2022', but must be one of: October", id="date"),
        pytest.param('checks = "off"', "1: unknown setting 'checks'", id="no table"),
    ],
)
def test_a_bad_setting_of_a_check_is_told_with_its_line(tmp_path: Path, text: str, told: str) -> None:
    with pytest.raises(SettingsError, match=re.escape(f"{FILE}:{told}")):
        load(_project(tmp_path, text))
