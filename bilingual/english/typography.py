"""The typography of a translated sentence: spaces, punctuation, capitals."""

from __future__ import annotations

import re

from bilingual.english.articles import agree
from bilingual.english.quotes import balance

_SHAPES: dict[str, str | None] = {
    **{chr(0xFF01 + i): chr(0x21 + i) for i in range(94)},
    **dict.fromkeys("▁\u3000\u00a0\u2002\u2003\u2009\u202f·・‧•", " "),
    **dict.fromkeys("‘’‛ʼ`", "'"),
    "。": ".", "、": ",", "｡": ".", "､": ",", "…": "...", "【": "[", "】": "]", "〔": "(", "〕": ")",
    "～": "~", "〜": "~", "―": "—", "\u200b": None, "\ufeff": None, "￥": "¥",
}  # fmt: skip
_CHARACTERS = str.maketrans(_SHAPES)
_ADDRESS = r"(?P<address>\b(?:https?|ftp)://\S+|\bwww\.\S+|(?<!\S)[\w.+-]{1,64}@\S+)"


def _rule(pattern: str, replacement: str) -> tuple[re.Pattern[str], str]:
    return re.compile(f"{_ADDRESS}|{pattern}"), replacement


_RULES = (
    _rule(r"[ \t]*\n[ \t]*", "\n"),
    _rule(r"[ \t]{2,}|\t", " "),
    _rule(r"[ \t]*(?:—+|(?<!-)--+(?!-))[ \t]*", "—"),
    _rule(r"(?:\. ?){6,}(?!\d)", "... "),
    _rule(r"(?<=[\w\"'.)\]]) ?' ?(?P<a>s|re|ve|ll|t)(?=$|[\s,.;:!?)\]—\"-])", r"'\g<a>"),
    _rule(r" +(?=[,;:!?](?:$|[\s\w\"')\]]))", ""),
    _rule(r" +(?=\.(?:$|[\s\"')\]]))", ""),
    _rule(r" +(?=\.\.\.)", ""),
    _rule(r" +(?=[)\]}%])", ""),
    _rule(r"(?<=[(\[{]) +", ""),
    _rule(r"(?<=[^\W\d_]{2})\((?!e?s\)|ies\)|[a-z]\))", " ("),
    _rule(r"\)(?=[^\W_])", ") "),
    _rule(r"(?P<b>[,;:])(?:[ ]*(?P=b))+", r"\g<b>"),
    _rule(r"(?<!\.)\.[ ]?\.(?![ ]?\.)", "."),
    _rule(r"[,;:]+[ ]*(?=\.(?:$|[\s\"')]))", ""),
    _rule(r"(?<=[!?])[ ]*\.(?!\.)(?=$|[\s\"')])", ""),
    _rule(r"(?<=\w)(?P<c>[,;])(?=[^\W\d_])", r"\g<c> "),
    _rule(r"(?<=[^\W\d_])(?P<d>[:?!])(?=[^\W\d_])", r"\g<d> "),
    _rule(r"(?<=[^\W\d_]),(?=\d)", ", "),
    _rule(r"(?<=[a-z]{3})\.(?=[A-Z][a-z])", ". "),
    _rule(r"(?<=[^\W_]\.\.\.)(?=[^\W_])", " "),
    _rule(r"(?<=[a-z]{2})\.\" (?P<who>[A-Z][^.?!\"]{1,80} (?:said|says|noted|added|stressed)(?=\.$))", '," \\g<who>'),
)
_NO_END = (
    "etc vs approx inc ltd corp dept est jan feb mar apr jun jul aug sep sept oct nov dec fig figs vol nos eds jnr ext "
    "tel min max bros mrs prof gen col rev hon govt dist univ capt cit misc art sec chap"
)
_ABBREVIATIONS = frozenset(_NO_END.split())
_NEXT_SENTENCE = re.compile(r"(?P<word>[a-z]{3,})\. (?P<first>[a-z])(?=[a-z]* )")
_BEGINNING = re.compile(r"""[\s"'(\[]*(?P<word>[^\W\d_][^\s"')\]]*)""")
_ROUNDS = 6


def tidy(text: str) -> str:
    """`text` with English typography: no ▁ and no Chinese punctuation, quotation marks balanced, spaces where English
    has them, no doubled punctuation, "a" and "an" agreeing, a capital at the start of each sentence.

    Doing it twice changes nothing more; no letter and no digit is dropped (but the n of a wrong "an"). Line breaks and
    web addresses stay.
    """
    text = text.translate(_CHARACTERS)
    for _ in range(_ROUNDS):  # one rule can make room for another; two rounds do for nearly every sentence
        before, text = text, _once(text)
        if text == before:
            break
    return text


def _once(text: str) -> str:
    text = balance(text)
    for pattern, replacement in _RULES:
        text = pattern.sub(lambda m, r=replacement: m[0] if m["address"] else m.expand(r), text)  # type: ignore[misc]
    return capitalise(_NEXT_SENTENCE.sub(_begin, agree(text.strip())))


def _begin(found: re.Match[str]) -> str:
    if found["word"] in _ABBREVIATIONS:
        return found[0]
    return f"{found['word']}. {found['first'].upper()}"


def without_stop(text: str) -> str:
    """`text` without the full stop an engine puts behind a heading or a cell; that of an abbreviation stays."""
    words = text[:-1].rsplit(maxsplit=1)
    if not text.endswith(".") or text.endswith("..") or not words:
        return text
    abbreviated = "." in words[-1] or len(words[-1]) < 2 or words[-1].lower() in _ABBREVIATIONS
    return text if abbreviated else text[:-1]


def capitalise(text: str) -> str:
    """`text` with a capital first letter; words written otherwise by their owners (iPhone, e.g. addresses) stay."""
    found = _BEGINNING.match(text)
    if not found or re.search(r"[A-Z]|[/@]|\.\w", found["word"][1:]):
        return text
    place = found.start("word")
    upper = text[place].upper()
    return text if len(upper) != 1 else text[:place] + upper + text[place + 1 :]
