import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { DEEDS, keysOf, PAGE_KEYS, PLACES, shortcutOf, type Shortcut } from '#shared/domain/desk/shortcuts.ts'
import { acceleratorOf } from '../../electron/main/accelerators.ts'
import { chordOf } from '../../renderer/desk/shell/keyboard.ts'
import { ACTIONS } from '../../renderer/desk/order/actions.ts'

const desk = fileURLToPath(new URL('../../renderer/desk/', import.meta.url))
const everywhere: readonly Shortcut[] = [...PLACES, ...DEEDS]

describe('the list of keys', () => {
  it('gives a key to one thing alone', () => {
    const keys = everywhere.flatMap((each) => each.keys)
    expect(keys).toEqual([...new Set(keys)])
    const onOrder = ACTIONS.flatMap(({ keys: own }) => (own === '' ? [] : [own]))
    expect(onOrder).toEqual([...new Set(onOrder)])
    for (const { id, keys: own } of everywhere) for (const key of own) expect(shortcutOf(key)).toBe(id)
  })

  it('keeps the first of two keys free: no order is touched by G', () => {
    expect(ACTIONS.map(({ keys }) => keys)).not.toContain('G')
    expect(everywhere.flatMap(({ keys }) => keys)).not.toContain('G')
  })

  it('knows every key that is held together with another in the pages', () => {
    const known = new Set<string>([...everywhere, ...Object.values(PAGE_KEYS).flat()].flatMap(({ keys }) => [...keys]))
    for (const { keys } of ACTIONS) known.add(keys)
    const files = readdirSync(desk, { recursive: true, encoding: 'utf8' }).filter((file) => /\.(ts|vue)$/.test(file))
    const used = files.flatMap((file) =>
      [...readFileSync(desk + file, 'utf8').matchAll(/'((?:Ctrl|Shift|Alt)\+[^' ]+)'/g)].map(([, key]) => `${key} in ${file}`),
    )
    expect(used.filter((use) => !known.has(use.split(' ')[0] ?? ''))).toEqual([])
  })

  it('is the menu’s, too', () => {
    expect(acceleratorOf(keysOf('board'))).toBe('B')
    expect(acceleratorOf(keysOf('help'))).toBe('Shift+/')
    expect(acceleratorOf(['Ctrl+K'])).toBe('CommandOrControl+K')
    expect(acceleratorOf(keysOf('notices'))).toBeUndefined()
  })
})

describe('what was pressed', () => {
  const press = (key: string, code: string, held: Partial<Record<'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey', boolean>> = {}): string =>
    chordOf({ key, code, ctrlKey: false, metaKey: false, altKey: false, shiftKey: false, ...held })

  it('is the key’s own letter, whatever the layout or the case', () => {
    expect(press('b', 'KeyB')).toBe('B')
    expect(press('и', 'KeyB')).toBe('B')
    expect(press('Process', 'KeyB')).toBe('B')
    expect(press('a', 'KeyQ'), 'on a French keyboard').toBe('A')
    expect(press('B', 'KeyB', { shiftKey: true })).toBe('Shift+B')
    expect(press('k', 'KeyK', { metaKey: true })).toBe('Ctrl+K')
  })

  it('is the sign, wherever it stands', () => {
    expect(press('/', 'Digit7', { shiftKey: true })).toBe('/')
    expect(press('?', 'Slash', { shiftKey: true })).toBe('?')
    expect(press(' ', 'Space')).toBe('Space')
    expect(press('ArrowRight', 'ArrowRight', { shiftKey: true })).toBe('Shift+→')
  })
})
