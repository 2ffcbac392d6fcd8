const LOOPBACK: ReadonlySet<string> = new Set(['127.0.0.1', 'localhost', '[::1]'])

/**
 * The origin of a service center that somebody typed; null: none that may be opened. Passwords travel there: so it is
 * https, or a program on this very machine. `center.example.cn` alone means https.
 */
export function readAddress(typed: string): string | null {
  const text = typed.trim()
  const whole = /^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `https://${text}`
  if (text === '' || text.length > 300 || !URL.canParse(whole)) return null
  const { protocol, hostname, origin, pathname, search, hash, username, password } = new URL(whole)
  const isSafe = protocol === 'https:' || (protocol === 'http:' && LOOPBACK.has(hostname))
  const isBare = (pathname === '/' || pathname === '') && search === '' && hash === '' && username === '' && password === ''
  return isSafe && isBare && hostname !== '' ? origin : null
}
