-- Spans in which somebody did not work, whatever the roster says: leave, a closed account, another role. Derived: a
-- rebuild writes it anew. UTC ms, half-open.
CREATE TABLE user_away (
  user TEXT NOT NULL,
  why TEXT NOT NULL,
  from_at INTEGER NOT NULL,
  to_at INTEGER NOT NULL,
  PRIMARY KEY (user, why, from_at)
) STRICT, WITHOUT ROWID;

-- Engineer-days are read off the roster.
DROP TABLE insight_engineer_day;

-- Which orders' figures changed last, for whoever keeps them packed in memory: local to this program, the oldest go.
CREATE TABLE insight_change (
  stamp INTEGER NOT NULL PRIMARY KEY,
  order_id TEXT NOT NULL
) STRICT;
CREATE INDEX order_span_order ON order_span (order_id);
CREATE INDEX order_rating_order ON order_rating (order_id);
