"""English typography, articles, and renderings put in their place."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bilingual import english
from bilingual.bitext import Span

TIDY = [
    ("stray word marks", "the ▁world ▁Internet", "The world Internet"),
    ("space before a comma", "one , two ; three .", "One, two; three."),
    ("doubled spaces", "one  two   three", "One two three"),
    ("no-break and wide spaces", "one\u00a0two\u3000three", "One two three"),
    ("line breaks stay", "one \n two", "One\ntwo"),
    ("Chinese punctuation", "one，two、three。", "One, two, three."),
    ("full-width signs and digits", "５Ｇ ８（8）", "5G 8(8)"),
    ("middle dot in a name", "Rafael·Evangelista spoke", "Rafael Evangelista spoke"),
    ("Chinese dash", "China——ASEAN", "China—ASEAN"),
    ("spaced dash", "one — two", "One—two"),
    ("Chinese dots", "and so on……", "And so on..."),
    ("dots before a word", "so ... then", "So... then"),
    ("a row of full stops", "end ..", "End."),
    ("a comma twice", "one,, two", "One, two"),
    ("comma and full stop", "one,.", "One."),
    ("question and full stop", "why?.", "Why?"),
    ("percent", "5 % more", "5% more"),
    ("brackets", "it ( that is ) works", "It (that is) works"),
    ("bracket against a word", "people(including him)came", "People (including him) came"),
    ("optional plural stays", "the country(ies) and term(s)", "The country(ies) and term(s)"),
    ("thousands stay", "1,234,567.89 units", "1,234,567.89 units"),
    ("time of day stays", "at 10:30", "At 10:30"),
    ("missing space after a comma", "one,two", "One, two"),
    ("missing space after a full stop", "The end.The next", "The end. The next"),
    ("web address stays", "see http://a.com/x,y.Z now", "See http://a.com/x,y.Z now"),
    ("mail address stays", "write to a.b,c@d.org", "Write to a.b, c@d.org"),
    ("abbreviation keeps its next word", "apples, pears etc. are fruit", "Apples, pears etc. are fruit"),
    ("next sentence gets its capital", "the plan. then it came", "The plan. Then it came"),
    ("a brand keeps its small letter", "iPhone sales rose", "iPhone sales rose"),
    ("capital behind a quotation mark", '"we agree," he said', '"We agree," he said'),
    ("possessive apart", "Xinhua 's report", "Xinhua's report"),
    ("possessive torn", "Xinhua ' s report", "Xinhua's report"),
    ("contraction apart", "we don 't, they 're", "We don't, they're"),
    ("curly apostrophe", "China’s", "China's"),
    ("quotation with inner spaces", 'a " digital " world', 'A "digital" world'),
    ("quotation against words", 'so-called"digital world"is', 'So-called "digital world" is'),
    ("curly quotation", "he said, “we agree”.", 'He said, "we agree."'),
    ("comma into the quotation", 'the "Plan", which', 'The "Plan," which'),
    ("title marks", "the《Plan》is", 'The "Plan" is'),
    ("corner marks", "he said「yes」", 'He said "yes"'),
    ("title inside a quotation", "“we sign《A Plan》now”", "\"We sign 'A Plan' now\""),
    ("two titles side by side", "《A》《B》 are signed", '"A" and "B" are signed'),
    ("pairs of titles", "《A》《B》 but 《C》《D》", '"A" and "B" but "C" and "D"'),
    ("three titles side by side", "《A》《B》《C》 are signed", '"A," "B" and "C" are signed'),
    ("titles in a list", "《A》、《B》和《C》", '"A," "B" 和 "C"'),
    ("two pieces of speech", '"Yes." "No."', '"Yes." "No."'),
    ("an inch mark", 'a 5" disk', 'A 5" disk'),
    ("a lone opening mark", '"never closed', '"Never closed'),
    ("a before a vowel", "he is a expert", "He is an expert"),
    ("an before a consonant", "he is an teacher", "He is a teacher"),
    ("a at the start", "A hour later", "An hour later"),
    ("capital letter as a name", "vitamin A improves", "Vitamin A improves"),
    ("a before a quotation", 'a "open" world', 'An "open" world'),
    ("nothing", "", ""),
    ("only a space", " ", ""),
    ("already right", 'He said, "We agree," and left.', 'He said, "We agree," and left.'),
]


@pytest.mark.parametrize(("text", "expected"), [case[1:] for case in TIDY], ids=[case[0] for case in TIDY])
def test_sentence_is_tidied(text: str, expected: str) -> None:
    assert english.tidy(text) == expected
    assert english.tidy(expected) == expected


_PIECES = (
    "the|a|an|An hour|U.S.|Xinhua|'s|s|'|\"|“|”|《|》|「|」|‘|’|,|.|。|，|...|…|—|--|(|)|[|]| |  |▁|\n|5|"
    "1,000|%|3.5|!|?|:|;|é|iPhone|T1X|http://a.b/c|x@y.z|and|word|·|/|ﬁ|中|８|-|~|\ue000|etc.|$|\u200b"
)
PIECES = st.sampled_from(_PIECES.split("|"))
TEXTS = st.lists(PIECES, max_size=14).map("".join) | st.text(max_size=30)


@given(TEXTS)
@settings(max_examples=1500, deadline=None)
def test_tidying_twice_is_tidying_once(text: str) -> None:
    once = english.tidy(text)
    assert english.tidy(once) == once


def _letters(text: str) -> list[str]:
    wide = str.maketrans({0xFF01 + i: 0x21 + i for i in range(94)})
    words = re.sub(r"\b(an?|and)\b", " ", text.replace("\u200b", "").translate(wide).casefold())
    return [char for char in words if char.isalnum()]


LETTERS_STAY = PIECES.filter(lambda piece: piece not in {"a", "an", "s", "'s", "An hour"})


@given(st.lists(LETTERS_STAY, max_size=14).map("".join))
@settings(max_examples=800, deadline=None)
def test_tidying_drops_no_letter_and_no_digit(text: str) -> None:
    assert _letters(english.tidy(text)) == _letters(text)


ARTICLES = {
    "an": "hour|honest man|heir|MOU|AI model|EU law|umbrella|unidentified man|uninteresting book|8-year-old|11th|"
    "18 percent|80 percent|X-ray|SMS|FAQ|HIV test|apple|Uzbek song|e-commerce platform|LED|IT firm|unimportant matter|"
    "urban area|“open” door",
    "a": "university|UN resolution|US plan|euro|European|one-off|once|unit|user|useful thing|uranium mine|Ukrainian|"
    "NATO plan|UNESCO site|1,800-strong team|110|5G network|house|T1X|UK firm|Uyghur song|utopia|BBC film|WTO rule|"
    "historic day|ubiquity",
}
ARTICLE_CASES = [(words, right) for right, listed in ARTICLES.items() for words in listed.split("|")]


@pytest.mark.parametrize(("words", "right"), ARTICLE_CASES)
def test_article_goes_by_sound(words: str, right: str) -> None:
    assert english.article(words) == right


PLACE = [
    ("plain", "held at T1X today", "Wuzhen", "held at Wuzhen today"),
    ("missing spaces", "held atT1X,and", "Wuzhen", "held at Wuzhen,and"),
    ("word against its end", "T1X(below)", "Wuzhen", "Wuzhen (below)"),
    ("capital at the start", "T1X opened", "the forum", "The forum opened"),
    ("capital after a full stop", "It ended. T1X opened", "the forum", "It ended. The forum opened"),
    ("capital inside a quotation", '"T1X is good"', "the forum", '"The forum is good"'),
    ("a brand at the start", "T1X sales", "iPhone", "iPhone sales"),
    ("the twice", "at the T1X today", "The Paper", "at The Paper today"),
    ("the twice at the start", "The T1X is", "the Initiative", "The Initiative is"),
    ("a before the", "see a T1X", "the Initiative", "see the Initiative"),
    ("the before a", "build the T1X", "a community with a shared future", "build a community with a shared future"),
    ("the before a quoted the", 'the "T1X" is', "The Initiative", '"The Initiative" is'),
    ("a becomes an", "sign a T1X with", "MOU", "sign an MOU with"),
    ("an becomes a", "an T1X", "university", "a university"),
    ("possessive apart", "T1X 's report", "Xinhua", "Xinhua's report"),
    ("possessive torn", "T1X ' s report", "Xinhua", "Xinhua's report"),
    ("possessive of a plural", "T1X's report", "the United Nations", "The United Nations' report"),
    ("plural of a phrase", "many T1Xs today", "digital gap", "many digital gaps today"),
    ("plural of a name", "the T1Xs today", "Wuzhen Summit", "the Wuzhen Summit today"),
    ("word said twice behind", "the T1X Summit opened", "Wuzhen Summit", "the Wuzhen Summit opened"),
    ("qualifier said twice", "laid over T1X km", "over 200,000", "laid over 200,000 km"),
    ("preposition said twice", "came in T1X", "in October", "came in October"),
    ("currency before", "cost HK$T1X more", "HK$4,008 billion", "cost HK$4,008 billion more"),
    ("currency behind", "T1X Hong Kong dollars", "HK$4,008 billion", "HK$4,008 billion"),
    ("percent twice", "T1X% of them", "30 percent", "30 percent of them"),
    ("private mark", "the \ue000 grew", "digital economy", "the digital economy grew"),
    ("longer placeholder stays", "T11X and T1X", "Wuzhen", "T11X and Wuzhen"),
]


@pytest.mark.parametrize(("text", "rendering", "expected"), [c[1:] for c in PLACE], ids=[c[0] for c in PLACE])
def test_rendering_is_placed(text: str, rendering: str, expected: str) -> None:
    mark = "\ue000" if "\ue000" in text else "T1X"
    placed, span = english.place(text, mark, rendering)
    assert placed == expected
    assert span.of(placed).lower().startswith(rendering.lower())


def test_placing_nowhere_is_an_error() -> None:
    with pytest.raises(ValueError, match="T2X"):
        english.place("T1X", "T2X", "Wuzhen")


def test_fixing_articles_keeps_the_span_on_its_words() -> None:
    text, span = english.fix_articles("It is an university.", Span(9, 19))
    assert (text, span.of(text)) == ("It is a university.", "university")


@pytest.mark.parametrize(
    ("text", "curled"),
    [
        ('He said, "we agree."', "He said, “we agree.”"),
        ("China's plan, the countries' plans", "China’s plan, the countries’ plans"),
        ("\"We sign 'A Plan' now\"", "“We sign ‘A Plan’ now”"),
        ("the '90s", "the ’90s"),
    ],
)
def test_quotation_marks_are_curled_for_print(text: str, curled: str) -> None:
    assert english.curl(text) == curled
    assert english.tidy(curled) == english.tidy(text)


@pytest.mark.parametrize(
    ("text", "result"),
    [
        ("National quantity.", "National quantity"),
        ("Made in the U.S.", "Made in the U.S."),
        ("Alpha Ltd.", "Alpha Ltd."),
        ("And so on...", "And so on..."),
        ("Seventeen", "Seventeen"),
        (".", "."),
        ("", ""),
    ],
)
def test_a_heading_loses_the_full_stop_an_engine_gave_it(text: str, result: str) -> None:
    assert english.without_stop(text) == result
