/** The pages' own scheme: standard and secure, so that they have an origin and no file: address is ever needed. */
export const SCHEME = 'loopdesk-app'
export const DESK = `${SCHEME}://desk`
/** Messages of the program itself, before or instead of the desk: no script, no contract. */
export const NOTICE = `${SCHEME}://notice`

/** Address → folder-relative path of a file of the pages, or null: only plain segments, never a way out. */
export function pagePath(pathname: string): string | null {
  let path: string
  try {
    path = decodeURIComponent(pathname)
  } catch {
    return null
  }
  const segments = path.split('/').filter((segment) => segment !== '')
  const isPlain = segments.every((segment) => !segment.startsWith('.') && !/[\\:\0]/.test(segment))
  if (!isPlain) return null
  // The router's own addresses (`/board`) have no dot: they all open the one page; the wall is a page of its own.
  if (segments.at(-1)?.includes('.')) return segments.join('/')
  return segments.join('/') === 'wall' ? 'wall.html' : 'index.html'
}

/** Whether a link may leave the program: plain https without a name and password in it. */
export function isExternalLink(address: string): boolean {
  if (!URL.canParse(address)) return false
  const url = new URL(address)
  return url.protocol === 'https:' && url.hostname !== '' && url.username === '' && url.password === ''
}

/** The origin of an address; `URL.origin` knows none for a scheme of our own. */
export function originOf(address: string): string {
  if (!URL.canParse(address)) return ''
  const { protocol, host } = new URL(address)
  return protocol === `${SCHEME}:` ? `${protocol}//${host}` : ''
}

/**
 * Whether a page may load an address: its own files and what it made itself; of a network pictures of the map alone, from
 * where they are set to come from.
 *
 * @param tiles origin of the tile server; empty: there is none
 */
export function mayLoad(address: string, kind: string, tiles: string): boolean {
  if (/^(loopdesk-app|blob|data|devtools|chrome-devtools):/.test(address)) return true
  return tiles !== '' && kind === 'image' && URL.canParse(address) && new URL(address).origin === tiles
}
