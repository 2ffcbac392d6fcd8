const DEFAULT_PORT: Readonly<Record<string, string>> = { http: '80', https: '443' }

/** Where pictures of the map come from, by the address that is set, `https://…/{z}/{x}/{y}.png`; empty: from nowhere. */
export function tileOrigin(pattern: string): string {
  const [, scheme = '', host = '', port] = /^(https?):\/\/([a-z0-9.-]+)(?::(\d{1,5}))?(?:\/|$)/.exec(pattern.replace(/[{}]/g, '').toLowerCase()) ?? []
  if (host === '') return ''
  return `${scheme}://${host}${port === undefined || port === DEFAULT_PORT[scheme] ? '' : `:${port}`}`
}
