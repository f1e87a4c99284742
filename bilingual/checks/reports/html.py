"""The findings as one page to hand to a client: nothing is fetched, nothing runs, what a document says is escaped."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from html import escape
from itertools import combinations

from bilingual.bitext import Silence, Span, Unit
from bilingual.checks.choosing import EVERY
from bilingual.checks.findings import Finding, Severity
from bilingual.checks.reports.checked import Checked, many, place
from bilingual.checks.reports.style import STYLE

HEAD = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>"""

MEANINGS = {
    Severity.ERROR: "must not be delivered",
    Severity.WARNING: "worth a look",
    Severity.HINT: "a matter of taste",
}
Told = list[tuple[Finding, Silence | None]]


def html(documents: Sequence[Checked]) -> str:
    """The page, whole."""
    names = ", ".join(document.name for document in documents[:3]) + (" …" if len(documents) > 3 else "")
    title = f"Translation check: {names}" if documents else "Translation check"
    body = (line for document in documents for line in _document(document))
    return "".join(
        (
            *(HEAD, escape(title), "</title>\n<style>", STYLE, *_filters(), "</style>\n</head>\n<body>\n<main>\n"),
            *_summary(documents, title),
            *body,
            "</main>\n</body>\n</html>\n",
        )
    )


def _filters() -> Iterator[str]:
    """What a box that is not ticked hides: its findings, and the rows that have no others."""
    for size in (1, 2, 3):
        for off in combinations(Severity, size):
            page = "body" + "".join(f":has(#show-{one.value}:not(:checked))" for one in off)
            if size == 1:
                yield f"{page} li.{off[0].value}{{display:none}}\n"
            yield f"{page} tr.{'-'.join(one.value for one in off)}{{display:none}}\n"


def _summary(documents: Sequence[Checked], title: str) -> Iterator[str]:
    findings = [finding for document in documents for finding in document.findings]
    number = Counter(finding.severity for finding in findings)
    units = sum(len(document.units) for document in documents)
    quiet = sum(document.hidden for document in documents)
    told = f"{many(units, 'sentence')} in {many(len(documents), 'document')}"
    rest = f" · {many(quiet, 'finding')} put to rest by a reviewer" if quiet else ""
    yield f"<h1>{escape(title)}</h1>\n<p class=soft>{told}{rest}</p>\n"
    yield "<fieldset class=figures><legend>Show</legend>\n"
    for one in Severity:
        name = one.value
        yield (
            f'<label class="{name}"><input type=checkbox id=show-{name} checked>'
            f"<span><b>{number[one]:,}</b> {name if number[one] == 1 else name + 's'}</span>"
            f"<small>{MEANINGS[one]}</small></label>\n"
        )
    yield "</fieldset>\n"
    yield from _kinds(findings)


def _kinds(findings: Sequence[Finding]) -> Iterator[str]:
    by_check = Counter(finding.check for finding in findings)
    if not by_check:
        return
    yield "<details><summary>What was found, by kind</summary>\n<table class=kinds><thead><tr>"
    yield "<th scope=col>Check</th><th scope=col>It finds</th><th scope=col class=n>Findings</th></tr></thead><tbody>\n"
    for check in EVERY:
        if check.name in by_check:
            name, finds = escape(check.name.replace("_", " ")), escape(check.finds)
            yield f"<tr><th scope=row>{name}</th><td>{finds}</td><td class=n>{by_check[check.name]:,}</td></tr>\n"
    yield "</tbody></table></details>\n"


def _document(document: Checked) -> Iterator[str]:
    heading = escape(document.name)
    if document.file != document.name:
        heading += f" <small class=soft>{escape(document.file)}</small>"
    yield f"<section>\n<h2>{heading}</h2>\n"
    if not document.by_unit:
        yield f"<p class=fine>Nothing was found in {many(len(document.units), 'sentence')}.</p>\n</section>\n"
        return
    yield "<div class=table><table class=units>\n<thead><tr><th scope=col>No.</th><th scope=col>Chinese</th>"
    yield "<th scope=col>English</th><th scope=col>Findings</th></tr></thead>\n<tbody>\n"
    for number, unit, told in document.by_unit:
        yield _row(number, unit, told)
    yield "</tbody>\n</table></div>\n</section>\n"


def _row(number: int, unit: Unit, told: Told) -> str:
    loud = [finding for finding, silence in told if silence is None]
    kinds = "-".join(one.value for one in Severity if any(finding.severity is one for finding, _ in told))
    where = f"<small>{escape(place(unit))}</small>" if place(unit) else ""
    source = _marked(unit.source.string, [(f.source, f.severity) for f in loud if f.source])
    target = _marked(unit.target.string, [(f.target, f.severity) for f in loud if f.target])
    items = "".join(_item(finding, silence) for finding, silence in told)
    return (
        f'<tr class="{kinds}"><th scope=row>{number:,}{where}</th><td lang=zh>{source}</td><td lang=en>{target}</td>'
        f"<td><ul>{items}</ul></td></tr>\n"
    )


def _item(finding: Finding, silence: Silence | None) -> str:
    quiet = f"<small>Put to rest: {escape(silence.reason)}</small>" if silence else ""
    name, check = finding.severity.value, escape(finding.check.replace("_", " "))
    said = f'<b class="tag">{name}</b> {escape(finding.reason)} <small>{check} · {escape(finding.category)}</small>'
    return f'<li class="{name}{" quiet" if silence else ""}">{said}{quiet}</li>'


def _marked(text: str, spans: Sequence[tuple[Span, Severity]]) -> str:
    """The text with its places marked; where several speak of one place, the worst of them. What speaks of the whole
    text marks nothing."""
    worst: list[Severity | None] = [None] * len(text)
    for severity in reversed(Severity):
        for span, one in spans:
            if one is severity and len(span) < len(text):
                worst[span.start : span.end] = [severity] * len(worst[span.start : span.end])
    parts, at = [], 0
    while at < len(text):
        end = next((place for place in range(at, len(text)) if worst[place] is not worst[at]), len(text))
        kind, piece = worst[at], escape(text[at:end])
        parts.append(f'<mark class="{kind.value}">{piece}</mark>' if kind else piece)
        at = end
    return "".join(parts)
