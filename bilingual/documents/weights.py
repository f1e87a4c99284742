"""What each finding about a seam weighs (natural-log odds), and how sure a join is.

Fitted by pseudo-likelihood (each piece chooses its successor, and its predecessor; drawn towards 0) on some 350 pages
that `bench.page_breaker` made, in both mixtures, with seeds below 100,000, from two annual reports of the Hong Kong
Monetary Authority in Simplified characters and the articles of `tests.page_breaker`, and on the seed, which counts as
five pages; not on the texts of `bench.layout`. By hand, as the generator never makes a line that begins with a comma
or an indented paragraph: `cut_not_first`, `done_not_first`, `indented`, `not_indented`.
"""

STEP: dict[str, float] = {
    "begin_bare": -2.72,
    "begin_beside": -0.73,
    "begin_edge": 3.51,
    "begin_fresh": 1.06,
    "begin_front": 0.64,
    "begin_heading": -1.33,
    "begin_open": -0.29,
    "cut_closed": 3.33,
    "cut_enters_bare": -1.45,
    "cut_enters_beside": 0.33,
    "cut_enters_edge": -0.85,
    "cut_enters_heading": -1.02,
    "cut_enters_open": 0.51,
    "cut_far": 0.01,
    "cut_fresh": 0.07,
    "cut_heading": -3.96,
    "cut_item": -0.38,
    "cut_leaves_bare": -1.51,
    "cut_leaves_beside": 0.26,
    "cut_leaves_open": -1.24,
    "cut_near": 4.58,
    "cut_next_bare": 0.92,
    "cut_next_beside": 2.02,
    "cut_not_first": 6.0,
    "cut_open": -2.27,
    "cut_opening": -1.4,
    "cut_shared": 0.27,
    "cut_short": 0.54,
    "cut_tied": 0.73,
    "cut_unopened": -2.31,
    "done_closed": 0.15,
    "done_enters_bare": -2.62,
    "done_enters_beside": 0.34,
    "done_enters_edge": -1.34,
    "done_enters_heading": -1.78,
    "done_enters_open": 0.28,
    "done_far": 0.5,
    "done_fresh": 0.64,
    "done_heading": 1.4,
    "done_item": 1.27,
    "done_leaves_bare": -3.27,
    "done_leaves_beside": -0.9,
    "done_leaves_edge": -0.95,
    "done_near": 2.6,
    "done_next_bare": 3.04,
    "done_next_beside": 1.87,
    "done_not_first": -4.0,
    "done_open": -1.49,
    "done_opening": 0.66,
    "done_shared": 0.33,
    "done_short": -1.44,
    "done_tied": -0.82,
    "done_unopened": -3.75,
    "end_bare": -0.03,
    "end_beside": 2.62,
    "end_edge": 4.11,
    "end_heading": -3.03,
    "end_open": -2.98,
    "follows": 0.6,
    "heading_goes_on": -1.29,
    "indented": -3.0,
    "name": -0.11,
    "name_speaks": 0.42,
    "not_indented": 1.0,
    "seen_2": 0.93,
    "seen_3": 1.99,
    "seen_4": 3.43,
    "seen_5": 4.06,
    "used_so": 0.4,
    "word": 1.24,
    "word_gain": 0.62,
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
