"""Word documents out: the source file with the English in it, a new file, or a table of two columns."""

from __future__ import annotations

from collections.abc import Iterator

from bilingual.bitext import Kind
from bilingual.delivery import Delivered, Delivery
from bilingual.delivery.docx.columns import side_by_side
from bilingual.delivery.docx.fill import notice_paragraph, refill
from bilingual.delivery.docx.make import make
from bilingual.delivery.docx.package import make_english, make_harmless, packed, same_in_old_programs, unbound
from bilingual.delivery.docx.toc import headings_in, renew
from bilingual.documents.docx import Slot, slots
from bilingual.documents.docx.ooxml import Package, W
from bilingual.documents.docx.pages import english_page
from bilingual.errors import InputError

__all__ = ["FORMS", "fill", "make", "side_by_side"]

FORMS = ("docx",)


def fill(delivery: Delivery, source: bytes, suffix: str = ".docx") -> bytes:  # noqa: ARG001 (one kind only)
    """The source file with the English in the place of the Chinese: its styles, pictures and page set-up stay.

    Raises InputError where `source` is not the file that was read.
    """
    package = Package(source, delivery.document.name)
    found, pages = slots(package)
    touched = {package.main}
    headings: dict[str, str] = {}
    filled = []
    for slot, item in _matched(delivery, found):
        if item.pairs or item.text != item.block.text:
            for each in (slot, *slot.twins):
                refill(each.paragraph, each.inline, item.text)
                touched.add(each.part)
        filled.append(slot.paragraph)
        headings |= headings_in(slot.paragraph, item.text.string)
    for slot in pages:
        refill(slot.paragraph, slot.inline, english_page(slot.found.text) or slot.found.text)
        touched.add(slot.part)
    renew(package.tree(package.main), headings, filled)
    for part in touched:
        same_in_old_programs(package.tree(part))
        unbound(package.tree(part))
    if delivery.notice:
        body = package.tree(package.main).find(f"{W}body")
        assert body is not None
        body.insert(0, notice_paragraph(delivery.notice))
    title = next((item.text.string for item in delivery.blocks if item.kind is Kind.TITLE), "")
    harmless, dropped = make_harmless(package)
    return packed(package, touched | make_english(package, title) | harmless, dropped)


def _matched(delivery: Delivery, found: list[Slot]) -> Iterator[tuple[Slot, Delivered]]:
    """Each slot of the file with what is to be put into it."""
    known = {item.block.id: item for item in delivery.blocks}
    for number, slot in enumerate(found, 1):
        item = known.get(f"b{number}")
        if item is None or item.block.text.string != slot.found.text.string:
            name = delivery.document.name
            raise InputError("this is not the file that was translated", "translate it again", path=name)
        yield slot, item
