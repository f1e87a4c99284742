"""The tools of the editing page: candidates, concordance, glossary work, find and replace, repetitions, next words."""

from __future__ import annotations

from bilingual.review.web import Route

ROUTES: tuple[Route, ...] = ()
