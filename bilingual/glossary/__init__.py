"""The glossary: which Chinese names and phrases have an English that is settled, and where they occur."""

from bilingual.glossary.matching import Glossary
from bilingual.glossary.renderings import find_rendering
from bilingual.glossary.tables import COLUMNS, Problem, load, problems_in, read_table

__all__ = ["COLUMNS", "Glossary", "Problem", "find_rendering", "load", "problems_in", "read_table"]
