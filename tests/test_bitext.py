"""What a unit says of itself."""

from __future__ import annotations

from dataclasses import replace

from bilingual.bitext import Candidate, Change, Note, Origin, OriginKind, State, Text, Unit

DRAFT = Unit("u", "b", Text("大会闭幕。"), Text("It closed."), state=State.DRAFT,
             candidates=(Candidate(Text("It closed."), Origin(OriginKind.MACHINE)),))  # fmt: skip


def test_a_note_a_lock_or_an_undone_merge_touches_a_draft_and_confirms_nothing() -> None:
    for unit in (
        replace(DRAFT, notes=(Note("?", "李雷"),), changed=Change("李雷", "2026-01-01T00:00:00Z")),
        replace(DRAFT, locked=True),
    ):
        assert unit.touched
        assert unit.unconfirmed


def test_a_persons_words_and_a_confirmed_draft_are_no_machines() -> None:
    assert not replace(DRAFT, target=Text("It ended.")).unconfirmed
    assert not replace(DRAFT, state=State.REVIEWED).unconfirmed
