/** How Electron writes a key of the list of shortcuts; undefined: two presses, which no menu has. */
export function acceleratorOf(keys: readonly string[]): string | undefined {
  const key = keys.find((each) => !each.includes(' '))
  if (key === undefined) return undefined
  return key === '?' ? 'Shift+/' : key.replace('Ctrl+', 'CommandOrControl+')
}
