"""What other tools say in a TMX file beyond what we understand, and what comes of it."""

from __future__ import annotations

import io
from dataclasses import replace

import pytest
from lxml import etree

from bilingual.bitext import Bitext, Text, Unit
from bilingual.formats.tmx import Tmx

HEAD = (
    '<tmx version="1.4"><header creationtool="T" creationtoolversion="9" segtype="phrase" o-tmf="x" adminlang="en" '
    'srclang="en" datatype="html">{header}</header><body>{body}</body></tmx>'
)
CHINESE = '<tuv xml:lang="zh"><seg>乌镇</seg></tuv>'


def load(body: str, header: str = "") -> Bitext:
    return Tmx().read(io.BytesIO(HEAD.format(header=header, body=body).encode()), "x.tmx")


def dump(bitext: Bitext) -> bytes:
    stream = io.BytesIO()
    Tmx().write(bitext, stream)
    return stream.getvalue()


@pytest.mark.parametrize(
    "seg",
    [
        "<seg>a <hi>b <hi type='x'>c</hi></hi></seg>",
        "<seg>a <hi x='7'>b</hi></seg>",
        "<seg>a <ph x='1'>&lt;img alt='<sub type=\"alt\">b</sub>'></ph></seg>",
        "<seg>a <ut x='1'>{\\b}</ut>b</seg>",
        "<seg>a <ph assoc='p' x='1'>*</ph> b</seg>",
        "<seg><bpt i='1' x='1'>[<sub>n</sub>]</bpt>a<ept i='1'/></seg>",
        "<seg>a <foo:g xmlns:foo='urn:x' n='1'>b</foo:g></seg>",
    ],
    ids=["nested hi", "hi", "sub", "ut", "assoc", "sub in a pair", "unknown"],
)
def test_a_segment_with_more_than_codes_comes_back_as_it_was(seg: str) -> None:
    bitext = load(f'<tu tuid="1"><prop type="p">q</prop><tuv xml:lang="en">{seg}</tuv>{CHINESE}</tu>')
    written = dump(bitext)
    assert etree.tostring(etree.fromstring(seg)) in etree.tostring(etree.fromstring(written))
    assert b'"source seg"' not in written
    assert Tmx().read(io.BytesIO(written)) == bitext
    (unit,) = bitext.units
    edited = replace(bitext, units=(replace(unit, source=Text("changed")),))
    again = Tmx().read(io.BytesIO(dump(edited)))
    assert again == edited  # what it was stays beside what somebody has made of it
    assert dict(again.units[0].extra)["source seg"].startswith("<seg")


def test_only_a_segment_is_taken_for_one() -> None:
    unit = Unit("u", "", Text("a"), Text("甲"))
    bomb = "<!DOCTYPE a [<!ENTITY b 'a'>]><seg>&b;</seg>"
    for kept in ("<seg>a</seg><seg/>", "<p>a</p>", "<seg a='1'>a</seg>", "a", "", bomb):
        bitext = Bitext("en", "zh", (), (replace(unit, extra=(("source seg", kept),)),))
        assert Tmx().read(io.BytesIO(dump(bitext))) == bitext


def test_what_notes_and_properties_say_of_themselves_survives() -> None:
    bitext = load(
        '<tu tuid="1"><note xml:lang="de" o-encoding="cp1252">gut</note><prop type="d" xml:lang="fr">x</prop>'
        f'<tuv xml:lang="en"><note lang="it">si</note><prop type="d" o-encoding="y">z</prop><seg>a</seg></tuv>{CHINESE}'
        "</tu>",
        '<note xml:lang="de">kopf</note><prop type="d" xml:lang="fr">x</prop>',
    )
    (unit,) = bitext.units
    assert set(unit.extra) == {
        ("note xml:lang", "de"), ("note o-encoding", "cp1252"), ("d", "x"), ("d xml:lang", "fr"),
        ("source note lang", "it"), ("source d", "z"), ("source d o-encoding", "y"),
    }  # fmt: skip
    assert {("note", "kopf"), ("note xml:lang", "de"), ("d", "x"), ("d xml:lang", "fr")} <= set(bitext.metadata)
    assert Tmx().read(io.BytesIO(dump(bitext))) == bitext


def test_characters_a_header_defines_survive() -> None:
    ude = '<ude name="mac" base="Macintosh"><map unicode="#xF8FF" code="#xF0" ent="Apple"/></ude>'
    bitext = load(f'<tu><tuv xml:lang="en"><seg>a</seg></tuv>{CHINESE}</tu>', ude)
    assert ("ude", ude) in bitext.metadata
    assert Tmx().read(io.BytesIO(dump(bitext))) == bitext


def test_a_unit_without_the_source_language_is_kept_whole_and_told() -> None:
    alone = '<tu tuid="2"><prop type="d">x</prop><tuv xml:lang="fr"><seg>seul</seg></tuv></tu>'
    bitext = load(f'<tu tuid="1"><tuv xml:lang="en"><seg>a</seg></tuv>{CHINESE}</tu>{alone}')
    assert [unit.id for unit in bitext.units] == ["1"]
    assert [value for name, value in bitext.metadata if name in {"skipped", "unit"}] == [
        "1 without en, the first on line 1", alone,
    ]  # fmt: skip
    assert Tmx().read(io.BytesIO(dump(bitext))) == bitext


@pytest.mark.parametrize(
    ("given", "made"),
    [
        ("a a a-2", "a a-3 a-2"),
        ("a a a a-3", "a a-2 a-4 a-3"),
        ("a-2 a a a-2", "a-2 a a-3 a-2-2"),
        (" ".join(["a"] * 4), "a a-2 a-3 a-4"),
    ],
)
def test_ids_that_stand_twice_become_unique_and_the_others_stay(given: str, made: str) -> None:
    units = (f'<tu tuid="{name}"><tuv xml:lang="en"><seg>a</seg></tuv>{CHINESE}</tu>' for name in given.split())
    assert [unit.id for unit in load("".join(units)).units] == made.split()
