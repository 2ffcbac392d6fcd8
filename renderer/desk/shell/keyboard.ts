/** Names of keys as the list of shortcuts writes them. */
const NAMES: Readonly<Record<string, string>> = { ' ': 'Space', Escape: 'Esc', ArrowLeft: '←', ArrowUp: '↑', ArrowDown: '↓', ArrowRight: '→' }

/**
 * What was pressed, as the list of shortcuts names it: `B`, `Shift+G`, `Ctrl+K`, `?`. A letter is the key's own,
 * under a Chinese input method and on a Cyrillic or Greek layout, too; a sign is the sign, wherever it stands.
 */
export function chordOf(event: Pick<KeyboardEvent, 'key' | 'code' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'>): string {
  const isLatin = /^[a-z]$/i.test(event.key)
  const byPlace = /^Key([A-Z])$/.exec(event.code)?.[1]
  const letter = isLatin ? event.key.toUpperCase() : isSign(event.key) ? undefined : byPlace
  const name = letter ?? NAMES[event.key] ?? event.key
  const held = [(event.ctrlKey || event.metaKey) && 'Ctrl', event.altKey && 'Alt', event.shiftKey && !isSign(name) && 'Shift']
  return [...held.filter(Boolean), name].join('+')
}

/** A sign such as `?` already says that Shift was held. */
const isSign = (key: string): boolean => key.length === 1 && /[!-/:-@[-`{-~]/.test(key)

/** Whether a key belongs to what is being typed in, or to an open dialogue or menu. */
export function isTaken(event: KeyboardEvent): boolean {
  const target = event.target as HTMLElement
  return (
    event.defaultPrevented ||
    event.isComposing ||
    target.closest('input, textarea, select, [contenteditable], [role=dialog], [role=menu], [role=listbox]') !== null ||
    document.querySelector('.el-overlay:not([style*="display: none"])') !== null
  )
}
