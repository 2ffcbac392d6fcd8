/** Hands a file to the person at the screen. */
export function save(name: string, content: Blob): void {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(content)
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000)
}

/** What a spreadsheet would take for a formula is text. */
const harmless = (value: string): string => (/^[=+\-@\t\r]/.test(value) && !/^[+-]?[\d .-]+$/.test(value) ? `'${value}` : value)

const quoted = (value: string): string => `"${harmless(value).replaceAll('"', '""')}"`

/** With the mark by which spreadsheets know UTF-8. */
export const csvOf = (rows: readonly (readonly (string | number)[])[]): Blob =>
  new Blob([`\uFEFF${rows.map((row) => row.map((value) => (typeof value === 'number' ? String(value) : quoted(value))).join(',')).join('\r\n')}\r\n`], { type: 'text/csv' })

/** Bytes of a base64 text. */
export const bytesOf = (content: string, type: string): Blob => new Blob([Uint8Array.from(atob(content), (letter) => letter.charCodeAt(0))], { type })
