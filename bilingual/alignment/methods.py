"""The three ways to compare sentences across the languages, and which of them is here."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from bilingual.alignment import encoder, lexicon
from bilingual.alignment.aligning import align
from bilingual.alignment.beads import Alignment
from bilingual.errors import EngineError, SettingsError

if TYPE_CHECKING:
    from bilingual.alignment.sides import Side
    from bilingual.alignment.vectors import Space
    from bilingual.engines import Engine
    from bilingual.glossary import Glossary

Progress = Callable[[int, int], None]

METHODS = ("encoder", "translation", "lexicon")
"""The best first; the last needs nothing."""


def default() -> str:
    """The best way that is installed; translating takes long, so it is only taken where it is asked for."""
    return "encoder" if encoder.installed() else "lexicon"


def align_by(
    method: str,
    source: Side,
    target: Side,
    glossary: Glossary | None = None,
    engine: Engine | None = None,
    progress: Progress | None = None,
) -> Alignment:
    """The alignment of two sides, neither of them empty, by one of `METHODS`.

    Raises SettingsError for any other name and EngineError where what the way needs is not installed.
    """
    if method not in METHODS:
        raise SettingsError(f"there is no way called {method!r} to align", f"choose from {', '.join(METHODS)}")
    if method == "encoder":
        return align(source, target, encoded(source, target, progress), method)
    theirs = [lexicon.english(sentence) for sentence in target.sentences]
    if method == "translation":
        if engine is None:
            raise EngineError("no translation model is here to align by", "bilingual model install, or --by lexicon")
        said = [lexicon.english(text) for text in translated(source.sentences, engine, progress)]
        return align(source, target, {method: lexicon.parts(said, theirs)}, method)
    first = align(source, target, worded(source, theirs, glossary), method)
    again = worded(source, theirs, glossary, taught_by(first, source, target))
    return replace(align(source, target, again, method), score=first.score)


def encoded(source: Side, target: Side, progress: Progress | None = None) -> Mapping[str, Space]:
    """Both sides by the sentence encoder."""
    model = encoder.load()
    total = len(source) + len(target)
    ahead = (lambda done, _: progress(done, total)) if progress else None
    behind = (lambda done, _: progress(len(source) + done, total)) if progress else None
    return {"encoder": (model.parts(source.sentences, ahead), model.parts(target.sentences, behind))}


def translated(sentences: Sequence[str], engine: Engine, progress: Progress | None = None) -> list[str]:
    """What the engine says for each sentence, as quickly as it can."""
    from bilingual.chinese import to_simplified
    from bilingual.engines import Decode, Request

    said: list[str] = []
    for start in range(0, len(sentences), 128):
        some = sentences[start : start + 128]
        answers = engine.translate([Request(to_simplified(text)) for text in some], Decode(beam=1))
        said += [answer[0].text for answer in answers]
        if progress:
            progress(len(said), len(sentences))
    return said


def worded(
    source: Side,
    theirs: Sequence[lexicon.Bag],
    glossary: Glossary | None = None,
    learnt: Mapping[str, lexicon.Bag] | None = None,
) -> dict[str, Space]:
    """Both sides by words and figures; `theirs` are the English bags, `learnt` what a first alignment has taught."""
    words = lexicon.Lexicon(glossary, learnt)
    return {"lexicon": lexicon.parts([words.chinese(sentence) for sentence in source.sentences], theirs)}


def taught_by(found: Alignment, source: Side, target: Side) -> dict[str, dict[str, float]]:
    """The words that the surer half of an alignment teaches."""
    return lexicon.taught(
        (" ".join(source.sentences[at] for at in bead.source), " ".join(target.sentences[at] for at in bead.target))
        for bead in found.beads
        if bead.source and bead.target and bead.sureness >= 0.5
    )
