"""Reading TBX: version 2 (martif), version 3 in both its styles (tbx), and TBX-Min, one entry at a time.

Category names are in the attribute `type` of an element (style DCA: <termNote type="partOfSpeech">) or are the element
itself (style DCT: <min:partOfSpeech>); groups (ntig's termGrp, descripGrp, adminGrp) only hold them together. What has
no place in our entries is counted and told. Specification: ISO 30042:2019, TBX-Basic.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, cast

from bilingual.errors import InputError
from bilingual.glossary.concepts import Concept, Usage, Word, terms_of
from bilingual.glossary.problems import Problem, Row, Severity, Table
from bilingual.glossary.rows import cells_of, faults
from bilingual.languages import primary, tag
from bilingual.safexml import elements

if TYPE_CHECKING:
    from lxml import etree

OWN = "x-bilingual-"
"""Begins the categories that only we know: kind, when, case, status, id."""

_ENTRIES = ("termEntry", "conceptEntry", "entry")
_LANGUAGES = frozenset({"langSet", "langSec", "langGroup"})
_TERMS = frozenset({"tig", "ntig", "termSec", "termGroup"})
_GROUPS = frozenset({"termGrp", "descripGrp", "adminGrp", "termNoteGrp"})
_TYPED = frozenset({"descrip", "admin", "termNote", "descripNote", "adminNote", "transac", "xref", "ref"})
_XML = "{http://www.w3.org/XML/1998/namespace}"

_USAGES = {
    **dict.fromkeys(("preferred", "standardized", "standardised", "legal", "regulated", "recommended"), "preferred"),
    **dict.fromkeys(("admitted", "accepted", "allowed"), "admitted"),
    **dict.fromkeys(("superseded", "obsolete"), "former"),
    **dict.fromkeys(("deprecated", "forbidden", "prohibited", "notrecommended", "rejected"), "forbidden"),
}  # fmt: skip
_PROPOSED = frozenset({"unprocessed", "provisionallyprocessed", "proposed", "new", "draft"})
_SETTLED = frozenset({"finalized", "approved"})
_ABBREVIATIONS = frozenset({"abbreviation", "acronym", "initialism", "shortForm"})
_KEEP = frozenset({"donottranslate", "dnt", "nontranslatable"})
_NO = frozenset({"no", "false", "0", ""})


def read(path: Path) -> Table:
    """The Chinese–English terms of a TBX file, and what of it cannot be said in our tables.

    Raises InputError for what is no TBX, is not well-formed, or has no entry in both languages.
    """
    table = Table()
    languages: Counter[str] = Counter()
    lost: Counter[str] = Counter()
    others: list[int] = []
    with path.open("rb") as stream:
        for concept in concepts(stream, path, lost):
            languages.update({primary(word.language) for word in concept.words})
            told: list[str] = []
            terms = terms_of(concept, told)
            for term in terms:
                wrong = "; ".join(faults(cells_of(term)))
                if wrong:
                    told.append(f"'{term.source}' was left out: {wrong}")
                else:
                    table.rows.append(Row(term, path, concept.line))
            table.problems += [Problem(path, concept.line, text, Severity.WARNING, "import") for text in told]
            if not terms:
                others.append(concept.line)
    if not table.rows and not table.problems:
        raise _nothing_of_ours(languages, path)
    table.problems += _left_out(languages, lost, others, path)
    return table


def concepts(stream: BinaryIO, path: Path, lost: Counter[str]) -> Iterator[Concept]:
    """Each entry of a TBX file, in its order; categories that are not understood are counted in `lost`."""
    names = [f"{{*}}{name}" for name in _ENTRIES]
    found = False
    for element in elements(stream, names, path):
        root = _name(element.getroottree().getroot())
        if not found and root not in {"martif", "tbx", "TBX"}:
            raise _no_tbx(path, root)
        found = True
        yield _concept(element, lost)
    if not found:
        stream.seek(0)
        root = next((_name(e) for e in elements(stream, ["{*}martif", "{*}tbx", "{*}TBX"], path)), "")
        if not root:
            raise _no_tbx(path, root)


def _no_tbx(path: Path, root: str) -> InputError:
    named = f": its outermost element is <{root}>" if root else ""
    return InputError(f"is no TBX{named}", "a TBX begins with <martif> or <tbx>", path=path)


def _nothing_of_ours(languages: Counter[str], path: Path) -> InputError:
    if not languages:
        return InputError("holds no entry with a term", "look whether the export is empty", path=path)
    message = f"no entry has both Chinese and English: its languages are {', '.join(sorted(languages))}"
    return InputError(message, "export it again with zh and en", path=path)


def _left_out(languages: Counter[str], lost: Counter[str], others: list[int], path: Path) -> Iterator[Problem]:
    if others:
        message = f"{len(others)} entries without both Chinese and English were left out (the first is here)"
        yield Problem(path, others[0], message, Severity.NOTE, "import")
    more = sorted(languages.keys() - {"zh", "en"})
    if more:
        yield Problem(path, 1, f"other languages were left out: {', '.join(more)}", Severity.NOTE, "import")
    if lost:
        named = ", ".join(f"{name} ({count})" for name, count in sorted(lost.items()))
        yield Problem(
            path, 1, f"no column of a table holds these, which were left out: {named}", Severity.NOTE, "import"
        )


def _concept(element: etree._Element, lost: Counter[str]) -> Concept:
    facts = _Facts(lost)
    words: list[Word] = []
    for child in element.iterchildren("*"):
        if _name(child) in _LANGUAGES:
            words += _words(child, facts, lost)
        else:
            facts.take(child)
    own = facts.own
    return Concept(
        id=own.get("id", "") or element.get("id", "").strip() or element.get(f"{_XML}id", "").strip(),
        words=tuple(word for word in words if word.text),
        domains=tuple(facts.of("subjectField")),
        definitions=tuple(facts.of("definition")),
        notes=tuple(facts.of("note")),
        references=tuple(facts.of("source")),
        kind=own.get("kind", ""),
        when=own.get("when", ""),
        case=own.get("case", "") == "yes",
        keep=own.get("status", "") == "keep" or facts.keep,
        line=cast("int | None", element.sourceline) or 0,
    )


def _words(element: etree._Element, entry: _Facts, lost: Counter[str]) -> list[Word]:
    """The words of one language; what is said of the language as a whole is said of the entry, if it is one of ours."""
    language = tag(element.get(f"{_XML}lang") or element.get("lang") or "")
    ours = primary(language) in {"zh", "en"}
    facts = entry if ours else _Facts(Counter())
    words = []
    for child in element.iterchildren("*"):
        if _name(child) in _TERMS:
            words.append(_word(child, language, entry, lost if ours else Counter()))
        else:
            facts.take(child)
    return words


def _word(element: etree._Element, language: str, entry: _Facts, lost: Counter[str]) -> Word:
    facts = _Facts(lost)
    for child in element.iterchildren("*"):
        facts.take(child)
    entry.keep = entry.keep or facts.keep
    if primary(language) in {"zh", "en"}:
        entry.add("definition", facts.of("definition"))
    return Word(
        text=" ".join(facts.of("term")),
        language=language,
        usage=facts.usage,
        proposed=facts.proposed,
        part_of_speech=next(iter(facts.of("partOfSpeech")), ""),
        abbreviation=not _ABBREVIATIONS.isdisjoint(facts.of("termType")),
        examples=tuple(facts.of("context")),
        notes=tuple(facts.of("note")),
        references=tuple(facts.of("source")),
    )


_HELD = frozenset({"term", "subjectField", "definition", "note", "source", "context", "partOfSpeech", "termType"})
_ALIKE = {
    "example": "context", "sampleSentence": "context", "explanation": "definition", "usageNote": "note",
    "administrativeStatus": "usage", "normativeAuthorization": "usage", "termStatus": "usage",
    "processStatus": "usage", "reliabilityStatus": "usage",
}  # fmt: skip


class _Facts:
    """What the categories at one place say, by name."""

    def __init__(self, lost: Counter[str]) -> None:
        self._texts: dict[str, list[str]] = {}
        self._lost = lost
        self.own: dict[str, str] = {}
        self.usage: Usage | None = None
        self.proposed = False
        self.keep = False

    def of(self, name: str) -> list[str]:
        """The texts of one category, in order."""
        return self._texts.get(name, [])

    def add(self, name: str, texts: list[str]) -> None:
        """More texts of one category."""
        if texts:
            self._texts.setdefault(name, []).extend(texts)

    def take(self, element: etree._Element) -> None:
        """What one element says; a group says what is in it."""
        name = _name(element)
        if name in _GROUPS:
            for child in element.iterchildren("*"):
                self.take(child)
            return
        category = (element.get("type") or name) if name in _TYPED else name
        text = _text(element)
        if category == "externalCrossReference":
            category, text = "source", ", ".join(filter(None, (text, element.get("target", "").strip())))
        if category.startswith(OWN):
            self.own[category.removeprefix(OWN)] = text
        elif not text:
            return
        elif _ALIKE.get(category, "") == "usage":
            self._use(text, category)
        elif category.lower().replace("-", "") in _KEEP:
            self.keep = self.keep or text.lower() not in _NO
        elif (known := _ALIKE.get(category, category)) in _HELD:
            self._texts.setdefault(known, []).append(text)
        else:
            self._lost[category] += 1

    def _use(self, text: str, category: str) -> None:
        value = re.sub(r"(?:term)?(?:-admn-sts)?$", "", text.strip(), flags=re.IGNORECASE).lower()
        value = re.sub(r"[\s_-]", "", value)
        if value in _PROPOSED:
            self.proposed = True
        elif value in _USAGES:
            self.usage = Usage(_USAGES[value])
        elif value not in _SETTLED:
            self._lost[f"{category} “{text}”"] += 1


def _name(element: etree._Element) -> str:
    return str(element.tag).rpartition("}")[2]


def _text(element: etree._Element) -> str:
    """The text of an element, its line breaks (which indent it) as spaces unless it says that they count."""
    text = "".join(map(str, element.itertext()))
    if element.get(f"{_XML}space") != "preserve":
        text = re.sub(r"[ \t]*[\r\n\t]\s*", " ", text)
    return text.strip()
