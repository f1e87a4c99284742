"""Errors put into pairs that have none: what the area `checks` measures with, one function a kind."""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from bench.number_pairs import damaged
from bilingual.bitext import Code, Term, TermKind, Text, Unit
from bilingual.checks.context import Context
from bilingual.glossary import find_rendering
from bilingual.numbers import QuantityKind, find_zh

_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_PERCENT = re.compile(r"\d+(?:\.\d+)?(?=\s?(?:%|per ?cent\b))")
_DAY = re.compile(
    r"(?<=January |ebruary )\d{1,2}|(?:(?<=March )|(?<=April )|(?<=May )|(?<=June )|(?<=July )|(?<=August )|"
    r"(?<=September )|(?<=October )|(?<=November )|(?<=December ))\d{1,2}(?!\d)"
)
_BRACKET, _QUOTE = re.compile(r"[()（）\[\]]"), re.compile(r"[\"“”]")
_HAN = re.compile("[\u4e00-\u9fff]{2,6}")
_WIDE = str.maketrans(",.;:!?()%", "，。；：！？（）％")


@dataclass(frozen=True, slots=True)
class Bench:
    """What a planter draws from: chance, the context with its glossary, and the targets of other pairs."""

    chance: random.Random
    context: Context
    targets: tuple[str, ...]


Planter = Callable[[Unit, Bench], Unit | None]
"""Gives the unit with one error in it, None where it has no place for that error."""


def _with(unit: Unit, target: str | None) -> Unit | None:
    """The unit with another target; None where it would be the same one."""
    return None if target is None or target == unit.target.string else replace(unit, target=Text(target))


def _number(kind: str) -> Planter:
    def plant(unit: Unit, bench: Bench) -> Unit | None:
        source = unit.source.string
        asked = any(not quantity.optional for quantity in find_zh(source))
        found = damaged(source, unit.target.string, bench.chance) if asked else {}
        return _with(unit, found.get(kind))

    return plant


def _scale(unit: Unit, bench: Bench) -> Unit | None:
    """Ten times as much, or millions for billions, where the source counts in 万 or 亿."""
    big = any(q.scale >= 10_000 and q.kind is not QuantityKind.DATE for q in find_zh(unit.source.string))
    return _number("scale")(unit, bench) if big else None


def _money(unit: Unit, bench: Bench) -> Unit | None:
    paid = any(quantity.kind is QuantityKind.MONEY for quantity in find_zh(unit.source.string))
    return _number("money")(unit, bench) if paid else None


def _date(unit: Unit, bench: Bench) -> Unit | None:
    """Another month, or another day of it."""
    if not any(quantity.days and quantity.days[0].month for quantity in find_zh(unit.source.string)):
        return None
    day = _one(_DAY, unit.target.string, bench)
    if day and bench.chance.random() < 0.5:
        others = [str(number) for number in range(1, 29) if str(number) != day[0]]
        return _with(unit, _put(unit.target.string, day, bench.chance.choice(others)))
    return _number("month")(unit, bench)


def _percent(unit: Unit, bench: Bench) -> Unit | None:
    found = _one(_PERCENT, unit.target.string, bench)
    if not found or not any(q.kind is QuantityKind.PERCENT for q in find_zh(unit.source.string)):
        return None
    place = bench.chance.choice([at for at, char in enumerate(found[0]) if char.isdigit()])
    digit = bench.chance.choice([digit for digit in "123456789" if digit != found[0][place]])
    return _with(unit, _put(unit.target.string, found, found[0][:place] + digit + found[0][place + 1 :]))


def _term_missing(unit: Unit, bench: Bench) -> Unit | None:
    """A name said as another, or as “it”, wherever it stands."""
    term = _said(unit, bench, lambda _: True)
    if term is None:
        return None
    others = [t.target for t in bench.context.glossary.terms if t.kind is term.kind and t.id != term.id]
    instead = bench.chance.choice([bench.chance.choice(others), "it"])
    return _with(unit, _without(unit.target.string, term, instead))


def _term_forbidden(unit: Unit, bench: Bench) -> Unit | None:
    term = _said(unit, bench, lambda term: bool(term.forbidden))
    return _with(unit, _without(unit.target.string, term, term.forbidden[0])) if term else None


def _said(unit: Unit, bench: Bench, fits: Callable[[Term], bool]) -> Term | None:
    found = bench.context.verdict(unit).found
    terms = [slot.term for slot, span in found if span and slot.term and not slot.ordinary and fits(slot.term)]
    return bench.chance.choice(terms) if terms else None


def _without(text: str, term: Term, instead: str) -> str:
    for rendering in sorted(term.renderings, key=len, reverse=True):
        for spot in reversed(find_rendering(text, rendering)):
            text = text[: spot.start] + instead + text[spot.end :]
    return text


def _untranslated(unit: Unit, bench: Bench) -> Unit | None:
    """Some words of the target as they are in the source."""
    words, chinese = [*_WORD.finditer(unit.target.string)], _one(_HAN, unit.source.string, bench)
    if not words or not chinese:
        return None
    first = bench.chance.randrange(len(words))
    last = min(len(words) - 1, first + bench.chance.randrange(4))
    text = unit.target.string
    return _with(unit, text[: words[first].start()] + chinese[0] + text[words[last].end() :])


def _bracket_dropped(unit: Unit, bench: Bench) -> Unit | None:
    text = unit.target.string
    if len(_BRACKET.findall(text)) % 2:
        return None
    found = _one(_BRACKET, text, bench)
    return _with(unit, _put(text, found, "")) if found else None


def _quote_dropped(unit: Unit, bench: Bench) -> Unit | None:
    if len(_QUOTE.findall(unit.target.string)) % 2:
        return None
    found = _one(_QUOTE, unit.target.string, bench)
    return _with(unit, _put(unit.target.string, found, "")) if found else None


def _dressed(unit: Unit, chance: random.Random) -> Unit:
    """The unit with codes at some words of both sides: something bold, a link, the mark of a note."""
    kinds = [("bold", "<b>", "</b>"), ("link", "<a>", "</a>"), ("fnote", "<note/>", "")]
    chosen = chance.sample(kinds, chance.randrange(1, 4))
    sides = []
    for text in (unit.source.string, unit.target.string):
        edges = sorted(chance.sample(range(len(text) + 1), min(len(text) + 1, 2 * len(chosen))))
        codes: list[Code] = []
        for number, (kind, opening, closing) in enumerate(chosen):
            start, end = edges[2 * number], edges[2 * number + 1]
            name = str(number + 1)
            codes.append(Code(start, name, "open" if closing else "empty", opening, kind))
            codes += [Code(end, name, "close", closing, kind)] if closing else []
        sides.append(Text(text, tuple(codes)))
    return replace(unit, source=sides[0], target=sides[1])


def _code_dropped(unit: Unit, bench: Bench) -> Unit | None:
    unit = _dressed(unit, bench.chance)
    codes = [*unit.target.codes]
    codes.remove(bench.chance.choice(codes))
    return replace(unit, target=replace(unit.target, codes=tuple(codes)))


def _code_added(unit: Unit, bench: Bench) -> Unit | None:
    """One of its codes once more, or one that the source does not have."""
    unit = _dressed(unit, bench.chance)
    code = bench.chance.choice(unit.target.codes)
    other = replace(code, id="9", kind="empty", data="<br/>", type="lb")
    codes = [*unit.target.codes, replace(bench.chance.choice([code, other]), position=len(unit.target.string))]
    return replace(unit, target=replace(unit.target, codes=tuple(codes)))


def _code_order(unit: Unit, bench: Bench) -> Unit | None:
    """A pair that closes before it opens."""
    unit = _dressed(unit, bench.chance)
    opening = [code for code in unit.target.codes if code.kind == "open"]
    if not opening:
        return None
    name = bench.chance.choice(opening).id
    pair = [code for code in unit.target.codes if code.id == name]
    turned = iter([replace(pair[1], position=pair[0].position), replace(pair[0], position=pair[1].position)])
    codes = tuple(next(turned) if code.id == name else code for code in unit.target.codes)
    return replace(unit, target=replace(unit.target, codes=codes))


def _repeated(least: int, most: int, times: int = 2) -> Planter:
    def plant(unit: Unit, bench: Bench) -> Unit | None:
        words = [*_WORD.finditer(unit.target.string)]
        count = bench.chance.randrange(least, most + 1)
        if len(words) < count + 1:
            return None
        first = bench.chance.randrange(len(words) - count)
        phrase = unit.target.string[words[first].start() : words[first + count - 1].end()]
        end = words[first + count - 1].end()
        text = unit.target.string
        return _with(unit, text[:end] + f" {phrase}" * (times - 1) + text[end:])

    return plant


def _truncated(unit: Unit, bench: Bench) -> Unit | None:
    words = [*_WORD.finditer(unit.target.string)]
    if len(words) < 8:
        return None
    return _with(unit, unit.target.string[: words[int(len(words) * bench.chance.uniform(0.3, 0.7))].start()].rstrip())


def _swapped(unit: Unit, bench: Bench) -> Unit | None:
    return _with(unit, bench.chance.choice(bench.targets))


def _replaced(pattern: str, instead: Callable[[str], str]) -> Planter:
    compiled = re.compile(pattern)

    def plant(unit: Unit, bench: Bench) -> Unit | None:
        found = _one(compiled, unit.target.string, bench)
        return _with(unit, _put(unit.target.string, found, instead(found[0]))) if found else None

    return plant


def _stop_missing(unit: Unit, _: Bench) -> Unit | None:
    text = unit.target.string
    return _with(unit, text[:-1]) if re.search(r"\w[.!?]$", text) and unit.source.string[-1] in "。！？" else None


def _lower(unit: Unit, _: Bench) -> Unit | None:
    """The first word with a small letter; capitals like those of UN stay."""
    found = re.match(r"[A-Z](?=[a-z]|\s)", unit.target.string)
    return _with(unit, _put(unit.target.string, found, found[0].lower())) if found else None


def _one(pattern: re.Pattern[str], text: str, bench: Bench) -> re.Match[str] | None:
    found = [*pattern.finditer(text)]
    return bench.chance.choice(found) if found else None


def _put(text: str, found: re.Match[str], words: str) -> str:
    return text[: found.start()] + words + text[found.end() :]


_FIGURES = frozenset({"numbers", "dates", "percentages", "money"})
_LEFT = frozenset({"untranslated", "same_as_source", "empty"})
_LOOPS = frozenset({"repetition", "degenerate"})

KINDS: dict[str, tuple[Planter, frozenset[str]]] = {
    "number changed": (_number("digit"), _FIGURES),
    "number dropped": (_number("drop"), _FIGURES),
    "scale wrong": (_scale, _FIGURES),
    "date wrong": (_date, _FIGURES),
    "percentage changed": (_percent, _FIGURES),
    "other money": (_money, _FIGURES),
    "term missing": (_term_missing, frozenset({"missing_term"})),
    "term forbidden": (_term_forbidden, frozenset({"forbidden_term"})),
    "Chinese left": (_untranslated, _LEFT),
    "bracket dropped": (_bracket_dropped, frozenset({"brackets"})),
    "code dropped": (_code_dropped, frozenset({"codes"})),
    "code added": (_code_added, frozenset({"codes"})),
    "codes out of order": (_code_order, frozenset({"codes"})),
    "word repeated": (_repeated(1, 1), _LOOPS),
    "phrase repeated": (_repeated(2, 6), _LOOPS),
    "loop": (_repeated(1, 6, times=8), _LOOPS),
    "empty": (lambda unit, _: _with(unit, ""), _LEFT),
    "same as source": (lambda unit, _: _with(unit, unit.source.string), _LEFT),
    "placeholder left": (_replaced(_WORD.pattern, lambda _: "T1X"), frozenset({"degenerate"})),
    "quotation mark dropped": (_quote_dropped, frozenset({"quotes"})),
    "cut off": (_truncated, frozenset({"full_stop", "length", *_FIGURES, "missing_term"})),
    "wrong pair": (_swapped, frozenset({"length", *_FIGURES, "missing_term", "meaning"})),
    "double space": (_replaced(r"(?<=[a-z]) (?=[a-z])", lambda _: "  "), frozenset({"spaces"})),
    "space before a comma": (_replaced(r"(?<=\w),(?=\s)", lambda _: " ,"), frozenset({"spaces"})),
    "full-width mark": (_replaced(r"[,.;:!?()%](?=\s|$)", lambda m: m.translate(_WIDE)), frozenset({"full_width"})),
    "full stop missing": (_stop_missing, frozenset({"full_stop"})),
    "small first letter": (_lower, frozenset({"capital"})),
}
"""Each kind of error, and the checks any of which must find it."""

DEFINITE = frozenset([*KINDS][:16])
"""The kinds that have a definite answer: numbers, terms, Chinese left, brackets, codes, repetition."""


def terms() -> tuple[Term, ...]:
    """A small glossary of names that stand in the news, with renderings that are right and one that is not."""
    return tuple(
        Term(f"name-{row}", source, said[0], said[1:], (wrong,) if wrong else (), TermKind.PLACE)
        for row, (source, english, wrong) in enumerate(_NAMES)
        for said in [tuple(english.split("|"))]
    )


_NAMES = (
    ("北京", "Beijing|Beijing's", "Peking"),
    ("上海", "Shanghai", "Shang Hai"),
    ("广州", "Guangzhou", "Canton"),
    ("南京", "Nanjing", "Nanking"),
    ("重庆", "Chongqing", "Chungking"),
    ("天津", "Tianjin", "Tientsin"),
    ("香港", "Hong Kong", "Hongkong"),
    ("澳门", "Macao|Macau", "Aomen"),
    ("四川", "Sichuan", "Szechuan"),
    ("陕西", "Shaanxi", "Shensi"),
    ("广东", "Guangdong", "Kwangtung"),
    ("东京", "Tokyo", "Tokio"),
    ("莫斯科", "Moscow", "Moskva"),
    ("华盛顿", "Washington", ""),
    ("纽约", "New York", "Big Apple"),
    ("伦敦", "London", ""),
    ("巴黎", "Paris", ""),
    ("联合国安理会", "UN Security Council|United Nations Security Council|U.N. Security Council|Security Council", ""),
    ("特朗普", "Trump", "Drumpf"),
    ("普京", "Putin", "Poutine"),
    ("奥巴马", "Obama", ""),
    ("深圳", "Shenzhen", "Shumchun"),
    ("杭州", "Hangzhou", "Hangchow"),
    ("成都", "Chengdu", "Chengtu"),
    ("武汉", "Wuhan", "Wu Han"),
    ("西安", "Xi'an|Xian", "Sian"),
    ("青岛", "Qingdao", "Tsingtao"),
    ("新疆", "Xinjiang", "Sinkiang"),
    ("西藏", "Tibet|Tibetan|Xizang", ""),
    ("浙江", "Zhejiang", "Chekiang"),
    ("江苏", "Jiangsu", "Kiangsu"),
    ("福建", "Fujian", "Fukien"),
    ("山东", "Shandong", "Shantung"),
    ("湖北", "Hubei", "Hupeh"),
    ("湖南", "Hunan", ""),
    ("河北", "Hebei", "Hopei"),
    ("河南", "Henan", "Honan"),
    ("台北", "Taipei", ""),
    ("首尔", "Seoul", "Hanseong"),
    ("默克尔", "Merkel", ""),
    ("马克龙", "Macron", ""),
    ("习近平", "Xi Jinping|Xi", "Hsi Chin-p'ing"),
    ("国务院", "State Council", "Cabinet"),
    ("世界卫生组织", "World Health Organization|World Health Organisation|WHO", "World Sanitary Organization"),
    ("华为", "Huawei", "Hua Wei"),
    ("腾讯", "Tencent", "Teng Xun"),
    ("阿里巴巴", "Alibaba", "Ali Baba"),
    ("苹果公司", "Apple", ""),
    ("新华社", "Xinhua|Xinhua News Agency", "New China News Agency"),
    ("诺贝尔", "Nobel", ""),
    ("黄金周", "Golden Week", "Gold Week"),
    ("国庆", "National Day", "State Day"),
    ("中秋节", "Mid-Autumn Festival|Mid-autumn Festival|Mid-Autumn Day", "Moon Cake Festival"),
)  # fmt: skip
"""Chinese, what is right, and what is forbidden."""
