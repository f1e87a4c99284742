"""The glossary: its tables, and where its terms are found."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bilingual.bitext import Span, Term, TermKind, TermStatus
from bilingual.errors import InputError
from bilingual.glossary import Glossary, find_rendering, load, problems_in
from bilingual.glossary.matching import normal_form

HEADER = "id,source,target,admitted,forbidden,kind,status,domain,when,case,note,reference,definition\n"


def glossary(*entries: tuple[str, str], **shared: object) -> Glossary:
    kinds = {"kind": TermKind.PLACE} | shared
    return Glossary(tuple(Term(source, source, target, **kinds) for source, target in entries))  # type: ignore[arg-type]


def found(terms: Glossary, text: str) -> list[str]:
    return [match.span.of(text) for match in terms.match(text)]


@pytest.mark.parametrize(
    ("terms", "text", "expected"),
    [
        pytest.param(["中东"], "建立中国—中东欧国家合作机制", [], id="not-inside-a-longer-word"),
        pytest.param(["中东"], "中东地区局势", ["中东"], id="before-another-word"),
        pytest.param(["乌镇", "乌镇峰会"], "乌镇峰会开幕", ["乌镇峰会"], id="longest"),
        pytest.param(["甲乙丙", "乙丙丁戊"], "说甲乙丙丁戊", ["甲乙丙"], id="leftmost"),
        pytest.param(["后"], "后来居上", [], id="single-character-inside-a-word"),
        pytest.param(["互联网"], "互聯網發展", ["互聯網"], id="traditional-text"),
        pytest.param(["5G网络"], "５Ｇ网络建设", ["５Ｇ网络"], id="full-width-text"),
        pytest.param(["AI"], "AIDS不是AI技术", ["AI"], id="latin-word-boundary"),
        pytest.param(["东盟"], "东盟与东盟", ["东盟", "东盟"], id="every-occurrence"),
    ],
)  # fmt: skip
def test_terms_are_found_leftmost_longest_as_words(terms: list[str], text: str, expected: list[str]) -> None:
    assert found(glossary(*((term, "x") for term in terms)), text) == expected


@pytest.mark.parametrize(
    ("when", "text", "count"),
    [
        ("near:阿拉伯|阿盟", "中阿合作,阿拉伯国家", 1),
        ("near:阿拉伯|阿盟", "中阿合作与阿根廷", 0),
        ("not near:阿根廷", "中阿合作与阿根廷", 0),
        ("not before:合作", "中阿合作", 0),
        ("not after:促进", "促进中阿合作", 0),
    ],
)
def test_a_condition_decides_by_the_company_a_term_keeps(when: str, text: str, count: int) -> None:
    assert len(glossary(("中阿", "China-Arab"), when=when).match(text)) == count


def test_a_conditional_entry_goes_before_one_without_condition() -> None:
    terms = Glossary((Term("1", "中阿", "China-Arab"), Term("2", "中阿", "China-Argentina", when="near:阿根廷")))
    assert [match.term.id for match in terms.match("中阿两国：阿根廷")] == ["2"]
    assert [match.term.id for match in terms.match("中阿双方")] == ["1"]


def test_a_deprecated_entry_is_not_enforced() -> None:
    assert not glossary(("东盟", "ASEAN"), status=TermStatus.DEPRECATED).match("东盟国家")


@given(st.text())
def test_the_normal_form_keeps_every_offset(text: str) -> None:
    assert len(normal_form(text)) == len(text)


@pytest.mark.parametrize(
    ("text", "rendering", "spans"),
    [
        ("the Belt and Road Initiative", "Belt and Road Initiative", [(4, 28)]),
        ("ASEAN-led", "ASEAN", [(0, 5)]),
        ("memorandums of understanding", "memorandum of understanding", []),
        ("two digital divides", "digital divide", [(4, 19)]),
        ("China’s plan", "China's plan", [(0, 12)]),
        ("Internets", "Intern", []),
        ("the  digital\ndivide", "digital divide", [(5, 19)]),
    ],
)
def test_a_rendering_is_found_as_whole_words(text: str, rendering: str, spans: list[tuple[int, int]]) -> None:
    assert [*find_rendering(text, rendering)] == [Span(*span) for span in spans]


def test_case_counts_only_where_the_entry_says_so() -> None:
    assert find_rendering("the wuzhen summit", "Wuzhen Summit")
    assert not find_rendering("the wuzhen summit", "Wuzhen Summit", case=True)


def test_an_abbreviation_is_never_an_ordinary_word() -> None:
    assert not find_rendering("as a who", "WHO")
    assert find_rendering("two MOUs", "MOU")


def test_a_term_is_looked_up_by_chinese_english_or_pinyin() -> None:
    terms = glossary(("乌镇", "Wuzhen"), ("数字鸿沟", "digital divide"))
    assert [t.source for words in ("乌", "WUZHEN", "shuzi honggou", "divide") for t in terms.find(words)] == [
        "乌镇", "乌镇", "数字鸿沟", "数字鸿沟",
    ]  # fmt: skip


def table(tmp_path: Path, *rows: str, header: str = HEADER, name: str = "terms.csv") -> Path:
    path = tmp_path / name
    path.write_text(header + "".join(row + "\n" for row in rows), encoding="utf-8")
    return path


def row(name: str, source: str, target: str, rest: str = ",,,,,,,,,") -> str:
    return f"{name},{source},{target}{rest}"


def test_a_good_table_gives_its_terms(tmp_path: Path) -> None:
    path = table(
        tmp_path, row("wic", "世界互联网大会", "World Internet Conference", ",WIC|the WIC,,event,approved,,,yes,n,r,d")
    )
    (term,) = load([path]).terms
    assert (term.admitted, term.kind, term.case, term.definition) == (("WIC", "the WIC"), TermKind.EVENT, True, "d")


@pytest.mark.parametrize(
    ("rows", "line", "words"),
    [
        pytest.param([row("a", "东盟", "")], 2, "'target' is empty", id="empty-target"),
        pytest.param([row("a", "东盟", "ASEAN"), row("b", "东盟", "Asean")], 3, "keep one", id="contradiction"),
        pytest.param([row("a", "东盟", "ASEAN"), row("b", "东盟", "ASEAN")], 3, "duplicate", id="duplicate"),
        pytest.param([row("a", "东盟", "ASEAN"), row("a", "欧盟", "EU")], 3, "id 'a'", id="doubled-id"),
        pytest.param([row("a", "东盟", "ASEAN", ",,,thing,,,,,,,")], 2, "kind 'thing'", id="unknown-kind"),
        pytest.param([row("a", "东盟", "ASEAN", ",,,,maybe,,,,,,")], 2, "status 'maybe'", id="unknown-status"),
        pytest.param([row("a", "东盟", "ASEAN", ",,asean,,,,,,,,")], 2, "forbidden", id="forbidden-and-preferred"),
        pytest.param([row("a", "东盟", "东盟")], 2, "Chinese", id="chinese-rendering"),
        pytest.param([row("a", "东盟", "ASEAN", ",,,,,,sometimes,,,,")], 2, "when 'sometimes'", id="unknown-when"),
        pytest.param([row("a", "东盟", "A, B", ",,,,,,,,,,")], 2, "quote the cell", id="unquoted-comma"),
    ],
)
def test_a_bad_row_is_refused_with_file_and_line(tmp_path: Path, rows: list[str], line: int, words: str) -> None:
    path = table(tmp_path, *rows)
    with pytest.raises(InputError, match=words) as caught:
        load([path])
    assert (caught.value.path, caught.value.line) == (path, line)


def test_every_bad_row_is_listed(tmp_path: Path) -> None:
    path = table(tmp_path, row("a", "东盟", ""), row("b", "", "EU"), row("c", "欧盟", "EU"))
    assert [problem.line for problem in problems_in([path]).problems] == [2, 3]


def test_a_contradiction_between_files_of_a_folder_names_both(tmp_path: Path) -> None:
    table(tmp_path, row("a", "东盟", "ASEAN"), name="1.csv")
    table(tmp_path, row("b", "東盟", "Asean"), name="2.csv")
    with pytest.raises(InputError, match=r"1\.csv:2"):
        load([tmp_path])


@pytest.mark.parametrize(
    ("data", "words"),
    [
        pytest.param(b"id,source\na,b\n", "column 'target' is missing", id="missing-column"),
        pytest.param(b"source,target,colour\n", "unknown column 'colour'", id="unknown-column"),
        pytest.param(b"", "empty", id="empty-file"),
        pytest.param(HEADER.encode() + "a,东盟".encode("gb18030"), "no UTF-8", id="gb18030"),
        pytest.param(HEADER.encode() + b'a,"b\n', "no well-formed CSV", id="open-quotation"),
    ],
)
def test_what_is_no_table_is_refused(tmp_path: Path, data: bytes, words: str) -> None:
    path = tmp_path / "terms.csv"
    path.write_bytes(data)
    with pytest.raises(InputError, match=words):
        load([path])


def test_a_missing_glossary_and_a_folder_without_tables_are_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no such glossary"):
        load([tmp_path / "none.csv"])
    with pytest.raises(InputError, match=r"holds no \.csv"):
        load([tmp_path])
