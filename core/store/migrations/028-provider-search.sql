-- Providers are found like customers, machines and people.
CREATE VIRTUAL TABLE provider_search USING fts5(words, content = '', contentless_delete = 1, tokenize = 'ascii');
CREATE TABLE provider_search_row (row INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE) STRICT;
