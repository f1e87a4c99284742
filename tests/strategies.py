"""Hostile bitexts for property tests: astral characters, bidi marks, quotes, line breaks, formulas, markup."""

from __future__ import annotations

from hypothesis import strategies as st

from bilingual.bitext import (
    Bitext,
    Block,
    Candidate,
    Change,
    Code,
    Document,
    Flag,
    FlagKind,
    Kind,
    Locator,
    Note,
    NoteKind,
    Origin,
    OriginKind,
    Repair,
    Silence,
    Span,
    State,
    Template,
    TermOutcome,
    TermUse,
    Text,
    Unit,
)  # fmt: skip

PIECES = (
    "世界互联网大会",
    "“数字”",
    "一带一路,",
    "𠮷野家",
    "😀",
    "\u202eabc\u202c",
    "<b>&amp;</b>",
    "]]>",
    "'=1+1",
    "=cmd|' /C calc'!A0",
    "＝1",
    "-5",
    "@x",
    "\t",
    "\n",
    "\r",
    "\r\n",
    " ",
    "\u3000",
    "\u0085",
    "\u2028",
    '"',
    ";",
    "'",
    "\ufeff",
    "\x7f",
    "①",
    "&nbsp;",
)
ILLEGAL = ("\x00", "\x01", "\x0b", "\x0c", "\x1f", "\ufffe", "\uffff", "\ud800")

legal = st.lists(
    st.sampled_from(PIECES) | st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff"),
    max_size=5,
).map("".join)
hostile = st.lists(st.sampled_from(PIECES + ILLEGAL), max_size=6).map("".join)
names = st.text("abc-1_中", min_size=1, max_size=4)
numbers = st.integers(0, 10**6)
scores = st.none() | st.floats(allow_nan=False, allow_infinity=False)
spans = st.builds(lambda a, b: Span(min(a, b), max(a, b)), numbers, numbers)
hrefs = st.sampled_from(("", "", "https://example.org/?a=1&b=“x”"))
box = st.none() | st.tuples(*[st.floats(-1e6, 1e6)] * 4)
whens = st.sampled_from(("", "2023-11-08T09:30:00Z", "2023-11-08T09:30:00.123456+08:00", "yesterday"))
locators = st.builds(
    Locator,
    st.none() | numbers,
    st.none() | numbers,
    box,
    st.none() | numbers,
    st.none() | legal,
    st.none() | numbers,
    legal,
)
origins = st.builds(Origin, st.sampled_from(OriginKind), legal, scores)


@st.composite
def texts(draw: st.DrawFn, words: st.SearchStrategy[str] = legal) -> Text:
    """A text with codes in order of position."""
    string = draw(words)
    positions = sorted(draw(st.lists(st.integers(0, len(string)), max_size=4)))
    kinds = st.sampled_from(("open", "close", "empty"))
    meanings = st.sampled_from(("", "bold", "link", "fnote"))
    codes = (Code(at, draw(names), draw(kinds), draw(words), draw(meanings), draw(hrefs)) for at in positions)
    return Text(string, tuple(codes))


def few(things: st.SearchStrategy[object]) -> st.SearchStrategy[tuple[object, ...]]:
    return st.lists(things, max_size=2).map(tuple)


flags = st.builds(Flag, st.sampled_from(FlagKind), legal, st.none() | spans, st.sampled_from(("source", "target")))
blocks = st.builds(
    Block, names, st.sampled_from(Kind), texts(), few(spans), few(locators), st.integers(0, 6), numbers,
    few(st.builds(Repair, st.sampled_from(("join", "move")), numbers, st.floats(0, 1), legal)), few(flags),
    st.sampled_from(("", "•", "3.", "（三）")) | legal,
)  # fmt: skip
documents = st.builds(
    Document, names, st.sampled_from(("zh", "en")), legal, few(blocks),
    st.none() | st.builds(Template, legal, names, names, names), few(flags),
)  # fmt: skip
notes = st.builds(Note, legal, legal, whens, st.sampled_from(NoteKind), st.booleans())
extras = few(st.tuples(legal | st.sampled_from(("x-bilingual-state", "x-foo", "")), legal))


def units(words: st.SearchStrategy[str] = legal) -> st.SearchStrategy[Unit]:
    """Units with every field filled at random."""
    return st.builds(
        Unit,
        id=names, block=st.just("") | names, source=texts(words), target=texts(words), span=spans,
        state=st.sampled_from(State), locked=st.booleans(), origin=st.none() | origins,
        candidates=few(st.builds(Candidate, texts(words), origins, scores)),
        terms=few(st.builds(TermUse, names, legal, legal, spans, st.sampled_from(TermOutcome))),
        flags=few(flags), notes=few(notes),
        silenced=few(st.builds(Silence, names, legal)),
        changed=st.none() | st.builds(Change, legal, whens),
        source_locators=few(locators), target_locators=few(locators), extra=extras,
        original=st.none() | texts(words),
    )  # fmt: skip


def bitexts(words: st.SearchStrategy[str] = legal) -> st.SearchStrategy[Bitext]:
    """Bitexts whose units have ids of their own."""
    many = st.lists(units(words), max_size=4, unique_by=lambda unit: unit.id).map(tuple)
    return st.builds(Bitext, st.just("zh"), st.sampled_from(("en", "zh-Hant", "en-GB")), few(documents), many, extras)
