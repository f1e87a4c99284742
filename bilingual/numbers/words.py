"""Whether Chinese numeral characters are a number at all, or part of a word: 一带一路, 百姓, 十分."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from bilingual.bitext import Span
from bilingual.numbers.quantities import Quantity, QuantityKind
from bilingual.numbers.units import CLASSIFIERS, DOUBLED, MEASURES, TIMES

# What a dictionary splits so that a number seems to stand alone. Word division finds the rest.
_PHRASES = (
    '一带一路|[二七八]?十?国集团|百分百|双十[一二]|(?:周|星期|礼拜)[一二三四五](?:[至到、和及][一二三四五六日])+|\\d+国集团|七十七国集团|千千万万|九一一|[九一三五七]·?一[八五]事变|十[一二三四五六]五(?=规划|規劃|时期|期间|[”"」』]|末)|'
    '另?一方面|万众|亿万|千千万|百万富翁|三十而立|四十不惑|五角大楼|第一时间|[“"‘]十一[”"’]|十一(?=黄金|长假|国庆|假期|期间)'
)
_WORDS = (
    "十分(?!钟|之)|万一|千万(?=[别不要当])|一道|一起|一些|一点(?![\\d零〇一二三四五六七八九])|十字|十足|五一|六一|七一|"
    "八一(?=建军|勋章|电影|队|女)|[上下]一(?=[个届次任代步轮季])|同一|统一|唯一|(?<!分)之一|任一|逐一|专一|单一|一一|不一(?!定)|"
    "万物|万能|百货|百事|百合|千禧|二维码|二手|二人转|一定|一直|一般|一样|一致|一旦|一切|一度(?!电)|一律|一再|一向|一贯|一边|一同|"
    "一时|(?<!翻)(?<!翻了)(?<!翻上)一番|一味|一流|一线(?!城)|万千|十方|百花|四周(?![内后前以之])|百年(?=大计|未有|好合|老)|(?<![数几])千里"
)
_NAMES = "万里(?!程)|万隆|万州|万科|万达|百度|千岛|九寨|三亚|四川|三峡|三星(?!级)|十堰"
_TWICE = "一(?P<twice>[个张项件次步座条天年])(?P=twice)"
NO_NUMBERS = rf"(?<![\d零〇一二两三四五六七八九十百千万亿])(?:{_PHRASES}|{_WORDS}|{_NAMES}|{_TWICE})"
_DIGIT = re.compile(r"\d")
_MARK = re.compile(r"[\s,;:!?()\[\]、。…《》“”‘’\"']")
_NUMERAL = re.compile(r"[零〇一二两三四五六七八九十百千万亿]+")
_COUNTED = re.compile(f"{CLASSIFIERS}|{MEASURES}|{TIMES}")
_NUMBER_TAGS = ("m", "t", "q", "x")
_CHECKED = frozenset({QuantityKind.CARDINAL, QuantityKind.DURATION, QuantityKind.MULTIPLE, QuantityKind.MONEY})


def stands_alone(text: str, quantity: Quantity) -> bool:
    """Whether a quantity written in Chinese numerals is a number in the sentence, by the words it divides into.

    One with Arabic digits, or after 第 or 百分之, is a number without a question.
    """
    words = quantity.span.of(text)
    if quantity.kind not in _CHECKED or quantity.unit == DOUBLED or _DIGIT.search(words):
        return True
    numeral = _NUMERAL.search(words)
    if not numeral:
        return True
    run = Span(quantity.span.start + numeral.start(), quantity.span.start + numeral.end())
    return all(
        tag.startswith(_NUMBER_TAGS)
        or (run.start <= start and (end <= run.end or _COUNTED.fullmatch(text, run.end, end)))
        for start, end, tag in _around(text, run)
        if start < run.end and run.start < end
    )


def _around(text: str, run: Span) -> Iterator[tuple[int, int, str]]:
    """The words about a numeral, as far as the next marks: no word goes on over one, nor do the segmenter's guesses."""
    ahead = _MARK.search(text, run.end)
    first = next((place for place in range(run.start, 0, -1) if _MARK.match(text, place - 1)), 0)
    for start, end, tag in _tokens(text[first : ahead.start() if ahead else len(text)]):
        yield first + start, first + end, tag


@lru_cache(maxsize=1024)
def _tokens(text: str) -> tuple[tuple[int, int, str], ...]:
    import rjieba

    tokens, place = [], 0
    for word, tag in rjieba.tag(text):
        tokens.append((place, place + len(word), str(tag)))
        place += len(word)
    return tuple(tokens)
