import { createServer, type Server } from 'node:http'
import { readFileSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { contracts } from '#shared/contract/registry.ts'
import { electron } from '../support/runtimes.ts'
import { ask, atDesk, choose, closeNotice, noticeAddress, openDesktop, signIn, type TestDesktop } from './support.ts'

/** The list of Electron's documentation, "Security"; docs/SECURITY.md names these tests. */
describe.skipIf(!electron.path)('Electron security checklist', () => {
  let desktop: TestDesktop
  let server: Server
  let outside: string
  let requests = 0

  beforeAll(async () => {
    server = createServer((_request, response) => {
      requests += 1
      response.setHeader('access-control-allow-origin', '*').end('<script>document.title = "outside"</script>')
    }).listen(0, '127.0.0.1')
    await once(server, 'listening')
    outside = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
    desktop = await openDesktop()
    await atDesk(desktop.page)
    // What would leave the program is noted instead.
    await desktop.program.evaluate(({ shell }) => {
      const opened: string[] = []
      Object.assign(globalThis, { opened })
      shell.openExternal = async (address) => void opened.push(address)
    })
  })
  afterAll(async () => {
    await desktop.close()
    server.close()
  })

  const opened = (): Promise<string[]> =>
    desktop.program.evaluate(() => (globalThis as unknown as { opened: string[] }).opened.splice(0))
  const windows = (): Promise<number> => desktop.program.evaluate(({ webContents }) => webContents.getAllWebContents().length)
  const preferences = (): Promise<Record<string, unknown>> =>
    desktop.program.evaluate(({ BrowserWindow }) => {
      const contents = BrowserWindow.getAllWindows()[0]?.webContents as unknown as { getLastWebPreferences(): object }
      return { ...contents.getLastWebPreferences() } as Record<string, unknown>
    })
  /** Fetches as the window's session does, past every policy of a page. */
  const fetchAs = (address: string) =>
    desktop.program.evaluate(async ({ session }, url) => {
      const response = await session.fromPartition('persist:desk', { cache: false }).fetch(url).catch(() => null)
      return response && { status: response.status, text: await response.text(), policy: response.headers.get('content-security-policy') }
    }, address)

  it('1 loads only secure content: nothing but the own scheme', async () => {
    const before = requests
    expect(await fetchAs(outside)).toBeNull()
    expect(await desktop.page.evaluate((url) => fetch(url).then(() => 'fetched', () => 'refused'), outside)).toBe('refused')
    expect(requests).toBe(before)
  })

  it('2 gives pages no Node', async () => {
    const found = await desktop.page.evaluate(() =>
      ['require', 'process', 'module', 'Buffer', 'global', '__dirname'].filter((name) => name in window),
    )
    expect(found).toEqual([])
    const { nodeIntegration, nodeIntegrationInWorker, nodeIntegrationInSubFrames } = await preferences()
    expect(nodeIntegration).toBe(false)
    expect([nodeIntegrationInWorker, nodeIntegrationInSubFrames]).not.toContain(true)
  })

  it('3 isolates the preload script from the page', async () => {
    expect(await preferences()).toMatchObject({ contextIsolation: true })
    const changed = await desktop.page.evaluate(() => {
      const { loopdesk } = window
      const before = loopdesk.invoke
      try {
        Object.assign(loopdesk, { invoke: () => 'mine' })
      } catch {
        // Frozen.
      }
      return loopdesk.invoke !== before
    })
    expect(changed).toBe(false)
  })

  it('4 sandboxes every page', async () => {
    expect(await preferences()).toMatchObject({ sandbox: true })
    const main = readFileSync(new URL('../../electron/main/index.ts', import.meta.url), 'utf8')
    expect(main).toContain('app.enableSandbox()')
  })

  it('5 refuses permissions that the desk does not need', async () => {
    const states = await desktop.page.evaluate(async () => {
      const names = ['geolocation', 'camera', 'microphone', 'midi', 'clipboard-read', 'notifications']
      const state = async (name: string) => (await navigator.permissions.query({ name: name as 'camera' })).state
      return Object.fromEntries(await Promise.all(names.map(async (name) => [name, await state(name)])))
    })
    expect(states).toMatchObject({ geolocation: 'denied', camera: 'denied', microphone: 'denied', 'clipboard-read': 'denied' })
    expect(states).toMatchObject({ notifications: 'granted' })
    const whereabouts = await desktop.page.evaluate(
      () =>
        new Promise<number>((resolve) =>
          navigator.geolocation.getCurrentPosition(() => resolve(0), ({ code }) => resolve(code)),
        ),
    )
    // PERMISSION_DENIED
    expect(whereabouts).toBe(1)
  })

  it('6 keeps the same-origin policy', async () => {
    expect(await preferences()).toMatchObject({ webSecurity: true })
    const read = await desktop.page.evaluate(() =>
      fetch('loopdesk-app://notice/').then((answer) => answer.text(), () => 'refused'),
    )
    expect(read).toBe('refused')
  })

  it('7 has a content security policy without inline scripts and eval', async () => {
    const policy = (await fetchAs('loopdesk-app://desk/'))?.policy ?? ''
    const directives = Object.fromEntries(policy.split('; ').map((one) => [one.slice(0, one.indexOf(' ')), one.slice(one.indexOf(' ') + 1)]))
    expect(directives).toMatchObject({
      'default-src': "'none'",
      'script-src': "'self'",
      'style-src': "'self'",
      'connect-src': "'self'",
      'object-src': "'none'",
      'frame-src': "'none'",
      'base-uri': "'none'",
    })
    const ran = await desktop.page.evaluate(async () => {
      const script = document.createElement('script')
      script.textContent = 'document.documentElement.dataset.ran = "yes"'
      document.head.append(script)
      const image = document.createElement('img')
      image.setAttribute('onerror', 'document.documentElement.dataset.ran = "yes"')
      image.src = '/none.png'
      document.body.append(image)
      await new Promise((resolve) => image.addEventListener('error', resolve))
      return document.documentElement.dataset['ran'] ?? 'no'
    })
    expect(ran).toBe('no')
    await choose(desktop.program, '打开服务中心地址…')
    const address = await noticeAddress(desktop.program)
    const message = (await fetchAs(address))?.policy
    expect(message).toMatch(
      /^default-src 'none'; style-src 'sha256-[\w+/=]+'; form-action loopdesk-app:\/\/notice; base-uri 'none'; frame-ancestors 'none'$/,
    )
    await closeNotice(desktop.program)
    // A message that is shown nowhere is not to be had.
    expect((await fetchAs('loopdesk-app://notice/1234/'))?.status).toBe(404)
  })

  it('8 9 10 turns on no insecure content and no experiment', async () => {
    const found = await preferences()
    expect(found['allowRunningInsecureContent']).not.toBe(true)
    expect(found['experimentalFeatures']).not.toBe(true)
    expect(found['enableBlinkFeatures'] ?? '').toBe('')
  })

  it('11 12 has no webview, neither as an element nor attached', async () => {
    const before = await windows()
    const kind = await desktop.page.evaluate((url) => {
      const view = document.createElement('webview')
      view.setAttribute('src', url)
      view.setAttribute('allowpopups', '')
      document.body.append(view)
      return Object.prototype.toString.call(view)
    }, outside)
    expect(kind).toBe('[object HTMLElement]')
    expect(await windows()).toBe(before)
    expect(await preferences()).toMatchObject({ webviewTag: false })
    const prevented = await desktop.program.evaluate(({ BrowserWindow }) => {
      let stopped = false
      const event = { preventDefault: () => (stopped = true) }
      BrowserWindow.getAllWindows()[0]?.webContents.emit('will-attach-webview', event, {}, {})
      return stopped
    })
    expect(prevented).toBe(true)
  })

  it('13 navigates nowhere', async () => {
    const before = desktop.page.url()
    for (const address of [outside, 'file:///etc/passwd', 'loopdesk-app://notice/', 'data:text/html,x', 'https://example.com/']) {
      await desktop.page.evaluate((url) => void (location.href = url), address)
      // A navigation that was refused has no event: the answer of the main process to a later call stands for it.
      await desktop.page.evaluate(() => window.loopdesk.invoke({ kind: 'query', name: 'session.welcome', input: {} }))
      expect(desktop.page.url()).toBe(before)
    }
    expect(await opened()).toEqual(['https://example.com/'])
  })

  it('14 opens no window', async () => {
    const before = await windows()
    for (const address of ['loopdesk-app://desk/', 'about:blank', outside]) {
      expect(await desktop.page.evaluate((url) => window.open(url) === null, address)).toBe(true)
    }
    expect(await windows()).toBe(before)
    await opened()
  })

  it('15 hands only plain https links to the system', async () => {
    const links = ['https://example.com/manual', outside, 'file:///etc/passwd', 'smb://server/share', 'https://u:p@example.com/']
    for (const link of links) await desktop.page.evaluate((url) => void window.open(url), link)
    expect(await opened()).toEqual(['https://example.com/manual'])
  })

  it('16 names a current Electron, exactly', () => {
    const read = (file: string) => JSON.parse(readFileSync(new URL(`../../${file}`, import.meta.url), 'utf8')) as never
    const { devDependencies } = read('package.json') as { devDependencies: Record<string, string> }
    const { packages } = read('package-lock.json') as { packages: Record<string, { version: string }> }
    expect(devDependencies['electron']).toMatch(/^\d+\.\d+\.\d+$/)
    expect(Number.parseInt(devDependencies['electron'] ?? '0')).toBeGreaterThanOrEqual(45)
    expect(packages['node_modules/electron']?.version).toBe(devDependencies['electron'])
  })

  it('17 answers the desk’s own pages alone', async () => {
    const preload = fileURLToPath(new URL('../../dist/preload/index.cjs', import.meta.url))
    const answers = await desktop.program.evaluate(async ({ BrowserWindow, session }, script) => {
      const own = session.fromPartition('persist:desk', { cache: false })
      const webPreferences = { session: own, preload: script, sandbox: true }
      const stranger = new BrowserWindow({ show: false, webPreferences })
      await stranger.loadURL('loopdesk-app://notice/')
      const call = `window.loopdesk.invoke({ kind: 'query', name: 'session.welcome', input: {} })`
      const download = `window.loopdesk.download('${'a'.repeat(64)}')`
      const upload = `window.loopdesk.upload(new ArrayBuffer(1))`
      const run = (code: string): Promise<unknown> => stranger.webContents.executeJavaScript(code)
      const printed = await run('window.loopdesk.shell.print()')
      const found = { call: await run(call), upload: await run(upload), download: await run(download), printed }
      stranger.destroy()
      return found
    }, preload)
    const refused = { status: 403, body: { error: { code: 'originRefused' } } }
    expect(answers).toMatchObject({ call: refused, upload: refused, download: null, printed: false })
  })

  it('17 lets the window of a wall look at what walls may see, and do nothing', async () => {
    expect(await signIn(desktop.page)).toMatchObject({ status: 200 })
    const wall = await desktop.program.evaluate(async ({ BrowserWindow, Menu, dialog }) => {
      // There is one screen, which it says.
      dialog.showMessageBox = (async () => ({ response: 0, checkboxChecked: false })) as unknown as typeof dialog.showMessageBox
      const menu = Menu.getApplicationMenu()?.items.flatMap((item) => item.submenu?.items ?? []) ?? []
      const before = new Set(BrowserWindow.getAllWindows())
      menu.find(({ label }) => label.startsWith('墙面看板'))?.click()
      for (;;) {
        const fresh = BrowserWindow.getAllWindows().find((window) => !before.has(window) && window.webContents.getURL().endsWith('/wall'))
        if (fresh && !fresh.webContents.isLoading()) return fresh.webContents.id
        await new Promise((resolve) => setTimeout(resolve, 20))
      }
    })
    const run = (code: string): Promise<unknown> =>
      desktop.program.evaluate(({ webContents }, { id, text }) => webContents.fromId(id)?.executeJavaScript(text), { id: wall, text: code })
    const call = (kind: string, name: string, input = '{}') => run(`window.loopdesk.invoke({ kind: '${kind}', name: '${name}', input: ${input} })`)
    const refused = { status: 403, body: { error: { code: 'forbidden' } } }
    expect(await call('query', 'wall.board')).toMatchObject({ status: 200 })
    expect(await call('query', 'board.page')).toMatchObject(refused)
    expect(await call('query', 'session.current')).not.toMatchObject({ body: { user: {} } })
    expect(await call('command', 'session.signIn', "{ login: 'admin', password: 'loopdesk-demo' }")).toMatchObject(refused)
    expect(await call('command', 'workOrder.register', "{ channel: 'phone' }")).toMatchObject(refused)
    expect(await run('window.loopdesk.upload(new ArrayBuffer(1))')).toMatchObject({ status: 403 })
    expect(await run('window.loopdesk.shell.print()')).toBe(false)
    await desktop.program.evaluate(({ webContents }, id) => webContents.fromId(id)?.close(), wall)
  })

  it('18 serves pages by an own scheme, never file:, and nothing outside their folder', async () => {
    expect(new URL(desktop.page.url()).protocol).toBe('loopdesk-app:')
    for (const path of ['/..%2f..%2fpackage.json', '/%2e%2e%2fmain/index.js', '/..%5c..%5cpackage.json', '/.gitignore', '/none.js']) {
      expect((await fetchAs(`loopdesk-app://desk${path}`))?.status, path).toBe(404)
    }
    expect((await fetchAs('loopdesk-app://elsewhere/index.html'))?.status).toBe(404)
    expect((await fetchAs('loopdesk-app://desk/board'))?.status).toBe(200)
    expect(await fetchAs('file:///etc/passwd')).toBeNull()
  })

  it('20 shows pages the contract and nothing of Electron', async () => {
    const { keys, names, facts } = await desktop.page.evaluate(() => ({
      keys: Object.keys(window.loopdesk).sort(),
      names: window.loopdesk.names,
      facts: Object.values(window.loopdesk.platform).map((fact) => typeof fact),
    }))
    expect(keys).toEqual(['download', 'invoke', 'names', 'platform', 'shell', 'subscribe', 'upload'])
    expect(await desktop.page.evaluate(() => Object.keys(window.loopdesk.shell).sort())).toEqual(['address', 'notify', 'onAsked', 'print', 'setLanguage'])
    expect(await desktop.page.evaluate(() => window.loopdesk.shell.address())).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/)
    expect(new Set(facts)).toEqual(new Set(['string']))
    for (const kind of ['command', 'query', 'topic'] as const) {
      const desk = contracts.filter((one) => one.kind === kind && one.audience.includes('desk'))
      expect([...names[kind]].sort()).toEqual(desk.map(({ name }) => name).sort())
    }
    const found = await desktop.page.evaluate(() => ['electron', 'ipcRenderer', 'contextBridge'].filter((name) => name in window))
    expect(found).toEqual([])
  })

  it('keeps the session token out of the page', async () => {
    const reply = await desktop.page.evaluate(() =>
      window.loopdesk.invoke({ kind: 'command', name: 'session.signIn', input: { login: 'dispatcher', password: 'loopdesk-demo' } }),
    )
    expect(reply).toMatchObject({ status: 200, body: { token: '', user: { login: 'dispatcher' } } })
    const current = await desktop.page.evaluate(() => window.loopdesk.invoke({ kind: 'query', name: 'session.current', input: {} }))
    expect(current).toMatchObject({ status: 200, body: { user: { login: 'dispatcher' } } })
  })

  it('1 lets pictures of the map through from where they are set to come, and nothing else', async () => {
    /** Whether the server was asked: the picture itself may be none. */
    const asks = async (url: string): Promise<boolean> => {
      const before = requests
      await desktop.page.evaluate(
        (src) =>
          new Promise<void>((resolve) => {
            const image = new Image()
            image.onload = image.onerror = () => resolve()
            image.src = src
          }),
        url,
      )
      return requests > before
    }
    const tile = `${outside}12/3/4.png`
    expect(await signIn(desktop.page, 'admin')).toMatchObject({ status: 200 })
    expect(await asks(tile)).toBe(false)
    expect(await ask(desktop.page, 'command', 'setting.change', { name: 'dispatch.tileUrl', value: `${outside}{z}/{x}/{y}.png` })).toMatchObject({ status: 200 })
    expect(await ask(desktop.page, 'query', 'dispatch.day', { day: '2026-10-21' })).toMatchObject({ status: 200 })
    expect(await asks(tile)).toBe(true)
    expect(await asks(tile.replace('127.0.0.1', 'localhost'))).toBe(false)
    expect(await desktop.page.evaluate((url) => fetch(url).then(() => 'fetched', () => 'refused'), tile)).toBe('refused')
    expect(await ask(desktop.page, 'command', 'setting.change', { name: 'dispatch.tileUrl', value: '' })).toMatchObject({ status: 200 })
    expect(await ask(desktop.page, 'query', 'dispatch.day', { day: '2026-10-21' })).toMatchObject({ status: 200 })
    expect(await asks(`${outside}12/3/5.png`)).toBe(false)
  })
})
