/** Where pictures of the map come from, by the address that is set, `https://…/{z}/{x}/{y}.png`; empty: from nowhere. */
export function tileOrigin(pattern: string): string {
  const url = pattern.replace(/[{}]/g, '')
  return URL.canParse(url) && /^https?:/.test(url) ? new URL(url).origin : ''
}
