"""Word documents out: the source file with the English in it, a new file, or a table of two columns."""

from __future__ import annotations

from bilingual.bitext import Kind
from bilingual.delivery import Delivery
from bilingual.delivery.docx_fill import notice_paragraph, refill
from bilingual.delivery.docx_package import make_english, make_harmless, packed, same_in_old_programs, unbound
from bilingual.documents.docx import slots
from bilingual.documents.ooxml import Package, W
from bilingual.errors import InputError

FORMS = ("docx",)


def fill(delivery: Delivery, source: bytes, suffix: str = ".docx") -> bytes:  # noqa: ARG001 (one kind only)
    """The source file with the English in the place of the Chinese: its styles, pictures and page set-up stay.

    Raises InputError where `source` is not the file that was read.
    """
    name = delivery.document.name
    package = Package(source, name)
    found = slots(package)
    known = {item.block.id: item for item in delivery.blocks}
    touched = {package.main}
    for number, slot in enumerate(found, 1):
        item = known.get(f"b{number}")
        if item is None or item.block.text.string != slot.found.text.string:
            raise InputError("this is not the file that was translated", "translate it again", path=name)
        if item.pairs or item.text != item.block.text:
            for each in (slot, *slot.twins):
                refill(each.paragraph, each.inline, item.text)
                touched.add(each.part)
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
