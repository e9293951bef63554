-- What nobody has looked at, the most doubtful first: the queue of those who review. Article and `checked`
-- are in it so that the table needn't be looked at: without it each look for the next one reads all of it.
CREATE INDEX statement_unchecked ON statement (confidence, id, article, checked) WHERE checked IS NULL;
