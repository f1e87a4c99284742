"""`bilingual check --fix`: what is certain is put right, in the store or in a file."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from bilingual.cli.check.keeping import kept
from bilingual.cli.check.running import Run, findings_of

if TYPE_CHECKING:
    from bilingual.bitext import Bitext
    from bilingual.checks.findings import Finding
    from bilingual.cli.check.named import Named
    from bilingual.store import Store


def put_right(run: Run, one: Named, store: Store | None, output: Path | None, by: str) -> Named:
    """The document with its certain fixes, kept in the store as one step or written to `output`; it is told."""
    from bilingual.checks.fixing import fixed

    units = {unit.id: unit for unit in one.bitext.units}
    by_unit: dict[str, list[Finding]] = {}
    for finding in findings_of(run, one):
        if finding.check not in {silence.check for silence in units[finding.unit].silenced}:
            by_unit.setdefault(finding.unit, []).append(finding)
    locked = sum(units[name].locked and any(f.fix for f in findings) for name, findings in by_unit.items())
    if locked:
        typer.echo(f"warning: {one.name}: {locked:,} locked units are left as they are", err=True)
    made = [done for name, findings in by_unit.items() if (done := fixed(units[name], findings))]
    told = f"{one.name}: {sum(len(done.done) for done in made):,} findings fixed in {len(made):,} units"
    changed = {done.unit.id: done.unit for done in made}
    new = replace(one.bitext, units=tuple(changed.get(unit.id, unit) for unit in one.bitext.units))
    if one.stored and store:
        count = f"{sum(len(done.done) for done in made):,} findings"
        step = kept(store, one, changed.values(), by, kind="fix", what=count) if made else None
        told += f"; to take it back: bilingual undo {step}" if step is not None else ""
        new = store.load(one.name)
    else:
        _written(one, new, output)
        told += f" → {output}"
    if not run.quiet:
        typer.echo(told, err=True)
    return replace(one, bitext=new)


def _written(one: Named, bitext: Bitext, output: Path | None) -> None:
    """The fixed file: the very file with its targets changed where its format can be filled, else a new one."""
    from bilingual.files import atomic_write
    from bilingual.formats import Fillable, format_of

    assert output is not None
    own, form = format_of(Path(one.name)), format_of(output)
    bitext = one.with_own_ids(bitext)
    with atomic_write(output) as stream:
        if isinstance(own, Fillable) and own.name == form.name:
            told = own.fill(bitext, Path(one.name).read_bytes(), stream, Path(one.name))
        else:
            told = form.write(bitext, stream)
    for warning in told:
        typer.echo(f"warning: {output.name}: {warning}", err=True)
