import { refuse, type Refusal } from '#shared/domain/kernel/refusal.ts'

/** A place that somebody made up, of another list, or of one that goes another way by now: whoever asks begins anew. */
export class StalePage extends Error {
  override readonly name = 'StalePage'
  readonly refusal: Refusal = refuse('stalePage', 'after').refusal

  constructor() {
    super('stalePage')
  }
}

type Value = string | number
type Kind = 'text' | 'number' | 'any'
type ValueOf<Each extends Kind> = Each extends 'text' ? string : Each extends 'number' ? number : Value
type Values<Kinds extends readonly Kind[]> = { [At in keyof Kinds]: ValueOf<Kinds[At]> }

/**
 * Where a list ends and its next page begins: the values of its order, as one text that means nothing outside.
 * @param list names the list and its order: a place of another one is none of its own
 */
export const placeOf = (list: string, ...values: readonly Value[]): string => JSON.stringify([list, ...values])

/** The values again; undefined: from the beginning. Throws `StalePage` where it is no place of this list. */
export function readPlace<const Kinds extends readonly Kind[]>(place: string | undefined, list: string, kinds: Kinds): Values<Kinds> | undefined {
  if (place === undefined) return undefined
  const [of, ...values] = parsed(place)
  const fits = of === list && values.length === kinds.length && kinds.every((kind, at) => isA(kind, values[at]))
  if (!fits) throw new StalePage()
  return values as Values<Kinds>
}

function parsed(place: string): unknown[] {
  try {
    const values: unknown = JSON.parse(place)
    return Array.isArray(values) ? values : []
  } catch {
    return []
  }
}

const isA = (kind: Kind, value: unknown): boolean =>
  (kind !== 'number' && typeof value === 'string') || (kind !== 'text' && typeof value === 'number' && Number.isFinite(value))

/** The rows of a page out of one row more than it holds, and where the next page begins. */
export function pageOf<Row>(rows: Row[], limit: number, place: (last: Row) => string): { rows: Row[]; next: string | null } {
  if (rows.length <= limit) return { rows, next: null }
  const page = rows.slice(0, limit)
  const last = page[limit - 1]
  return { rows: page, next: last === undefined ? null : place(last) }
}
