"""New notes put into a file: <note>, memoQ's and Trados' comments. A note of the file is never taken away."""

from __future__ import annotations

from uuid import NAMESPACE_URL, uuid5

from bilingual.bitext import Note
from bilingual.formats.xliff.inline import local
from bilingual.formats.xliff.markup import element, escape, opening
from bilingual.formats.xliff.names import MQ, SDL
from bilingual.formats.xliff.places import Page
from bilingual.formats.xliff.slots import child_of
from bilingual.formats.xliff.spelling import Speller
from bilingual.formats.xliff.targets import comments_lost
from bilingual.formats.xliff.work import Pair, Work
from bilingual.formats.xliff.writer import mq_comment, note1_attributes, note2
from bilingual.safexml import clean

UNDATED = "1970-01-01T00:00:00"
"""Trados wants a date on every comment; this is for those that have none."""


def new_notes(pair: Pair) -> list[Note]:
    """The notes that the file does not have yet."""
    known = [clean(note.text)[0] for note in pair.was.notes]
    return [note for note in pair.now.notes if clean(note.text)[0] not in known]


def add_notes(work: Work) -> None:
    """Put the new notes of a unit into the file; Trados' comments stand at the words, see `commented`."""
    fresh = [note for pair in work.pairs for note in new_notes(pair)]
    if not fresh or work.dialect == "sdl":
        return
    if work.dialect == "mq":
        _mq(work, fresh)
    elif work.dialect == "2":
        _second(work, fresh)
    else:
        name = f"{work.prefix}note"
        for note in fresh:
            _last(work, element(name, escape(note.text), note1_attributes(note)))


def _last(work: Work, markup: str) -> None:
    """Put an element at the end of the unit, on a line of its own if its neighbours have one."""
    children = [child for child in work.unit if local(child)]
    if children:
        last = children[-1]
        work.page.after(last, work.page.indent(last) + markup)
    else:
        work.page.append(work.unit, markup)


def _mq(work: Work, fresh: list[Note]) -> None:
    prefix = work.prefixed(MQ, "").rstrip(":") or "mq"
    said = "".join(mq_comment(note, work.pairs[0].now.id, at) for at, note in enumerate(fresh, 1))
    said = said.replace("<mq:comment", f"<{prefix}:comment").replace("</mq:comment", f"</{prefix}:comment")
    holder = work.unit.find(f"{{{MQ}}}comments")
    if holder is not None:
        work.page.append(holder, said)
    else:
        _last(work, element(f"{prefix}:comments", said))


def _second(work: Work, fresh: list[Note]) -> None:
    said = "".join(note2(note, work.prefix, Speller("2", work.prefix), declared=False) for note in fresh)
    holder = child_of(work.unit, "notes")
    if holder is not None:
        work.page.append(holder, said)
        return
    first = next(child for child in work.unit if local(child) in {"originalData", "segment", "ignorable"})
    work.page.before(first, element(f"{work.prefix}notes", said) + work.page.indent(first))


def commented(work: Work, definitions: list[str]) -> dict[int, tuple[str, str]]:
    """For the number of each pair with new comments, or with some its new target has lost, the tags around its words.
    What a Trados file has to say at its beginning is added to `definitions`."""
    if work.dialect != "sdl":
        return {}
    tags = comments_lost(work)
    end = f"</{work.prefix}mrk>"
    for at, pair in enumerate(work.pairs):
        for note in new_notes(pair):
            own = str(uuid5(NAMESPACE_URL, clean(f"{pair.now.id} {note.author} {note.text}")[0]))
            said = [("severity", "Low"), ("user", note.author), ("date", note.when or UNDATED), ("version", "1.0")]
            comment = element("Comments", element("Comment", escape(note.text), said))
            definitions.append(element("cmt-def", comment, [("id", own)]))
            mark = [("mtype", "x-sdl-comment"), (work.prefixed(SDL, "cid"), own)]
            tags.setdefault(at, []).append(opening(f"{work.prefix}mrk", mark))
    return {at: ("".join(opened), end * len(opened)) for at, opened in tags.items()}


def define(page: Page, definitions: list[str]) -> None:
    """Put the definitions of comments where Trados looks for them."""
    if not definitions:
        return
    said = "".join(definitions)
    info = child_of(page.root, "doc-info")
    holder = child_of(info, "cmt-defs") if info is not None else None
    if holder is not None:
        page.append(holder, said)
        return
    made = element("cmt-defs", said)
    if info is not None:
        page.append(info, made)
        return
    made = element("doc-info", made, [("xmlns", SDL)])
    first = next((child for child in page.root if local(child)), None)
    if first is not None:
        page.before(first, made)
    else:
        page.append(page.root, made)
