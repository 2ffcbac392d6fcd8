/** `loopdesk://order/A-261122-017`: from a message, a mail or another program. */
export const LINK_SCHEME = 'loopdesk'

/**
 * The order, by number or id, that a link names; null: it is none of ours. Anybody can put one into a page or a mail:
 * it opens an order and does nothing else, and whatever is not exactly that is refused.
 */
export function readLink(link: string): string | null {
  return /^loopdesk:\/\/order\/([A-Za-z0-9][A-Za-z0-9._-]{0,79})\/?$/i.exec(link)?.[1] ?? null
}

/** What a second start was asked to open; undefined: nothing. Other arguments are Chromium's and our own. */
export const linkAmong = (args: readonly string[]): string | undefined => args.find((arg) => arg.toLowerCase().startsWith(`${LINK_SCHEME}:`))
