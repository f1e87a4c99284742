"""Plain text: lines, offsets, hard wraps, characters that no XML can hold, and the doors to the readers."""

from __future__ import annotations

import itertools
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bilingual.bitext import Document, FlagKind
from bilingual.documents import find_documents, read, read_bytes
from bilingual.errors import InputError


def document(text: str) -> Document:
    return read_bytes(text.encode(), "x.txt")


def texts(text: str) -> list[str]:
    return [block.text.string for block in document(text).blocks]


def assert_offsets(document: Document) -> None:
    for block in document.blocks:
        assert len(block.spans) == len(block.locators)
        pieces = "".join(span.of(document.text) for span in block.spans)
        assert len(pieces) == len(block.text.string)
        assert pieces.replace("\n", " ") == block.text.string.replace("\n", " ")


def test_every_line_is_a_block_with_its_line_number() -> None:
    blocks = document("春天来了。\r\n\r\n　　燕子从南方飞回来。\n柳树发芽了。").blocks
    assert [(b.text.string, b.locators[0].line) for b in blocks] == [
        ("春天来了。", 1),
        ("燕子从南方飞回来。", 3),
        ("柳树发芽了。", 4),
    ]


def test_document_knows_its_file() -> None:
    read_it = read_bytes("今天我们去公园看花。".encode("gb18030"), "spring.txt")
    assert read_it.template is not None
    assert (read_it.name, read_it.template.encoding, len(read_it.template.sha256)) == ("spring.txt", "gb18030", 64)


def test_hard_wrapped_paragraphs_are_put_together() -> None:
    first = "村口的老槐树已经有三百多年的历史，每到夏天，树下便坐满了乘凉的老人，他们摇着蒲扇，讲着过去的故事。" * 2
    second = "孩子们在树下追逐打闹，笑声传得很远很远，连田里干活的大人也忍不住停下手里的活，抬起头来看一看。" * 2
    wrapped = "\n\n".join("\n".join(p[i : i + 24] for i in range(0, len(p), 24)) for p in (first, second))
    assert texts(wrapped) == [first, second]
    assert_offsets(document(wrapped))


def test_a_wrapped_latin_line_keeps_its_space() -> None:
    lines = ["这个项目采用国际通行方法由各国许多专家组", "成的团队用的都是最近推出的新款 machine"]
    lines += ["learning技术来完成全部测试工作和后续评估", "以及随后的验证工作然后再交付给所有的用户", "使用。"]
    text = "\n".join(lines)
    (block, _) = document(f"{text}\n\n{text}").blocks
    assert "新款 machine learning技术" in block.text.string
    assert len(block.spans) == 5


LETTER = """搬家的消息

亲爱的外婆：

上个星期我们终于搬进了新房子。房子在河的南岸，推开窗户就能看见那座老石桥，桥下常
有渔船经过。院子里有一棵石榴树，听邻居说已经有四十多年了，每到秋天都会结满红红的果
子，整条街上的孩子都来摘。

爸爸说等天气暖和了就去接您过来住一阵子，妹妹已经把靠窗的那张小床留给您，还在床头
贴满了她画的画。

一、关于药
每天早晚各一次，不要忘记。
二、关于电话
晚上七点以后打给我们最方便，白天家里没有人接。

此致
敬礼

                                        您的外孙 明远
                                        2023年11月5日
"""


def test_a_short_wrapped_letter_is_put_together_but_for_its_short_lines() -> None:
    assert texts(LETTER) == [
        "搬家的消息",
        "亲爱的外婆：",
        (
            "上个星期我们终于搬进了新房子。房子在河的南岸，推开窗户就能看见那座老石桥，桥下常有渔船经过。"
            "院子里有一棵石榴树，听邻居说已经有四十多年了，每到秋天都会结满红红的果子，整条街上的孩子都来摘。"
        ),
        "爸爸说等天气暖和了就去接您过来住一阵子，妹妹已经把靠窗的那张小床留给您，还在床头贴满了她画的画。",
        "一、关于药",
        "每天早晚各一次，不要忘记。",
        "二、关于电话",
        "晚上七点以后打给我们最方便，白天家里没有人接。",
        "此致",
        "敬礼",
        "您的外孙 明远",
        "2023年11月5日",
    ]
    assert_offsets(document(LETTER))


def test_a_broken_word_shows_a_wrap_that_the_widths_alone_do_not() -> None:
    lines = ["河上的老石桥修了整整两年，去年冬天重新通行的时候，附近村子里的人都赶来观", "看，桥头挤得水泄不通。"]
    more = [
        "修桥的工匠大多是本地人，他们的祖父辈就在这条河上修桥，所以对每一块石",
        "头都像家里的桌椅板凳一样熟悉，谁也不用图",
        "纸，闭着眼睛都能修。",
    ]
    assert texts("\n".join(lines) + "\n\n" + "\n".join(more)) == ["".join(lines), "".join(more)]
    traditional = ["河上的老石橋修了整整兩年，去年冬天重新通行的時候，附近村子裡的人都趕來觀", "看，橋頭擠得水洩不通。"]
    again = ["修橋的工匠大多是本地人，他們的祖父輩就在這條河上修橋，所以對每一塊石", "頭都很熟悉，誰也不用圖紙。"]
    assert texts("\n".join(traditional) + "\n\n" + "\n".join(again)) == ["".join(traditional), "".join(again)]


def test_items_and_turns_begin_anew_in_a_wrapped_file() -> None:
    told = "村口的老槐树已经有三百多年的历史，每到夏天，树下便坐满了乘凉的老人，他们摇着蒲扇，讲着过去的故事。" * 2
    said = ["老人：这棵树是我爷爷的爷爷种下的，没有人敢砍。", "记者：那么村里的年轻人知道这些故事吗，他们信吗？"]
    items = ["1. 不得在树下生火，也不得在树枝上挂东西晾衣服。", "2. 每年春天由村里的老人带着孩子们一起给它浇水。"]
    wrapped = "\n".join(told[i : i + 24] for i in range(0, len(told), 24))
    assert texts("\n\n".join([wrapped, "\n".join(said), "\n".join(items)])) == [told, *said, *items]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("床前明月光，\n疑是地上霜。\n举头望明月，\n低头思故乡。", id="poem"),
        pytest.param("轻轻的我走了\n正如我轻轻的来\n我轻轻的招手\n作别西天的云彩", id="verse-without-stops"),
        pytest.param("老师：你去哪儿\n学生：我去图书馆\n老师：现在还开门吗\n学生：九点才关门", id="dialogue"),
        pytest.param("采购清单\n\n- 苹果三斤\n- 牛奶两盒\n- 面包一袋", id="list"),
        pytest.param(
            "1. 提高全体职工的安全意识，落实各项规章制度，定期检查消防设施和疏散通道\n"
            "2. 加强对新入职人员的培训，确保每个人都掌握灭火器和应急照明的使用方法\n"
            "3. 建立健全应急预案，每季度组织一次全员参加的演练并做好记录和总结",
            id="long-items-without-stops",
        ),
        pytest.param(
            "云岭县茶山村小学\n云岭县茶山乡中心路二十六号\n邮编 650000\n\n林老师：\n\n"
            "您寄来的两箱图书已经收到，孩子们围着箱子看了一个下午，舍不得回家。\n\n此致\n敬礼\n\n周知远\n2023年6月1日",
            id="letter-of-one-line-paragraphs",
        ),
        pytest.param(
            "老船长：这条航线我走了三十五年，哪里有暗礁哪里有浅滩，闭着眼睛都能说得出来\n"
            "小姚：可是现在有了电子海图，屏幕上什么都标得清清楚楚，还用得着记在心里吗\n"
            "老船长：机器也有坏的时候，真到了那一天，你靠什么把船开回来呢，靠运气吗",
            id="long-turns-without-stops",
        ),
        pytest.param(
            "我看见你从雨中走来，手里提着一盏没有点亮的灯，身后是整条沉默的街\n"
            "而我坐在窗前，数着屋檐上落下的水滴\n"
            "像数着那些没有寄出的信，像数着我们一起走过的每一个黄昏\n"
            "你说春天就要来了",
            id="long-verse",
        ),
        pytest.param(
            "这家小店开在巷子深处，招牌已经旧得看不清字，但是每天来吃面的人仍然从早排到晚，从来没有断过\n\n"
            "老板姓王，做了三十年的面，他说自己只会做这一件事，所以必须把它做好。\n\n"
            "巷子里的邻居都叫他王师傅，谁家有事他都去帮忙。\n\n街坊们说，有了这家店，巷子才像一个家。",
            id="one-missing-full-stop",
        ),
    ],
)
def test_a_sound_document_passes_through_unchanged(text: str) -> None:
    lines = [line for line in text.split("\n") if line]
    assert texts(text) == lines
    assert not any(block.repairs for block in document(text).blocks)


def test_control_characters_become_gaps_and_flags() -> None:
    found = document("第一行没有问题。\n第二行\x01有\x0b一个\x1f控制字符。\n")
    flags = [flag for block in found.blocks for flag in block.flags]
    assert [b.text.string for b in found.blocks] == ["第一行没有问题。", "第二行有", "一个控制字符。"]
    assert [flag.kind for flag in flags] == [FlagKind.CHARACTERS] * 2
    assert "line 2" in flags[0].reason
    assert "U+0001" in flags[0].reason
    assert_offsets(found)


def test_a_lost_character_is_flagged_where_it_stands() -> None:
    (flag,) = document("他来自云\ufffd省的一个小村庄。").blocks[0].flags
    assert flag.span is not None
    assert (flag.span.start, flag.span.end) == (4, 5)


def test_a_line_of_200000_characters_is_one_block() -> None:
    line = "这一行非常长，" * 30_000
    assert texts(line) == [line]


@given(st.text(alphabet="天地玄黄，。“”《》①图:摄 \n\t\u3000\x01aB1", max_size=300))
def test_offsets_lead_back_into_the_file(text: str) -> None:
    try:
        found = document(text)
    except InputError:
        return
    assert_offsets(found)
    covered = sorted((span.start, span.end) for block in found.blocks for span in block.spans)
    assert all(first[1] <= second[0] for first, second in itertools.pairwise(covered))
    inked = {i for i, c in enumerate(text) if not c.isspace() and c != "\x01"}
    assert inked <= {i for start, end in covered for i in range(start, end)}


def test_folders_are_searched_in_order_without_hidden_files(tmp_path: Path) -> None:
    for name in ("b.txt", "a/2.txt", "a/1.TXT", ".hidden.txt", ".git/x.txt", "photo.jpg"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("字", encoding="utf-8")
    found = find_documents([tmp_path, tmp_path / "b.txt"])
    assert [str(path.relative_to(tmp_path)) for path in found] == ["a/1.TXT", "a/2.txt", "b.txt"]


@pytest.mark.parametrize(
    ("make", "says"),
    [
        pytest.param(None, "no such file", id="missing"),
        pytest.param("folder", "no document in this folder", id="empty-folder"),
    ],
)
def test_paths_without_documents_are_refused(tmp_path: Path, make: str | None, says: str) -> None:
    path = tmp_path / "here"
    if make:
        path.mkdir()
    with pytest.raises(InputError, match=says):
        find_documents([path])


def test_reading_refuses_what_it_cannot_read(tmp_path: Path) -> None:
    (tmp_path / "folder.txt").mkdir()
    (tmp_path / "page.xyz").write_text("字", encoding="utf-8")
    for name, says in (("folder.txt", "folder"), ("gone.txt", "no such file"), ("page.xyz", "no reader for '.xyz'")):
        with pytest.raises(InputError, match=says):
            read(tmp_path / name)


def test_standard_input_is_plain_text() -> None:
    assert read_bytes("春天来了。".encode(), "-").blocks[0].text.string == "春天来了。"


def test_a_message_names_the_path_and_the_document_its_file(tmp_path: Path) -> None:
    (tmp_path / "好.txt").write_text("春天来了。", encoding="utf-8")
    (tmp_path / "空.txt").write_bytes(b"")
    assert read(tmp_path / "好.txt").name == "好.txt"
    with pytest.raises(InputError, match=r"空\.txt: the file is empty") as caught:
        read(tmp_path / "空.txt")
    assert str(tmp_path) in str(caught.value)
