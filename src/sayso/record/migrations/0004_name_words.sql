-- Made from `alias`: the words of each name, so that who is called by a word is found without a look at all
-- names. A surname's words stand in the full name as well. See sayso.record.name_words.
CREATE TABLE name_word (
  word TEXT NOT NULL,
  key TEXT NOT NULL, -- of the alias
  person INTEGER NOT NULL REFERENCES person (id) ON DELETE CASCADE,
  PRIMARY KEY (word, key, person)
) STRICT, WITHOUT ROWID;
INSERT INTO name_word (word, key, person)
SELECT DISTINCT part.value, alias.key, alias.person FROM alias, json_each(
  '[' || replace(json_quote(substr(alias.key, instr(alias.key, ':') + 1)), ' ', '","') || ']'
) AS part WHERE alias.key NOT LIKE 'surname:%' ORDER BY 1, 2, 3;
CREATE INDEX name_word_person ON name_word (person);
