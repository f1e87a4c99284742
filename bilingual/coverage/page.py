"""The coverage of a glossary as one page of HTML: nothing is fetched, everything from a document is escaped."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape

from bilingual.bitext import Span
from bilingual.coverage.counting import OBEYED, Coverage, Entry, Outcome, Use
from bilingual.delivery.html.style import COMMON

MOST = 40
"""Sentences shown for one term; the rest are counted."""

HEAD = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline';
 script-src 'unsafe-inline'">
<title>Glossary coverage</title>
<style>"""

STYLE = """
main{max-width:72rem;margin:0 auto;padding:2.5rem 1.25rem 5rem}
h1{font-size:1.9rem;margin:0 0 .3rem}
h2{font-size:1.25rem;margin:2.6rem 0 .6rem}
.soft{color:var(--soft)}
.figures{display:flex;flex-wrap:wrap;gap:.6rem 2.4rem;margin:1.4rem 0;padding:0;list-style:none}
.figures b{display:block;font-size:1.7rem;line-height:1.2;font-variant-numeric:tabular-nums}
.bar{display:flex;height:.7rem;border-radius:.35rem;overflow:hidden;background:var(--line);max-width:36rem}
.bar i{display:block}
.table{overflow-x:auto}
table{width:100%;border-collapse:collapse;font-size:.95rem}
th{position:sticky;top:0;background:var(--paper);text-align:left;font-size:.82rem;color:var(--soft);
border-bottom:2px solid var(--line);padding:.45rem .6rem;white-space:nowrap}
th button{font:inherit;color:inherit;background:none;border:0;padding:0;cursor:pointer}
th[aria-sort=ascending] button::after{content:" ▲"}
th[aria-sort=descending] button::after{content:" ▼"}
td{vertical-align:top;padding:.45rem .6rem .1rem}
tbody{border-bottom:1px solid var(--line)}
td[colspan]{padding-top:0;padding-bottom:.45rem;font-size:.9rem}
td.n,th.n{text-align:right;font-variant-numeric:tabular-nums}
td.zero{color:var(--line)}
td.bad{font-weight:700;color:var(--missing)}
:lang(zh){font-size:1.03em}
summary{cursor:pointer;color:var(--link)}
dl{margin:.4rem 0 .2rem}
dt,dd{margin:0}
dd{margin-bottom:.7rem;color:var(--soft)}
mark{background:var(--mark);color:var(--ink)}
.tag{font-size:.78rem;border:1px solid var(--line);border-radius:3px;padding:0 .35em;white-space:nowrap;
color:var(--soft)}
.tag.missing,.tag.otherwise{color:var(--missing);border-color:var(--missing)}
.unused{columns:18rem;padding:0;list-style:none;font-size:.93rem}
.unused li{break-inside:avoid;margin:.1rem 0}
:root{--natural:#4f8a5b;--enforced:#3f74a8;--repaired:#8a6bb0;--hand:#b98a1e;--missing:#b3372b}
@media(prefers-color-scheme:dark){:root{--natural:#7cb98a;--enforced:#7fb0de;--repaired:#b79bdc;--hand:#dbb04a;
--missing:#f0857a}}
@media print{main{max-width:none;padding:0}th{position:static}details:not([open]) summary{color:inherit}}
"""

SCRIPT = """
for (const table of document.querySelectorAll("table"))
  table.querySelectorAll("th button").forEach(button => button.addEventListener("click", () => {
    const head = button.parentElement, column = head.cellIndex, bodies = [...table.tBodies];
    const up = head.getAttribute("aria-sort") === "descending";
    const key = body => body.rows[0].cells[column].textContent.trim();
    bodies.sort((a, b) => key(a).localeCompare(key(b), "zh", {numeric: true}));
    if (!up) bodies.reverse();
    for (const other of table.querySelectorAll("th")) other.removeAttribute("aria-sort");
    head.setAttribute("aria-sort", up ? "ascending" : "descending");
    table.append(...bodies);
  }));
"""

COLOURS = {
    Outcome.NATURAL: "natural",
    Outcome.ENFORCED: "enforced",
    Outcome.REPAIRED: "repaired",
    Outcome.BY_HAND: "hand",
    Outcome.MISSING: "missing",
    Outcome.OTHERWISE: "missing",
    Outcome.UNTRANSLATED: "line",
}

MEANINGS = {
    Outcome.NATURAL: "the model said it by itself",
    Outcome.ENFORCED: "it was protected in the source",
    Outcome.REPAIRED: "the model’s own words were replaced",
    Outcome.BY_HAND: "a person wrote it",
    Outcome.MISSING: "the machine’s English does not say it",
    Outcome.OTHERWISE: "a person wrote something else",
    Outcome.UNTRANSLATED: "the sentence has no English",
}


def page(coverage: Coverage) -> str:
    """The page, whole."""
    return "".join(
        (
            HEAD, COMMON, STYLE, "</style>\n</head>\n<body>\n<main>\n", *_summary(coverage), *_terms(coverage),
            *_conflicts(coverage), *_unused(coverage), f"</main>\n<script>{SCRIPT}</script>\n</body>\n</html>\n",
        )
    )  # fmt: skip


def _summary(coverage: Coverage) -> Iterator[str]:
    outcomes = coverage.outcomes
    names = ", ".join(coverage.documents[:8]) + (" …" if len(coverage.documents) > 8 else "")
    yield f"<h1>Glossary coverage</h1>\n<p class=soft>{escape(names)} · {coverage.sentences:,} sentences</p>\n"
    figures = [
        (len(coverage.found), "terms occur"),
        (sum(outcomes.values()), "occurrences"),
        *((outcomes[outcome], outcome.value) for outcome in Outcome if outcomes[outcome]),
        (len(coverage.unused), "terms never occur"),
    ]
    yield "<ul class=figures>"
    yield "".join(f"<li><b>{count:,}</b>{escape(name)}</li>" for count, name in figures)
    yield "</ul>\n"
    total = sum(outcomes.values())
    if total:
        yield '<div class=bar role=img aria-label="what became of the occurrences">'
        for outcome in Outcome:
            if share := outcomes[outcome] / total:
                style = f"width:{share:.2%};background:var(--{COLOURS[outcome]})"
                yield f'<i style="{style}" title="{outcome.value}: {outcomes[outcome]:,}"></i>'
        yield "</div>\n"
    told = "; ".join(f"<b>{o.value}</b>: {MEANINGS[o]}" for o in Outcome if outcomes[o])
    yield f"<p class=soft>{told}</p>\n" if told else ""


def _terms(coverage: Coverage) -> Iterator[str]:
    if not coverage.found:
        yield "<h2>Terms that occur</h2>\n<p>None does.</p>\n"
        return
    shown = [outcome for outcome in Outcome if coverage.outcomes[outcome]]
    yield "<h2>Terms that occur</h2>\n<div class=table><table>\n<thead><tr>"
    for name in ("Chinese", "English", "kind"):
        yield f"<th><button>{name}</button></th>"
    for name in ("count", *(outcome.value for outcome in shown)):
        yield f"<th class=n><button>{escape(name)}</button></th>"
    yield "</tr></thead>\n"
    for entry in coverage.found:
        yield from _row(entry, shown)
    yield "</table></div>\n"


def _row(entry: Entry, shown: Sequence[Outcome]) -> Iterator[str]:
    term = entry.term
    yield f"<tbody><tr><td lang=zh>{escape(term.source)}</td><td>{escape(term.target)}</td>"
    yield f"<td>{escape(term.kind.value)}</td>"
    yield f"<td class=n>{len(entry.uses):,}</td>"
    for outcome in shown:
        count = entry.outcomes[outcome]
        bad = outcome not in OBEYED and outcome is not Outcome.UNTRANSLATED
        yield f'<td class="n{" zero" if not count else " bad" if bad else ""}">{count:,}</td>'
    yield f"</tr>\n<tr><td colspan={4 + len(shown)}>{_sentences(entry.uses)}</td></tr></tbody>\n"


def _sentences(uses: tuple[Use, ...]) -> str:
    places = f"{len(uses):,} sentence{'s' if len(uses) > 1 else ''}"
    shown = sorted(uses, key=lambda use: use.outcome in OBEYED)[:MOST]  # what is wrong first
    more = f"<p class=soft>… and {len(uses) - MOST:,} more</p>" if len(uses) > MOST else ""
    return f"<details><summary>{places}</summary><dl>{''.join(map(_sentence, shown))}</dl>{more}</details>"


def _sentence(use: Use) -> str:
    place = f"{use.document}:{use.line}" if use.line else use.document
    tag = f"<span class='tag {COLOURS[use.outcome]}'>{escape(use.outcome.value)}</span>"
    wrong = f" <span class='tag missing'>forbidden: {escape(use.forbidden)}</span>" if use.forbidden else ""
    target = f"<br>{_marked(use.target, use.said)}" if use.target else ""
    return (
        f"<dt lang=zh>{_marked(use.source, use.span)}</dt>"
        f"<dd>{target.removeprefix('<br>')}<br>{escape(place)} {tag}{wrong}</dd>"
    )


def _marked(text: str, span: Span | None) -> str:
    if span is None:
        return escape(text)
    before, inside, after = text[: span.start], span.of(text), text[span.end :]
    return f"{escape(before)}<mark>{escape(inside)}</mark>{escape(after)}"


def _conflicts(coverage: Coverage) -> Iterator[str]:
    found = [entry for entry in coverage.entries if entry.conflicts]
    if not found:
        return
    yield "<h2>Where people wrote something else</h2>\n"
    yield "<p class=soft>Either the English needs the term, or the entry needs another rendering.</p>\n"
    for entry in found:
        term = entry.term
        yield f"<h3><span lang=zh>{escape(term.source)}</span> = {escape(' | '.join(term.renderings))}</h3>\n"
        yield f"<dl>{''.join(map(_sentence, entry.conflicts[:MOST]))}</dl>\n"


def _unused(coverage: Coverage) -> Iterator[str]:
    if not coverage.unused:
        return
    yield f"<h2>Terms that never occur</h2>\n<details><summary>{len(coverage.unused):,} terms</summary>\n"
    yield "<ul class=unused>\n"
    for entry in coverage.unused:
        inside = f" <span class=soft>(inside longer ones: {entry.inside:,})</span>" if entry.inside else ""
        term = entry.term
        yield f"<li><span lang=zh>{escape(term.source)}</span> {escape(term.target)}{inside}</li>\n"
    yield "</ul></details>\n"
