/** Deeper than any input of the contract, and shallow enough for every recursive reader behind it. */
const DEEPEST = 32

/** Whether a value parsed from JSON is nested no deeper than any input may be. Does not recurse itself. */
export function isShallow(value: unknown): boolean {
  let level: unknown[] = [value]
  for (let depth = 0; level.length > 0; depth++) {
    const next: unknown[] = []
    for (const item of level) {
      if (typeof item !== 'object' || item === null) continue
      if (depth >= DEEPEST) return false
      for (const child of Object.values(item))
        if (typeof child === 'object' && child !== null) next.push(child)
    }
    level = next
  }
  return true
}
