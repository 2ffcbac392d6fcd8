import type { InsightFilter } from '#shared/contract/insight.ts'
import { NONE } from '#shared/contract/board.ts'
import { DIMENSIONS, type Dimension } from '#shared/domain/insight/facts.ts'
import { all, one, type ReadableDb } from '../../store/sql.ts'

const USER = 'user:'

/** Every value of a dimension that the sums know, one look at the index each. */
function keysOf(db: ReadableDb, dimension: Dimension): string[] {
  const keys: string[] = []
  const next = (after: string | null): string | undefined =>
    one<{ value: string | null }>(
      db,
      after === null
        ? 'SELECT min(value) AS value FROM insight_day WHERE dimension = ?'
        : 'SELECT min(value) AS value FROM insight_day WHERE dimension = ? AND value > ?',
      dimension,
      ...(after === null ? [] : [after]),
    )?.value ?? undefined
  for (let key = next(null); key !== undefined; key = next(key)) keys.push(key)
  return keys
}

/** What people choose by, of a value as the rows hold it: whoever leads the work stands for the team that he is in now. */
function choices(db: ReadableDb, dimension: Dimension): (key: string) => string {
  if (dimension !== 'team') return (key) => key || NONE
  const teams = new Map(all<{ id: string; team: string }>(db, 'SELECT id, team FROM user_account').map(({ id, team }) => [id, team]))
  return (key) => (key.startsWith(USER) ? teams.get(key.slice(USER.length)) : key) || NONE
}

/** Values of the rows by what people choose. */
export function keysByChoice(db: ReadableDb, dimension: Dimension): Map<string, string[]> {
  const choiceOf = choices(db, dimension)
  const by = new Map<string, string[]>()
  for (const key of keysOf(db, dimension)) {
    const choice = choiceOf(key)
    const list = by.get(choice)
    if (list) list.push(key)
    else by.set(choice, [key])
  }
  return by
}

/** The dimensions that a filter names, each with the values of the rows that it means. */
export interface Chosen {
  readonly by: ReadonlyMap<Dimension, readonly string[]>
  /** SQL over the columns of `order_insight`, beginning with AND, or empty; its parameters in order. */
  readonly where: string
  readonly params: readonly string[]
}

export function chosen(db: ReadableDb, filter: InsightFilter): Chosen {
  const by = new Map<Dimension, readonly string[]>()
  for (const dimension of DIMENSIONS) {
    const value = filter[dimension]
    if (value !== undefined) by.set(dimension, keysByChoice(db, dimension).get(value) ?? [])
  }
  return {
    by,
    where: [...by.keys()].map((dimension) => ` AND i.${dimension} IN (SELECT value FROM json_each(?))`).join(''),
    params: [...by.values()].map((keys) => JSON.stringify(keys)),
  }
}

/** The team whose engineers are meant, empty for those without one; null: all of them. undefined: the filter tells no engineers apart. */
export function teamChosen({ team, ...others }: InsightFilter): string | null | undefined {
  if (Object.values(others).some((value) => value !== undefined)) return undefined
  return team === undefined ? null : team === NONE ? '' : team
}
