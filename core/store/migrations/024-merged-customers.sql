-- Customers that turned out to be another one, and which. Derived; a rebuild writes it anew.
CREATE TABLE customer_merged (
  id TEXT NOT NULL PRIMARY KEY,
  stays TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX customer_merged_stays ON customer_merged (stays);
