import { nameKey } from './normal.ts'

/** The words that a column goes by, its own first. */
export type ColumnWords = Readonly<Record<string, readonly string[]>>

/**
 * The column that each heading means: what was chosen for it last time, else the column that goes by this word, else
 * the one whose word it begins or ends with; each column once, the better match first. Null: none.
 * @param remembered by `headingKey`; an empty column was left out
 */
export function matchColumns(
  headings: readonly string[],
  words: ColumnWords,
  remembered: ReadonlyMap<string, string> = new Map(),
): (string | null)[] {
  const matched: (string | null)[] = headings.map(() => null)
  const taken = new Set<string>()
  const left = new Set<number>()
  const give = (index: number, column: string | undefined): void => {
    if (column === undefined || taken.has(column) || matched[index] !== null || left.has(index)) return
    matched[index] = column
    taken.add(column)
  }
  const keys = headings.map(headingKey)
  for (const [index, key] of keys.entries()) {
    const column = remembered.get(key)
    if (column === '') left.add(index)
    else if (column !== undefined && column in words) give(index, column)
  }
  const known = Object.entries(words).flatMap(([column, names]) => names.map((name) => ({ column, key: headingKey(name) })))
  for (const [index, key] of keys.entries()) if (key !== '') give(index, known.find((each) => each.key === key)?.column)
  for (const [index, key] of keys.entries()) {
    if (key.length < 2) continue
    const close = known.filter((each) => each.key.length >= 2 && !taken.has(each.column) && (key.endsWith(each.key) || key.startsWith(each.key)))
    give(index, close.sort((a, b) => b.key.length - a.key.length)[0]?.column)
  }
  return matched
}

/** Headings are one where they differ in width, case, spaces, punctuation and what stands in brackets: 电话（必填）. */
export const headingKey = (heading: string): string => nameKey(heading.replace(/[（(【[].*?[）)】\]]/g, '').replace(/[*＊]/g, '')) || nameKey(heading)
