"""Breaks clean articles the way a newspaper page breaks that was taken out of a PDF: for tests of layout.py.

The articles are our own. `broken` cuts one into columns, mostly inside a paragraph, puts the columns out of order and
the title, captions and staff between them.
"""

from __future__ import annotations

import random
from dataclasses import dataclass

ARTICLES: dict[str, str] = {
    "tea": """# 茶山里的新生意
记者 林晓禾 周知远

清明前后,云岭县的茶山上雾气还没有散尽,采茶人已经背着竹篓走进了茶园。这个以茶闻名的山区小县,正在把一片叶子做成一条完整的产业链。

## 从卖鲜叶到卖品牌

过去,这里的茶农只卖鲜叶,价格由外地商贩说了算。村民何桂兰回忆,最困难的那一年,一斤鲜叶只能换回两元钱,许多人干脆把茶树砍掉,改种玉米。

转机出现在八年前。县里请来农业科学院的专家,对土壤和气候做了系统的检测,确定了三个适合当地种植的品种,又帮助村里建起第一座标准化加工车间。何桂兰第一个报名参加培训,如今她带领的合作社有一百二十多户社员。

品牌打响之后,订单从全国各地飞来。合作社理事长马建国说,去年光是网络销售额就超过了三百万元,占全部收入的一半以上,今年还打算把茶叶卖到更远的地方去。

## 让年轻人愿意回来

产业兴旺了,外出打工的年轻人开始返乡。二十六岁的陆小川辞去城里的工作,回到村里开了一家茶馆,客人可以一边品茶,一边透过玻璃窗观看制茶的全过程。

为了留住这些年轻人,县里出台了创业贷款、住房补贴和子女入学等一系列扶持政策,还在镇上建起了图书馆和篮球场。“回来之前我犹豫了很久,现在觉得这个决定是对的。”陆小川说。

茶旅融合的路子也越走越宽。每到周末,自驾游的车队沿着盘山公路一直排到山顶的观景台,民宿的房间往往要提前半个月预订。

## 守住绿水青山

产业发展不能以牺牲环境为代价。全县的茶园已经停止使用化学农药,改用灯光诱虫、以虫治虫等绿色防控技术,山间的溪流重新变得清澈见底。

当地还与大学合作建立了生态监测站,对水质、空气和土壤进行长期跟踪观察。监测数据显示,近五年来茶园里的鸟类增加了十七种,一度消失的萤火虫也重新出现在夏夜的田埂上。

站在山顶望去,层层叠叠的茶园像绿色的波浪一样铺向天边。人们相信,只要把这片山水守护好,好日子就会像茶香一样长久。
""",
    "library": """# 城市书房点亮夜晚
本报记者 苏明 韩雨晴

晚上九点,滨江路上的城市书房依然灯火通明。靠窗的座位上坐满了读者,有准备考试的学生,也有刚刚下班的上班族,屋子里只听得见翻书的声音。

## 家门口的阅读空间

这样的书房,全市已经建成八十六座,大多设在社区、公园和地铁站附近,居民步行十五分钟就能走到。书房全天开放,无人值守,读者刷一下身份证便可以自助借还。

市图书馆馆长秦少华介绍,建设之初最大的困难是选址。工作人员走访了两百多个社区,听取居民的意见,最后决定利用闲置的岗亭、旧厂房和空置商铺进行改造,既节省了资金,又保留了老建筑的记忆。

位于老城区的一座书房原来是废弃的粮仓,设计师保留了高大的木质屋顶,在墙上挂起粮票和老照片。退休教师葛永年几乎每天都来,他说在这里读书,好像又回到了年轻的时候。

## 书房里的新鲜事

除了借书还书,书房还经常举办讲座、音乐会和手工课。去年全年共举办各类活动一千四百余场,参加的市民超过十万人次。

挪威作家埃里克·汉森在参观后表示,他走过许多国家的图书馆,却很少见到开放到深夜的社区书房,这让他对这座城市有了新的认识。他把自己的三本著作赠送给了书房。

志愿者是书房里最忙碌的人。大学生唐棠每周来两个晚上,整理书架、解答咨询、给孩子们讲故事。她在日记里写道:“每一个被书吸引的眼神,都让我觉得这份工作值得。”

## 服务还能更好

随着读者增多,新的问题也出现了。有人反映热门图书常常借不到,有人抱怨座位被书包长时间占用,还有老年人不会使用自助设备。

针对这些意见,图书馆建立了全市统一的调配系统,根据借阅数据及时补充图书;同时推出预约座位和超时提醒功能,并在每个书房安排志愿者,为老年读者提供一对一的帮助。

一座城市的气质,往往藏在它的灯光里。当越来越多的人在夜晚走进书房,阅读就成了这座城市最温暖的风景。
""",
}

CAPTIONS = (
    ("图①:游客在观景台上拍照留念。", "赵启明摄(资料图片)"),
    ("图②:孩子们在志愿者的带领下参加周末的活动。", "本报记者 宋佳音摄"),
    ("图③:改造后的老建筑外景。", "方海平摄(资料图片)"),
)


@dataclass(frozen=True)
class Broken:
    """A broken page, its true blocks in order (kind, text), and how many tears it has."""

    page: str
    truth: tuple[tuple[str, str], ...]
    tears: int


def blocks_of(article: str) -> list[tuple[str, str]]:
    """The blocks of an article above: title, byline, headings and paragraphs."""
    lines = [line for line in article.split("\n") if line]
    kinds = {"#": "title", "##": "heading"}
    marked = [(kinds.get(line.split(" ")[0], "paragraph"), line.lstrip("# ")) for line in lines]
    return [marked[0], ("byline", marked[1][1]), *marked[2:]]


def cut_at(paragraph: str, rng: random.Random) -> int:
    """A place to tear a paragraph: between two characters of a clause, not where a sentence or clause ends."""
    inner = [i for i in range(12, len(paragraph) - 12) if (paragraph[i - 1] + paragraph[i]).isalnum()]
    return rng.choice(inner)


def broken(article: str, seed: int, columns: int = 4) -> Broken:
    """The article on a page of that many columns, each but the last ending inside a paragraph; `seed` says how.

    The column with the beginning stays before the others, as on the page, where it stands at the left.
    """
    rng = random.Random(seed)
    truth = blocks_of(article)
    body = truth[2:]
    torn = sorted(
        rng.sample([i for i, (kind, text) in enumerate(body) if kind == "paragraph" and len(text) > 60], columns - 1)
    )
    parts: list[list[str]] = [[]]
    for i, (_, text) in enumerate(body):
        if i in torn:
            at = cut_at(text, rng)
            parts[-1].append(text[:at])
            parts.append([text[at:]])
        else:
            parts[-1].append(text)
    first, *others = parts
    while others == parts[1:] and len(others) > 1:
        rng.shuffle(others)
    front = [truth[0][1], truth[1][1]]
    pictures = [
        ["①", "②", "③"],
        [line for caption in CAPTIONS for line in caption],
        ["本版责编:许若谷 江一帆", "版式设计:白露"],
    ]
    between = [front, *pictures]
    page = list(first)
    for i, furniture in enumerate(between):
        page += furniture
        page += others[i] if i < len(others) else []
    captions = [
        (kind, text)
        for mark, (caption, credit) in zip("①②③", CAPTIONS, strict=True)
        for kind, text in (("mark", mark), ("caption", caption), ("credit", credit))
    ]
    staff = [("staff", text) for text in pictures[2]]
    return Broken("\n\n".join(page) + "\n", (*truth, *captions, *staff), columns - 1)
