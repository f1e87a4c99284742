"""Names without a glossary: Chinese people found in running text and written in pinyin, foreign ones guessed at."""

from bilingual.names.address import listed, side_by_side, spoken
from bilingual.names.credits import is_credible_name
from bilingual.names.finding import Name
from bilingual.names.foreign import find_dotted, guess
from bilingual.names.people import NOBODY, People, find_names, find_parts, find_personal_names, meet
from bilingual.names.pinyin import is_personal_name, personal_name

__all__ = [
    "NOBODY",
    "Name",
    "People",
    "find_dotted",
    "find_names",
    "find_parts",
    "find_personal_names",
    "guess",
    "is_credible_name",
    "is_personal_name",
    "listed",
    "meet",
    "personal_name",
    "side_by_side",
    "spoken",
]
