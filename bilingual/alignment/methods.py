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
    from bilingual.alignment.evidence import Space
    from bilingual.alignment.sides import Side
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
    words = lexicon.Lexicon(glossary)
    ours = [words.chinese(sentence) for sentence in source.sentences]
    theirs = [lexicon.english(sentence) for sentence in target.sentences]
    known = {"lexicon": lexicon.parts(ours, theirs)}
    if method == "encoder":
        return align(source, target, encoded(source, target, progress) | known, method)
    if method == "translation":
        if engine is None:
            raise EngineError("no translation model is here to align by", "bilingual model install, or --by lexicon")
        said = [lexicon.english(text) for text in translated(source.sentences, engine, progress)]
        return align(source, target, {"translation": lexicon.parts(said, theirs)} | known, method)
    return _twice(source, target, known, glossary)


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


def _twice(source: Side, target: Side, known: Mapping[str, Space], glossary: Glossary | None) -> Alignment:
    """By words, and once more with the words that the first alignment has taught."""
    first = align(source, target, known, "lexicon")
    pairs = [
        (" ".join(source.sentences[at] for at in bead.source), " ".join(target.sentences[at] for at in bead.target))
        for bead in first.beads
        if bead.source and bead.target and bead.sureness >= 0.5
    ]
    words = lexicon.Lexicon(glossary, lexicon.taught(pairs))
    ours = [words.chinese(sentence) for sentence in source.sentences]
    theirs = [lexicon.english(sentence) for sentence in target.sentences]
    second = align(source, target, {"lexicon": lexicon.parts(ours, theirs)}, "lexicon")
    return replace(second, score=max(first.score, second.score))
