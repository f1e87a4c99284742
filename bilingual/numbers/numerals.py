"""Chinese numerals to exact values: 四万零八十亿, 3.5万, 二〇二三, 两三百."""

from __future__ import annotations

import re
from fractions import Fraction
from functools import lru_cache

_NUMERALS = "零〇 一壹 二两贰 三叁 四肆 五伍 六陆 七柒 八捌 九玖"
_DIGITS = {char: digit for digit, chars in enumerate(_NUMERALS.split()) for char in chars}
_FIGURES = re.compile(r"(\d+(?:\.\d+)?)([十百千]?)")
_SMALL = {"十": 10, "百": 100, "千": 1000}
_LARGE = (("亿", 10**8), ("万", 10**4))
# Traditional characters that numbers, their units and their hedges are written with.
_PAIRS = (
    "億亿 萬万 兩两 點点 餘余 幾几 數数 個个 來来 過过 約约 達达 時时 號号 歲岁 間间 屆届 條条 項项 種种 "
    "場场 輛辆 張张 頁页 帶带 國国 團团 強强 圓圆 幣币 韓韩 歐欧 鎊镑 噸吨 裏里 裡里 隻只 將将 於于 週周 "
    "鐘钟 鍾钟 為为 內内 後后 續续 拾十 佰百 仟千 紀纪 這这 對对 與与 體体 從从 計计 總总 當当 單单 雙双 "
    "處处 應应 區区 鎮镇 鄉乡 縣县 戶户 層层 類类 組组 隊队 棟栋 顆颗 塊块 級级 門门 聲声 發发 節节 劃划 "
    "樣样 邊边 會会 營营 盧卢 銖铢 臺台 紐纽 尋寻 開开 關关 變变 歷历 "
)
_PLAIN = str.maketrans(
    {chr(0xFF01 + i): chr(0x21 + i) for i in range(94)}
    | {"\u3000": " "}
    | {pair[0]: pair[1] for pair in _PAIRS.split()}
)


_CIRCLE = re.compile("(?<=[零〇一二三四五六七八九])○|○(?=[零〇○一二三四五六七八九])")
"""A circle that stands for 〇: 二○○一. Alone it is the bullet of a list."""


@lru_cache(maxsize=64)
def plain(text: str) -> str:
    """The same text with half-width digits and signs, and Simplified characters for those that numbers are made of.

    Length and offsets stay.
    """
    folded = text.translate(_PLAIN)
    while "○" in folded and (next_one := _CIRCLE.sub("〇", folded)) != folded:
        folded = next_one
    return folded


@lru_cache(maxsize=4096)
def value(numeral: str) -> Fraction | None:
    """The exact value of a numeral in Arabic digits, Chinese ones, or both mixed; None where it is none."""
    numeral = numeral.replace(" ", "").replace(",", "").replace("廿", "二十").replace("卅", "三十")
    for unit, size in _LARGE:
        if unit in numeral:
            left, right = numeral.rsplit(unit, 1)
            above, below = value(left) if left else Fraction(1), value(right) if right else Fraction(0)
            return None if above is None or below is None else above * size + below
    return _below_ten_thousand(numeral)


def _below_ten_thousand(numeral: str) -> Fraction | None:
    if found := _FIGURES.fullmatch(numeral):
        return Fraction(found[1]) * _SMALL.get(found[2], 1)
    if "点" in numeral:
        whole, _, part = numeral.partition("点")
        above, digits = _below_ten_thousand(whole), _digits(part)
        return None if above is None or not digits else above + Fraction(int(digits), 10 ** len(digits))
    if digits := _digits(numeral):
        return Fraction(int(digits))
    return _added_up(numeral)


def _digits(numeral: str) -> str:
    """A row of Chinese digits as Arabic ones; "" where there is anything else."""
    return "".join(str(_DIGITS[char]) for char in numeral) if all(char in _DIGITS for char in numeral) else ""


def _added_up(numeral: str) -> Fraction | None:
    total, pending = 0, None
    for char in numeral:
        if char in _SMALL:
            total += (1 if pending is None else pending) * _SMALL[char]
            pending = None
        elif char in _DIGITS:
            pending = _DIGITS[char]
        else:
            return None
    return Fraction(total + (pending or 0)) if numeral else None


_NEIGHBOURS = re.compile(
    r"(?P<tens>十)?(?P<low>[一二两三四五六七八])(?P<high>[二两三四五六七八九])(?P<scale>[十百千]?[万亿]*)"
)


def neighbours(numeral: str) -> tuple[Fraction, Fraction] | None:
    """The two ends of a numeral of neighbouring digits: 两三百 is 200 to 300, 十五六 is 15 to 16, 三五 is 3 to 5."""
    found = _NEIGHBOURS.fullmatch(numeral)
    if not found:
        return None
    low, high = _DIGITS[found["low"]], _DIGITS[found["high"]]
    if high != low + 1 and (low, high) != (3, 5):
        return None
    size = value("1" + found["scale"]) or Fraction(1)
    tens = 10 if found["tens"] else 0
    return (tens + low) * size, (tens + high) * size


@lru_cache(maxsize=4096)
def scale_of(numeral: str) -> int:
    """The power of ten a numeral counts in: 10⁸ for 40,080亿, 10¹² for 1.2万亿, 1 for 1800."""
    found = re.search(r"[十百千]?[万亿]+$", numeral.replace(" ", ""))
    return int(value("1" + found[0]) or 1) if found else 1
