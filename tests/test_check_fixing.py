"""Fixes put into targets: each once, codes at their words, and nothing else changes."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from bilingual.bitext import Candidate, Code, Origin, OriginKind, Span, State, Text, Unit
from bilingual.checks.findings import Finding, Fix, Severity
from bilingual.checks.fixing import fixed

BOLD = (Code(4, "1", "open", "<b>", "bold"), Code(10, "1", "close", "</b>", "bold"))
UNIT = Unit("u", "b", Text("那种颜色很好。"), Text("The colour is good  enough", BOLD), state=State.REVIEWED)


def finding(start: int, end: int, text: str, severity: Severity = Severity.HINT) -> Finding:
    return Finding("u", "spaces", severity, "style", "why", None, Span(start, end), Fix(Span(start, end), text))


def test_fixes_are_put_in_together_and_codes_stay_at_their_words() -> None:
    done = fixed(UNIT, [finding(4, 10, "color"), finding(18, 20, " "), finding(26, 26, ".")])
    assert done is not None
    target = done.unit.target
    assert target.string == "The color is good enough."
    assert [code.position for code in target.codes] == [4, 9]
    assert (done.unit.state, len(done.done)) == (State.REVIEWED, 3)


def test_of_two_fixes_of_one_place_the_first_is_made() -> None:
    done = fixed(UNIT, [finding(4, 10, "hue", Severity.ERROR), finding(8, 12, "x")])
    assert done is not None
    assert done.unit.target.string == "The hue is good  enough"
    assert [one.fix.text for one in done.done if one.fix] == ["hue"]


def test_nothing_to_fix_makes_no_unit_and_a_locked_one_stays() -> None:
    assert fixed(UNIT, []) is None
    assert fixed(UNIT, [replace(finding(0, 3, "A"), fix=None)]) is None
    assert fixed(UNIT, [finding(0, 3, "The")]) is None
    assert fixed(replace(UNIT, locked=True), [finding(0, 3, "A")]) is None


def test_a_machines_draft_is_still_one_and_both_its_wordings_are_kept() -> None:
    machine = Origin(OriginKind.MACHINE, "argos")
    draft = replace(UNIT, state=State.DRAFT, origin=machine, candidates=(Candidate(UNIT.target, machine),))
    done = fixed(draft, [finding(4, 10, "color")])
    assert done is not None
    assert done.unit.unconfirmed
    assert [one.target.string for one in done.unit.candidates] == [UNIT.target.string, done.unit.target.string]
    mine = fixed(replace(draft, target=Text("The colour"), state=State.TRANSLATED), [finding(4, 10, "color")])
    assert mine is not None
    assert mine.unit.candidates == draft.candidates


@given(
    st.text("ab c", max_size=30), st.lists(st.tuples(st.integers(0, 30), st.integers(0, 5), st.text("xy", max_size=3)))
)
def test_what_no_fix_speaks_of_stays_as_it_is(text: str, fixes: list[tuple[int, int, str]]) -> None:
    findings = [finding(start, min(start + size, len(text)), new) for start, size, new in fixes if start <= len(text)]
    done = fixed(Unit("u", "b", Text("句"), Text(text)), findings)
    if done is None:
        return
    parts, at = [], 0
    for fix in sorted((one.fix for one in done.done if one.fix), key=lambda fix: fix.span.start):
        parts += [text[at : fix.span.start], fix.text]
        at = fix.span.end
    assert done.unit.target.string == "".join([*parts, text[at:]])
