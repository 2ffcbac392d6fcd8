const MINUTE = 60_000
/** Places of one minute, as powers of two: a desk that registers more in one goes on in those after it. */
const PLACES = 6
const MINUTES = 27
/** Open orders stand above all others. */
export const OPEN_FROM = 2 ** (MINUTES + PLACES + 1)

/**
 * Where the words of an order stand, so that going down the rows shows open orders before closed ones and recent ones
 * before older: the index then answers the first page without looking at the rest. Which of the places of its minute
 * an order has depends on who came first; nothing shown does.
 * @param firstContactAt UTC ms
 */
export function orderPlace(id: string, isOpen: boolean, firstContactAt: number): (isTaken: (row: number) => boolean) => number {
  const minute = Math.min(Math.max(0, Math.floor(firstContactAt / MINUTE)), 2 ** MINUTES - 1)
  const base = (isOpen ? OPEN_FROM : 0) + minute * 2 ** PLACES
  return (isTaken) => {
    // Where thousands share a minute, as in an imported history, the room that is tried doubles each time.
    for (let room = 2 ** PLACES, tries = 0; ; tries++) {
      const row = base + (hash(id, tries) % room)
      if (!isTaken(row)) return row
      if (tries % 4 === 3) room *= 2
    }
  }
}

/** FNV-1a, 32 bits. */
function hash(text: string, seed: number): number {
  let value = (0x811c9dc5 ^ Math.imul(seed, 0x9e3779b1)) >>> 0
  for (let at = 0; at < text.length; at++) value = Math.imul(value ^ text.charCodeAt(at), 0x01000193) >>> 0
  return (value ^ (value >>> 15)) >>> 0
}
