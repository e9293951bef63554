-- A decision may also give an entry another name. The table is made anew with what else may stand in it,
-- and before it goes the one that leads to it: what leads to a row that is deleted is deleted with it.
CREATE TABLE decided (
  id INTEGER PRIMARY KEY,
  kind TEXT NOT NULL CHECK (kind IN ('merge', 'split', 'rename')),
  data TEXT NOT NULL, -- JSON object
  who TEXT NOT NULL,
  made TEXT NOT NULL,
  undone TEXT
) STRICT;
INSERT INTO decided SELECT * FROM decision;
CREATE TABLE pinned (
  article INTEGER NOT NULL REFERENCES article (id) ON DELETE CASCADE,
  key TEXT NOT NULL,
  person INTEGER NOT NULL REFERENCES person (id) ON DELETE CASCADE,
  decision INTEGER NOT NULL REFERENCES decided (id) ON DELETE CASCADE,
  PRIMARY KEY (article, key)
) STRICT, WITHOUT ROWID;
INSERT INTO pinned SELECT * FROM pin;
DROP TABLE pin;
DROP TABLE decision;
ALTER TABLE decided RENAME TO decision;
ALTER TABLE pinned RENAME TO pin;
