"""What each finding about a seam weighs (natural-log odds), and how sure a join is.

Fitted by pseudo-likelihood (each piece chooses its successor, and its predecessor; pulled towards what stood here
before) on pages that `bench.page_breaker` made, in both mixtures, with seeds below 100,000, from two annual reports of
the Hong Kong Monetary Authority in Simplified characters and the articles of `tests.page_breaker`, and on the seed
(five times among some 350 pages); not on the texts of `bench.layout`. By hand: the first four lines weigh what the
generator never makes (a line that begins with a comma, indented paragraphs).
"""

STEP: dict[str, float] = {
    "begin_bare": -2.76,
    "begin_beside": -0.73,
    "begin_edge": 3.54,
    "begin_fresh": 1.09,
    "begin_front": 0.68,
    "begin_heading": -1.27,
    "begin_open": -0.27,
    "cut_closed": 3.65,
    "cut_enters_bare": -1.41,
    "cut_enters_beside": 0.35,
    "cut_enters_edge": -0.86,
    "cut_enters_heading": -1.0,
    "cut_enters_open": 0.53,
    "cut_far": -0.03,
    "cut_fresh": 0.06,
    "cut_heading": -4.32,
    "cut_item": -0.37,
    "cut_leaves_bare": -1.46,
    "cut_leaves_beside": 0.31,
    "cut_leaves_open": -1.23,
    "cut_near": 4.73,
    "cut_next_bare": 0.96,
    "cut_next_beside": 2.13,
    "cut_not_first": 6.0,
    "cut_open": -2.4,
    "cut_opening": -1.26,
    "cut_shared": 0.26,
    "cut_short": 0.56,
    "cut_tied": 0.73,
    "cut_unopened": -2.6,
    "done_closed": 0.36,
    "done_enters_bare": -2.61,
    "done_enters_beside": 0.36,
    "done_enters_edge": -1.29,
    "done_enters_heading": -1.76,
    "done_enters_open": 0.28,
    "done_far": 0.43,
    "done_fresh": 0.64,
    "done_heading": 1.42,
    "done_item": 1.3,
    "done_leaves_bare": -3.25,
    "done_leaves_beside": -0.86,
    "done_leaves_edge": -0.9,
    "done_near": 2.78,
    "done_next_bare": 3.08,
    "done_next_beside": 1.89,
    "done_not_first": -4.0,
    "done_open": -1.55,
    "done_opening": 0.64,
    "done_shared": 0.32,
    "done_short": -1.48,
    "done_tied": -0.83,
    "done_unopened": -4.08,
    "end_bare": 0.03,
    "end_beside": 2.67,
    "end_edge": 4.18,
    "end_heading": -3.26,
    "end_open": -3.21,
    "follows": 0.59,
    "heading_goes_on": -1.32,
    "indented": -3.0,
    "name": 0.07,
    "name_speaks": 0.42,
    "not_indented": 1.0,
    "seen_2": 0.94,
    "seen_3": 2.02,
    "seen_4": 3.5,
    "seen_5": 4.1,
    "used_so": 0.4,
    "word": 1.24,
    "word_gain": 0.63,
}
"""By the names that the rules in `seams.py` and `tears.py` give their findings."""

LOOSE = -4.0
"""What it weighs that a piece stops in mid-sentence and is no tear, set by hand."""

SURE_BIAS, SURE_MARGIN, SURE_WORDS = -1.9, 0.58, 0.58
"""Logistic regression on 790 joins of pages like those above: on what the best tour without the join lacks (at most 6)
and what its words weigh, wherever they stand in the file (-3 to 8)."""

LEAST = 0.93
"""The least confidence at which two pieces are joined; what is less sure stays in parts, with a flag. In fourfold
cross-validation on the pages of the regression 1.6 % of the joins from here on were wrong, and a quarter of those that
the best tour had right fell below it."""
