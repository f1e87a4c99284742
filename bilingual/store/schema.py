"""The tables of the store's file, and what makes an older file's into them."""

from __future__ import annotations

APPLICATION = 0x62_69_6C_77  # "bilw"
SOURCE = "CREATE TABLE source (sha256 TEXT PRIMARY KEY, data BLOB NOT NULL) WITHOUT ROWID"
"""The files that documents were read from, compressed: what is delivered is made in their image."""

SHOWN = """
CREATE TABLE shown (
    name TEXT NOT NULL, path TEXT NOT NULL, sha256 TEXT NOT NULL, revision INTEGER NOT NULL,
    PRIMARY KEY (name, path, sha256)
) WITHOUT ROWID"""
"""Which revision of a document the bytes of a view show, or those of an edited file that was once a view."""

CHANGE = """
CREATE TABLE change (
    id INTEGER PRIMARY KEY, kind TEXT NOT NULL, name TEXT NOT NULL, by TEXT NOT NULL, at TEXT NOT NULL,
    file TEXT NOT NULL, undoes INTEGER
)"""
CHANGED = """
CREATE TABLE changed (
    change INTEGER NOT NULL REFERENCES change (id), unit TEXT NOT NULL, before INTEGER NOT NULL,
    after INTEGER NOT NULL, PRIMARY KEY (change, unit)
) WITHOUT ROWID"""
"""What a step did: each unit's version before and after, 0 where it was no part."""

JOURNAL = """
CREATE TABLE journal (step INTEGER PRIMARY KEY REFERENCES change (id), back INTEGER, forth INTEGER)"""
"""The steps people made one by one, unlike merges: after each of them, which step its person's next undo takes back and
which one the next redo does; null where there is none."""

RECUT = """
CREATE TABLE recut (
    change INTEGER NOT NULL REFERENCES change (id), side INTEGER NOT NULL, place INTEGER NOT NULL, unit TEXT NOT NULL,
    PRIMARY KEY (change, side, place)
) WITHOUT ROWID"""
"""Where a step put units in the place of others: which stood there before (side 0) and after (side 1), in order."""

EFFORT = """
CREATE TABLE effort (
    name TEXT NOT NULL, unit TEXT NOT NULL, by TEXT NOT NULL, sitting TEXT NOT NULL, seconds REAL NOT NULL,
    keys INTEGER NOT NULL, PRIMARY KEY (name, unit, by, sitting)
) WITHOUT ROWID"""
"""What people spent on a unit in one sitting."""

INDEXES = (
    "CREATE INDEX unit_place ON unit (name, orphaned, place, id, version)",
    "CREATE INDEX change_by ON change (name, by, id)",
    "CREATE INDEX change_undoes ON change (undoes)",
    "CREATE INDEX changed_unit ON changed (unit, after)",
)

UPGRADES = (SOURCE, SHOWN, CHANGE, CHANGED, JOURNAL, RECUT, EFFORT, *INDEXES)
"""What made each version of the schema out of the one before, from the second on."""

SCHEMA = ";".join(
    (
        "CREATE TABLE document (name TEXT PRIMARY KEY, template TEXT NOT NULL, body TEXT NOT NULL)",
        """
CREATE TABLE unit (
    name TEXT NOT NULL REFERENCES document (name), id TEXT NOT NULL, place INTEGER NOT NULL, version INTEGER NOT NULL,
    touched INTEGER NOT NULL, orphaned INTEGER NOT NULL, source TEXT NOT NULL, before TEXT NOT NULL,
    after TEXT NOT NULL, PRIMARY KEY (name, id)
) WITHOUT ROWID""",
        """
CREATE TABLE version (
    name TEXT NOT NULL REFERENCES document (name), id TEXT NOT NULL, number INTEGER NOT NULL, by TEXT NOT NULL,
    at TEXT NOT NULL, body TEXT NOT NULL, PRIMARY KEY (name, id, number)
)""",
        "CREATE TABLE cache (key TEXT PRIMARY KEY, body TEXT NOT NULL) WITHOUT ROWID",
        "CREATE TABLE view (path TEXT NOT NULL, sha256 TEXT NOT NULL, PRIMARY KEY (path, sha256)) WITHOUT ROWID",
        *UPGRADES,
    )
)
