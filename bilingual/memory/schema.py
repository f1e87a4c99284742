"""The tables of memory.sqlite."""

from __future__ import annotations

APPLICATION = 0x62_69_6C_6D  # "bilm"

SCHEMA = """
CREATE TABLE document (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE);
CREATE TABLE form (id INTEGER PRIMARY KEY, digest BLOB NOT NULL UNIQUE, form TEXT NOT NULL);
CREATE TABLE entry (
    id INTEGER PRIMARY KEY, digest BLOB NOT NULL UNIQUE, form INTEGER NOT NULL, source TEXT NOT NULL,
    target TEXT NOT NULL, source_codes TEXT NOT NULL, target_codes TEXT NOT NULL
);
CREATE INDEX entry_form ON entry (form);
CREATE TABLE use (
    id INTEGER PRIMARY KEY, entry INTEGER NOT NULL, document INTEGER NOT NULL, unit TEXT NOT NULL,
    state TEXT NOT NULL, origin TEXT NOT NULL, by TEXT NOT NULL, at TEXT NOT NULL, before INTEGER, after INTEGER,
    more TEXT NOT NULL, batch INTEGER NOT NULL, gone INTEGER
);
CREATE INDEX use_entry ON use (entry);
CREATE INDEX use_unit ON use (document, unit);
CREATE INDEX use_gone ON use (gone) WHERE gone IS NOT NULL;
CREATE TABLE batch (
    id INTEGER PRIMARY KEY, kind TEXT NOT NULL, name TEXT NOT NULL, sha256 TEXT NOT NULL, by TEXT NOT NULL,
    at TEXT NOT NULL, added INTEGER NOT NULL, merged INTEGER NOT NULL, replaced INTEGER NOT NULL,
    same INTEGER NOT NULL, skipped INTEGER NOT NULL, state TEXT NOT NULL
);
CREATE TABLE block (id INTEGER PRIMARY KEY, first INTEGER NOT NULL, size INTEGER NOT NULL, lengths BLOB NOT NULL);
CREATE TABLE posting (key INTEGER PRIMARY KEY, offsets BLOB NOT NULL);
CREATE VIRTUAL TABLE words USING fts5 (target, content='', tokenize='unicode61 remove_diacritics 2')
"""
"""`use.gone` is the use that took this one's place, NULL while it counts. `block` and `posting` are the index of forms
(see `postings`), `words` finds English words."""
