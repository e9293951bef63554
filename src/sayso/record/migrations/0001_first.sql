CREATE TABLE migration (
  name TEXT PRIMARY KEY,
  applied TEXT NOT NULL -- UTC, ISO 8601
) STRICT, WITHOUT ROWID;

CREATE TABLE backup ( -- the copies made of this file: what is forgotten here may still stand there
  path TEXT PRIMARY KEY,
  made TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- What was printed. A text is kept once, whoever prints it; an article is a text at an outlet and an address.
CREATE TABLE text (
  id INTEGER PRIMARY KEY,
  sha256 TEXT NOT NULL UNIQUE,
  body BLOB NOT NULL -- UTF-8: SQLite's own text ends at a NUL in some functions
) STRICT;

CREATE TABLE article (
  id INTEGER PRIMARY KEY,
  key TEXT NOT NULL UNIQUE, -- 16 hexadecimal digits of the SHA-256 of the text's own, the outlet and the address
  text INTEGER NOT NULL REFERENCES text (id),
  url TEXT,
  outlet TEXT,
  title TEXT,
  published TEXT, -- YYYY-MM-DD
  language TEXT NOT NULL,
  given_id TEXT, -- JSON: the id that the article came with
  extra TEXT NOT NULL, -- JSON object
  section TEXT, -- `extra.section`, where it is a string
  added TEXT NOT NULL, -- UTC, ISO 8601
  superseded_by INTEGER REFERENCES article (id) ON DELETE SET NULL -- the later version at the same address
) STRICT;
CREATE INDEX article_text ON article (text);
CREATE INDEX article_url ON article (url) WHERE url IS NOT NULL;
CREATE INDEX article_outlet ON article (outlet, published);
CREATE INDEX article_published ON article (published);
CREATE INDEX article_superseded ON article (superseded_by) WHERE superseded_by IS NOT NULL;

-- What a model read, as it came. Tables below the line are made from the current reading and the corrections.
CREATE TABLE reading (
  id INTEGER PRIMARY KEY,
  article INTEGER NOT NULL REFERENCES article (id) ON DELETE CASCADE,
  model TEXT NOT NULL,
  made TEXT NOT NULL,
  current INTEGER NOT NULL CHECK (current IN (0, 1)),
  data BLOB NOT NULL, -- zlib of the contract's JSON without the text
  UNIQUE (article, model)
) STRICT;
CREATE UNIQUE INDEX reading_current ON reading (article) WHERE current = 1;

-- What people say against a reading. Never changed, only undone.
CREATE TABLE correction (
  id INTEGER PRIMARY KEY,
  article INTEGER NOT NULL REFERENCES article (id) ON DELETE CASCADE,
  kind TEXT NOT NULL CHECK (kind IN ('right', 'wrong', 'speaker', 'bounds', 'missing')),
  anchor TEXT NOT NULL, -- JSON: the words, what stands before and after, the position
  value TEXT NOT NULL, -- JSON object
  who TEXT NOT NULL,
  made TEXT NOT NULL,
  undone TEXT, -- when it was taken back
  orphan INTEGER NOT NULL DEFAULT 0 CHECK (orphan IN (0, 1)) -- what it is about was not found in the current reading
) STRICT;
CREATE INDEX correction_article ON correction (article);

-- People (and bodies) across articles. `same_as` is what merges make of it; `who` of decisions are people.
CREATE TABLE person (
  id INTEGER PRIMARY KEY,
  key TEXT NOT NULL UNIQUE, -- what makes two names the same: see sayso.record.identity
  name TEXT NOT NULL,
  kind TEXT NOT NULL,
  outside_id TEXT,
  same_as INTEGER REFERENCES person (id) ON DELETE SET NULL
) STRICT;
CREATE INDEX person_same ON person (same_as) WHERE same_as IS NOT NULL;
CREATE INDEX person_outside ON person (outside_id) WHERE outside_id IS NOT NULL;

CREATE TABLE alias (
  person INTEGER NOT NULL REFERENCES person (id) ON DELETE CASCADE,
  key TEXT NOT NULL,
  name TEXT NOT NULL,
  PRIMARY KEY (key, person)
) STRICT, WITHOUT ROWID;
CREATE INDEX alias_person ON alias (person);

CREATE TABLE person_column ( -- the user's own columns, as imported
  person INTEGER NOT NULL REFERENCES person (id) ON DELETE CASCADE,
  name TEXT NOT NULL,
  value TEXT NOT NULL,
  PRIMARY KEY (name, person)
) STRICT, WITHOUT ROWID;
CREATE INDEX person_column_person ON person_column (person);

CREATE TABLE decision (
  id INTEGER PRIMARY KEY,
  kind TEXT NOT NULL CHECK (kind IN ('merge', 'split')),
  data TEXT NOT NULL, -- JSON object
  who TEXT NOT NULL,
  made TEXT NOT NULL,
  undone TEXT
) STRICT;

CREATE TABLE pin ( -- in this article, what has this key is this person: kept over re-reading
  article INTEGER NOT NULL REFERENCES article (id) ON DELETE CASCADE,
  key TEXT NOT NULL,
  person INTEGER NOT NULL REFERENCES person (id) ON DELETE CASCADE,
  decision INTEGER NOT NULL REFERENCES decision (id) ON DELETE CASCADE,
  PRIMARY KEY (article, key)
) STRICT, WITHOUT ROWID;

-- ---- made from the above, and made anew whenever it changes: see sayso.record.projection
CREATE TABLE entity (
  id INTEGER PRIMARY KEY,
  article INTEGER NOT NULL REFERENCES article (id) ON DELETE CASCADE,
  name TEXT NOT NULL, -- e1
  label TEXT NOT NULL, -- the fullest name
  kind TEXT NOT NULL,
  mentions TEXT NOT NULL, -- JSON [[start, end], …]
  person INTEGER REFERENCES person (id),
  UNIQUE (article, name)
) STRICT;
CREATE INDEX entity_person ON entity (person) WHERE person IS NOT NULL;
CREATE INDEX entity_label ON entity (label) WHERE kind = 'person';

CREATE TABLE statement (
  id INTEGER PRIMARY KEY,
  article INTEGER NOT NULL REFERENCES article (id) ON DELETE CASCADE,
  name TEXT NOT NULL, -- s1; c7 for one that correction 7 adds
  position INTEGER NOT NULL, -- in the order of the text
  type TEXT NOT NULL CHECK (type IN ('direct', 'mixed', 'indirect')),
  said INTEGER NOT NULL CHECK (said IN (0, 1)),
  denied INTEGER NOT NULL CHECK (denied IN (0, 1)),
  confidence REAL NOT NULL,
  said_on TEXT, -- the statement's date: YYYY, YYYY-MM, YYYY-Www or YYYY-MM-DD
  day TEXT, -- the first day that said_on can mean, else the day of printing: what orders a timeline
  inside TEXT, -- the name of the statement whose content holds this one
  spans TEXT NOT NULL, -- JSON {"source": [[start, end], …], "cue": …, "content": …, "addressee": [start, end] | null, "channel": …, "when": …}
  chars INTEGER NOT NULL, -- code points of the content
  words INTEGER NOT NULL, -- words of the content, as people count them: “don't” is one
  repeat TEXT NOT NULL, -- 16 hexadecimal digits: the same for contents of the same folded words
  checked TEXT CHECK (checked IN ('right', 'corrected', 'added')), -- by a person
  UNIQUE (article, name)
) STRICT;
CREATE INDEX statement_repeat ON statement (repeat);
CREATE INDEX statement_day ON statement (day);

CREATE TABLE speaker (
  statement INTEGER NOT NULL REFERENCES statement (id) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  name TEXT, -- NULL for an author without a byline
  kind TEXT NOT NULL,
  entity INTEGER REFERENCES entity (id) ON DELETE SET NULL,
  person INTEGER REFERENCES person (id),
  authors TEXT NOT NULL, -- JSON: the names in `by`
  PRIMARY KEY (statement, position)
) STRICT, WITHOUT ROWID;
CREATE INDEX speaker_person ON speaker (person) WHERE person IS NOT NULL;
CREATE INDEX speaker_entity ON speaker (entity) WHERE entity IS NOT NULL;

CREATE TABLE about (
  statement INTEGER NOT NULL REFERENCES statement (id) ON DELETE CASCADE,
  entity INTEGER NOT NULL REFERENCES entity (id) ON DELETE CASCADE,
  PRIMARY KEY (statement, entity)
) STRICT, WITHOUT ROWID;
CREATE INDEX about_entity ON about (entity);

CREATE TABLE refusal (
  id INTEGER PRIMARY KEY,
  article INTEGER NOT NULL REFERENCES article (id) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  kind TEXT NOT NULL,
  start INTEGER NOT NULL,
  "end" INTEGER NOT NULL,
  speakers TEXT NOT NULL, -- JSON [{"name", "kind", "entity", "by"}, …]
  UNIQUE (article, position)
) STRICT;

-- Contentless: the words stand in the texts. `facets` holds one token for each thing to filter by.
CREATE VIRTUAL TABLE statement_words USING fts5 (
  content, cue, facets, content = '', tokenize = "unicode61 remove_diacritics 2"
);
CREATE VIRTUAL TABLE text_words USING fts5 (
  body, content = '', tokenize = "unicode61 remove_diacritics 2"
);
