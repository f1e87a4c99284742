"""`bilingual check --silence`: a person says that a finding is none, and why."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import typer

from bilingual.cli.check.keeping import kept

if TYPE_CHECKING:
    from bilingual.bitext import Unit
    from bilingual.cli.check.named import Named
    from bilingual.store import Store


def put_to_rest(
    store: Store | None, names: Sequence[str], quiet: Sequence[str], loud: Sequence[str], reason: str, by: str
) -> None:
    """Silence checks in units, or let them find again, as one step of the store that can be taken back.

    `quiet` and `loud` are as people write them: a unit's number or id, a colon, a check.
    """
    from bilingual.cli.check.named import named
    from bilingual.editing import silenced, unsilenced
    from bilingual.errors import InputError, SettingsError

    if quiet and not reason.strip():
        raise SettingsError("a finding is put to rest for a reason", 'say --reason "why"')
    if len(names) != 1:
        raise SettingsError("units are of one document", "name one document of the store")
    one = named(names[0], store)
    if store is None or not one.stored:
        hint = f"bring it home first: bilingual merge {names[0]}"
        raise InputError("is a file: findings are put to rest in documents of the store", hint, path=names[0])
    units: dict[str, Unit] = {}
    for part, rests in (*((part, True) for part in quiet), *((part, False) for part in loud)):
        what, check = _pair(part)
        unit = _unit(one, what)
        unit = units.get(unit.id, unit)
        units[unit.id] = silenced(unit, check, reason) if rests else unsilenced(unit, check)
    kind, meant = ("silence", quiet) if quiet else ("unsilence", loud)
    step = kept(store, one, units.values(), by, kind=kind, what=", ".join(meant))
    for part in quiet:
        typer.echo(f"{one.name}: put to rest: {part} – {reason}")
    for part in loud:
        typer.echo(f"{one.name}: finds again: {part}")
    if step is not None:
        typer.echo(f"to take it back: bilingual undo {step}")


def _pair(part: str) -> tuple[str, str]:
    """Unit and check; SettingsError where there is no colon, or no such check."""
    from bilingual.checks.choosing import named
    from bilingual.errors import SettingsError

    unit, colon, check = part.rpartition(":")
    if not colon or not unit.strip():
        raise SettingsError(f"{part!r} names no finding", "say the unit, a colon and the check, as 12:length")
    return unit.strip(), named(check)


def _unit(one: Named, what: str) -> Unit:
    """The unit of that number, of that id, or whose id begins so."""
    from bilingual.errors import InputError

    units = one.bitext.units
    same = [unit for unit in units if unit.id == what] or [unit for unit in units if unit.id.startswith(what)]
    if what.isascii() and what.isdigit() and 0 < int(what) <= len(units) and not any(u.id == what for u in units):
        return units[int(what) - 1]
    if len(same) != 1:
        told = f"{len(same)} units have an id that begins with" if same else "there is no unit"
        raise InputError(f"{told} {what!r}", "take the number or the id that `bilingual check` shows", path=one.name)
    return same[0]
