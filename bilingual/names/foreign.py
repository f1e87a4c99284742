"""Foreign names written with Chinese sounds (拉斐尔·某某): where they stand, and a guess at what they are in Latin.

Transcription loses too much to be undone: a guess is for a person's eyes, never for the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from bilingual.bitext import Span
from bilingual.chinese import HAN, fold, to_simplified
from bilingual.names.pinyin import DOTS

_DOTTED = re.compile(rf"[{HAN}]{{1,8}}(?:[·‧•・][{HAN}]{{1,10}})+")
_GIVEN_NAMES = (
    "约翰=John 大卫=David 戴维=David 玛丽=Mary 迈克尔=Michael 迈克=Mike 罗伯特=Robert 威廉=William 詹姆斯=James "
    "理查德=Richard 查尔斯=Charles 乔治=George 托马斯=Thomas 彼得=Peter 保罗=Paul 马克=Mark 安娜=Anna 玛丽亚=Maria "
    "玛利亚=Maria 何塞=José 胡安=Juan 穆罕默德=Mohammed 阿里=Ali 艾哈迈德=Ahmed 艾哈迈迪=Ahmadi "
    "弗拉基米尔=Vladimir 谢尔盖=Sergei 亚历山大=Alexander 伊万=Ivan 唐纳德=Donald 巴拉克=Barack 希拉里=Hillary "
    "安格拉=Angela 丹尼尔=Daniel 安东尼=Anthony 安东尼奥=Antonio 安德鲁=Andrew 安德烈=Andrei 本杰明=Benjamin "
    "克里斯=Chris 克里斯托弗=Christopher 克里斯蒂娜=Christina 爱德华=Edward 伊丽莎白=Elizabeth 艾米丽=Emily "
    "埃里克=Eric 弗兰克=Frank 弗朗西斯=Francis 弗朗索瓦=François 加布里埃尔=Gabriel 亨利=Henry 杰克=Jack "
    "雅各布=Jacob 让=Jean 珍妮=Jenny 杰西卡=Jessica 乔=Joe 约瑟夫=Joseph 朱莉=Julie 凯文=Kevin 劳拉=Laura "
    "路易斯=Luis 路易=Louis 卢卡=Luca 马丁=Martin 马修=Matthew 马里奥=Mario 米歇尔=Michel 米哈伊尔=Mikhail "
    "尼古拉=Nikolai 尼古拉斯=Nicolas 帕特里克=Patrick 菲利普=Philip 拉斐尔=Rafael 罗杰=Roger 罗纳德=Ronald "
    "罗尼=Ronnie 萨拉=Sara 莎拉=Sarah 斯蒂芬=Stephen 史蒂文=Steven 史蒂夫=Steve 苏珊=Susan 蒂姆=Tim 汤姆=Tom "
    "维克多=Victor 沃尔特=Walter 伊戈=Igor 伊戈尔=Igor 阿卜杜拉=Abdullah 哈桑=Hassan 侯赛因=Hussein "
    "易卜拉欣=Ibrahim 优素福=Yusuf 法蒂玛=Fatima 奥马尔=Omar 萨勒曼=Salman 纳伦德拉=Narendra 拉吉夫=Rajiv "
    "埃隆=Elon 比尔=Bill 鲍勃=Bob 吉姆=Jim 凯特=Kate 琳达=Linda 丽莎=Lisa 卡洛斯=Carlos 费尔南多=Fernando "
    "佩德罗=Pedro 巴勃罗=Pablo 圣地亚哥=Santiago 恩里克=Enrique 豪尔赫=Jorge 哈维尔=Javier 贾斯汀=Justin "
    "埃马纽埃尔=Emmanuel 鲍里斯=Boris 奥尔加=Olga 娜塔莎=Natasha 叶卡捷琳娜=Ekaterina 德米特里=Dmitry 尤里=Yuri "
    "马塞拉=Marsela 本=bin"
)
_SOUNDS = (
    "斯=s 丝=s 克=k 尔=r 德=d 特=t 布=b 普=p 姆=m 夫=v 弗=f 格=g 茨=ts 奇=ch 切=che 赫=h 什=sh 恩=n 思=s 兹=z "
    "次=ts 福=fo 拉=la 托=to 瓦=va 娃=va 娜=na 纳=na 卡=ka 塔=ta 巴=ba 莱=le 蒂=ti 贾=ja 迪=di 戈=go 萨=sa 鲁=ru "
    "卢=lu 奥=o 埃=e 耶=ye 隆=lon 默=mer 蒙=mon 哈=ha 劳=lau 顿=ton 伦=len 莎=sha 沙=sha 逊=son 罗=ro 洛=lo 尼=ni "
    "林=lin 马=ma 玛=ma 塞=se 赛=sai 穆=mu 贝=be 留=liu 伊=i 万=van 斐=fa 艾=ai 森=sen 曼=man 利=li 丽=ly 里=ri "
    "莉=li 露=lu 西=si 锡=si 亚=ya 娅=ya 雅=ya 达=da 比=bi 本=ben 杰=je 基=ki 吉=ji 加=ga 盖=gai 戴=dai 丹=dan "
    "登=den 邓=dun 多=do 杜=du 敦=don 法=fa 菲=fi 费=fe 芬=fen 冈=gang 古=gu 瓜=gua 海=he 汉=han 翰=han 华=wa "
    "怀=whi 惠=whi 霍=ho 胡=hu 简=jan 金=kin 凯=kai 坎=can 康=con 考=cow 科=ko 肯=ken 库=ku 昆=quin 朗=lang 勒=le "
    "雷=re 兰=lan 伯=ber 博=bo 波=po 勃=b 鲍=bau 保=pau 宾=bin 冰=ben 佩=pe 皮=pi 平=pin 珀=per 帕=pa 潘=pan "
    "庞=pon 乔=jo 琼=jon 热=je 若=jo 瑞=re 桑=san 圣=san 施=sch 史=s 舒=shu 苏=su 索=so 泰=tai 坦=tan 汤=tom "
    "唐=don 提=ti 图=tu 韦=we 维=vi 威=wi 魏=wei 温=win 文=ven 翁=on 沃=wo 乌=u 武=vu 希=hi 谢=she 辛=sin 休=hu "
    "许=schu 延=yan 扬=jan 叶=ye 因=in 英=ing 尤=yu 约=jo 泽=ze 扎=za 詹=jam 章=zhang 珍=jen 朱=ju 佐=zo 阿=a "
    "安=an 昂=an 拜=by 班=ban 道=dow 迈=my 梅=me 米=mi 莫=mo 摩=mo 缪=mu 内=ne 涅=ne 纽=new 农=non 诺=no 努=nu "
    "欧=o 钱=chen 强=john 琴=chin 柔=rou 萝=ro 松=son 孙=son 脱=to 夏=sha 肖=shaw 歇=che 欣=hin 修=hew 伽=ga 葛=ge "
    "根=gen 贡=gon 桂=gui 郭=guo 哥=co 孔=con 夸=qua 奎=qui 列=le 琳=lin 龙=lon 仑=lon 略=lio 治=ge 卜=b 宁=nin "
    "廷=tin 丁=din 东=don 堡=burg 甘=gan 干=gan 喀=ka 汗=khan 罕=han 奈=nai 南=nan 彼=pe 得=ter 第=di 度=du 理=ri "
    "查=char 腊=la 荷=ho 季=ji 捷=te 久=jiu 柯=co 寇=cou 柳=lyu 娄=lou 茹=ru 柴=chai"
)
_GIVEN: dict[str, str] = dict(re.findall(r"(\S+)=(\S+)", _GIVEN_NAMES))
_SYLLABLES: dict[str, str] = dict(re.findall(r"(\S)=(\S+)", _SOUNDS))


def find_dotted(text: str) -> Iterator[Span]:
    """Where foreign names with a dot between their parts stand, as far as their characters are sounds."""
    simplified = to_simplified(fold(text))
    for found in _DOTTED.finditer(simplified):
        first, *_, last = DOTS.split(found[0])
        start = found.start() + len(first) - len(_sounding(first[::-1]))
        end = found.end() - len(last) + len(_sounding(last))
        yield Span(start, end)


def may_be_sounds(text: str) -> bool:
    """Whether foreign names are written with each of these characters: 梅西."""
    return all(char in _SYLLABLES for char in text)


def _sounding(part: str) -> str:
    """The beginning of `part` that may be the sound of a name; all of it where that would leave nothing."""
    length = next((at for at, char in enumerate(part) if char not in _SYLLABLES), len(part))
    return part[:length] or part


def guess(name: str) -> str:
    """What a foreign name may be in Latin letters: 威廉·鲁托 → "William Ruto"; "" where its sounds tell nothing.

    A guess, and often a wrong one.
    """
    parts = [_latin(part) for part in DOTS.split(to_simplified(fold(name))) if part]
    return " ".join(parts) if parts and all(parts) else ""


def _latin(part: str) -> str:
    if part in _GIVEN:
        return _GIVEN[part]
    if not may_be_sounds(part):
        return ""
    return "".join(_SYLLABLES[char] for char in part).capitalize()
