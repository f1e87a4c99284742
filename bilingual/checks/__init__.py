"""Checks of a translation: one file a check."""
