"""A text with codes as the content of a <source> or <target>: in the file's own elements where it has them.

XLIFF 1.2 gets <bpt>…<ept>, <it> and <ph>, XLIFF 2 <sc>…<ec> and <ph> with <originalData>. Where the text goes into
the file it came from, each code of the file is written as the file wrote it; of its pairs those that no longer nest
become <bx>…<ex> or <sc>…<ec>, which is what the standard has them for.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from bilingual.bitext import Code, Text
from bilingual.formats.xliff.inline import Names, content, local
from bilingual.formats.xliff.markup import element, escape
from bilingual.formats.xliff.names import XLIFF1, XLIFF2, ctype, type2
from bilingual.safexml import parse

_ILLEGAL = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
NMTOKEN = re.compile(r"[-.:\w]+", re.ASCII)


@dataclass(frozen=True, slots=True)
class Native:
    """How the file itself writes a code. `span` is for <g>, <pc> and <mrk>: their two tags must nest."""

    markup: str
    span: bool = False


@dataclass(slots=True)
class Speller:
    """Writes texts of one unit. `version` is "1" or "2"; `data` fills with what belongs into <originalData>, where a
    new unit is written; in a file's own unit (`natives` given) a new code says its data in `disp` or as content."""

    version: str
    prefix: str = ""
    natives: Mapping[tuple[str, str], Native] | None = None
    data: dict[str, str] = field(default_factory=dict)
    """The ids of what codes say, by what they say."""
    _ids: dict[str, str] = field(default_factory=dict)

    def spell(self, text: Text) -> str:
        """The markup for a text."""
        pairs, nested = partners(text.codes), self._nested(text.codes)
        pieces, at = [], 0
        for index, code in enumerate(text.codes):
            pieces.append(self.words(text.string[at : code.position]))
            at = max(at, code.position)
            pieces.append(self._code(code, index in pairs, index in nested))
        return "".join(pieces) + self.words(text.string[at:])

    def words(self, string: str) -> str:
        """Plain words; XLIFF 2 has an element for a character that XML cannot hold."""
        if self.version == "1" or not _ILLEGAL.search(string):
            return escape(string)
        pieces = re.split(f"({_ILLEGAL.pattern})", string)
        name = f"{self.prefix}cp"
        return "".join(
            f'<{name} hex="{ord(piece):04X}"/>' if at % 2 else escape(piece) for at, piece in enumerate(pieces)
        )

    def _nested(self, codes: Sequence[Code]) -> set[int]:
        """The codes of the file's own spans that can be written as such: each pair inside the one around it."""
        path: list[int] = []
        good: set[int] = set()
        for index, code in enumerate(codes):
            native = (self.natives or {}).get((code.id, code.kind))
            if native is None or not native.span:
                continue
            if code.kind == "open":
                path.append(index)
            elif any(codes[other].id == code.id for other in path):
                while codes[path[-1]].id != code.id:
                    path.pop()
                good |= {path.pop(), index}
        return good

    def _code(self, code: Code, paired: bool, nested: bool) -> str:
        native = (self.natives or {}).get((code.id, code.kind))
        if native and (nested or not native.span):
            return native.markup
        return self._first(code, paired, native) if self.version == "1" else self._second(code, paired)

    def _first(self, code: Code, paired: bool, native: Native | None) -> str:
        attributes = [("id", code.id), ("ctype", ctype(code.type, code.kind == "empty"))]
        if native:
            name = "bx" if code.kind == "open" else "ex"
            return element(self.prefix + name, "", [("id", code.id), ("rid", code.id)])
        if code.kind == "empty":
            name = "ph"
        elif paired:
            name = "bpt" if code.kind == "open" else "ept"
            attributes = [("id", code.id), ("rid", code.id), *(attributes[1:] if name == "bpt" else [])]
        else:
            name = "it"
            attributes.insert(1, ("pos", code.kind))
        return element(self.prefix + name, escape(code.data), [pair for pair in attributes if pair[1]])

    def _second(self, code: Code, paired: bool) -> str:
        name = {"open": "sc", "close": "ec"}.get(code.kind, "ph")
        own = code.id if NMTOKEN.fullmatch(code.id) else self._ids.setdefault(code.id, f"code-{len(self._ids) + 1}")
        tied = name == "ec" and paired
        attributes = {"startRef" if tied else "id": own}
        if not paired and name != "ph":
            attributes["isolated"] = "yes"
        if self.natives is not None:
            attributes["disp"] = code.data
        else:
            attributes["dataRef"] = self.data.setdefault(code.data, f"d{len(self.data) + 1}")
        return element(self.prefix + name, "", [*attributes.items(), *({} if tied else type2(code.type)).items()])


def partners(codes: Sequence[Code]) -> set[int]:
    """The indices of the codes that are one of a pair: the beginning before its end, both in this text."""
    waiting: dict[str, list[int]] = {}
    found: set[int] = set()
    for index, code in enumerate(codes):
        if code.kind == "open":
            waiting.setdefault(code.id, []).append(index)
        elif code.kind == "close" and waiting.get(code.id):
            found |= {waiting[code.id].pop(), index}
    return found


def echo(version: str, *texts: Text) -> list[Text]:
    """The texts of one unit as they come back when the file is read: to know what needs keeping beside them."""
    if not any(text.codes or _ILLEGAL.search(text.string) for text in texts):
        return list(texts)
    speller = Speller(version)
    inner = "".join(element("source", speller.spell(text)) for text in texts)
    root = parse(element("u", inner, [("xmlns", XLIFF1 if version == "1" else XLIFF2)]).encode())
    names = Names({key: data for data, key in speller.data.items()})
    return [content(child, names).text for child in root if local(child)]
