import type { WallBoard } from './feed.ts'

type Fresh = WallBoard['fresh'][number]

/**
 * Which breaches the room has not been told of. What was broken when the wall began is no news; each later one is told
 * once, whether the timer fired or the clock passed it, and also after the wall was cut off.
 */
export function watchNews() {
  let told: Set<string> | undefined
  const keyOf = ({ id, brokenAt }: Fresh): string => `${id} ${brokenAt}`
  return (fresh: readonly Fresh[]): Fresh[] => {
    const before = told
    // Only what may come again is remembered: what is no longer fresh is never told again.
    told = new Set(fresh.map(keyOf))
    return before ? fresh.filter((each) => !before.has(keyOf(each))) : []
  }
}
