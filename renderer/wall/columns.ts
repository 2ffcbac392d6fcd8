/** LOOK: at most so many cards before a column pages by itself. */
export const CARDS_A_PAGE = 7

/** The first page, which holds what is broken longest, stays for two turns of each round. */
export function pageAt(turn: number, pages: number): number {
  return Math.max(0, (turn % (pages + 1)) - 1)
}
/** The turn, counted from one on which the first page begins, at which a page comes. */
export const turnOf = (page: number): number => (page === 0 ? 0 : page + 1)
