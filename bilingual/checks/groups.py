"""Units that say the same: by what they are the same, and what each says; kept up to date one unit at a time."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable

from bilingual.bitext import Unit
from bilingual.checks.context import Context

MOST = 100
"""Units told that another of their group has changed: a cell that stands in thousands of places is not read again in
all of them with every letter typed."""


class Groups:
    """Under each key the units that have it, and what each of them says."""

    def __init__(self) -> None:
        self._keys: dict[str, tuple[str, ...]] = {}
        self._groups: defaultdict[str, dict[str, str]] = defaultdict(dict)
        self._forms: defaultdict[str, Counter[str]] = defaultdict(Counter)

    def put(self, unit: str, said: Iterable[tuple[str, str]]) -> set[str]:
        """Take what a unit says now, as (key, form); the units, itself among them, that share a key with it, before or
        now, where anything has changed."""
        new = dict(said)
        old = {key: self._groups[key][unit] for key in self._keys.get(unit, ())}
        changed = {key for key in old.keys() | new.keys() if old.get(key) != new.get(key)}
        touched = {unit}
        for key in changed:
            if key in old:
                self._take_out(key, unit, old[key])
            if key in new:
                self._groups[key][unit] = new[key]
                self._forms[key][new[key]] += 1
            touched.update([*self._groups.get(key, ())][:MOST])
        self._keys[unit] = tuple(new)
        return touched

    def drop(self, unit: str) -> set[str]:
        """Forget a unit; the others that shared a key with it."""
        touched = self.put(unit, ()) - {unit}
        del self._keys[unit]
        return touched

    def forms(self, key: str, without: str = "") -> Counter[str]:
        """What is said under a key, and how often; the unit `without` does not count."""
        forms = self._forms.get(key)
        if not forms:
            return Counter()
        own = self._groups[key].get(without)
        return Counter({form: count - (form == own) for form, count in forms.items() if count > (form == own)})

    def users(self, key: str, form: str) -> Iterable[str]:
        """The units that say it in this form."""
        return (unit for unit, said in self._groups.get(key, {}).items() if said == form)

    def _take_out(self, key: str, unit: str, form: str) -> None:
        del self._groups[key][unit]
        self._forms[key] -= Counter([form])
        if not self._groups[key]:
            del self._groups[key], self._forms[key]


class OneKey:
    """An index of a document's units under one key each; `said` is left to the check."""

    def __init__(self, context: Context) -> None:
        self.context = context
        self.groups = Groups()

    def said(self, unit: Unit) -> tuple[str, str]:
        """The unit's key, empty where it has none, and what it says under it."""
        raise NotImplementedError

    def put(self, unit: Unit) -> Collection[str]:
        """Take the unit as it is now."""
        key, form = self.said(unit)
        return self.groups.put(unit.id, [(key, form)] if key else [])

    def drop(self, unit_id: str) -> Collection[str]:
        """Forget it."""
        return self.groups.drop(unit_id)

    def others(self, unit: Unit) -> Counter[str]:
        """What the other units under its key say, and how often."""
        key, _ = self.said(unit)
        return self.groups.forms(key, unit.id) if key else Counter()


def told(forms: Counter[str], most: int = 3) -> str:
    """The forms in quotes, the most frequent first: “A” (3 times), “B”."""
    listed = sorted(forms.items(), key=lambda item: (-item[1], item[0]))
    parts = [f"“{short(form)}”" + (f" ({count} times)" if count > 1 else "") for form, count in listed[:most]]
    left = len(listed) - most
    return ", ".join(parts) + (f" and {left} more" if left > 0 else "")


def short(text: str, width: int = 80) -> str:
    """A text cut to about `width` characters."""
    return text if len(text) <= width else f"{text[: width - 1].rstrip()}…"
