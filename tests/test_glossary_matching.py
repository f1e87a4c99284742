"""Matching against a naive matcher that tries every term at every place, and the cache of large glossaries."""

from __future__ import annotations

import threading
from dataclasses import replace
from pathlib import Path

import pytest
import rjieba
from hypothesis import given, settings
from hypothesis import strategies as st

from bilingual.bitext import Span, Term, TermKind, TermStatus
from bilingual.errors import InputError
from bilingual.glossary import Glossary, cache
from bilingual.glossary.conditions import holds
from bilingual.glossary.matching import normal_form, normal_forms

WORDS = st.sampled_from([*"中东欧后来上网会AI５Ｇ 們國\n，", "中东", "地区", "互联网", "大会", "後來", "AIDS"])
TEXTS = st.lists(WORDS, min_size=1, max_size=12).map("".join)
WHENS = st.sampled_from(["always", "always", "exact", "near:大会", "not near:欧", "not before:会|欧", "not after:上"])
STATUSES = st.sampled_from([TermStatus.APPROVED, TermStatus.APPROVED, TermStatus.DEPRECATED])


@st.composite
def texts_with_terms(draw: st.DrawFn) -> tuple[str, tuple[Term, ...]]:
    """A text, and terms that are pieces of it; some of the same source, some inside another."""
    text = draw(TEXTS)
    places = st.integers(0, len(text) - 1)
    entries = []
    for number in range(draw(st.integers(1, 10))):
        start = draw(places)
        source = text[start : start + draw(st.integers(1, 6))]
        kind = draw(st.sampled_from(TermKind))
        entries.append(Term(str(number), source, "x", kind=kind, when=draw(WHENS), status=draw(STATUSES)))
    return text, tuple(entries)


def naive(entries: tuple[Term, ...], text: str) -> list[tuple[str, int, int]]:
    """Every term at every place, and of those that hold the leftmost, the longest, the first with a condition."""
    normal = normal_form(text)
    found = []
    for rank, term in enumerate(entries):
        source = normal_form(term.source)
        for start in range(len(normal)):
            if normal.startswith(source, start) and naively_holds(term, normal, Span(start, start + len(source))):
                bare = term.when in {"always", "exact"}
                found.append((start, -len(source), bare, rank, term))
    chosen: list[tuple[str, int, int]] = []
    for start, negative, _, _, term in sorted(found, key=lambda item: item[:4]):
        if not chosen or start >= chosen[-1][2]:
            chosen.append((term.id, start, start - negative))
    return chosen


def naively_holds(term: Term, normal: str, span: Span) -> bool:
    short = len(term.source) <= (3 if term.kind is TermKind.PHRASE else 2) or term.when == "exact"
    latin = any(
        0 < at < len(normal) and all(c.isascii() and c.isalnum() for c in normal[at - 1 : at + 1])
        for at in (span.start, span.end)
    )
    if term.status is TermStatus.DEPRECATED or latin or (short and not naively_alone(normal, span)):
        return False
    return holds(normal_form(term.when), normal, span)


def naively_alone(normal: str, span: Span) -> bool:
    at = 0
    for word in rjieba.cut(normal, False):
        touched = Span(at, at + len(word))
        at = touched.end
        if touched.overlaps(span):
            rests = (normal[touched.start : max(touched.start, span.start)], normal[min(at, span.end) : at])
            if len(span) == 1 and any(rests):
                return False
            if not all(not rest or (len(rest) > 1 and len(rjieba.cut(rest, False)) == 1) for rest in rests):
                return False
    return True


@settings(max_examples=150, deadline=None)
@given(texts_with_terms())
def test_the_matcher_finds_what_a_naive_one_finds(case: tuple[str, tuple[Term, ...]]) -> None:
    text, entries = case
    glossary = Glossary(entries)
    found = [(match.term.id, match.span.start, match.span.end) for match in glossary.match(text)]
    assert found == naive(entries, text)


@settings(max_examples=100, deadline=None)
@given(st.lists(st.text(), max_size=5))
def test_the_forms_of_many_are_the_forms_of_each(texts: list[str]) -> None:
    assert normal_forms(texts) == [normal_form(text) for text in texts]


@given(st.text(max_size=30))
def test_letters_lose_their_width_and_case_and_nothing_else(text: str) -> None:
    assert normal_form(normal_form(text)) == normal_form(text)


@pytest.fixture
def table(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[int, Path]:
    monkeypatch.setattr(cache, "WORTHWHILE", 1)
    path = tmp_path / "terms.csv"
    path.write_text("a table", encoding="utf-8")
    return 0, path


ENTRIES = (
    Term("1", "世界互联网大会", "World Internet Conference", ("WIC",), ("World Internet Congress",), TermKind.EVENT),
    Term("2", "数字鸿沟", "digital divide", case=True, status=TermStatus.PROPOSED, note="“a”\nb", when="near:甲|乙"),
)


def refuse() -> tuple[Term, ...]:
    raise AssertionError("the table was read again")


@pytest.mark.parametrize("entries", [(), ENTRIES[:1], ENTRIES], ids=len)
def test_a_glossary_read_once_comes_back_from_its_folder(
    table: tuple[int, Path], tmp_path: Path, entries: tuple[Term, ...]
) -> None:
    assert cache.cached([table], lambda: entries, tmp_path / "cache") == entries
    assert cache.cached([table], refuse, tmp_path / "cache") == entries


def test_a_table_that_changed_is_read_again(table: tuple[int, Path], tmp_path: Path) -> None:
    cache.cached([table], lambda: ENTRIES, tmp_path)
    table[1].write_text("another", encoding="utf-8")
    assert cache.cached([table], lambda: ENTRIES[:1], tmp_path) == ENTRIES[:1]


def test_another_rank_is_another_glossary(table: tuple[int, Path], tmp_path: Path) -> None:
    cache.cached([table], lambda: ENTRIES, tmp_path)
    assert cache.cached([(1, table[1])], lambda: (), tmp_path) == ()


@pytest.mark.parametrize(
    "spoil",
    [
        pytest.param(lambda data: b"", id="empty"),
        pytest.param(lambda data: data[: len(data) // 2], id="half"),
        pytest.param(lambda data: data.replace(b"digital", b"digitol"), id="changed"),
        pytest.param(lambda data: b"\xff\x00" * 40, id="no-text"),
        pytest.param(lambda data: signed(b"[" * 100_000), id="deep"),
        pytest.param(lambda data: signed(b'[1,[["a"]]]'), id="columns-missing"),
        pytest.param(lambda data: signed(b"{}"), id="another-shape"),
        pytest.param(lambda data: signed(b'[-1,[]]'), id="negative"),
    ],
)  # fmt: skip
def test_a_spoilt_file_is_made_again(table: tuple[int, Path], tmp_path: Path, spoil: object) -> None:
    folder = tmp_path / "cache"
    cache.cached([table], lambda: ENTRIES, folder)
    (kept,) = folder.iterdir()
    good = kept.read_bytes()
    kept.write_bytes(spoil(good))  # type: ignore[operator]
    assert cache.cached([table], lambda: ENTRIES, folder) == ENTRIES
    assert kept.read_bytes() == good


def signed(body: bytes) -> bytes:
    import hashlib

    return hashlib.sha256(body).hexdigest().encode() + b"\n" + body


def test_a_folder_that_cannot_be_written_is_done_without(table: tuple[int, Path], tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    assert cache.cached([table], lambda: ENTRIES, tmp_path / "file") == ENTRIES


def test_a_table_with_faults_is_refused_every_time(table: tuple[int, Path], tmp_path: Path) -> None:
    def fail() -> tuple[Term, ...]:
        raise InputError("'target' is empty")

    for _ in range(2):
        with pytest.raises(InputError, match="empty"):
            cache.cached([table], fail, tmp_path / "cache")


def test_a_small_table_is_not_kept(tmp_path: Path) -> None:
    path = tmp_path / "terms.csv"
    path.write_text("a small table", encoding="utf-8")
    cache.cached([(0, path)], lambda: ENTRIES, tmp_path / "cache")
    assert not (tmp_path / "cache").exists()


def test_only_the_last_few_are_kept(table: tuple[int, Path], tmp_path: Path) -> None:
    for number in range(cache.KEPT + 3):
        table[1].write_text(str(number), encoding="utf-8")
        cache.cached([table], lambda: ENTRIES, tmp_path / "cache")
    assert len([*(tmp_path / "cache").iterdir()]) == cache.KEPT


def test_many_at_once_get_the_same(table: tuple[int, Path], tmp_path: Path) -> None:
    results: list[tuple[Term, ...]] = []
    threads = [
        threading.Thread(target=lambda: results.append(cache.cached([table], lambda: ENTRIES, tmp_path / "cache")))
        for _ in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert results == [ENTRIES] * 8


def test_terms_of_any_shape_come_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cache, "WORTHWHILE", 0)
    path = tmp_path / "t.csv"
    path.write_bytes(b"")
    odd = tuple(replace(ENTRIES[0], id=str(n), target=t) for n, t in enumerate(("", "\ud800", "\u2028", '"', "all")))
    assert cache.cached([(0, path)], lambda: odd, tmp_path / "c") == cache.cached([(0, path)], refuse, tmp_path / "c")
