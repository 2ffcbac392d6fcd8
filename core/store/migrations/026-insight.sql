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
