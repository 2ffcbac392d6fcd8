/** SQL: whether somebody is away at an instant, by his absence or a leave. `user`: his id, of a row of `user_account`. */
export const awayAt = (user: string, at: string): string =>
  `(coalesce(absent_from <= ${at} AND ${at} < absent_to, 0) OR EXISTS (
    SELECT 1 FROM engineer_leave AS away WHERE away.engineer = ${user} AND away.to_at > ${at} AND away.from_at <= ${at}))`
