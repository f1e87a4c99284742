"""The page numbers of Chinese footers, 第3页 共12页: no words to translate, but said otherwise in English."""

from __future__ import annotations

import re
from dataclasses import replace

from bilingual.bitext import Text

AROUND = re.compile(r"[第共总總计計页頁，,、/／|\-—–·.\s]*[页頁][第共总總计計页頁，,、/／|\-—–·.\s]*")
NUMBER = re.compile(r"\s*PAGE\b", re.IGNORECASE)
TOTAL = re.compile(r"\s*(?:NUMPAGES|SECTIONPAGES)\b", re.IGNORECASE)


def english_page(text: Text) -> Text | None:
    """ "Page 3 of 12" with the codes of the numbers, each once; None where the text says more or something else."""
    numbers = [code for code in text.codes if NUMBER.match(code.data)]
    totals = [code for code in text.codes if TOTAL.match(code.data)]
    known = len(numbers) == 1 and len(totals) <= 1 and len(text.codes) == 1 + len(totals)
    if not known or not AROUND.fullmatch(text.string):
        return None
    string = "Page  of " if totals else "Page "
    return Text(string, (replace(numbers[0], position=5), *(replace(code, position=9) for code in totals)))
