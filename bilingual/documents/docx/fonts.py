"""Which Latin font goes with which Chinese one: Chinese fonts have Latin letters too, but few that please."""

from __future__ import annotations

import re

CHINESE = re.compile(
    r"[\u4e00-\u9fff]|\b(?:N?SimSun|SimHei|FangSong|KaiTi|LiSu|YouYuan|ST(?:Song|Kaiti|Heiti|Xihei|Fangsong|Zhongsong)"
    r"|Microsoft (?:YaHei|JhengHei)|DengXian|P?MingLiU|DFKai|PingFang|Songti|Heiti"
    r"|(?:Noto|Source Han) (?:Sans|Serif)(?: Mono)? (?:CJK|SC|TC|HK|CN|TW))",
    re.IGNORECASE,
)
SANS = re.compile(r"[黑雅圆圓方]|hei|gothic|sans|pingfang|youyuan", re.IGNORECASE)
DENGXIAN = re.compile(r"等[线線]|dengxian", re.IGNORECASE)


def latin_font(font: str) -> str:
    """The font for English words where the file names `font`: itself, or a Chinese font's usual companion.

    Song, Fangsong and Kai go with Times New Roman, Hei and its kin with Arial, Dengxian (Word's default) with Calibri.
    """
    if not CHINESE.search(font):
        return font
    if DENGXIAN.search(font):
        return "Calibri"
    return "Arial" if SANS.search(font) and not re.search("[宋仿楷]", font) else "Times New Roman"
