"""Subtitles out: the source's cues and times with English in them, as .srt or .vtt, whichever the source was.

The English of a sentence that runs over several cues is shared out where the codes of type "cue" stand, at gaps between
words, so that no cue is empty if there are enough words. Lines are set anew; two speakers keep a line each. In the
source's own format all else stays byte for byte (names, settings, styles, notes), and so do cues whose text did not
change. In the other one, tags it does not know are left out, {\\an8} becomes `line:0` and back, WebVTT's notes and
styles and the names of its voices go. Words nobody has reviewed are not marked: there is no room on the screen. The
notice is a NOTE in WebVTT; in SubRip a first cue before the speech, if there is a second for it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from bilingual.bitext import Code, Span, Text
from bilingual.codes import cut
from bilingual.delivery import UNREVIEWED, Delivery
from bilingual.delivery.encoded import encoded, line_end, replaced
from bilingual.delivery.subtitles.lines import line_breaks, shares
from bilingual.documents.encoding import decode
from bilingual.documents.subtitles import Part, Slot, walk
from bilingual.documents.subtitles.file import Cue, SubtitleFile
from bilingual.errors import InputError

FORMS = ("subtitles",)

FREE = 1000
"""How much time before the first cue a notice needs, in milliseconds."""

SHOWN = 4000
"""How long a notice is shown at most, in milliseconds."""

PLACE = re.compile(r"\{\\an?\d{1,2}\}")
TOP = re.compile(r"\{\\an[789]\}")
TOP_LINE = re.compile(r"\bline:(?:-?0|[1-4]?\d%)(?![\d.])")
NAME = re.compile(r"</?([A-Za-z]+)")
KNOWN = {
    "srt": frozenset({"i", "b", "u", "s", "font"}),
    "vtt": frozenset({"i", "b", "u", "c", "v", "ruby", "rt", "lang"}),
}


def make(delivery: Delivery, suffix: str) -> bytes:
    """There are no subtitles without cue times: raises InputError."""
    what = f"a {suffix} file needs cue times, and only subtitles have them"
    raise InputError(what, "choose .docx, .html, .md or .txt", path=delivery.document.name)


def fill(delivery: Delivery, source: bytes, suffix: str) -> bytes:
    """The source's cues with English in them; raises InputError where it is another file, and where a cue without
    readable times would have to be written anew."""
    decoded = decode(source, delivery.document.name)
    file, slots = walk(decoded.text)
    if len(slots) != len(delivery.document.blocks):
        what = "this is not the file that was translated: it has other cues"
        raise InputError(what, "translate it again", path=delivery.document.name)
    form = suffix.lower().lstrip(".")
    english = {item.block.id: item.text for item in delivery.blocks}
    texts = [english.get(f"b{number}", slot.text) for number, slot in enumerate(slots, 1)]
    if form != file.form:
        return converted(file, [*zip(slots, texts, strict=True)], form, delivery).encode()
    end = line_end(decoded.text)
    new = [
        piece
        for slot, text in zip(slots, texts, strict=True)
        if text != slot.text
        for piece in filled(slot, text, form)
    ]
    placed = [(part.lines[0][0], part.lines[-1][1], words.replace("\n", end)) for part, words in new]
    head = notice(delivery.notice, file.cues, form).replace("\n", end)
    result = replaced(decoded.text, sorted([(file.body, file.body, head), *placed] if head else placed))
    return encoded(result, decoded.encoding if form == "srt" else utf8(decoded.encoding), source)


def utf8(encoding: str) -> str:
    """The encoding of a WebVTT file, which is always UTF-8."""
    return encoding if encoding == "utf-8-sig" else "utf-8"


def filled(slot: Slot, text: Text, form: str) -> Iterator[tuple[Part, str]]:
    """Each part of the slot with the words that go there, in lines."""
    places = [code for code in text.codes if PLACE.fullmatch(code.data)]
    homes = home_cues(slot)
    shown = [code for code in text.codes if code not in places and code.type not in {"cue", "lb", UNREVIEWED}]
    cuts = [code.position for code in text.codes if code.type == "cue"][: len(slot.parts) - 1]
    cuts += [len(text.string)] * (len(slot.parts) - 1 - len(cuts))
    parts = cut(Text(text.string, tuple(shown)), shares(text.string, cuts))
    for number, (part, words) in enumerate(zip(slot.parts, parts, strict=True)):
        before = "".join(code.data for code in places if homes.get(code.id, 0) == number)
        yield part, before + in_lines(words, form)


def home_cues(slot: Slot) -> dict[str, int]:
    """In which of its cues each code of the slot stands."""
    homes, number = {}, 0
    for code in slot.text.codes:
        number += code.type == "cue"
        homes[code.id] = number
    return homes


def in_lines(text: Text, form: str) -> str:
    """A cue's words with their tags, in lines."""
    marks: list[tuple[int, int, Span | Code]] = [(span.start, 1, span) for span in line_breaks(text.string)]
    marks += [(code.position, 0, code) for code in text.codes]
    parts, at = [], 0
    for position, _, mark in sorted(marks, key=lambda mark: mark[:2]):
        parts.append(escaped(text.string[at : max(at, position)], form))
        at = max(at, position)
        if isinstance(mark, Span):
            parts.append("\n")
            at = mark.end
        else:
            parts.append(mark.data)
    return "".join([*parts, escaped(text.string[at:], form)]).strip()


def escaped(words: str, form: str) -> str:
    """Words as a cue of this form can hold them."""
    words = " ".join(words.splitlines()) if "\n" in words or "\r" in words else words
    if form == "srt":
        return words.replace("-->", "→")
    return words.replace("&", "&amp;").replace("<", "&lt;").replace("-->", "--&gt;")


def notice(words: str, cues: Iterable[Cue], form: str) -> str:
    """The notice as the file's head has it; "" where there is no room for it."""
    words = escaped(words, form)
    if not words:
        return ""
    if form == "vtt":
        return f"NOTE\n{words}\n\n"
    first = min((cue.start for cue in cues if cue.start is not None), default=0)
    lines = in_lines(Text(words), form)
    return f"0\n{clock(0, form)} --> {clock(min(first, SHOWN), form)}\n{lines}\n\n" if first >= FREE else ""


def clock(time: int, form: str) -> str:
    """A time in milliseconds as a file of this form has it."""
    seconds, fraction = divmod(max(0, time), 1000)
    hours, minutes = divmod(seconds // 60, 60)
    return f"{hours:02d}:{minutes:02d}:{seconds % 60:02d}{',' if form == 'srt' else '.'}{fraction:03d}"


def converted(file: SubtitleFile, slots: Iterable[tuple[Slot, Text]], form: str, delivery: Delivery) -> str:
    """A new file of the other form."""
    bodies: dict[int, list[tuple[int, str]]] = {}
    for slot, english in slots:
        known = Text(english.string, tuple(kept(english.codes, form)))
        for part, words in filled(slot, known, form):
            dash = "- " if part.dash else ""
            bodies.setdefault(part.cue.number, []).append((part.lines[0][0], dash + words))
    lines = {number: [words for _, words in sorted(body)] for number, body in bodies.items()}
    cues = [new_cue(cue, lines.get(cue.number, []), form, delivery) for cue in file.cues]
    head = "WEBVTT\n\n" if form == "vtt" else ""
    return head + notice(delivery.notice, file.cues, form) + "\n\n".join(cues) + "\n"


def kept(codes: Iterable[Code], form: str) -> Iterator[Code]:
    """The codes, those that a file of this form does not know without data; a place is kept for `new_cue`."""
    for code in codes:
        name = NAME.match(code.data)
        known = name.group(1).lower() in KNOWN[form] if name else form == "vtt" and code.data[1:2].isdigit()
        yield code if known or PLACE.fullmatch(code.data) else replace(code, data="")


def new_cue(cue: Cue, lines: list[str], form: str, delivery: Delivery) -> str:
    """A cue of the other form."""
    if cue.start is None or cue.end is None:
        what = f"the times of cue {cue.number} cannot be read, so no .{form} can be made of it"
        raise InputError(what, "correct them, or choose the ending the source has", path=delivery.document.name)
    body = "\n".join(line for line in lines if line)
    top = bool(TOP.search(body)) if form == "vtt" else bool(TOP_LINE.search(cue.settings))
    body = PLACE.sub("", body) if form == "vtt" else ("{\\an8}" if top else "") + body
    times = f"{clock(cue.start, form)} --> {clock(cue.end, form)}{' line:0' if top and form == 'vtt' else ''}"
    return f"{cue.number}\n{times}\n{body}"
