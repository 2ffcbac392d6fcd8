/** Where a list ends and its next page begins: the values of its order, as one text that means nothing outside. */
export const placeOf = (...values: readonly (string | number)[]): string => JSON.stringify(values)

/** The values again; undefined where somebody made a place up. */
export function readPlace(place: string | undefined, count: number): (string | number)[] | undefined {
  if (place === undefined) return undefined
  try {
    const values: unknown = JSON.parse(place)
    const fits = Array.isArray(values) && values.length === count
    return fits && values.every((value) => typeof value === 'string' || typeof value === 'number') ? values : undefined
  } catch {
    return undefined
  }
}

/** The rows of a page out of one row more than it holds, and where the next page begins. */
export function pageOf<Row>(rows: Row[], limit: number, place: (last: Row) => string): { rows: Row[]; next: string | null } {
  if (rows.length <= limit) return { rows, next: null }
  const page = rows.slice(0, limit)
  const last = page[limit - 1]
  return { rows: page, next: last === undefined ? null : place(last) }
}
