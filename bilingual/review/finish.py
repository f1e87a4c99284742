"""Finishing a document: what is still open, the files that are written, and what goes into the memory."""

from __future__ import annotations

import time
from collections import Counter
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from bilingual.checks.findings import Severity
from bilingual.delivery.assemble import REVIEWED
from bilingual.errors import BilingualError, InputError
from bilingual.formats import named
from bilingual.review.downloads import DOCUMENT_WORDS, FORMAT_WORDS, TWO_COLUMNS, as_file, delivered
from bilingual.review.overview import overview_of
from bilingual.review.paper import paper_of
from bilingual.review.web import MissingError, Route, answer, desk_of, given, page, person_of

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

    from bilingual.review.desk import Work

TURN = 1.0
"""Seconds the checks go on for one question; of a long document the page asks again."""
SHOWN = 200
"""Findings that are listed; all of them are counted."""


def checked(work: Work, name: str) -> dict[str, Any]:
    """What the checks have found in a document: how many of each severity, and the worst of them in reading order."""
    paper = paper_of(work, name)
    findings = [finding for unit in paper.order for finding in paper.findings.get(unit, ())]
    worst = sorted(findings, key=lambda finding: [*Severity].index(finding.severity))
    times = Counter(finding.key for finding in worst)
    worst = [*{finding.key: finding for finding in worst}.values()][:SHOWN]  # what is said twice of a unit: one row
    units = {seen.unit.id: seen.unit for seen in paper.units(work.store, [finding.unit for finding in worst])}
    return {
        "checked": paper.totals().checked, "total": len(paper.order),
        "severities": {severity.value: sum(f.severity is severity for f in findings) for severity in Severity},
        "findings": [
            {
                "id": f.unit, "check": f.check, "severity": f.severity.value, "reason": f.reason, "times": times[f.key],
                "source": units[f.unit].source.string, "target": units[f.unit].target.string,
            }
            for f in worst if f.unit in units
        ],
        "more": len(findings) - sum(times[finding.key] for finding in worst),
    }  # fmt: skip


def _checked_on(work: Work, name: str) -> bool:
    """Check a little more of a document; whether there is more."""
    return paper_of(work, name).advance(work.store)


REPORTS = {
    "html": ("html", "web page, for a client"),
    "json": ("json", "JSON, for programs"),
    "sarif": ("sarif", "SARIF, for code hosts"),
    "junit": ("xml", "JUnit, for continuous integration"),
    "table": ("txt", "plain text"),
}
"""The reports of the checks: their endings, and what each is for."""


def reported(work: Work, name: str, report: str) -> bytes:
    """A report of the checks as `bilingual check` makes it, but of the quick ones: the slow ones want a model, which
    has no place in the server."""
    from bilingual.checks import reports
    from bilingual.checks.checker import Checker

    bitext = work.store.load(work.known(name))
    findings = Checker(bitext, work.glossary, work.settings).all(silenced=True)
    quiet = {(unit.id, silence.check) for unit in bitext.units for silence in unit.silenced}
    told = tuple(finding for finding in findings if (finding.unit, finding.check) not in quiet)
    template = next((document.template for document in bitext.documents if document.template), None)
    checked = reports.Checked(
        name, template.name if template else name, bitext.units, told, hidden=len(findings) - len(told)
    )
    return reports.REPORTS[report]([checked]).encode("utf-8", "backslashreplace")


def finished(work: Work, name: str, formats: list[str], documents: list[dict[str, Any]], by: str, memory: bool
             ) -> dict[str, Any]:  # fmt: skip
    """Write the views and documents beside the store, and add what was reviewed to the memory; of each file its name
    and, in `links`, where below the document's address it can be downloaded."""
    from bilingual.views import write_file, write_views

    views = write_views(work.store, work.known(name), work.settings.output, formats)
    written, told = [path.name for path in views.written], views.warnings
    links = [f"download/{one}" for one in formats]
    for document in documents:
        kind, two = str(document.get("kind")), bool(document.get("bilingual"))
        if kind not in DOCUMENT_WORDS:
            raise InputError(f"there are no {kind!r} documents", f"choose from {', '.join(DOCUMENT_WORDS)}")
        data, said = delivered(work, name, kind, side_by_side=two, mark=bool(document.get("mark")))
        path = work.settings.output / f"{name}.{'zh-en' if two else 'en'}.{kind}"
        told += [*said, *write_file(work.store, path, data)]
        written.append(path.name)
        links.append(f"deliver/{kind}?{urlencode([(key, 1) for key in ('bilingual', 'mark') if document.get(key)])}")
    result: dict[str, Any] = {
        "written": written,
        "links": links,
        "folder": str(work.settings.output.resolve()),
        "told": told,
        "memory": None,
    }
    if memory:
        try:
            result["memory"] = _taught(work, name, by)
        except BilingualError as error:
            told.append(f"the memory was left as it is: {error}")
    return result


def _taught(work: Work, name: str, by: str) -> int:
    """Put the reviewed units into the memory; how many of them it did not have before."""
    from bilingual.memory import Memory

    units = work.store.load(name).units
    reviewed = {unit.id for unit in units if unit.state in REVIEWED}
    if not reviewed:
        return 0
    with Memory(work.settings.memory, penalties=work.settings.penalties) as memory:
        batch = memory.add(units, document=name, by=by, only=reviewed)
    return batch.added + batch.merged


async def _show(request: Request) -> Response:
    """GET /d/{name}/finish: the page."""
    name, desk = request.path_params["name"], desk_of(request)
    one = await overview_of(request, name)
    return page(
        request, "finish.html", one=one, name=name, formats=FORMAT_WORDS, documents=DOCUMENT_WORDS, two=TWO_COLUMNS,
        chosen=desk.settings.formats, folder=str(desk.settings.output.resolve()), memory=desk.settings.memory.name,
        own=await desk.aside(_own_kind, name), reports={one: words for one, (_, words) in REPORTS.items()},
    )  # fmt: skip


def _own_kind(work: Work, name: str) -> str:
    """The kind of document that the source is, where we write that kind too."""
    from pathlib import Path

    documents = work.store.document(name).documents
    template = next((document.template for document in documents if document.template), None)
    ending = Path(template.name).suffix.lower()[1:] if template else ""
    ending = {"htm": "html", "xhtml": "html", "markdown": "md", "text": "txt"}.get(ending, ending)
    return ending if ending in DOCUMENT_WORDS else "docx"


async def _checks(request: Request) -> Response:
    """GET /d/{name}/checks: what the checks have found; asked again until `checked` is `total`."""
    desk, name, end = desk_of(request), request.path_params["name"], time.monotonic() + TURN
    while time.monotonic() < end and await desk.do(_checked_on, name):
        pass
    return answer(await desk.do(checked, name))


async def _report(request: Request) -> Response:
    """GET /d/{name}/report/{report}: html, json, sarif, junit, table."""
    name, report = request.path_params["name"], request.path_params["report"]
    if report not in REPORTS:
        raise MissingError(f"there is no report {report!r}", f"choose from {', '.join(REPORTS)}")
    return as_file(await desk_of(request).aside(reported, name, report), f"{name}.check.{REPORTS[report][0]}")


async def _finish(request: Request) -> Response:
    """POST /d/{name}/finish {"formats": [...], "documents": [{"kind", "bilingual"?, "mark"?}], "memory": true}."""
    sent = await given(request)
    formats, documents = sent.get("formats", []), sent.get("documents", [])
    if not (isinstance(formats, list) and isinstance(documents, list) and all(isinstance(d, dict) for d in documents)):
        raise InputError("the request says no formats", "load the page anew")
    done = await desk_of(request).aside(
        finished, request.path_params["name"], [named(str(one)).name for one in formats], documents,
        person_of(request), bool(sent.get("memory")),
    )  # fmt: skip
    return answer(done)


ROUTES: tuple[Route, ...] = (
    ("GET", "/d/{name}/finish", _show),
    ("POST", "/d/{name}/finish", _finish),
    ("GET", "/d/{name}/checks", _checks),
    ("GET", "/d/{name}/report/{report}", _report),
)
