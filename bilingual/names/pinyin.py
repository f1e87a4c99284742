"""A Chinese personal name in pinyin, as passports and Xinhua write it."""

from __future__ import annotations

import re

from bilingual.chinese import HAN, fold, has_chinese, to_simplified
from bilingual.names.tables import COMPOUND, SURNAMES

# Characters that are read otherwise in a family name than in a word.
_SURNAME_READINGS = (
    "仇qiu 单shan 解xie 曾zeng 查zha 盖ge 朴piao 区ou 乐yue 秘bi 员yun 折she 翟zhai 缪miao 黑he 种chong 召shao "
    "覃qin 谌chen 薄bo 能nai 尉wei 乜nie 柏bai 纪ji 句gou 祭zhai 隗wei 任ren 华hua 燕yan 应ying 宁ning 那na 冼xian "
    "繁po 石shi 车che 盛sheng 臧zang 洗xian 佘she 哈ha 逄pang 郗xi 郇xun 訾zi 晁chao 庹tuo 邸di 葛ge 费fei 强qiang "
    "尉迟yuchi 万俟moqi 长孙zhangsun 澹台tantai 单于chanyu 乐正yuezheng 令狐linghu 鲜于xianyu 子车ziju"
)
_SURNAME_READING = dict(re.findall(r"([^a-z ]+)([a-z]+)", _SURNAME_READINGS))
# And in a given name than where they stand alone.
_GIVEN_READINGS = (
    "晟sheng 茜qian 重chong 长chang 璟jing 炅jiong 隽jun 都du 朴pu 曾zeng 石shi 柏bai 娜na 盛sheng 强qiang 兴xing "
    "行xing 奇qi 传chuan 得de 和he 落luo 佛fo 了liao 骠biao 湉tian 单dan 参shen 楙mao 宓mi 说yue 系xi 贲ben "
    "琤cheng 莎sha"
)
_GIVEN_READING = dict(re.findall(r"([^a-z ])([a-z]+)", _GIVEN_READINGS))
DOTS = re.compile(r"[·‧•・．]")


def personal_name(text: str) -> str:
    """A Chinese name in pinyin without tones, family name first: 任贤良 → "Ren Xianliang", 欧阳修 → "Ouyang Xiu".

    ü is written yu, as in passports (GB/T 28039-2011) and by Xinhua: 吕 → "Lyu". Two family names get a hyphen, a
    syllable that would run into the one before an apostrophe: 李西安 → "Li Xi'an". A name with dots (买买提·艾力) has
    no family name.
    """
    name = to_simplified(re.sub(r"\s+", "", fold(text)))
    if not has_chinese(name):
        return text.strip()
    if DOTS.search(name):
        return " ".join(_joined(_syllables(part)) for part in DOTS.split(name) if part)
    family, given = split_name(name)
    return " ".join(part for part in (_family(family), _joined(_syllables(given, _GIVEN_READING))) if part)


def split_name(name: str) -> tuple[tuple[str, ...], str]:
    """The family name (two of them in 范徐丽泰) and the given name of a name in Simplified characters."""
    if name[:2] in COMPOUND:
        return (name[:2],), name[2:]
    if len(name) == 4 and name[0] in SURNAMES and name[1] in SURNAMES:
        return (name[0], name[1]), name[2:]
    return (name[:1],), name[1:]


def is_personal_name(text: str) -> bool:
    """Whether `text` has the shape of a Chinese name: a known family name and one or two characters more."""
    name = to_simplified(text)
    if not re.fullmatch(f"[{HAN}]{{2,4}}", name):
        return False
    if name[:2] in COMPOUND:
        return len(name) > 2
    return name[0] in SURNAMES and (len(name) < 4 or name[1] in SURNAMES)


def _family(parts: tuple[str, ...]) -> str:
    return "-".join(
        _SURNAME_READING[part].capitalize() if part in _SURNAME_READING else _joined(_syllables(part)) for part in parts
    )


def _syllables(text: str, own: dict[str, str] | None = None) -> list[str]:
    """The readings of the characters, those of `own` before what a dictionary of words and characters says."""
    from pypinyin import lazy_pinyin

    readings = lazy_pinyin(text, v_to_u=True) if text else []
    if own and len(readings) == len(text):
        readings = [own.get(char, reading) for char, reading in zip(text, readings, strict=True)]
    return [reading.replace("ü", "yu") for reading in readings]


def _joined(syllables: list[str]) -> str:
    return "".join(("'" if i and s[:1] in "aoe" else "") + s for i, s in enumerate(syllables)).capitalize()
