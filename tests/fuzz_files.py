"""Sound files of every kind that is read, for damaging: made here or by the other tests, from our own texts."""

from __future__ import annotations

import random

from bench import docx as word
from bench import html as web
from tests import pdf_pages
from tests.conftest import SEED
from tests.docx_files import field, p, r
from tests.docx_files import word as packed_word

MARKDOWN = """---
title: 茶山里的新生意
---
# 茶山里的**新生意**

清明前后，*云岭县*的茶山上[雾气](https://example.org "雾")还没有散尽[^1]。`make run` 见 <https://example.org>。

> 引文一行
> - 第一项
>   1. 嵌套 ~~删去~~

| 年份 | 产量 |
|---|:-:|
| 2023 | 30亿 |

```
代码
```
![图](a.png)

[^1]: 资料来源：新华社。
"""
SRT = """1
00:00:01,000 --> 00:00:03,000
<i>清明前后</i>，

2
00:00:03,100 --> 00:00:05,000
{\\an8}茶山上雾气还没有散尽。

3
00:00:06,000 --> 00:00:08,000
- 你好。
- 你好！
"""
VTT = """WEBVTT

STYLE
::cue { color: white }

NOTE 说明

开场
00:01.000 --> 00:03.000 line:0 position:20%
<v 老王>清明<00:02.000>前后</v>，

00:00:03.100 --> 00:00:05.000
茶山上<c.yellow>雾气</c>还没有散尽。
"""
BODY = (
    p("茶山里的新生意", '<w:pStyle w:val="1"/>')
    + p(r("清明前后，") + r("云岭县", "<w:b/>") + r("的茶山上") + r("<w:footnoteReference w:id='2'/>") + r("。"))
    + p(r("第") + field("PAGE", "3") + r("页"))
    + f"<w:tbl><w:tr><w:tc>{p('年份')}</w:tc><w:tc>{p('产量')}</w:tc></w:tr></w:tbl>"
    + p('<w:ins w:id="1" w:author="李"><w:r><w:t>新增</w:t></w:r></w:ins>')
    + p("<m:oMath><m:r><m:t>x</m:t></m:r></m:oMath>")
)


def files() -> dict[str, bytes]:
    """One or more files of each kind, by name."""
    pages = {f"{name}.html": make(random.Random(1))[0].encode() for name, make in web.LAYOUTS.items()}
    papers = {f"{name}.pdf": page.data for name, page in list(pdf_pages.layouts().items())[:6]}
    return {
        "seed.txt": SEED.read_bytes(),
        "gb.txt": SEED.read_text("utf-8").encode("gb18030"),
        "a.md": MARKDOWN.encode(),
        "a.srt": SRT.encode(),
        "b.srt": SRT.replace("\n", "\r\n").encode("utf-16"),
        "a.vtt": VTT.encode(),
        "a.epub": web.book(random.Random(1))[0],
        "parts.docx": packed_word(BODY),
        "report.docx": word.report()[0],
        **pages,
        **papers,
    }
