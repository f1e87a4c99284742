"""What each finding about a seam weighs (natural-log odds), and how sure a join is.

Fitted by pseudo-likelihood (each piece chooses its successor, and its predecessor; pulled towards what stood here
before) on pages that `bench.page_breaker` made, in both mixtures, with seeds below 100,000, from two annual reports of
the Hong Kong Monetary Authority in Simplified characters and the articles of `tests.page_breaker`; not on the texts of
`bench.layout`. By hand: the first four lines weigh what the generator never makes (a line that begins with a comma,
indented paragraphs).
"""

STEP: dict[str, float] = {
    "begin_bare": -2.89,
    "begin_beside": -0.21,
    "begin_edge": 3.8,
    "begin_fresh": 1.12,
    "begin_front": 0.79,
    "begin_heading": -1.84,
    "begin_open": -0.06,
    "cut_closed": 3.83,
    "cut_enters_bare": -1.45,
    "cut_enters_beside": 0.25,
    "cut_enters_edge": -0.9,
    "cut_enters_heading": -1.21,
    "cut_enters_open": 0.4,
    "cut_far": -0.09,
    "cut_fresh": 0.04,
    "cut_heading": -4.39,
    "cut_item": -0.07,
    "cut_leaves_bare": -1.75,
    "cut_leaves_beside": -0.23,
    "cut_leaves_open": -0.86,
    "cut_near": 4.88,
    "cut_next_bare": 1.24,
    "cut_next_beside": 1.21,
    "cut_not_first": 4.0,
    "cut_open": -2.79,
    "cut_opening": -1.24,
    "cut_shared": 0.29,
    "cut_short": 0.51,
    "cut_tied": 0.75,
    "cut_unopened": -2.78,
    "done_closed": 0.86,
    "done_enters_bare": -2.41,
    "done_enters_beside": 0.26,
    "done_enters_edge": -1.55,
    "done_enters_heading": -1.21,
    "done_enters_open": 0.31,
    "done_far": 0.35,
    "done_fresh": 0.64,
    "done_heading": 1.07,
    "done_item": 1.32,
    "done_leaves_bare": -2.93,
    "done_leaves_beside": -0.75,
    "done_leaves_edge": -0.91,
    "done_near": 2.87,
    "done_next_bare": 3.25,
    "done_next_beside": 1.96,
    "done_not_first": -4.0,
    "done_open": -1.22,
    "done_opening": 0.71,
    "done_shared": 0.33,
    "done_short": -1.2,
    "done_tied": -1.22,
    "done_unopened": -3.26,
    "end_bare": 0.2,
    "end_beside": 2.73,
    "end_edge": 4.4,
    "end_heading": -3.08,
    "end_open": -3.03,
    "follows": 0.58,
    "heading_goes_on": -0.53,
    "indented": -3.0,
    "name": 0.8,
    "not_indented": 1.0,
    "seen_2": 0.79,
    "seen_3": 1.64,
    "seen_4": 2.85,
    "seen_5": 3.77,
    "used_so": 0.43,
    "word": 0.71,
    "word_gain": 0.76,
}
"""By the names that the rules in `seams.py` and `tears.py` give their findings."""

LOOSE = -4.0
"""What it weighs that a piece stops in mid-sentence and is no tear, set by hand."""

SURE_BIAS, SURE_MARGIN, SURE_OWN = -3.27, 0.44, 0.48
"""Logistic regression on 547 joins of pages like those above: on what the best tour without the join lacks (at most 6)
and the join's own weight (at most 12)."""

LEAST = 0.75
"""The least confidence at which two pieces are joined; what is less sure stays in parts, with a flag."""
