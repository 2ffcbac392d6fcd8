import { describe, expect, it } from 'vitest'
import { isExternalLink, mayLoad, originOf, pagePath } from '../../../electron/main/addresses.ts'

describe('addresses of the pages', () => {
  it.each([
    ['/', 'index.html'],
    ['/board', 'index.html'],
    ['/index.html', 'index.html'],
    ['/assets/index-Bx1.js', 'assets/index-Bx1.js'],
  ])('%s is %s', (address, path) => {
    expect(pagePath(address)).toBe(path)
  })

  it.each([
    '/../package.json',
    '/%2e%2e/package.json',
    '/..%2fpackage.json',
    '/assets/..%5c..%5cpackage.json',
    '/.git/config.txt',
    '/c:/windows/win.ini',
    '/a%00.html',
    '/%E0%A4%A',
  ])('%s leads nowhere', (address) => {
    expect(pagePath(address)).toBeNull()
  })

  it.each([
    ['https://example.com/manual', true],
    ['http://example.com/', false],
    ['https://user:word@example.com/', false],
    ['file:///etc/passwd', false],
    ['javascript:alert(1)', false],
    ['smb://server/share', false],
    ['loopdesk-app://desk/', false],
    ['not an address', false],
  ])('%s may leave the program: %s', (address, may) => {
    expect(isExternalLink(address)).toBe(may)
  })

  it('knows the origin of its own scheme alone', () => {
    expect(originOf('loopdesk-app://desk/board?order=1')).toBe('loopdesk-app://desk')
    expect(originOf('loopdesk-app://desk.example.com/')).toBe('loopdesk-app://desk.example.com')
    expect(originOf('https://desk/')).toBe('')
    expect(originOf('')).toBe('')
  })

  it('lets pictures through from the tile server that is set, and nothing else from anywhere', () => {
    const tiles = 'https://tiles.example.cn'
    expect(mayLoad('loopdesk-app://desk/index.html', 'mainFrame', '')).toBe(true)
    expect(mayLoad(`${tiles}/12/3/4.png`, 'image', tiles)).toBe(true)
    for (const [address, kind, set] of [
      [`${tiles}/12/3/4.png`, 'image', ''],
      [`${tiles}/12/3/4.png`, 'script', tiles],
      [`${tiles}/12/3/4.png`, 'xhr', tiles],
      [`${tiles}:8443/1.png`, 'image', tiles],
      ['https://tiles.example.cn.evil.com/1.png', 'image', tiles],
      ['http://tiles.example.cn/1.png', 'image', tiles],
      ['not an address', 'image', tiles],
    ] as const) expect([address, kind, mayLoad(address, kind, set)]).toEqual([address, kind, false])
  })
})
