"""English as it is printed: typography, articles, and a settled rendering put in its place.

The convention is that of the wire services: straight quotation marks and apostrophes, double ones outside and single
ones inside, full stops and commas before the closing mark, a closed em dash, three dots. `curl` makes the quotation
marks typographic for print.
"""

from bilingual.english.articles import article, fix_articles
from bilingual.english.places import begins_sentence, place, plural, possessive
from bilingual.english.quotes import curl
from bilingual.english.typography import tidy, without_stop

__all__ = [
    "article", "begins_sentence", "curl", "fix_articles", "place", "plural", "possessive", "tidy", "without_stop",
]  # fmt: skip
