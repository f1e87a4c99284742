"""Which encoding are these bytes in, and what do they say?

The order of evidence: a byte order mark, strict UTF-8, zero bytes (UTF-16), and then which of the Chinese encodings
gives text made of the characters that Chinese is mostly written with.
"""

from __future__ import annotations

import codecs
from dataclasses import dataclass

from bilingual.bitext import Flag, FlagKind
from bilingual.errors import InputError


@dataclass(frozen=True, slots=True)
class Decoded:
    """What a file says, the encoding it was in ("utf-8-sig" is UTF-8 with its mark), and doubts about that."""

    text: str
    encoding: str
    flags: tuple[Flag, ...] = ()


SIGNATURES: tuple[tuple[bytes, str], ...] = (
    (codecs.BOM_UTF32_LE, "UTF-32"),
    (codecs.BOM_UTF32_BE, "UTF-32"),
    (b"%PDF-", "a PDF file"),
    (b"PK\x03\x04", "a ZIP archive (a Word, Excel or EPUB file is one too)"),
    (b"\xd0\xcf\x11\xe0", "an old Office file (.doc, .xls)"),
    (b"{\\rtf", "an RTF file"),
    (b"\x89PNG", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"II*\x00", "a TIFF image"),
    (b"MM\x00*", "a TIFF image"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"7z\xbc\xaf", "a 7-Zip archive"),
    (b"Rar!", "a RAR archive"),
    (b"\x7fELF", "a program"),
    (b"SQLite format 3", "an SQLite database"),
)

MARKS: tuple[tuple[bytes, str], ...] = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)

COMMON = frozenset(
    "的一是不了在人有我他这個个们們中来來上大为為和国國地到以说說时時要就出会會可也你对對生能而子那得于於着著下自之"
    "年过過发發后後作里裡用道行所然家种種事成方多经經么麼去法学學如都同现現当當没沒动動面起看定天分还還进進好小部其"
    "些主样樣理心她本前开開但因只从從想实實日军軍者意无無力它与與长長把机機十民第公此已工使情明性知全三又关關点點正"
    "业業外将將两兩高间間由问問很最重并物手应應战戰向头頭文体體政美相见見被利什二等产產或新己制身果加西斯月话話合回"
    "特代内內信表化老给給世位次度门門任常先海通教儿兒原东東声聲提立及比员員解水名真论論处處走义義各入几幾口认認条條"
    "平系气氣题題活尔爾更别別打女变變四神总總何电電数數安少报報才结結反受目太量再感建务務做接必场場件计計管期市直德"
    "资資命山金指克许許统統区區保至队隊形社便空决決治展马馬科司五基眼书書非则則听聽白却卻界达達光放强即像难難且权權"
    "思王象完设設式色路记記南品住告类類求据據程北边邊死张張该該交规規万萬取拉格望觉覺术術领領共确確传傳师師观觀清今"
    "切院让讓识識候带帶导導争爭运運,。、;:?!“”《》"
)
"""What Chinese is mostly written with, in both scripts: about half of any text, next to nothing of a wrong decoding."""

CUT_SHORT = frozenset({"unexpected end of data", "truncated data", "incomplete multibyte sequence"})
"""What Python's decoders say of a character that lacks its last bytes."""

CANDIDATES = ("utf-8", "gb18030", "big5", "utf-16-le", "utf-16-be")
SAMPLE = 65_536
"""How many bytes are looked at to tell the encoding; all of them are then decoded strictly."""

PLAUSIBLE = 0.12
"""Share of common characters among the non-ASCII ones below which a decoding is no Chinese text."""

CLEAR = 0.15
"""How far the best decoding must be ahead of the next for the choice to go unmentioned."""


def decode(data: bytes, name: str) -> Decoded:
    """The text of a file in UTF-8, UTF-16, GB18030 or Big5; `name` is only for messages.

    Raises InputError for an empty file, one that is not text, one in another encoding, and bytes that cannot be read
    (naming the line).
    """
    refuse_other_than_text(data, name)
    for mark, encoding in MARKS:
        if data.startswith(mark):
            return strictly(data[len(mark) :], encoding, name)
    return strictly(data, "utf-8", name) if is_utf8(data) else by_evidence(data, name)


def refuse_other_than_text(data: bytes, name: str) -> None:
    """Raise InputError for what is empty or begins as another kind of file does."""
    if not data:
        raise InputError("the file is empty", "save the text again", path=name)
    for start, what in SIGNATURES:
        if data.startswith(start):
            told = what if what == "UTF-32" else f"{what}, not text"
            raise InputError(f"this is {told}", "save it as plain text (.txt, UTF-8)", path=name)


def is_utf8(data: bytes) -> bool:
    """Whether the bytes are UTF-8, and not by chance: UTF-16 can be that, but then every fifth byte is a control
    character or more."""
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return b"\0" not in data and controls_in(data[:SAMPLE]) * 5 < len(data[:SAMPLE])


def controls_in(sample: bytes) -> int:
    """How many bytes are control characters that no text file has."""
    return sum(byte < 32 and byte not in b"\t\n\r\f\x1b" for byte in sample)


def strictly(data: bytes, encoding: str, name: str) -> Decoded:
    """The text of `data`, every byte of it; raises InputError with the line of the first byte that cannot be read."""
    codec = encoding.removesuffix("-sig")
    try:
        text = data.decode(codec)
    except UnicodeDecodeError as error:
        raise undecodable(data, error, codec, name) from error
    if not text.strip():
        raise InputError("there is no text in the file", "save the text again", path=name)
    return Decoded(text, encoding)


def undecodable(data: bytes, error: UnicodeDecodeError, codec: str, name: str) -> InputError:
    """The message for bytes that `codec` cannot read."""
    line = data[: error.start].decode(codec, "ignore").count("\n") + 1
    if error.reason in CUT_SHORT and len(data) - error.start <= 4:
        what = f"the file ends in half a {codec.upper()} character"
        return InputError(what, "it was cut short: get it again", path=name, line=line)
    what = f"byte 0x{data[error.start]:02X} (offset {error.start}) cannot be read as {codec.upper()}"
    return InputError(what, "save the file as UTF-8", path=name, line=line)


def by_evidence(data: bytes, name: str) -> Decoded:
    """The text in the encoding that makes most sense of it."""
    sample = data[:SAMPLE]
    ranked = sorted(((plausibility(sample, codec), codec) for codec in CANDIDATES), reverse=True)
    (best, codec), (second, _) = ranked[:2]
    if b"\0" in data and not codec.startswith("utf-16"):
        raise InputError("this is a binary file, not text", "give it as plain text (.txt, UTF-8)", path=name)
    if best < PLAUSIBLE:
        raise unknown(sample, name)
    decoded = strictly(data, codec, name)
    if best - second >= CLEAR:
        return decoded
    reason = f"read as {codec.upper()}, which is likely but not certain: check that the text is right"
    return Decoded(decoded.text, codec, (Flag(FlagKind.CHARACTERS, reason),))


def plausibility(sample: bytes, codec: str) -> float:
    """How much like Chinese text `sample` is when read as `codec`, in [0, 1]: the share of common characters among the
    non-ASCII ones, less what cannot be read and control characters."""
    text = sample.decode(codec, "replace").rstrip("\ufffd")
    foreign = [c for c in text if c > "\x7f"]
    controls = sum(c < " " and c not in "\t\n\r\f" for c in text)
    spoilt = controls + 2 * foreign.count("\ufffd")
    common = sum(c in COMMON for c in foreign)
    return max(0.0, (common - spoilt) / max(1, len(foreign) + controls))


def unknown(sample: bytes, name: str) -> InputError:
    """The message for bytes that are no Chinese text in any encoding we know, with a guess at what they are."""
    if controls_in(sample) > len(sample) // 50:
        return InputError("this is a binary file, not text", "give it as plain text (.txt, UTF-8)", path=name)
    from charset_normalizer import from_bytes

    guess = from_bytes(sample).best()
    supposed = f"it may be {guess.encoding}; " if guess is not None else ""
    what = "the encoding is none of UTF-8, UTF-16, GB18030 and Big5"
    return InputError(what, f"{supposed}save the file as UTF-8", path=name)
