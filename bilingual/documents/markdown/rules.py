"""How Markdown is parsed here: CommonMark with tables, strikethrough and footnotes, every code with its own spelling.

markdown-it-py says what each token means but not how the file spelled it, so the inline rules are wrapped to note that;
footnotes, formulas ($x_1$) and the marks around boxes (::: tip) are small rules of our own. Emphasis that touches
Chinese punctuation (**“你好”**他说) is what its author meant though CommonMark's flanking rules refuse it: the reader
takes it, the writer (`strict`) does not rely on it.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

    from markdown_it import MarkdownIt
    from markdown_it.rules_block import StateBlock
    from markdown_it.rules_inline import StateInline
    from markdown_it.rules_inline.state_inline import Scanned
    from markdown_it.token import Token

    Rule = Callable[[StateInline, bool], bool]

NESTING = 40
"""How deep blocks may stand in one another (a list takes two steps); the parser passes over what is deeper."""

FOOTNOTE = re.compile(r"\[\^[^\]\s\\]{1,64}\]")
MATH = re.compile(r"\$\$[^$]{1,2000}\$\$|\$(?=[^\s$])[^$\n]{1,300}(?<=[^\s\\])\$(?![\d$])")
"""A formula; $5 and $6 are none, since a formula ends neither after a space nor before a digit."""

FORMULA = 100
"""The most lines of a formula."""

BOX = re.compile(r":{3,}.*")
CJK = re.compile(r"[\u2e80-\u9fff\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef“”‘’—…]")

References = dict[str, Any]
"""What the parser keeps from blocks to inline text: the link definitions of the file."""


def block_tokens(text: str, references: References) -> list[Token]:
    """The blocks of `text`, whose lines end in \\n; fills `references`. Raises RecursionError where it is too deep."""
    tokens: list[Token] = []
    md = _parser()
    md.block.parse(text, md, references, tokens)
    return tokens


def inline_tokens(content: str, references: References, *, strict: bool = False) -> list[Token]:
    """The inline tokens of a block's content; `meta["data"]` is the spelling of all but emphasis, whose markup is.

    Raises RecursionError for images nested hundreds deep.
    """
    md = _parser()
    state = _state(strict)(content, md, references, [])
    md.inline.tokenize(state)
    for rule in md.inline.ruler2.getRules(""):
        rule(state)
    return state.tokens


@lru_cache(maxsize=1)
def _parser() -> MarkdownIt:
    from markdown_it import MarkdownIt
    from markdown_it import rules_inline as rules

    class Parser(MarkdownIt):
        """Keeps the addresses of links as the file says them."""

        def normalizeLink(self, url: str) -> str:  # noqa: N802 (the library's name)
            return url

    md = Parser("commonmark", {"maxNesting": NESTING}).enable(["table", "strikethrough"])
    wrapped: dict[str, Rule] = {
        "newline": rules.newline,
        "escape": rules.escape,
        "backticks": rules.backtick,
        "link": rules.link,
        "image": rules.image,
        "autolink": rules.autolink,
        "html_inline": rules.html_inline,
    }
    for name, rule in wrapped.items():
        md.inline.ruler.at(name, _spelled(rule))
    md.inline.ruler.before("link", "footnote", _opaque("footnote_mark", FOOTNOTE))
    md.inline.ruler.before("escape", "math", _opaque("math", MATH))
    md.block.ruler.before("fence", "box", _box, {"alt": ["paragraph", "reference", "blockquote", "list"]})
    md.block.ruler.before("reference", "footnote", _footnote, {"alt": ["paragraph", "reference"]})
    return md


@lru_cache(maxsize=2)
def _state(strict: bool) -> type[StateInline]:
    """The parser's state, with flanking as CommonMark has it or friendly to Chinese."""
    from markdown_it.rules_inline import StateInline
    from markdown_it.rules_inline.state_inline import Scanned

    class Friendly(StateInline):
        def scanDelims(self, start: int, canSplitWord: bool) -> Scanned:  # noqa: N802, N803 (the library's names)
            scanned = super().scanDelims(start, canSplitWord)
            before = self.src[start - 1] if start else " "
            after = self.src[start + scanned.length] if start + scanned.length < self.posMax else " "
            if self.src[start] == "_" or not (CJK.match(before) or CJK.match(after)):
                return scanned
            return Scanned(not after.isspace(), not before.isspace(), scanned.length)

    return StateInline if strict else Friendly


def _spelled(rule: Rule) -> Rule:
    """The rule, its last token carrying what the file says there; of a link, both of its tokens their part."""

    def wrapped(state: StateInline, silent: bool) -> bool:
        start, before = state.pos, len(state.tokens)
        if not rule(state, silent):
            return False
        if not silent and len(state.tokens) > before:
            said = state.src[start : state.pos]
            last = state.tokens[-1]
            if last.type == "link_close" and last.markup != "autolink":
                opening = next(token for token in state.tokens[before:] if token.type == "link_open")
                opening.meta["data"], last.meta["data"] = "[", _link_end(state, start, said)
            else:
                last.meta["data"] = said
        return True

    return wrapped


def _link_end(state: StateInline, start: int, said: str) -> str:
    """How a link ends; [this] and [this][] spell out the reference, since the label will be another in English."""
    stop = state.md.helpers.parseLinkLabel(state, start, True) - start
    if said[stop:] in {"]", "][]"}:
        return f"][{' '.join(said[1:stop].split())}]"
    return said[stop:]


def _opaque(name: str, pattern: re.Pattern[str]) -> Rule:
    """The rule for what stands alone in running text and is nobody's words: [^1], $x_1$."""

    def rule(state: StateInline, silent: bool) -> bool:
        found = pattern.match(state.src, state.pos, state.posMax)
        if found is None:
            return False
        if not silent:
            state.push(name, "", 0).meta["data"] = found.group()
        state.pos = found.end()
        return True

    return rule


def _box(state: StateBlock, line: int, end: int, silent: bool) -> bool:
    """A line of colons, which opens or closes a box in several dialects, or a formula between lines of $$."""
    first = state.src[state.bMarks[line] + state.tShift[line] : state.eMarks[line]]
    last = line
    if first.strip() == "$$":
        stop = min(end, line + FORMULA)
        ends = (
            at for at in range(line + 1, stop) if state.src[state.bMarks[at] : state.eMarks[at]].strip()[-2:] == "$$"
        )
        last = next(ends, line)
        if last == line:
            return False
    elif not BOX.fullmatch(first):
        return False
    if not silent:
        state.line = last + 1
        token = state.push("box", "", 0)
        token.map, token.content = [line, last + 1], first
    return True


def _footnote(state: StateBlock, line: int, end: int, silent: bool) -> bool:
    """[^1]: at the start of a line, and what belongs to it: blocks, from the second line on indented by four."""
    start = state.bMarks[line] + state.tShift[line]
    found = FOOTNOTE.match(state.src, start, state.eMarks[line])
    if found is None or state.src[found.end() : found.end() + 1] != ":" or state.is_code_block(line):
        return False
    if silent:
        return True
    kept = state.bMarks[line], state.tShift[line], state.sCount[line], state.blkIndent, state.parentType
    after = found.end() + 1
    blanks = len(state.src[after : state.eMarks[line]]) - len(state.src[after : state.eMarks[line]].lstrip(" \t"))
    state.bMarks[line], state.tShift[line] = after, blanks
    state.blkIndent += 4
    state.sCount[line] = state.blkIndent
    state.parentType = "footnote"  # so that paragraphs end before the next definition
    state.push("footnote_open", "", 1).map = [line, line + 1]
    state.md.block.tokenize(state, line, end)
    state.push("footnote_close", "", -1)
    state.bMarks[line], state.tShift[line], state.sCount[line], state.blkIndent, state.parentType = kept
    return True
