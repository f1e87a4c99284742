"""What each finding about a seam weighs (natural-log odds), and how sure a join is.

Learnt offline on pages that `bench.page_breaker` made, with seeds below 100,000, from the last fifth of the People's
Daily of January 1998 (PFR corpus) and two annual reports of the Hong Kong Monetary Authority; not on the texts of
`bench.layout`. First by pseudo-likelihood (each piece chooses its successor, and its predecessor), then for whole pages
by averaged margin-rescaled updates against the best tour. By hand: `cut_next_bare` and `cut_next_beside` were raised by
1.2, as on the seed more of the columns follow each other in the file than on pages of the generator, and
`begin_edge` by 1, as its first column begins the article; the first four lines weigh what the generator never makes (a
line that begins with a comma, indented paragraphs).
"""

STEP: dict[str, float] = {
    "cut_not_first": 4.0,
    "done_not_first": -4.0,
    "indented": -3.0,
    "not_indented": 1.0,
    "begin_bare": -2.2,
    "begin_beside": 0.24,
    "begin_dateline": 0.15,
    "begin_edge": 4.17,
    "begin_fresh": 0.53,
    "begin_front": 1.04,
    "begin_heading": -0.84,
    "begin_open": 0.31,
    "cut_closed": 2.75,
    "cut_enters_bare": -0.65,
    "cut_enters_beside": 0.25,
    "cut_enters_edge": -1.47,
    "cut_enters_heading": -1.3,
    "cut_enters_open": 0.17,
    "cut_far": 1.22,
    "cut_fresh": -0.08,
    "cut_heading": -3.66,
    "cut_item": -1.35,
    "cut_leaves_bare": -1.71,
    "cut_leaves_beside": 0.46,
    "cut_leaves_edge": -0.22,
    "cut_leaves_open": -1.53,
    "cut_near": 4.82,
    "cut_next_bare": 0.97,
    "cut_next_beside": 1.32,
    "cut_open": -2.31,
    "cut_opening": -1.48,
    "cut_shared": 0.2,
    "cut_short": 0.79,
    "cut_tied": 0.73,
    "cut_unopened": -1.73,
    "done_closed": 1.66,
    "done_enters_bare": -0.98,
    "done_enters_beside": 0.07,
    "done_enters_edge": -0.91,
    "done_enters_heading": -1.32,
    "done_enters_open": 0.24,
    "done_far": 1.56,
    "done_follows": 0.23,
    "done_fresh": 0.19,
    "done_heading": -0.4,
    "done_item": -1.02,
    "done_leaves_bare": -1.79,
    "done_leaves_beside": -0.59,
    "done_leaves_edge": -0.52,
    "done_near": 3.35,
    "done_next_bare": 1.79,
    "done_next_beside": 1.28,
    "done_open": -1.7,
    "done_opening": 0.32,
    "done_shared": 0.37,
    "done_short": -0.7,
    "done_tied": -1.08,
    "done_unopened": -2.48,
    "end_bare": 0.85,
    "end_beside": 2.08,
    "end_edge": 3.74,
    "end_heading": -2.75,
    "end_open": -2.69,
    "follows": 0.45,
    "heading_goes_on": -1.17,
    "name": -0.32,
    "name_speaks": -0.11,
    "number_fits": -0.64,
    "number_left": -0.02,
    "seen_2": 0.47,
    "seen_3": 0.69,
    "seen_4": 1.82,
    "seen_5": 4.19,
    "word": 0.37,
    "word_gain": 0.84,
}
"""By the names that the rules in `seams.py` and `tears.py` give their findings."""

LOOSE = -4.0
"""What it weighs that a piece stops in mid-sentence and is no tear, set by hand."""

SURE_BIAS, SURE_MARGIN, SURE_OWN = -3.27, 0.44, 0.48
"""Logistic regression on 547 joins of pages like those above: on what the best tour without the join lacks (at most 6)
and the join's own weight (at most 12)."""

LEAST = 0.75
"""The least confidence at which two pieces are joined; what is less sure stays in parts, with a flag."""
