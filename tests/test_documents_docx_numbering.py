"""The marks that Word counts for its list items, from what a file says of its lists."""

from __future__ import annotations

import pytest

from bilingual.documents.docx import read
from bilingual.documents.markers import LONGEST
from tests.docx_files import p, word


def markers(body: str, numbering: str) -> list[str]:
    return [block.marker for block in read(word(body, {"numbering": numbering}), "源.docx").blocks]


def level(at: int, style: str, text: str, more: str = '<w:start w:val="1"/>') -> str:
    return f'<w:lvl w:ilvl="{at}">{more}<w:numFmt w:val="{style}"/><w:lvlText w:val="{text}"/></w:lvl>'


def definition(number: int, *levels: str) -> str:
    return f'<w:abstractNum w:abstractNumId="{number}">{"".join(levels)}</w:abstractNum>'


def listed(number: int, of_definition: int, overrides: str = "") -> str:
    return f'<w:num w:numId="{number}"><w:abstractNumId w:val="{of_definition}"/>{overrides}</w:num>'


def item(number: int, at: int = 0, words: str = "甲") -> str:
    return p(words, f'<w:numPr><w:ilvl w:val="{at}"/><w:numId w:val="{number}"/></w:numPr>')


OUTLINE = definition(1, level(0, "decimal", "%1."), level(1, "decimal", "%1.%2."), level(2, "lowerLetter", "%3)"))
ANEW = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="{}"/></w:lvlOverride>'
START_8 = '<w:start w:val="8"/>'
NEVER = '<w:start w:val="1"/><w:lvlRestart w:val="0"/>'
OWN_LEVEL = f'<w:lvlOverride w:ilvl="0">{level(0, "upperRoman", "%1")}</w:lvlOverride>'
TIED = definition(
    1, level(0, "decimal", "%1"), level(1, "decimal", "%2)", '<w:start w:val="1"/><w:pStyle w:val="l2"/>')
)
LEGAL = definition(1, level(0, "upperRoman", "%1"), level(1, "decimal", "%1-%2", '<w:start w:val="1"/><w:isLgl/>'))
IN_CELL = f"<w:tbl><w:tr><w:tc>{item(1)}</w:tc></w:tr></w:tbl>"
MARKERS = {
    "numbers": (OUTLINE + listed(1, 1), item(1) * 3, ["1.", "2.", "3."]),
    "levels": (
        OUTLINE + listed(1, 1),
        item(1) + item(1, 1) * 2 + item(1, 2) + item(1) + item(1, 1) + item(1, 2) * 2,
        ["1.", "1.1.", "1.2.", "a)", "2.", "2.1.", "a)", "b)"],
    ),
    "a level without the one above": (OUTLINE + listed(1, 1), item(1, 1) * 2, ["1.1.", "1.2."]),
    "a level that never starts anew": (
        definition(1, level(0, "decimal", "%1."), level(1, "decimal", "(%2)", NEVER)) + listed(1, 1),
        item(1) + item(1, 1) + item(1) + item(1, 1),
        ["1.", "(1)", "2.", "(2)"],
    ),
    "lists of one definition count together": (OUTLINE + listed(1, 1) + listed(2, 1), item(1) + item(2), ["1.", "2."]),
    "a list that starts anew": (
        OUTLINE + listed(1, 1) + listed(2, 1, ANEW.format(1)),
        item(1) * 2 + item(2) * 2,
        ["1.", "2.", "1.", "2."],
    ),
    "a list that starts elsewhere": (OUTLINE + listed(1, 1, ANEW.format(5)), item(1) * 2, ["5.", "6."]),
    "a definition that starts elsewhere": (
        definition(1, level(0, "decimal", "%1、", START_8)) + listed(1, 1), item(1) * 2, ["8、", "9、"],
    ),
    "without a start it is 0": (definition(1, level(0, "decimal", "%1.", "")) + listed(1, 1), item(1), ["0."]),
    "a level of the list's own": (OUTLINE + listed(1, 1, OWN_LEVEL), item(1) * 2, ["I", "II"]),
    "capital letters": (definition(1, level(0, "upperLetter", "%1.")) + listed(1, 1), item(1) * 2, ["A.", "B."]),
    "letters after z": (
        definition(1, level(0, "lowerLetter", "%1.", '<w:start w:val="26"/>')) + listed(1, 1), item(1) * 3,
        ["z.", "aa.", "bb."],
    ),
    "Roman": (definition(1, level(0, "lowerRoman", "(%1)", START_8)) + listed(1, 1), item(1) * 2, ["(viii)", "(ix)"]),
    "Chinese numerals in figures": (
        definition(1, level(0, "chineseCountingThousand", "（%1）")) + listed(1, 1), item(1) * 2, ["（1）", "（2）"],
    ),
    "figures alone": (LEGAL + listed(1, 1), item(1) + item(1, 1), ["I", "1-1"]),
    "with zeros": (definition(1, level(0, "decimalZero", "%1")) + listed(1, 1), item(1), ["01"]),
    "bullets": (definition(1, level(0, "bullet", "\uf0b7")) + listed(1, 1), item(1) * 2, ["•", "•"]),
    "boxes": (definition(1, level(0, "bullet", "☐")) + listed(1, 1), item(1), ["☐"]),
    "no number shown": (definition(1, level(0, "none", "")) + listed(1, 1), item(1), [""]),
    "an empty paragraph counts": (OUTLINE + listed(1, 1), item(1, 0, "") + item(1), ["2."]),
    "a cell counts, and has no mark": (OUTLINE + listed(1, 1), IN_CELL + item(1), ["", "2."]),
    "by style": (TIED + listed(3, 1), p("甲", '<w:pStyle w:val="l2"/>') * 2, ["1)", "2)"]),
    "an unknown list": (OUTLINE, item(7), [""]),
    "a list without a definition": (listed(1, 9), item(1), [""]),
    "a level that cannot be": (definition(1, level(99, "decimal", "%1")) + listed(1, 1), item(1), [""]),
}  # fmt: skip


@pytest.mark.parametrize(("numbering", "body", "expected"), MARKERS.values(), ids=MARKERS)
def test_a_list_item_has_the_mark_that_word_shows(numbering: str, body: str, expected: list[str]) -> None:
    assert markers(body, numbering) == expected


def test_a_mark_that_is_spelled_out_without_end_is_cut() -> None:
    endless = definition(1, level(0, "decimal", "%1." * 50_000)) + listed(1, 1)
    assert len(markers(item(1), endless)[0]) <= LONGEST
