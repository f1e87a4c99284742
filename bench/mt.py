"""Translation quality on news and encyclopaedia text, beside the bare CTranslate2 loop on the same model, same run."""

from __future__ import annotations

from pathlib import Path

import sacrebleu

from bench.common import Rows, engine, glossary, row
from bilingual.engines.packages import find_installed
from bilingual.glossary import Glossary
from bilingual.translation import Translator


def run(data: Path | None) -> Rows:
    """BLEU (13a) and chrF of FLORES-200 devtest: bare, ours without a glossary, ours with the repository's."""
    if data is None:
        return {}
    zh, en = (
        (data / "mt" / f"flores200_devtest.{side}").read_text(encoding="utf-8").splitlines() for side in ("zh", "en")
    )
    systems = {
        "bare": bare_loop(zh),
        "ours": [r.target for r in Translator(engine(), Glossary()).render(zh)],
        "ours_glossary": [r.target for r in Translator(engine(), glossary()).render(zh)],
    }
    bleu = {name: sacrebleu.corpus_bleu(out, [en]).score for name, out in systems.items()}
    chrf = {name: sacrebleu.corpus_chrf(out, [en]).score for name, out in systems.items()}
    note = "FLORES-200 devtest, tok:13a"
    return {
        "mt.bleu.flores200": row(bleu["ours_glossary"], "BLEU", f"{note}, with the repository's glossary"),
        "mt.bleu.flores200.no_glossary": row(bleu["ours"], "BLEU", note),
        "mt.bleu.flores200.bare": row(bleu["bare"], "BLEU", f"{note}, bare CTranslate2 loop, int8, beam 4"),
        "mt.bleu.flores200.below_bare": row(bleu["bare"] - bleu["ours_glossary"], "BLEU", note),
        "mt.chrf.flores200": row(chrf["ours_glossary"], "chrF", note),
        "mt.chrf.flores200.bare": row(chrf["bare"], "chrF", note),
    }


def bare_loop(sentences: list[str]) -> list[str]:
    """What CTranslate2 and SentencePiece give by themselves, with the settings that are fastest on two cores."""
    import ctranslate2
    import sentencepiece

    package = find_installed("zh", "en")
    assert package is not None
    pieces = sentencepiece.SentencePieceProcessor(str(package.path / "sentencepiece.model"))
    translator = ctranslate2.Translator(
        str(package.path / "model"), compute_type="int8", inter_threads=2, intra_threads=1
    )
    order = sorted(range(len(sentences)), key=lambda at: len(sentences[at]))
    batch = [pieces.encode(sentences[at], out_type=str) for at in order]
    answers = translator.translate_batch(batch, beam_size=4, max_batch_size=1024, batch_type="tokens")
    out = [""] * len(sentences)
    for at, answer in zip(order, answers, strict=True):
        out[at] = "".join(answer.hypotheses[0]).replace("▁", " ").strip()
    return out
