"""What numbers count where English says it with them: money and time; and the measure words of Chinese."""

from __future__ import annotations

import re

_MONEY = {
    "HK$": "港元|港币|元港币",
    "US$": "美元|美金",
    "A$": "澳元|澳币",
    "C$": "加元|加币",
    "S$": "新加坡元|新元|坡币",
    "NT$": "新台币|台币|元新台币",
    "€": "欧元",
    "£": "英镑",
    "yuan": "元人民币|人民币|元(?![月旦首素老宵])|块钱",
    "yen": "日元|日圆|円",
    "won": "韩元|韩圆",
    "rubles": "卢布",
    "rupees": "卢比",
    "Swiss francs": "瑞郎|瑞士法郎",
    "francs": "法郎",
    "baht": "泰铢",
    "pesos": "比索",
    "patacas": "澳门元|澳门币",
}
_SIGNS = {
    "US$": r"US\$|美\$",
    "HK$": r"HK\$|港\$",
    "A$": r"AU?\$",
    "C$": r"CA?\$",
    "S$": r"S\$",
    "NT$": r"NT\$",
    "$": r"\$",
    "€": "€",
    "£": "£",
    "yuan": r"[¥￥]|RMB|CNY",
}
"""What stands before the number: $ alone is dollars that the text has named before."""
SIGNS = rf"(?<![A-Za-z])(?:{'|'.join(_SIGNS.values())})"
CURRENCIES = "|".join(_MONEY.values())
_TIME = {
    "years": "个?年头|周年|年(?![级代度龄级轻初底终末报会检鉴])",
    "months": "个月",
    "weeks": "个?星期(?![一二三四五六日天])|个?礼拜|周(?![一二三四五六日末年边围岁期刊])",
    "days": "天|昼夜",
    "hours": "个?小时|个?钟头",
    "minutes": "分钟",
    "seconds": "秒钟?",
    "centuries": "个世纪|(?<=[半几])世纪",
}
TIMES = "|".join(_TIME.values())
DOUBLED, NUMBERED, RESOLUTION = "doubled", "No.", "/"
"""The units of what has doubled once or more (翻两番), of 第5号, and of 第47/203号."""
CLASSIFIERS = "个|名|位|家|项|场|条|座|部|份|张|届|支|辆|架|艘|栋|幢|间|所|篇|件|枚|只|头|匹|棵|株|朵|颗|首|幅"
"""Measure words that English has no word for: they belong to the number."""
MEASURES = (
    "次|种|套|粒|块|片|层|级|类|批|组|对|双|本|副|代|国|方|人|户|口|村|县|市|省|区|镇|乡|岁|米|公里|千米|里|吨|公斤|千克|克|斤|升|度|公顷|"
    "亩|平方|立方|步|轮|处|门|句|字|页|集|期|分|点|站|局|球|厘米|毫米|英里|英尺|英寸|海里|节|环|大|车道|号|路|线|卷|章|遍|趟|番|杯|瓶|台|"
    "款|笔|道|股|桶|盎司|兆|千瓦|瓦|伏|赫"
)
"""Measure words that say something themselves (公里, 人): they show that a number is one, and stay outside it."""
CONVERSIONS = {"years": (12, "months"), "weeks": (7, "days"), "days": (24, "hours"), "hours": (60, "minutes")}
"""How many of the next smaller unit make one."""


def currency(words: str) -> str:
    """The sign or name of a Chinese currency in English: 港元 → "HK$", 元人民币 → "yuan", US$ → "US$"."""
    tables = (*_MONEY.items(), *_SIGNS.items())
    return next(name for name, pattern in tables if re.match(rf"(?:{pattern})", words))


def time_unit(words: str) -> str:
    """The English of a unit of time, in the plural: 个月 → "months"."""
    found = (name for name, pattern in _TIME.items() if re.match(rf"(?:{pattern})", words))
    return next(found, "months")  # 个半月
