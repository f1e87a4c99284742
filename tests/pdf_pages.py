"""Makes PDF pages the way newspapers and reports set them, with what a reader must find in them: for tests of pdf.py.

The texts are our own. A page is set from a `Look` (sizes, margins, columns); `layouts` are the named ones, `random_page`
draws a look and a make-up from a seed. Lines are drawn in an order that has nothing to do with reading.
"""

# ruff: noqa: E501 (Chinese text counts double)
from __future__ import annotations

import io
import random
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Any

from tests.page_breaker import ARTICLES as OLDER
from tests.page_breaker import blocks_of

FONT = "STSong-Light"
NOT_FIRST = "，。、；：！？”’）》」』%…"
NOT_LAST = "“‘（《「『"

ARTICLES: dict[str, str] = {
    **OLDER,
    "port": """# 老码头上的智能航站
本报记者 卢嘉木 程以宁

凌晨四点，东屿港的集装箱码头没有一个人影。二十四台自动导引车在堆场与岸桥之间穿梭，屏幕上的 AI 调度系统每三秒重新计算一次路线，把等待时间压缩到最短。

## 一块屏幕管全港

过去，一艘大船靠泊需要六十多名工人同时作业。如今，操作员姚思远坐在五公里外的控制室里，一个人就能照看四台岸桥。他面前的六块屏幕实时显示着风速、潮位和每一只箱子的位置。

港口技术部主任裴立群说，这套名为 OceanLink 的系统完全由本地团队开发，去年十月投入使用以来，单桥每小时的作业量从二十六箱提高到三十九箱，能耗却下降了两成。

系统并非一开始就这样顺畅。调试的头三个月里，导引车常常在交叉口互相避让，谁也不肯先走。工程师们把码头的路口编上①到⑫的号码，一个一个地分析数据，才找到了症结所在。

## 从看海到造船

码头的变化也带动了周边产业。港口北侧的旧渔村里，一家名为 Blue Harbor 的设计公司正在为国内外客户绘制电动渡轮的图纸，它的三十名员工平均年龄不到二十九岁。

公司创始人邹牧之曾在荷兰的 Rotterdam 工作七年。他告诉记者，促使他回来的原因很简单：“这里从图纸到下水只需要十四个月，在别的地方，光是审批就要花掉一半时间。”

今年上半年，公司已经签下八条渡轮的订单，总金额约2.6亿元，其中三条将销往东南亚。

## 海水还要更蓝

繁忙的港口也给海湾带来压力。监测数据显示，三年前湾内的总氮浓度一度超过标准的百分之四十，近岸的海草床大面积退化。

为此，港务集团投入四千万元建设岸电设施，要求靠泊船舶关闭柴油机，改用岸上供电；同时与海洋大学合作，在湾口试种了两百亩海草。项目负责人介绍，成活率已经达到七成以上。

“码头可以没有人，海里不能没有鱼。”在港口工作了三十五年的老船长戚万山这样说。夕阳落下，又一艘货轮缓缓驶入航道，汽笛声在海面上久久回荡。
""",
    "school": """# 山里孩子的科学课
本报记者 顾念安

教室里，十几双眼睛紧紧盯着讲台上的玻璃瓶。老师苗青禾往瓶中滴入一滴蓝墨水，轻轻一晃，墨水慢慢散开。“谁能说说，它为什么自己会动？”话音未落，七八只小手已经举了起来。

## 一只箱子走遍四十所小学

云背乡地处三省交界，四十所小学分散在六十多座山头上，最小的教学点只有九名学生。五年前，这里还没有一名专职的科学教师，实验器材更是无从谈起。

转机来自一只蓝色的箱子。省科技馆把一百二十件常用器材装进箱子，按课程分成十二组，每两周由邮政车送到下一所学校，孩子们叫它“流动实验室”。箱子里还有一本登记册，用过的人都要写下一句话。

记者翻开其中一本，只见上面写着：“我们做了火山，桌子湿了，老师没有生气。”落款是三年级的全体同学。

## 老师也要当学生

器材有了，会用的人却不多。乡中心小学校长雷振东坦言，第一年有三分之一的器材根本没有拆封，原因是许多老师自己也没有做过这些实验，担心出错。

于是，每年暑假，全乡的教师都要回到课堂，用十天时间把十二组实验从头到尾做一遍。省城的大学生志愿者担任助教，他们带来的三维打印机和 LEGO 积木让不少老教师看得入了迷。

五十三岁的语文教师范玉珍原本以为自己学不会，结业时她设计的净水装置却得了第一名。她说，看到浑水变清的那一刻，忽然明白了孩子们为什么会发出那样的惊叹。

## 种子已经发芽

变化是一点一点发生的。去年，云背乡有六名学生入选全省青少年科技创新大赛，其中一项关于山区雨水收集的研究获得了二等奖，评委在意见里写道：问题来自生活，方法朴素可靠。

今年秋天，第二批箱子将送到相邻的两个县，受益的学生会增加到一万一千人。省科技馆还计划开发网上课程，让孩子们能够与城里的同龄人一起做实验、交流数据。

下课铃响了，孩子们仍围在讲台前不肯离开。窗外的群山层层叠叠，而他们的眼睛里有比山更远的地方。
""",
    "market": """# 旧货市场的新主人
文/黎星野

周六清晨，城南的旧货市场还笼罩在薄雾里，摊主们已经打着手电筒在卸货。樟木箱、搪瓷缸、黑胶唱片、断了弦的小提琴，沿着四百米长的老街一字排开。

## 九〇后摊主

二十七岁的尹若溪在这里租下一个六平方米的铺面，专门修理老式收音机。她的父亲是无线电厂的退休工人，家里至今保存着三千多只电子管。起初来光顾的多是老人，后来年轻人渐渐多了起来。

“他们不是来怀旧的，因为他们根本没有旧可怀。”尹若溪笑着说，“他们觉得能修好的东西才值得拥有。”如今她的订单已经排到明年三月，其中三成来自外地。

像她这样的年轻摊主，市场里已有八十多位，占总数的四分之一。他们卖的不只是旧物，还有手艺：修钢笔、补瓷器、装订旧书、改制旧衣。

## 循环的生意

市场管理方算过一笔账：去年一年，这里流转的旧物约有一百九十万件，相当于减少垃圾七千多吨。每件物品平均被转手二点三次，最终进入填埋场的不足百分之五。

经济学者孟怀谷认为，旧货市场的复兴说明消费观念正在发生变化，人们开始看重物品的使用价值，而不仅仅是它的新旧。他建议有关部门完善鉴定、维修和税收等方面的制度，让这门古老的生意走得更远。

不过，问题也同样存在。由于缺少统一的标准，以次充好的现象时有发生，有的顾客花高价买到仿品，投诉却没有门路。

对此，市场今年推出了“明码溯源”的办法，每件标价超过五百元的物品都要附上来源说明，由三名摊主联名担保。实行半年来，投诉量下降了六成。

## 一条街的黄昏

傍晚时分，摊主们开始收摊。尹若溪把修好的一台收音机摆在门口，旋钮一转，里面传出晚间新闻的声音。路过的人停下脚步，听了一会儿，又慢慢走远。
""",
}

SIDEBAR = (
    ("heading", "延伸阅读"),
    ("paragraph", "全国现有各类志愿服务队伍一百三十五万支，注册志愿者超过两亿人，平均每六个人中就有一人。"),
    ("paragraph", "专家提醒，参加活动之前应当了解内容、时间和保险等事项，并保存好有关的凭证。"),
)
CAPTIONS = (
    "图①：参观者在展厅里观看模型，工作人员正在讲解。",
    "图②：清晨的街道上，人们在搬运货物。",
    "图③：改造后的老建筑外景。",
    "志愿者和孩子们一起完成了当天的最后一次实验。",
)
CREDITS = ("本报记者 宋佳音摄", "赵启明摄（资料图片）", "方海平摄")

Blocks = list[tuple[str, str]]


@dataclass(frozen=True)
class Made:
    """A PDF and its true blocks in reading order: kind and text."""

    name: str
    data: bytes
    truth: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Look:
    """How a page is set; lengths in points."""

    width: float = 595.0
    height: float = 842.0
    margin: float = 50.0
    columns: int = 2
    gutter: float = 18.0
    size: float = 10.0
    leading: float = 1.5
    title: float = 24.0
    heading: float = 13.0
    indent: float = 2.0
    spacing: float = 0.0
    justify: bool = True
    shuffle: bool = True
    centre: bool = True

    @property
    def column(self) -> float:
        """The width of a column."""
        return (self.width - 2 * self.margin - (self.columns - 1) * self.gutter) / self.columns

    def left(self, column: int) -> float:
        """The left edge of a column."""
        return self.margin + column * (self.column + self.gutter)


@dataclass(frozen=True)
class Drawn:
    """A line of text and where it goes, in points from the top left; `stretch` is put between the characters."""

    page: int
    x: float
    y: float
    size: float
    text: str
    stretch: float = 0.0
    upright: bool = False


@dataclass
class Canvas:
    """What is drawn, page by page."""

    look: Look
    lines: list[Drawn] = field(default_factory=list)
    boxes: list[tuple[int, float, float, float, float, str]] = field(default_factory=list)

    def pdf(self, rng: random.Random, *, finish: Callable[[Any], None] | None = None) -> bytes:
        """The PDF: pictures and frames first, then the lines, shuffled if the look says so."""
        from reportlab.pdfbase import pdfmetrics
        from reportlab.pdfbase.cidfonts import UnicodeCIDFont
        from reportlab.pdfgen import canvas

        pdfmetrics.registerFont(UnicodeCIDFont(FONT))
        out = io.BytesIO()
        made = canvas.Canvas(out, pagesize=(self.look.width, self.look.height), invariant=1)
        if finish:
            finish(made)
        for page in range(max(line.page for line in self.lines) + 1):
            for at, x, y, width, height, what in self.boxes:
                if at == page:
                    made.setFillGray(0.8)
                    made.rect(x, self.look.height - y - height, width, height, stroke=1, fill=int(what == "picture"))
                    made.setFillGray(0)
            own = [line for line in self.lines if line.page == page]
            if self.look.shuffle:
                rng.shuffle(own)
            for line in own:
                self.draw(made, line)
            made.showPage()
        made.save()
        return out.getvalue()

    def draw(self, made: Any, line: Drawn) -> None:
        """One line."""
        if line.upright:
            for i, character in enumerate(line.text):
                made.setFont(FONT, line.size)
                made.drawString(line.x, self.look.height - line.y - i * line.size * 1.1, character)
            return
        text = made.beginText(line.x, self.look.height - line.y)
        text.setFont(FONT, line.size)
        text.setCharSpace(line.stretch)
        text.textOut(line.text)
        made.drawText(text)


@lru_cache(maxsize=10_000)
def width_of(character: str) -> float:
    """How wide a character is, in heights of the type."""
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont

    pdfmetrics.registerFont(UnicodeCIDFont(FONT))
    return float(pdfmetrics.stringWidth(character, FONT, 1))


def advance(text: str, size: float) -> float:
    """How wide the text is."""
    return sum(map(width_of, text)) * size


def hyphenated(token: str) -> bool:
    """Whether a word is long enough to be broken."""
    return token.isalpha() and token.isascii() and len(token) > 7


def wrapped(text: str, width: float, size: float, indent: float = 0.0) -> list[str]:
    """The text in lines: Latin words stay whole (long ones are hyphenated), no line begins with a closing mark; one of
    those may hang over the edge."""
    lines: list[str] = []
    line, room = "", width - indent
    for token in re.findall(r"[A-Za-z0-9.%-]+| |[^A-Za-z0-9.%\- ]", text):
        rest = token
        while line and rest != " " and advance(line + rest, size) > room:
            if rest in NOT_FIRST and advance(line, size) <= room:
                break
            if hyphenated(rest) and advance(line + rest[:4] + "-", size) <= room:
                line, rest = line + rest[:4] + "-", rest[4:]
            keep = len(line.rstrip(NOT_LAST)) if rest not in NOT_FIRST else len(line.rstrip(NOT_FIRST)) - 1
            lines.append(line[:keep].rstrip(" "))
            line, room = line[keep:], width
        line += "" if rest == " " and not line else rest
    return [*lines, line.rstrip(" ")]


@dataclass
class Segment:
    """A stretch of a column that text runs through; `before` are the captions that stand right above it."""

    page: int
    x: float
    top: float
    width: float
    bottom: float
    before: Blocks = field(default_factory=list)


def flow(canvas: Canvas, blocks: Blocks, segments: list[Segment], *, draw: bool = True) -> Blocks | None:
    """The blocks set into the segments; what is read then, captions behind the paragraphs they interrupt. None where
    the text does not fit."""
    look = canvas.look
    truth: Blocks = []
    waiting = list(segments)
    at = waiting.pop(0)
    y = at.top
    pending: Blocks = list(at.before)

    def settle() -> None:
        truth.extend(pending)
        pending.clear()

    settle()
    for kind, text in blocks:
        size = look.heading if kind == "heading" else look.size
        step = size * look.leading
        indent = look.indent * look.size if kind == "paragraph" else 0.0
        lines = wrapped(text, at.width, size, indent)
        if kind == "heading":
            y += 0.6 * step if y > at.top else 0
        for number, line in enumerate(lines):
            after = (len(lines) - number - 1) * step + 2.2 * look.size * look.leading
            need = step + (after if kind == "heading" else 0)
            if y + need > at.bottom:
                if not waiting:
                    return None
                at = waiting.pop(0)
                y = at.top
                pending.extend(at.before)
                if number == 0:
                    settle()
            y += step
            if draw:
                last = number == len(lines) - 1
                x = at.x + (indent if number == 0 else 0)
                room = at.width - (indent if number == 0 else 0) - advance(line, size)
                stretch = room / (len(line) - 1) if look.justify and not last and len(line) > 4 else 0.0
                if kind == "heading" and look.centre and len(lines) == 1:
                    x, stretch = at.x + room / 2, 0.0
                canvas.lines.append(Drawn(at.page, x, y, size, line, min(stretch, size)))
        y += look.spacing * look.size if kind == "paragraph" else 0.25 * step
        truth.append((kind, text))
        settle()
    return truth


def fitted(
    canvas: Canvas, blocks: Blocks, segments: Callable[[float], list[Segment]], bottom: float
) -> tuple[Blocks, float]:
    """The blocks set into columns just deep enough for them, and where the columns end."""
    step = 0.5 * canvas.look.size
    depth = 4 * canvas.look.size
    while depth < bottom:
        made = segments(depth)
        if flow(canvas, blocks, made, draw=False) is not None:
            truth = flow(canvas, blocks, made)
            assert truth is not None
            return truth, max(segment.bottom for segment in made)
        depth += step
    raise ValueError("the text does not fit on the page")


def head(canvas: Canvas, title: str, byline: str, y: float, *, left: float, width: float, page: int = 0) -> float:
    """The title and the byline over a width; gives where they end."""
    look = canvas.look
    size = min(look.title, width / len(title) * 0.95)
    x = left + (width - advance(title, size)) / 2 if look.centre else left
    canvas.lines.append(Drawn(page, x, y + size, size, title))
    small = look.size
    x = left + (width - advance(byline, small)) / 2 if look.centre else left
    y += size * 1.4 + small
    canvas.lines.append(Drawn(page, x, y, small, byline))
    return y + small


def columns_from(canvas: Canvas, top: float, *, first: int = 0, count: int = 0) -> Callable[[float], list[Segment]]:
    """Columns of the page (all, or `count` from `first` on), from `top` on, as deep as is asked."""
    look = canvas.look
    chosen = range(first, first + (count or look.columns))
    return lambda depth: [Segment(0, look.left(c), top, look.column, top + depth) for c in chosen]


def picture(
    canvas: Canvas, x: float, y: float, width: float, height: float, caption: str, credit: str, page: int = 0
) -> tuple[Blocks, float]:
    """A grey picture with its caption and credit under it; gives the two blocks and where they end."""
    small = canvas.look.size * 0.85
    canvas.boxes.append((page, x, y, width, height, "picture"))
    y += height + small * 0.4
    for line in wrapped(caption, width, small):
        y += small * 1.35
        canvas.lines.append(Drawn(page, x, y, small, line))
    y += small * 1.35
    canvas.lines.append(Drawn(page, x + width - advance(credit, small), y, small, credit))
    return [("caption", caption), ("credit", credit)], y + small


def article(name: str, paragraphs: int = 99) -> tuple[str, str, Blocks]:
    """Title, byline and body of an article, cut after so many blocks."""
    blocks = blocks_of(ARTICLES[name])
    body = blocks[2:][:paragraphs]
    while body[-1][0] == "heading":
        body.pop()
    return blocks[0][1], blocks[1][1], body


def simple(name: str, source: str, look: Look, seed: int) -> Made:
    """Title and byline over all columns, then the columns."""
    canvas = Canvas(look)
    title, byline, body = article(source)
    y = head(canvas, title, byline, look.margin, left=look.margin, width=look.width - 2 * look.margin)
    truth, _ = fitted(canvas, body, columns_from(canvas, y + look.size), look.height - look.margin - y)
    return Made(name, canvas.pdf(random.Random(seed)), (("title", title), ("byline", byline), *truth))


def two_articles(seed: int = 5) -> Made:
    """Two articles side by side, each with a headline over its two columns, and a rule-less gutter between them."""
    look = Look(width=842, height=900, columns=4, gutter=16, size=9)
    canvas = Canvas(look)
    truth: Blocks = []
    for at, source in enumerate(("tea", "school")):
        left = look.left(2 * at)
        width = 2 * look.column + look.gutter
        title, byline, body = article(source)
        own = replace(look, title=26 if at == 0 else 20)
        canvas.look = own
        y = head(canvas, title, byline, look.margin + 40 * at, left=left, width=width)
        canvas.look = look
        segments = columns_from(canvas, y + 8, first=2 * at, count=2)
        made, _ = fitted(canvas, body, segments, look.height - look.margin - y)
        truth += [("title" if at == 0 else "heading", title), ("byline", byline), *made]
    return Made("two articles", canvas.pdf(random.Random(seed)), tuple(truth))


def with_sidebar(seed: int = 6) -> Made:
    """Three columns, a boxed sidebar at the foot of the last two."""
    look = Look(width=700, height=900, columns=3, size=10, gutter=20)
    canvas = Canvas(look)
    title, byline, body = article("library")
    y = head(canvas, title, byline, look.margin, left=look.margin, width=look.width - 2 * look.margin) + 10
    deep = 110.0

    def segments(depth: float) -> list[Segment]:
        return [
            Segment(0, look.left(c), y, look.column, y + depth - (deep + 12 if c else 0)) for c in range(look.columns)
        ]

    truth, bottom = fitted(canvas, body, segments, look.height - look.margin - y)
    x, width = look.left(1), 2 * look.column + look.gutter
    canvas.boxes.append((0, x, bottom - deep, width, deep, "frame"))
    inner = flow(canvas, list(SIDEBAR), [Segment(0, x + 10, bottom - deep + 4, width - 20, bottom)])
    assert inner is not None
    return Made("sidebar", canvas.pdf(random.Random(seed)), (("title", title), ("byline", byline), *truth, *inner))


def with_pictures(seed: int = 7) -> Made:
    """Three columns, a picture with its caption inside the second, which it interrupts, and one beside its caption."""
    look = Look(width=680, height=880, columns=3, size=10)
    canvas = Canvas(look)
    title, byline, body = article("port")
    y = head(canvas, title, byline, look.margin, left=look.margin, width=look.width - 2 * look.margin) + 10
    captions, after = picture(canvas, look.left(1), y + 170, look.column, 90, CAPTIONS[0], CREDITS[0])

    def segments(depth: float) -> list[Segment]:
        second = [
            Segment(0, look.left(1), y, look.column, y + 165),
            Segment(0, look.left(1), after, look.column, y + depth, captions),
        ]
        ends = [Segment(0, look.left(c), y, look.column, y + depth) for c in (0, 2)]
        return [ends[0], *second, ends[1]]

    truth, bottom = fitted(canvas, body, segments, look.height - look.margin - y)
    canvas.boxes.append((0, look.left(0), bottom + 20, look.column + 40, 100, "picture"))
    small = look.size * 0.85
    for number, line in enumerate(wrapped(CAPTIONS[3], 120, small)):
        canvas.lines.append(Drawn(0, look.left(0) + look.column + 50, bottom + 60 + number * small * 1.4, small, line))
    truth = [("title", title), ("byline", byline), *truth, ("caption", CAPTIONS[3])]
    return Made("pictures", canvas.pdf(random.Random(seed)), tuple(truth))


def with_upright_headline(seed: int = 8) -> Made:
    """A headline set upright at the left of three columns."""
    look = Look(width=720, height=760, columns=3, size=10, margin=60)
    canvas = Canvas(look)
    title, byline, body = article("market")
    size = 30.0
    canvas.lines.append(Drawn(0, look.margin, look.margin + size, size, title, upright=True))
    shifted = replace(look, width=look.width - 55)
    y = look.margin + 14
    canvas.look = replace(shifted, margin=look.margin)
    edge = look.margin + 55

    def left(c: int) -> float:
        return edge + c * (shifted.column + look.gutter)

    canvas.lines.append(Drawn(0, left(0), y, look.size, byline))

    def segments(depth: float) -> list[Segment]:
        tops = [y + 12, look.margin, look.margin]
        return [Segment(0, left(c), tops[c], shifted.column, y + 12 + depth) for c in range(3)]

    truth, _ = fitted(canvas, body, segments, look.height - look.margin - y)
    return Made("upright headline", canvas.pdf(random.Random(seed)), (("title", title), ("byline", byline), *truth))


def several_pages(seed: int = 9, columns: int = 2) -> Made:
    """Pages with a running head and a page number, paragraphs torn at columns' and pages' ends."""
    look = Look(width=420, height=420, columns=columns, size=10, margin=60, gutter=20)
    canvas = Canvas(look)
    title, byline, body = article("school")
    y = head(canvas, title, byline, look.margin, left=look.margin, width=look.width - 2 * look.margin) + 8
    pages = 6
    segments = [
        Segment(p, look.left(c), y if p == 0 else look.margin + 4, look.column, look.height - look.margin)
        for p in range(pages)
        for c in range(columns)
    ]
    more = article("port")[2]
    truth = flow(canvas, [*body, *more], segments)
    while truth is None:
        canvas.lines = [line for line in canvas.lines if line.page == 0 and line.y < y]
        segments += [
            Segment(pages, look.left(c), look.margin + 4, look.column, look.height - look.margin)
            for c in range(columns)
        ]
        pages += 1
        truth = flow(canvas, [*body, *more], segments)
    used = max(line.page for line in canvas.lines) + 1
    for p in range(used):
        canvas.lines.append(Drawn(p, look.margin, 36, 8, "晨光周刊 教育"))
        canvas.lines.append(Drawn(p, look.width / 2 - 8, look.height - 30, 8, f"- {p + 3} -"))
    return Made("several pages", canvas.pdf(random.Random(seed)), (("title", title), ("byline", byline), *truth))


TABLE = (
    ("区名", "社区数（个）", "经费（万元）"),
    ("朝阳区", "312", "1,560.5"),
    ("海淀区", "287", "1,435"),
    ("合计", "599", "2,995.5"),
)


def with_ruled_table(seed: int = 10, pad: float = 2.0) -> Made:
    """One column with a table of narrow cells, each in its own outline: numbers stand at the right, by the rule."""
    look = Look(height=700, columns=1, size=10)
    canvas = Canvas(look)
    title, byline, body = article("tea", 2)
    y = head(canvas, title, byline, look.margin, left=look.margin, width=look.width - 2 * look.margin)
    truth, y = fitted(canvas, body, columns_from(canvas, y + look.size), 400)
    widths = [max(advance(row[c], look.size) for row in TABLE) + 2 * pad for c in range(3)]
    high = 1.8 * look.size
    for r, row in enumerate(TABLE):
        x, y = 200.0, y + high
        for c, (cell, wide) in enumerate(zip(row, widths, strict=True)):
            canvas.boxes.append((0, x, y, wide, high, "frame"))
            at = x + wide - pad - advance(cell, look.size) if r and c else x + pad
            canvas.lines.append(Drawn(0, at, y + 1.25 * look.size, look.size, cell))
            x += wide
    after = article("school", 1)[2]
    more = flow(canvas, after, [Segment(0, look.margin, y + 2 * high, look.width - 2 * look.margin, look.height)])
    assert more is not None
    cells = [("table cell", cell) for row in TABLE for cell in row]
    whole = [("title", title), ("byline", byline), *truth, *cells, *more]
    return Made("ruled table", canvas.pdf(random.Random(seed)), tuple(whole))


def layouts() -> dict[str, Made]:
    """One page of each kind, by name."""
    a4 = Look()
    made = [
        simple("one column", "tea", replace(a4, columns=1, size=11, shuffle=False), 1),
        simple("two columns", "library", replace(a4, height=900, size=10.5), 2),
        simple("three columns", "port", replace(a4, width=700, columns=3, size=9.5, gutter=15), 3),
        simple("four columns", "school", replace(a4, width=842, columns=4, size=9, gutter=14, title=32), 4),
        simple(
            "five columns", "market", replace(a4, width=1000, height=700, columns=5, size=10, gutter=16, title=36), 5
        ),
        simple("spaced paragraphs", "market", replace(a4, height=950, indent=0, spacing=0.9, centre=False), 6),
        two_articles(),
        with_sidebar(),
        with_pictures(),
        with_upright_headline(),
        several_pages(),
        with_ruled_table(),
    ]
    return {page.name: page for page in made}


def random_page(seed: int) -> Made:
    """A page whose look and make-up the seed decides."""
    rng = random.Random(seed)
    columns = rng.randint(1, 5)
    size = rng.choice([8, 8.5, 9, 9.5, 10, 10.5, 11, 12])
    look = Look(
        width=rng.uniform(70, 110) + columns * size * rng.uniform(13, 22) + (columns == 1) * 200,
        height=2000,
        margin=rng.uniform(30, 70),
        columns=columns,
        gutter=size * rng.uniform(1.0, 2.6),
        size=size,
        leading=rng.uniform(1.2, 1.9),
        title=size * rng.uniform(1.8, 3.6),
        heading=size * rng.choice([1.15, 1.2, 1.3, 1.5]),
        indent=rng.choice([2, 2, 2, 0]),
        spacing=0.0,
        justify=rng.random() < 0.8,
        shuffle=rng.random() < 0.7,
        centre=rng.random() < 0.6,
    )
    look = replace(look, spacing=rng.uniform(0.5, 1.0) if look.indent == 0 else rng.choice([0, 0, 0.4]))
    canvas = Canvas(look)
    truth: Blocks = []
    y = look.margin
    tops = rng.choice([1, 1, 2])
    for source in rng.sample(sorted(ARTICLES), tops):
        made, y = one_article(canvas, source, y, rng, first=not truth)
        truth += made
        y += 2.5 * size
    canvas.look = replace(look, height=y + look.margin)
    return Made(f"random {seed}", canvas.pdf(rng), tuple(truth))


def one_article(canvas: Canvas, source: str, y: float, rng: random.Random, *, first: bool) -> tuple[Blocks, float]:
    """An article from `y` on over all columns, perhaps with a picture in a column, or a sidebar at the foot."""
    look = canvas.look
    title, byline, body = article(source, rng.randint(6, 14))
    if not first:
        canvas.look = replace(look, title=look.title * 0.85)
    y = head(canvas, title, byline, y, left=look.margin, width=look.width - 2 * look.margin) + look.size
    canvas.look = look
    what = rng.choice(["plain", "plain", "picture", "sidebar", "wide picture"])
    inside: Blocks = []
    start, column = y + rng.uniform(5, 9) * look.size, rng.randrange(look.columns)
    captions: Blocks = []
    after = start
    if what == "wide picture":
        wide = look.width - 2 * look.margin
        made, y = picture(canvas, look.margin, y, wide, 8 * look.size, rng.choice(CAPTIONS), rng.choice(CREDITS))
        inside, y = made, y + look.size
    if what == "picture":
        captions, after = picture(
            canvas, look.left(column), start, look.column, 7 * look.size, rng.choice(CAPTIONS), rng.choice(CREDITS)
        )
    deep = 14 * look.size * look.leading if what == "sidebar" else 0.0

    def segments(depth: float) -> list[Segment]:
        found = []
        for c in range(look.columns):
            bottom = y + depth
            if what == "picture" and c == column:
                found.append(Segment(0, look.left(c), y, look.column, start - look.size * 0.5))
                found.append(Segment(0, look.left(c), after + look.size * 0.3, look.column, bottom, captions))
            else:
                found.append(Segment(0, look.left(c), y, look.column, bottom))
        return found

    truth, bottom = fitted(canvas, body, segments, 1800)
    bottom = max(bottom, after)
    if deep:
        x, width = look.left(look.columns - 1), look.column
        top = bottom + look.size * 2
        boxed: Iterable[tuple[str, str]] | None = None
        height = deep
        while boxed is None:
            boxed = flow(canvas, list(SIDEBAR), [Segment(0, x + 6, top + 3, width - 12, top + height)], draw=False)
            height += look.size
        flow(canvas, list(SIDEBAR), [Segment(0, x + 6, top + 3, width - 12, top + height)])
        canvas.boxes.append((0, x, top, width, height + 4, "frame"))
        truth, bottom = [*truth, *boxed], top + height
    return [("title" if first else "heading", title), ("byline", byline), *inside, *truth], bottom
