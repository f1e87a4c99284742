"""Terminology: protect → decode → verify → repair, sentence by sentence, and what each term's way was."""

from bilingual.terminology.attempts import Explanation, Rendering
from bilingual.terminology.ladder import Terminologist
from bilingual.terminology.long import join, split
from bilingual.terminology.protect import Slot, protect, restore
from bilingual.terminology.verify import Verdict, verify

__all__ = [
    "Explanation",
    "Rendering",
    "Slot",
    "Terminologist",
    "Verdict",
    "join",
    "protect",
    "restore",
    "split",
    "verify",
]
