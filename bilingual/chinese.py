"""What only Chinese has: two scripts, wide characters, and personal names with the family name first."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

from bilingual.bitext import Span

_HAN = "\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af"
_HAS_HAN = re.compile(f"[{_HAN}]")
_PUNCTUATION = "，。、；：？！…—·「」『』《》〈〉（）【】〔〕［］｛｝“”‘’～〜﹏￥＂＇．｡､"
FOLD = {**{0xFF01 + i: 0x21 + i for i in range(94)}, 0x3000: 0x20, 0xFFE5: 0xA5, 0xFFE1: 0xA3, 0xFFE0: 0xA2}
"""Code points of full-width signs, and the half-width ones they become."""


def has_chinese(text: str) -> bool:
    """Whether `text` holds at least one Chinese character; punctuation does not count."""
    return _HAS_HAN.search(text) is not None


def fold(text: str) -> str:
    """Full-width letters, digits and signs as half-width ones (２０％ → 20%); length and offsets stay."""
    return text.translate(FOLD)


def strip_chinese_punctuation(text: str) -> str:
    """`text` without white space and punctuation, Chinese or not, at either end."""
    return text.strip(_PUNCTUATION + " \t\r\n\u3000,.;:?!'\"()[]<>-")


def to_simplified(text: str) -> str:
    """Simplified characters for Traditional ones, character for character: length and offsets stay.

    Phrases are looked up (乾隆 stays, 乾淨 becomes 干净) as long as that keeps the length.
    """
    if not _HAS_HAN.search(text):
        return text
    converted = _convert("t2s", text)
    if len(converted) == len(text):
        return converted
    return "".join(_convert_one("t2s", char) for char in text)


def is_traditional(text: str) -> bool:
    """Whether more of the characters are written the Traditional way only than the Simplified way only."""
    characters = _HAS_HAN.findall(text)
    traditional = sum(_convert_one("t2s", char) != char for char in characters)
    simplified = sum(_convert_one("s2t", char) != char for char in characters)
    return bool(traditional > simplified)


@lru_cache(maxsize=4)
def _converter(name: str) -> Any:
    from opencc import OpenCC

    return OpenCC(name)


def _convert(name: str, text: str) -> str:
    try:
        return str(_converter(name).convert(text))
    except UnicodeEncodeError:  # half a surrogate pair: the caller goes on character by character
        return ""


@lru_cache(maxsize=65536)
def _convert_one(name: str, char: str) -> str:
    converted = _convert(name, char)
    return converted if len(converted) == 1 else char


_SINGLE = frozenset(
    "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏水窦章云苏潘葛奚范彭郎鲁韦"
    "昌马苗凤花方俞任袁柳酆鲍史唐费廉岑薛雷贺倪汤滕殷罗毕郝邬安常乐于傅皮卞齐康伍余元卜顾孟平黄穆萧尹姚邵"
    "湛汪祁毛禹狄米贝臧计伏成戴谈宋茅庞熊纪舒屈项祝董梁杜阮蓝闵席季麻强贾路娄危江童颜郭梅盛林刁钟徐邱骆高"
    "夏蔡田樊胡凌霍虞万支柯昝管卢莫经房裘缪干解应宗丁宣贲邓郁单杭洪包诸左石崔吉钮龚程嵇邢滑裴陆荣翁荀羊於"
    "惠甄曲家封芮羿储靳汲邴糜松井段富巫乌焦巴弓牧隗山谷车侯宓蓬郗班仰秋仲伊宫宁仇栾暴甘钭厉戎祖武符刘景詹"
    "束龙叶幸司韶郜黎蓟薄印宿白怀蒲邰鄂索咸籍赖卓蔺屠蒙池乔阴胥苍双闻莘党翟谭贡劳逄姬申扶堵冉宰郦雍郤璩桑"
    "桂濮牛寿通边扈燕冀郏浦尚农温别庄晏柴瞿阎充慕连茹习宦艾鱼容古易慎戈廖庾暨居衡耿满弘匡文寇广禄阙东欧殳"
    "沃利蔚越夔隆师巩厍聂晁勾敖融冷訾辛阚简饶空曾毋沙乜养鞠须丰巢关蒯相查后荆红游竺权逯盖益桓公仉督岳帅缑"
    "亢况郈琴晋楚闫法汝鄢涂钦商牟佘佴伯赏墨哈谯笪爱阳佟言福肖邸付代闭苟仝覃谌区冼种么折员秘朴揭鹿承尧仵占"
    "粟揣门亓禤邝"
)
_COMPOUND_NAMES = (
    "欧阳 司马 上官 诸葛 皇甫 尉迟 公孙 慕容 司徒 令狐 夏侯 端木 百里 南宫 呼延 长孙 宇文 独孤 轩辕 鲜于 闾丘 "
    "申屠 公羊 澹台 濮阳 淳于 单于 太叔 仲孙 拓跋 钟离 东郭 东方 万俟 赫连 闻人 司空 西门 公冶 宗政 颛孙 子车 "
    "巫马 乐正 亓官 梁丘 左丘 纳兰 贺兰"
)
_COMPOUND = frozenset(_COMPOUND_NAMES.split())
# Characters that are read otherwise in a family name than in a word.
_SURNAME_READINGS = (
    "仇qiu 单shan 解xie 曾zeng 查zha 盖ge 朴piao 区ou 乐yue 秘bi 员yun 折she 翟zhai 缪miao 黑he 种chong 召shao 覃qin "
    "谌chen 薄bo 能nai 尉wei 乜nie 柏bai 纪ji 句gou 祭zhai 隗wei 任ren 华hua 燕yan 应ying 宁ning 那na 冼xian "
    "尉迟yuchi 万俟moqi 长孙zhangsun 澹台tantai 单于chanyu 乐正yuezheng 令狐linghu 鲜于xianyu 子车ziju"
)
_SURNAME_READING = dict(re.findall(r"([^a-z ]+)([a-z]+)", _SURNAME_READINGS))
_GIVEN_READING = {"晟": "sheng", "茜": "qian", "重": "chong", "长": "chang"}
_DOTS = re.compile(r"[·‧•・．]")


def personal_name(text: str) -> str:
    """A Chinese name in pinyin without tones, family name first: 任贤良 → "Ren Xianliang", 欧阳修 → "Ouyang Xiu".

    ü is written yu, as in passports (GB/T 28039-2011): 吕 → "Lyu". Two family names get a hyphen, a syllable that
    would run into the one before an apostrophe: 李西安 → "Li Xi'an". A name with dots (买买提·艾力) has no family name.
    """
    name = to_simplified(re.sub(r"\s+", "", fold(text)))
    if not has_chinese(name):
        return text.strip()
    if _DOTS.search(name):
        return " ".join(_joined(_syllables(part)) for part in _DOTS.split(name) if part)
    family, given = _split_name(name)
    return " ".join(part for part in (_family(family), _joined(_syllables(given, _GIVEN_READING))) if part)


def _split_name(name: str) -> tuple[tuple[str, ...], str]:
    """The family name (two of them in 范徐丽泰) and the given name."""
    if name[:2] in _COMPOUND:
        return (name[:2],), name[2:]
    if len(name) == 4 and name[0] in _SINGLE and name[1] in _SINGLE:
        return (name[0], name[1]), name[2:]
    return (name[:1],), name[1:]


def _family(parts: tuple[str, ...]) -> str:
    return "-".join(
        _SURNAME_READING[part].capitalize() if part in _SURNAME_READING else _joined(_syllables(part)) for part in parts
    )


def _syllables(text: str, own: dict[str, str] | None = None) -> list[str]:
    from pypinyin import lazy_pinyin

    readings = lazy_pinyin(text, v_to_u=True) if text else []
    if own and len(readings) == len(text):
        readings = [own.get(char, reading) for char, reading in zip(text, readings, strict=True)]
    return [reading.replace("ü", "yu") for reading in readings]


def _joined(syllables: list[str]) -> str:
    return "".join(("'" if i and s[:1] in "aoe" else "") + s for i, s in enumerate(syllables)).capitalize()


def is_personal_name(text: str) -> bool:
    """Whether `text` has the shape of a Chinese name: a known family name and one or two characters more."""
    name = to_simplified(text)
    if not re.fullmatch(f"[{_HAN}]{{2,4}}", name):
        return False
    if name[:2] in _COMPOUND:
        return len(name) > 2
    return name[0] in _SINGLE and (len(name) < 4 or name[1] in _SINGLE)


# Where the page itself says who did what, a name needs no more proof than its shape.
_CREDIT = re.compile(
    r"(?:(?:本版|本期|值班|执行|视觉|见习|特约|实习|首席|责任|图片|文字|版式|美术|本报|新华社|中新社|人民网|联合早报)?"
    r"(?:责编|编辑|主编|副主编|版式设计|版式|设计|校对|审校|记者|通讯员|实习生|"
    r"摄影|摄制|制图|插图|作者|撰文|撰稿|编译|翻译|文|图)"
    r"\s*[:：/／]|(?:本报|新华社|中新社|中新网|人民网|央视|实习|特派|特约|见习)*(?:记者|通讯员))\s*"
)
_CREDIT_NAME = re.compile(
    rf"[\s、,，;；和与及/]*(?P<name>[{_HAN}]{{2,4}}?|[{_HAN}][ \u3000][{_HAN}])"
    r"(?=[\s、,，;；。)）\]】(（/]|$|和|与|及|摄|文|图|报道|综合|编译|从|在|对|获悉|日前|近日|说|电|专访|采访)"
)
_TAKEN_BY = re.compile(
    rf"(?:^|[\s、,，。;；:：(（])(?P<name>[{_HAN}]{{2,4}}?)\s?"
    r"(?:摄(?:影|制|于)?|/?文/图|供图|绘|制图)(?=$|[\s(（)）。,，/])"
)

_TITLE = (
    "秘书长|书记|主席|委员长|部长|局长|司长|厅长|处长|科长|署长|省长|市长|县长|区长|镇长|乡长|村主任|主任|教授|院长|校长|所长|馆长|"
    "站长|社长|会长|理事长|理事|董事长|总经理|经理|总裁|首席执行官|CEO|创始人|负责人|发言人|研究员|专家|学者|作家|导演|演员|记者|"
    "选手|运动员|教练|主教练|院士|博士|同志|委员|代表|大使|参赞|司令员|政委|医生|医师|大夫|老师|教师|律师|法官|检察官|民警|警官|"
    "村民|居民|市民|工程师|设计师|分析师|经济师|评论员|主持人|编辑|画家|书法家|企业家|外长|副总理|国务委员|总书记|国家主席|助理"
)
_AFTER = (
    "说|表示|指出|认为|介绍|强调|称|告诉|坦言|透露|宣布|分析|赛后|此前|随后|日前|回忆|写道|提出|呼吁|解释|补充|出席|会见|主持|致辞|发表|应邀|陪同|"
    "[,，。、;；:：()（）“”!！?？]|$"
)
_TITLED = re.compile(rf"(?:{_TITLE})(?P<name>[{_HAN}]{{2,4}}?)(?={_AFTER})")
_STYLED = re.compile(rf"(?:^|[,，。、;；:：(（“”\s]|和|与)(?P<name>[{_HAN}]{{2,4}}?)(?=先生|女士|同志|院士|教授)")
# People of other countries and of Hong Kong, Macao and Taiwan spell their own names otherwise.
_ELSEWHERE = re.compile(
    "美国|英国|法国|德国|俄罗斯|日本|韩国|朝鲜|越南|泰国|印度|新加坡|马来西亚|印尼|菲律宾|缅甸|老挝|柬埔寨|蒙古国|加拿大|澳大利亚|"
    "新西兰|意大利|西班牙|葡萄牙|巴西|阿根廷|墨西哥|南非|埃及|肯尼亚|塞尔维亚|波兰|匈牙利|捷克|希腊|土耳其|伊朗|伊拉克|以色列|沙特|"
    "叙利亚|乌克兰|瑞士|瑞典|挪威|芬兰|丹麦|荷兰|比利时|奥地利|巴基斯坦|[尼利地]亚|斯坦|欧盟|联合国|北约|白宫|香港|澳门|台湾|台北|"
    "高雄|民进党|国民党|总统|首相|王子|国王|议员|岛内"
)
_FOREIGN_SOUNDS = frozenset("斯克尔德特拉托瓦娃卡塔巴布普茨莱蒂奇贾迪姆夫戈萨鲁格奥埃耶隆默蒙哈劳顿恩伦丝莎翰逊")
_SURELY_FOREIGN = frozenset("瓦娃夫姆耶丝翰")


def find_personal_names(text: str) -> tuple[Span, ...]:
    """Where Chinese personal names stand in `text`, by evidence: a credit or byline, a title before, a style after.

    Liberal in credits (记者 张博岚 刘军国; 责编:…; …摄), conservative in running text (秘书长任贤良说). Names that are
    not spelt in pinyin (of other countries, Hong Kong, Macao, Taiwan) are left out as far as the text around tells.
    """
    simplified = to_simplified(fold(text))
    spans = {*_credited(simplified), *_titled(simplified)}
    kept: list[Span] = []
    for span in sorted(spans, key=lambda s: (s.start, -s.end)):
        if not kept or not kept[-1].overlaps(span):
            kept.append(span)
    return tuple(kept)


def _credited(text: str) -> set[Span]:
    spans = {Span(*found.span("name")) for found in _TAKEN_BY.finditer(text) if is_credible_name(found["name"])}
    for label in _CREDIT.finditer(text):
        position = label.end()
        while (found := _CREDIT_NAME.match(text, position)) and is_credible_name(found["name"]):
            spans.add(Span(*found.span("name")))
            position = found.end()
    return spans


def is_credible_name(name: str) -> bool:
    """Whether `name` (spaces in it or not) has the shape of a Chinese name and is no word of the dictionary."""
    bare = re.sub(r"\s", "", name)
    return is_personal_name(bare) and not _is_word(bare)


@lru_cache(maxsize=4096)
def _is_word(name: str) -> bool:
    """Whether the dictionary knows it as a word that is no name: 高度, 简历, 查询."""
    import rjieba

    tagged = rjieba.tag(name)
    return len(tagged) == 1 and not str(tagged[0][1]).startswith("nr")


def _titled(text: str) -> set[Span]:
    spans = set()
    for pattern in (_TITLED, _STYLED):
        for found in pattern.finditer(text):
            span = Span(*found.span("name"))
            if _believed(text, span) and _at_home(text, span):
                spans.add(span)
    return spans


def _believed(text: str, span: Span) -> bool:
    """Whether what a pattern found in running text has the shape of a name and not the sound of a foreign one."""
    name = span.of(text)
    given = name[2:] if name[:2] in _COMPOUND else name[1:]
    foreign = all(char in _FOREIGN_SOUNDS for char in given) or not _SURELY_FOREIGN.isdisjoint(given)
    return is_credible_name(name) and not foreign and len(given) <= 2 and _DOTS.match(text, span.end) is None


def _at_home(text: str, span: Span) -> bool:
    clause = re.split(r"[。;；!！?？]", text[max(0, span.start - 40) : span.start])[-1]
    return _ELSEWHERE.search(clause[-24:]) is None
