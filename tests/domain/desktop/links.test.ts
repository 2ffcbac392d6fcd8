import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { readAddress } from '../../../electron/main/centerAddress.ts'
import { linkAmong, readLink } from '../../../electron/main/deepLink.ts'
import { PreferenceFile } from '../../../electron/main/preferences.ts'
import { wallScreen } from '../../../electron/main/wallPlace.ts'

describe('links of other programs', () => {
  it.each([
    ['loopdesk://order/A-261122-017', 'A-261122-017'],
    ['loopdesk://order/94a52d99-c19f-4ab8-ab06-3b88719af99a', '94a52d99-c19f-4ab8-ab06-3b88719af99a'],
    ['LOOPDESK://order/A-261122-017/', 'A-261122-017'],
  ])('%s names an order', (link, order) => {
    expect(readLink(link)).toBe(order)
  })

  it.each([
    'loopdesk://order/',
    'loopdesk://order/a/b',
    'loopdesk://order/../settings',
    'loopdesk://order/%2e%2e%2fsettings',
    'loopdesk://order/a?base=b',
    'loopdesk://order/a#b',
    'loopdesk://user:word@order/a',
    'loopdesk://order:80/a',
    'loopdesk://command/quit',
    'loopdesk:order/a',
    'https://order/a',
    'javascript:alert(1)',
    'loopdesk://order/工单',
    `loopdesk://order/${'a'.repeat(200)}`,
    '',
  ])('%j is none of ours', (link) => {
    expect(readLink(link)).toBeNull()
  })

  it('are found among the arguments of a second start', () => {
    expect(linkAmong(['.', '--data', 'x', 'loopdesk://order/a', '--no-sandbox'])).toBe('loopdesk://order/a')
    expect(linkAmong(['.', '--data', 'loopdesk'])).toBeUndefined()
  })
})

describe('the address of a service center', () => {
  it.each([
    ['https://desk.example.com', 'https://desk.example.com'],
    [' desk.example.com:8443/ ', 'https://desk.example.com:8443'],
    ['http://127.0.0.1:4680', 'http://127.0.0.1:4680'],
    ['http://localhost:4680/', 'http://localhost:4680'],
    ['http://[::1]:4680', 'http://[::1]:4680'],
  ])('%j is %s', (typed, origin) => {
    expect(readAddress(typed)).toBe(origin)
  })

  it.each([
    'http://desk.example.com',
    'http://127.0.0.1.example.com',
    'https://u:p@desk.example.com',
    'https://desk.example.com/board',
    'https://desk.example.com/?a=b',
    'file:///etc/passwd',
    'javascript://desk',
    'ws://127.0.0.1',
    '',
    'two words',
  ])('%j is refused', (typed) => {
    expect(readAddress(typed)).toBeNull()
  })
})

describe('the wall takes a display', () => {
  const display = (id: number) => ({ id, bounds: { x: id * 100, y: 0, width: 100, height: 100 } })

  it('that is not the desk’s, and the same as before where it is there', () => {
    const three = [display(1), display(2), display(3)]
    expect(wallScreen(three, 1, undefined)?.id).toBe(2)
    expect(wallScreen(three, 1, 3)?.id).toBe(3)
    expect(wallScreen(three, 3, 3)?.id).toBe(1)
    expect(wallScreen([display(1)], 1, 3)).toBeUndefined()
  })
})

describe('what the program remembers of itself', () => {
  const folder = mkdtempSync(join(tmpdir(), 'loopdesk-shell-'))
  const file = join(folder, 'deep', 'shell.json')
  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  it('is for its owner’s eyes alone, and what cannot be read counts as nothing', () => {
    const kept = new PreferenceFile(file)
    kept.change({ language: 'en', center: 'https://desk.example.com' })
    kept.change({ center: undefined })
    expect(new PreferenceFile(file).values).toEqual({ language: 'en' })
    expect(statSync(file).mode & 0o777).toBe(0o600)
    expect(readFileSync(file, 'utf8')).not.toContain('example')
    writeFileSync(file, '{"language":"xx"}')
    expect(new PreferenceFile(file).values).toEqual({})
    writeFileSync(file, 'no json')
    expect(new PreferenceFile(file).values).toEqual({})
  })
})
