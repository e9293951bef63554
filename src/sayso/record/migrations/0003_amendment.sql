-- What people say of an article's title, outlet and day of printing. Never changed; taken back by another one.
CREATE TABLE amendment (
  id INTEGER PRIMARY KEY,
  article INTEGER NOT NULL REFERENCES article (id) ON DELETE CASCADE,
  before TEXT NOT NULL, -- JSON: those of title, publisher and date that changed, as they were
  after TEXT NOT NULL, -- JSON: the same, as they are said to be
  who TEXT NOT NULL,
  made TEXT NOT NULL
) STRICT;
CREATE INDEX amendment_article ON amendment (article);
