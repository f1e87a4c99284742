"""Is the English spelled as the house spells: American, British, or Oxford?"""

from __future__ import annotations

from collections.abc import Iterator

from bilingual.bitext import Unit
from bilingual.checks.context import Check, Context
from bilingual.checks.findings import Finding, Fix, Severity
from bilingual.checks.variety import variety
from bilingual.checks.wording import WORD, is_name, words


def look(unit: Unit, context: Context) -> Iterator[Finding]:
    """Each word that the house spells otherwise; names (the Labour Party) keep their owners' spelling."""
    house = context.settings.style.spelling
    table = variety(house)
    text = unit.target.string
    if table.wrong.keys().isdisjoint(WORD.findall(text.lower())):
        return
    shouted = text.isupper()
    for word, span in words(unit, context):
        instead = table.instead(word)
        if instead is None or (is_name(text, span) and not shouted):
            continue
        reason = f"“{word}” is “{instead}” in {house.capitalize()} spelling."
        fix = Fix(span, instead)
        yield Finding(unit.id, CHECK.name, Severity.HINT, "style/organizational style", reason, None, span, fix)


CHECK = Check("house_spelling", "words that are spelled otherwise than the house spells", look)
