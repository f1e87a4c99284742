"""The glossary: which Chinese names and phrases have an English that is settled, and where they occur."""

from bilingual.glossary.matching import Glossary
from bilingual.glossary.problems import Problem, Severity
from bilingual.glossary.renderings import find_rendering
from bilingual.glossary.rows import COLUMNS
from bilingual.glossary.tables import load, problems_in, read_table

__all__ = ["COLUMNS", "Glossary", "Problem", "Severity", "find_rendering", "load", "problems_in", "read_table"]
