"""A short report in both languages, with all that can happen between them, and the beads that are right."""

from __future__ import annotations

CHINESE = (
    "全国农业工作会议在北京召开",
    "会议总结了去年的农业工作。",
    "去年粮食产量达到6500亿公斤，比上年增长2.3%。",
    "农民收入继续增加，农村面貌发生了很大变化。",
    "会议由农业部部长主持。",
    "各地代表讨论了水资源保护问题。",
    "有的地区地下水位下降得很快。",
    "专家建议推广节水灌溉技术，提高用水效率。",
    "政府将投资120亿元修建水库和灌溉渠道。",
    "会议还研究了农村教育问题。",
    "许多山区学校缺少教师。",
    "政府计划在三年内为农村培养5万名教师。",
    "城市教师应当到农村学校工作一年。",
    "会议将于星期五结束。",
    "与会代表还参观了农业展览。",
    "他们对新型拖拉机很感兴趣。",
)
ENGLISH = (
    "National agricultural work conference opens in Beijing",
    "The conference reviewed agricultural work last year.",
    "Grain output reached 650 billion kilograms last year, an increase of 2.3% over the previous year.",
    "Farmers' income continued to rise.",
    "Great changes have taken place in the countryside.",
    "Delegates discussed the protection of water resources, for in some areas the groundwater level is falling fast.",
    "Experts suggest spreading water-saving irrigation technology to use water more efficiently.",
    "The government will invest 12 billion yuan in building reservoirs and irrigation canals.",
    "The conference also studied the problem of rural education.",
    "Many schools in mountain areas lack teachers.",
    "The government plans to train 50,000 teachers for the countryside within three years.",
    "Teachers from the cities should work at rural schools for one year.",
    "Lunch was served in the garden of the hotel.",
    "The conference will end on Friday.",
    "Delegates also visited an agricultural exhibition.",
    "They were very interested in new tractors.",
)
BEADS = (
    ((0,), (0,)), ((1,), (1,)), ((2,), (2,)), ((3,), (3, 4)), ((4,), ()), ((5, 6), (5,)), ((7,), (6,)), ((8,), (7,)),
    ((9,), (8,)), ((10,), (9,)), ((11,), (10,)), ((12,), (11,)), ((), (12,)), ((13,), (13,)), ((14,), (14,)),
    ((15,), (15,)),
)  # fmt: skip
WATER, SCHOOLS = slice(5, 8), slice(8, 12)
"""Two paragraphs of the English that may change places."""


def swapped() -> tuple[str, ...]:
    """The English with the schools before the water."""
    return (*ENGLISH[:5], *ENGLISH[SCHOOLS], *ENGLISH[WATER], *ENGLISH[12:])
