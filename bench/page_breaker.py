"""Breaks clean articles the way the seed page is broken: a newspaper page that was taken out of a PDF, its layout lost.

An article is a list of lines in their order. `article_of` groups consecutive lines into paragraphs of one to five
lines and puts headings over some; a short line that ends like no sentence is a heading of the text's own, a long one
stays in the paragraph of the line after it. Titles and the other headings are clauses of the text that follows them.

`broken` sets an article in columns. Of every column but the last the end is drawn: a tear of one of four kinds, or the
end of a paragraph (up to two a page, no tear). 3 to 12 tears a page; those at a sentence's end come in twos at least,
so that each such tail has another head that begins as freshly as its own:

- word: inside a word of pypinyin's phrase list (not the segmenter that the restoration asks);
- name: inside a transcribed name (parts around a "·", or three transcription characters and more that are no word),
  a Chinese name (a surname and what is no word, with an office before it or speech after it, or the same elsewhere on
  the page), or between the two words of a Latin name;
- between: between two words, where neither pypinyin's list nor rjieba's has a word across, or after a comma, an
  enumeration comma, a semicolon or a colon, which nothing but a line's end moves to the end of a column;
- sentence: after a sentence that is not the last of its paragraph.

A column breaks at the end of a line, so at least eight characters stand on both sides, no line begins with a closing
mark or ends with an opening one, and no number and no Latin word is cut. A kind that a text has no place for near the
wanted end of the column is replaced by another that has one; for names, which are rare, it is looked twice as far.

Then the columns are put out of order: mostly one or two are moved, as in the seed, at times all; the column that
begins the article comes first three times out of four. What else is on the page stands in groups between columns and at
the end: title with byline, lone circled marks, captions with credits, staff.

Two mixtures. `SEED_LIKE` has the statistics of the seed: its tears are one inside a word, one inside a name and one
between words, so these kinds are equally frequent, and a tenth is left for the sentence's end, which the seed does not
show; its five columns meet at four places in the file, of which two have furniture between, so half of the places have
some here. `HARD` has the four kinds in equal shares, and furniture wherever it falls, so that most columns
meet with nothing between.
"""

from __future__ import annotations

import random
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

KINDS = ("word", "name", "between", "sentence")
SEED_LIKE = dict(zip(KINDS, (0.3, 0.3, 0.3, 0.1), strict=True))
HARD = dict.fromkeys(KINDS, 0.25)
"""How often each kind of tear is drawn."""

STOP = re.compile(r"[。！？!?…][”’」』)）】》]*$|\.$")
SENTENCE_END = re.compile(r"[。！？!?][”’」』)）】》]*(?![”’」』)）】》，,。！？!?…])")
PAUSES = "，,、；;：:"
CLOSING = "，,、。；;：:！？!?…”’」』)）】》〉%％·—"
OPENING = "“‘「『(（【《〈·—"
LEAST = 8
"""The fewest characters on either side of a tear."""

SURNAMES = (
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜"
    "范方石姚谭廖邹熊陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文"
)
SPEAKS = "说|表示|指出|认为|介绍|强调|告诉|回忆|提醒|带领|辞去|议员|先生|女士|教授|博士"
OFFICES = "席理长记任者民师家授手员生挥裁"
SOUNDS = (
    "阿埃艾奥巴贝比伯布查达大德迪蒂多厄尔法菲费弗福盖戈格哈海赫亨霍基吉加杰卡凯科克库奎拉莱兰劳勒雷里利林龙卢鲁伦罗洛马玛迈曼"
    "梅米姆穆纳娜内尼诺帕佩皮普奇齐恰乔琼瑞萨塞桑瑟沙什史斯松苏索塔坦特廷托图瓦万威韦维沃乌西希谢辛亚扬耶伊因尤约泽扎詹兹佐"
    "昂堡丁顿隆南若丽斐古汉蒂金肯朗略蒙莫纽潘珀森温夫娅"
)
TRANSCRIBED = re.compile(rf"[{SOUNDS}]{{1,8}}(?:·[{SOUNDS}]{{1,8}})+|[{SOUNDS}]{{3,8}}")
CHINESE_NAME = re.compile(rf"[{SURNAMES}][\u4e00-\u9fff](?![局会行])[\u4e00-\u9fff](?!·)")
SPEAKER = re.compile(rf"[{SURNAMES}][\u4e00-\u9fff]{{1,2}}(?={SPEAKS})")
LATIN_NAME = re.compile(r"[A-Z][a-z]+ [A-Z][a-z]+")

BYLINES = (
    "本报记者 何平 王小飞",
    "记者 林晓禾 周知远",
    "本报记者 苏明",
    "新华社记者 韩雨晴 方海平",
    "本报驻外记者 江一帆",
)
CAPTIONS = (
    ("游客在观景台上拍照留念。", "赵启明摄(资料图片)"),
    ("孩子们在志愿者的带领下参加周末的活动。", "本报记者 宋佳音摄"),
    ("改造后的老建筑外景。", "方海平摄(资料图片)"),
    ("技术人员在实验室里检查新设备。", "陈立新摄(影像中国)"),
    ("夜色中的大桥。", "资料图片"),
    ("10月9日,来自各地的参展商在展台前洽谈。", "李文博摄"),
    ("工人在田间收割早稻,丰收在望。", "新华社记者 吴江摄"),
)
STAFF = (
    ("本版责编:许若谷 江一帆", "版式设计:白露"),
    ("责任编辑:周敏", "美编:何畔"),
    ("本版编辑:方立 苏晓", "版式设计:宋词"),
)
CIRCLED = "①②③④⑤⑥⑦"


@dataclass(frozen=True)
class Tear:
    """A true seam inside a paragraph: where its tail ends and its head starts in the page, and of what kind it is."""

    tail_end: int
    head_start: int
    kind: str


@dataclass(frozen=True)
class Broken:
    """A broken page and the truth about it: its blocks in order (kind, text), its tears, and where each line of the
    body starts, in reading order."""

    page: str
    truth: tuple[tuple[str, str], ...]
    tears: tuple[Tear, ...]
    order: tuple[int, ...]


@dataclass(frozen=True)
class Cut:
    """The end of a column: in block `block` of the article's body before character `at`; kind "" is no tear."""

    block: int
    at: int
    kind: str


def article_of(lines: Sequence[str], rng: random.Random) -> list[tuple[str, str]]:
    """The lines as an article: title, byline, headings over some sections, and paragraphs."""
    body: list[tuple[str, str]] = []
    kept: list[str] = []
    size = rng.randint(1, 5)
    for line in (" ".join(line.split()) for line in lines):
        if not kept and len(line) <= 30 and not STOP.search(line) and line[-1:] not in PAUSES and len(line) > 3:
            body[:] = body[:-1] if body and body[-1][0] == "heading" else body
            body.append(("heading", line))
            continue
        kept.append(line)
        if len(kept) >= size and STOP.search(line):
            text = "".join(kept)
            if body and body[-1][0] == "paragraph" and rng.random() < 0.15 and (clause := clause_of(text)):
                body.append(("heading", clause))
            body.append(("paragraph", text))
            kept, size = [], rng.randint(1, 5)
    while body and body[-1][0] == "heading":
        body.pop()
    first = (
        body.pop(0)[1] if body and body[0][0] == "heading" else clause_of(body[0][1] if body else "") or "今天的版面"
    )
    return [("title", first), ("byline", rng.choice(BYLINES)), *body]


def clause_of(text: str) -> str:
    """A clause of the text that can be a heading, "" where there is none."""
    found = re.findall(r"(?<![^，。,])[\u4e00-\u9fff]{7,18}(?=[，。,])", text)
    return max(found, key=len) if found else ""


def broken(
    article: Sequence[tuple[str, str]], seed: int, tears: int | None = None, shares: dict[str, float] = SEED_LIKE
) -> Broken:
    """The article on a page with that many tears (3 to 12, as the seed of the generator says, where it is None), in the
    mixture SEED_LIKE or HARD."""
    rng = random.Random(seed)
    body = list(article[2:])
    cuts = ends_of_columns(body, drawn(shares, tears or rng.randint(3, 12), rng), rng.randint(0, 2), rng)
    columns = columns_of(body, cuts)
    half = None if shares == HARD else (len(columns) - rng.randint(0, 1)) // 2
    front, furniture, after = pictures(article[:2], half, rng)
    runs = put_together(columns, front, furniture, half, rng)
    return Broken(*page_of(runs, [cut.kind for cut in cuts], (*article, *after)))


def drawn(shares: dict[str, float], tears: int, rng: random.Random) -> list[str]:
    """The kinds of that many tears; never one sentence's end alone."""
    kinds = rng.choices(list(shares), list(shares.values()), k=tears)
    if kinds.count("sentence") == 1:
        others = [at for at, kind in enumerate(kinds) if kind != "sentence"]
        if rng.random() < 0.5:
            kinds[rng.choice(others)] = "sentence"
        else:
            kinds[kinds.index("sentence")] = rng.choice(KINDS[:3])
    return kinds


def ends_of_columns(body: list[tuple[str, str]], kinds: list[str], whole: int, rng: random.Random) -> list[Cut]:
    """Where the columns end: with tears of these kinds, where there is room, and up to `whole` after a paragraph."""
    wanted = kinds + [""] * whole
    rng.shuffle(wanted)
    total = sum(len(text) for _, text in body)
    spots = all_spots(body)
    share = total / (len(wanted) + 1)
    cuts: list[Cut] = []
    used: set[int] = set()
    for number, kind in sorted(enumerate(wanted, 1), key=lambda place: place[1] != "name"):
        target = share * (number + rng.uniform(-0.3, 0.3))
        order = [kind, *rng.sample(KINDS[:3], 3)] if kind else [kind]
        for k in order:
            near = [
                s for s in spots[k] if abs(s[0] - target) < share * (0.7 if k == "name" else 0.35) and s[1] not in used
            ]
            if near:
                _, block, at = rng.choice(near)
                cuts.append(Cut(block, at, k))
                used.update({block} if k else {block, block + 1})
                break
    return sorted(cuts, key=lambda cut: (cut.block, cut.at))


def all_spots(body: list[tuple[str, str]]) -> dict[str, list[tuple[int, int, int]]]:
    """For each kind of end: how far into the body, in which block, and before which of its characters."""
    page = "\n".join(text for _, text in body)
    spots: dict[str, list[tuple[int, int, int]]] = {kind: [] for kind in ("", *KINDS)}
    far = 0
    for number, (kind, text) in enumerate(body):
        if kind == "paragraph":
            for name, places in places_in(text, page).items():
                spots[name].extend((far + at, number, at) for at in places)
            if number + 1 < len(body):
                spots[""].append((far + len(text), number, len(text)))
        far += len(text)
    return spots


def places_in(text: str, page: str) -> dict[str, list[int]]:
    """Where the paragraph can be torn, by kind."""
    import rjieba

    inside_names = {at for start, end in names_in(text, page) for at in range(start + 1, end)}
    phrases = inside(phrases_of(text))
    boundaries = inside(rjieba.cut(text))
    stops = {found.end() for found in SENTENCE_END.finditer(text)}
    places: dict[str, list[int]] = {kind: [] for kind in KINDS}
    for at in range(LEAST, len(text) - LEAST + 1):
        left, right = text[at - 1], text[at]
        if at in stops:
            places["sentence"].append(at)
        elif right in CLOSING or (left in OPENING and not (left == "·" and at in inside_names)):
            continue
        elif at in inside_names:
            places["name"].append(at)
        elif left in PAUSES:
            places["between"].append(at)
        elif not (is_han(left) and is_han(right)):
            continue
        elif at in phrases:
            places["word"].append(at)
        elif at not in boundaries:
            places["between"].append(at)
    return places


def names_in(text: str, page: str) -> list[tuple[int, int]]:
    """Where the names of a paragraph stand, so far as their form tells."""
    spaces = [text.index(" ", found.start()) for found in LATIN_NAME.finditer(text)]
    sounds = [m for m in TRANSCRIBED.finditer(text) if "·" in m.group() or not any_phrase(m.group())]
    within = inside(phrases_of(text))
    speakers = {m.span() for m in SPEAKER.finditer(text)}
    chinese = {m.span() for m in CHINESE_NAME.finditer(text)} | speakers
    return [
        *((space, space + 2) for space in spaces),
        *(found.span() for found in sounds),
        *(
            (start, end)
            for start, end in chinese
            if within.isdisjoint(range(start, end + 1))
            and ((start, end) in speakers or text[:start][-1:] in OFFICES or page.count(text[start:end]) > 1)
        ),
    ]


@lru_cache(maxsize=10_000)
def phrases_of(text: str) -> tuple[str, ...]:
    """The text cut by pypinyin's phrase list."""
    from pypinyin.seg.mmseg import seg

    return tuple(seg.cut(text))


def any_phrase(text: str) -> bool:
    """Whether a word of pypinyin's list stands in the text."""
    return any(len(word) > 1 for word in phrases_of(text))


def inside(words: Sequence[str]) -> set[int]:
    """The places inside the words, which stand end to end."""
    places: set[int] = set()
    at = 0
    for word in words:
        places.update(range(at + 1, at + len(word)))
        at += len(word)
    return places


def is_han(character: str) -> bool:
    """Whether it is a Chinese character."""
    return "\u4e00" <= character <= "\u9fff"


def columns_of(body: list[tuple[str, str]], cuts: list[Cut]) -> list[list[str]]:
    """The body cut into columns of lines."""
    columns: list[list[str]] = [[]]
    for number, (_, text) in enumerate(body):
        start = 0
        for cut in (c for c in cuts if c.block == number):
            columns[-1].append(text[start : cut.at].strip())
            columns.append([])
            start = cut.at
        if start < len(text):
            columns[-1].append(text[start:].strip())
    return columns


def pictures(
    head: Sequence[tuple[str, str]], groups: int | None, rng: random.Random
) -> tuple[list[str], list[list[str]], list[tuple[str, str]]]:
    """Title with byline; groups of what else stands between columns, at least `groups` with them (as far as the
    captions go) where that is given; and the latter's true blocks in order."""
    count = max(rng.randint(0, 5), min(len(CAPTIONS), (groups or 0) - 3))
    chosen = rng.sample(CAPTIONS, count)
    captions = [(mark, f"图{mark}:{text}", credit) for mark, (text, credit) in zip(CIRCLED, chosen, strict=False)]
    marks = [mark for mark, _, _ in captions]
    split = rng.randint(0, count)
    made = [marks[:split], marks[split:]] if groups is None else [marks]
    cut = rng.randint(0, count)
    parts = [captions[:cut], captions[cut:]] if groups is None else [[caption] for caption in captions]
    made += [[line for _, *lines in part for line in lines] for part in parts]
    staff = list(rng.choice(STAFF))
    made.append(staff)
    truth = [(k, t) for caption in captions for k, t in zip(("mark", "caption", "credit"), caption, strict=True)]
    return [text for _, text in head], [group for group in made if group], truth + [("staff", text) for text in staff]


def put_together(
    columns: list[list[str]], front: list[str], furniture: list[list[str]], groups: int | None, rng: random.Random
) -> list[tuple[int, list[str]]]:
    """The columns (with their numbers) and the furniture (number -1) as they follow each other in the file: in
    `groups` of the places between columns and after the last, or wherever it falls where that is None."""
    order = shuffled(len(columns), rng)
    last = len(columns) - 1
    inner = range(last + 1) if groups is None else rng.sample(range(last), min(groups, last)) or [last]
    gaps: dict[int, list[list[str]]] = {rng.choice(inner): [front]}
    rng.shuffle(furniture)
    for group in furniture:
        empty = [place for place in inner if place not in gaps] if groups is not None else []
        place = rng.choice(empty or [*inner, last] if groups is not None else inner)
        gaps.setdefault(place, []).append(group)
    runs: list[tuple[int, list[str]]] = []
    for place, number in enumerate(order):
        runs.append((number, columns[number]))
        runs.extend((-1, group) for group in gaps.get(place, []))
    return runs


def shuffled(count: int, rng: random.Random) -> list[int]:
    """The columns out of order."""
    order = list(range(count))
    while count > 2 and order == sorted(order):
        if rng.random() < 0.3:
            rng.shuffle(order)
        else:
            for _ in range(rng.randint(1, 3)):
                order.insert(rng.randrange(count), order.pop(rng.randrange(count)))
    if rng.random() < 0.75:
        order.remove(0)
        order.insert(0, 0)
    return order


def page_of(
    runs: list[tuple[int, list[str]]], kinds: list[str], truth: tuple[tuple[str, str], ...]
) -> tuple[str, tuple[tuple[str, str], ...], tuple[Tear, ...], tuple[int, ...]]:
    """The fields of `Broken`."""
    page = ""
    starts: dict[int, list[int]] = {}
    ends: dict[int, int] = {}
    for number, lines in runs:
        for line in lines:
            starts.setdefault(number, []).append(len(page))
            ends[number] = len(page) + len(line)
            page += f"{line}\n\n"
    tears = tuple(Tear(ends[i], starts[i + 1][0], kind) for i, kind in enumerate(kinds) if kind)
    return page, truth, tears, tuple(start for number in range(len(kinds) + 1) for start in starts[number])
