import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createApp } from '#core/app.ts'
import { openService } from '#core/gateway/service.ts'
import { electron } from '../support/runtimes.ts'
import { launchDesk } from '../support/browser.ts'
import { ask, atDesk, choose, demoFolder, openDesktop, signIn, type TestDesktop } from './support.ts'

const root = fileURLToPath(new URL('../../', import.meta.url))

describe.skipIf(!electron.path)('the shell around the desk', () => {
  let desktop: TestDesktop
  let order: { order: string; number: string }

  beforeAll(async () => {
    desktop = await openDesktop()
    const { page } = desktop
    await atDesk(page)
    page.setDefaultTimeout(20_000)
    await page.locator('[data-login=supervisor]').click()
    await page.locator('[data-stage]').first().waitFor()
    order = (await ask(page, 'command', 'workOrder.register', { channel: 'phone', customer: { name: '台州泵业' } })).body as typeof order
  })
  afterAll(() => desktop?.close())

  /** A second start, as the system makes one for a clicked link. */
  async function click(link: string): Promise<void> {
    const args = ['--no-sandbox', '--disable-gpu', root, ...desktop.args, link]
    const second = spawn(electron.path ?? '', args, { env: { ...process.env, ...desktop.env }, stdio: 'ignore' })
    expect(await once(second, 'exit')).toEqual([0, null])
  }
  const board = async (): Promise<void> => {
    await desktop.page.evaluate(() => {
      history.pushState(null, '', '/board')
      dispatchEvent(new PopStateEvent('popstate', { state: history.state }))
    })
    await desktop.page.locator('[data-drawer]').waitFor({ state: 'detached' })
  }
  const windows = (): Promise<number> => desktop.program.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)

  it('opens an order by a link with its number or its id, in the running window', async () => {
    const { page } = desktop
    for (const reference of [order.number, order.number.toLowerCase(), order.order]) {
      await click(`loopdesk://order/${reference}`)
      await page.locator('[data-drawer]').getByText(order.number).first().waitFor()
      await board()
    }
    expect(await windows()).toBe(1)
  })

  it('says in words that there is no such order, and that a link is none', async () => {
    const { page } = desktop
    await click('loopdesk://order/A-000101-999')
    await page.getByText('没有找到工单 A-000101-999').waitFor()
    await page.getByText('回到看板').click()
    for (const link of ['loopdesk://quit', 'loopdesk://order/..%2f..%2fetc', 'loopdesk://order/a?run=b', 'loopdesk://u:p@order/A-1']) {
      await click(link)
      await page.getByText('这个链接打不开').waitFor()
      await page.getByRole('button', { name: '知道了' }).click()
      await page.getByText('这个链接打不开').waitFor({ state: 'detached' })
    }
    await page.locator('[data-stage]').first().waitFor()
  })

  it('opens further windows under the same session, and each goes its own way', async () => {
    const opening = desktop.program.waitForEvent('window')
    await choose(desktop.program, '新窗口')
    const second = await opening
    await second.locator('[data-stage]').first().waitFor()
    expect(await ask(second, 'query', 'session.current', {})).toMatchObject({ status: 200, body: { user: { login: 'supervisor' } } })
    await click(`loopdesk://order/${order.number}`)
    // The window in front is asked.
    await second.locator('[data-drawer]').getByText(order.number).first().waitFor()
    expect(await desktop.page.locator('[data-drawer]').count()).toBe(0)
    await second.close()
    await expect.poll(windows).toBe(1)
  })

  it('has a menu in the language of the page, whose keys are those of the list of shortcuts', async () => {
    const labels = () =>
      desktop.program.evaluate(({ Menu }) => Menu.getApplicationMenu()?.items.map((item) => [item.label, ...(item.submenu?.items ?? []).map((each) => each.label)]) ?? [])
    expect((await labels()).map(([label]) => label)).toEqual(['文件', '编辑', '前往', '查看', '窗口', '帮助'])
    expect((await labels()).flat()).toEqual(expect.arrayContaining(['新窗口', '墙面看板 → 第二屏', '工单看板', '通知中心 (G N)', '快捷键', '1 小时内勿扰 (G Q)']))
    const keys = await desktop.program.evaluate(({ Menu }) =>
      (Menu.getApplicationMenu()?.items.flatMap((item) => item.submenu?.items ?? []) ?? []).filter(({ label }) => ['工单看板', '快捷键', '查找与命令'].includes(label)).map(({ label, accelerator, registerAccelerator }) => [label, accelerator, registerAccelerator]),
    )
    expect(keys).toEqual([
      ['查找与命令', '/', false],
      ['工单看板', 'B', false],
      ['快捷键', 'Shift+/', false],
    ])
    await choose(desktop.program, '通知中心 (G N)')
    await desktop.page.getByText(/^已读的保留/).waitFor()
    await choose(desktop.program, '快捷键')
    await desktop.page.getByRole('dialog').waitFor()
    await desktop.page.keyboard.press('Escape')
    await desktop.page.locator('.user').click()
    await desktop.page.getByRole('menuitem', { name: 'English' }).click()
    await expect.poll(async () => (await labels()).map(([label]) => label)).toEqual(['File', 'Edit', 'Go', 'View', 'Window', 'Help'])
    await desktop.page.locator('.user').click()
    await desktop.page.getByRole('menuitem', { name: '中文' }).click()
    await expect.poll(async () => (await labels())[0]?.[0]).toBe('文件')
  })

  it('prints by one narrow call, and by the page’s own', async () => {
    await desktop.program.evaluate(({ BrowserWindow }) => {
      const contents = BrowserWindow.getAllWindows()[0]?.webContents
      if (!contents) return
      const printed: object[] = []
      Object.assign(globalThis, { printed })
      contents.print = (options, done) => {
        printed.push(options ?? {})
        done?.(true, '')
      }
    })
    expect(await desktop.page.evaluate(() => window.loopdesk.shell.print())).toBe(true)
    await choose(desktop.program, '打印…')
    const printed = () => desktop.program.evaluate(() => (globalThis as unknown as { printed: object[] }).printed)
    await expect.poll(printed).toEqual([
      { printBackground: true, pageSize: 'A4' },
      { printBackground: true, pageSize: 'A4' },
    ])
  })

  it('tells beside the clock how many promises are broken', async () => {
    const said = () =>
      desktop.program.evaluate(({ Tray }) => {
        const known = globalThis as unknown as { tips?: string[]; watched?: boolean }
        known.tips ??= []
        if (!known.watched) {
          known.watched = true
          const { setToolTip } = Tray.prototype
          Tray.prototype.setToolTip = function (tip) {
            known.tips?.push(tip)
            setToolTip.call(this, tip)
          }
        }
        return known.tips.at(-1)
      })
    await said()
    // Signing out and in again counts anew.
    await ask(desktop.page, 'command', 'session.signOut', {})
    await expect.poll(said).toBe('闭环台')
    await signIn(desktop.page, 'supervisor')
    await expect.poll(said).toBe('闭环台 · 没有超时')
    await desktop.page.reload()
    await desktop.page.locator('nav').waitFor()
  })

  it('brings calls up on the screen of the system, and a click opens the order; not in do-not-disturb', async () => {
    const { program, page } = desktop
    await program.evaluate(({ Notification }) => {
      const shown: { title: string; body: string; click(): void }[] = []
      Object.assign(globalThis, { shown })
      Notification.prototype.show = function () {
        shown.push({ title: this.title, body: this.body, click: () => void this.emit('click') })
      }
      Notification.isSupported = () => true
    })
    const shown = () => program.evaluate(() => (globalThis as unknown as { shown: { title: string; body: string }[] }).shown.map(({ title }) => title))
    await page.evaluate((ref) => window.loopdesk.shell.notify({ title: '一次', body: '', order: ref }), order.order)
    await expect.poll(shown).toEqual(['一次'])
    await program.evaluate(() => (globalThis as unknown as { shown: { click(): void }[] }).shown[0]?.click())
    await page.locator('[data-drawer]').getByText(order.number).first().waitFor()
    await board()
    // What is no message is none, and a flood is cut off.
    await page.evaluate(() => {
      window.loopdesk.shell.notify({ title: '', body: '', order: null })
      window.loopdesk.shell.notify({ title: 'x', body: '', order: '../../etc' })
      for (let n = 0; n < 40; n++) window.loopdesk.shell.notify({ title: `第 ${n} 条`, body: '', order: null })
    })
    await ask(page, 'query', 'session.current', {})
    expect(await shown()).toHaveLength(12)
  })

  it('keeps what was typed when the page ends by itself, where it was', async () => {
    const { program, page } = desktop
    await program.evaluate(({ dialog }) => {
      dialog.showMessageBox = (async () => ({ response: 0, checkboxChecked: false })) as unknown as typeof dialog.showMessageBox
    })
    await choose(program, '登记工单')
    await page.locator('#reg-customer').fill('崩溃之前')
    await page.getByLabel('故障现象').fill('写到一半')
    await program.evaluate(async ({ BrowserWindow }) => {
      const contents = BrowserWindow.getAllWindows()[0]?.webContents
      const back = new Promise<void>((resolve) => contents?.once('did-finish-load', () => resolve()))
      contents?.forcefullyCrashRenderer()
      await back
    })
    const found = (code: string) => program.evaluate(({ BrowserWindow }, text) => BrowserWindow.getAllWindows()[0]?.webContents.executeJavaScript(text) as Promise<unknown>, code)
    await expect.poll(() => found("document.querySelector('#reg-customer')?.value ?? ''"), { timeout: 20_000 }).toBe('崩溃之前')
    expect(await found("[...document.querySelectorAll('input')].some((box) => box.value === '写到一半')")).toBe(true)
    expect(await found('location.pathname')).toBe('/register')
  })

  it('stops a page that keeps ending, with words', async () => {
    const { program } = desktop
    const url = () => program.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.webContents.getURL())
    const isThere = () => program.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.webContents.isLoading() === false)
    for (let n = 0; n < 3; n++) {
      await expect.poll(isThere).toBe(true)
      await program.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.webContents.forcefullyCrashRenderer())
      await new Promise((resolve) => setTimeout(resolve, 300))
    }
    await expect.poll(url).toContain('loopdesk-app://notice/')
    const text = () => program.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.webContents.executeJavaScript('document.body.innerText') as Promise<string>)
    await expect.poll(text).toContain('页面反复意外关闭')
  })
})

describe.skipIf(!electron.path)('a link that starts the program', () => {
  it('waits for the service center and for signing in, then opens the order', async () => {
    const data = await demoFolder()
    const first = await openDesktop({ data })
    await atDesk(first.page)
    await signIn(first.page)
    const { body } = await ask(first.page, 'command', 'workOrder.register', { channel: 'phone', customer: { name: '宁波港机' } })
    const { number } = body as { number: string }
    await first.program.close()
    const program = await launchDesk([...first.args, `loopdesk://order/${number}`], first.env)
    try {
      const page = await program.firstWindow()
      await atDesk(page)
      await page.locator('[data-login=supervisor]').click()
      await page.locator('[data-drawer]').getByText(number).first().waitFor({ timeout: 20_000 })
    } finally {
      await program.close()
    }
  })
})

describe.skipIf(!electron.path)('a service center elsewhere', () => {
  it('is opened by its address, kept for the next start, and left again', async () => {
    const elsewhere = await demoFolder()
    const app = createApp({ data: elsewhere, program: 'serve' })
    const service = await openService(app, elsewhere)
    const desktop = await openDesktop()
    try {
      await atDesk(desktop.page)
      const opening = desktop.program.waitForEvent('window')
      await choose(desktop.program, '打开服务中心地址…')
      const dialogue = await opening
      const connect = async (address: string): Promise<void> => {
        await dialogue.getByLabel('地址').fill(address)
        await dialogue.getByRole('button', { name: '连接' }).click()
      }
      await connect('http://desk.example.com')
      await dialogue.getByText('这个地址不能用').waitFor()
      await connect('http://127.0.0.1:1')
      await dialogue.getByText('http://127.0.0.1:1 没有回答').waitFor({ timeout: 20_000 })
      await connect(service.url)
      await expect.poll(() => dialogue.isClosed()).toBe(true)
      await works(desktop.page)
      expect(app.db.raw.prepare("SELECT count(*) FROM customer WHERE name = '远方客户'").pluck().get()).toBe(1)
      await desktop.program.close()

      const again = await launchDesk(desktop.args, desktop.env)
      const page = await again.firstWindow()
      await atDesk(page)
      expect(await signIn(page)).toMatchObject({ status: 200, body: { token: '' } })
      expect(await ask(page, 'query', 'customer.find', { text: '远方客户' })).toMatchObject({ body: { customers: [{ name: '远方客户' }] } })
      await choose(again, '改用本机数据文件夹')
      await page.waitForURL('loopdesk-app://notice/**')
      await atDesk(page)
      await signIn(page)
      expect(await ask(page, 'query', 'customer.find', { text: '远方客户' })).toMatchObject({ body: { customers: [] } })
      await again.close()
    } finally {
      await desktop.close().catch(() => undefined)
      await service.close()
      app.close()
    }
  })

  async function works(page: Page): Promise<void> {
    await page.locator('[data-login=dispatcher]').click()
    await page.locator('[data-stage]').first().waitFor({ timeout: 20_000 })
    expect(await ask(page, 'command', 'workOrder.register', { channel: 'phone', customer: { name: '远方客户' } })).toMatchObject({ status: 200 })
  }
})

describe.skipIf(!electron.path)('the wall on the second screen', () => {
  /** Displays as the program sees them: the real one, and one that can be pulled out. */
  const plug = (desktop: TestDesktop, isThere: boolean): Promise<void> =>
    desktop.program.evaluate(({ screen }, there) => {
      const known = globalThis as unknown as { real?: Electron.Display[] }
      known.real ??= screen.getAllDisplays()
      const [real] = known.real
      if (!real) throw new Error('no display')
      const second = { ...real, id: real.id + 1, bounds: { ...real.bounds, x: 200, y: 100, width: 1280, height: 720 } } as Electron.Display
      screen.getAllDisplays = () => (there ? [real, second] : [real])
      screen.emit(there ? 'display-added' : 'display-removed', {}, second)
    }, isThere)
  const wall = (desktop: TestDesktop) =>
    desktop.program.evaluate(({ BrowserWindow }) => {
      const window = BrowserWindow.getAllWindows().find(({ webContents }) => webContents.getURL().endsWith('/wall'))
      return window ? { menu: window.isMenuBarVisible(), full: window.isFullScreen(), minimized: window.isMinimized(), visible: window.isVisible() } : null
    })

  it('is opened by whoever is signed in, survives the display being pulled out, and comes back with the program', async () => {
    const desktop = await openDesktop()
    let again: Awaited<ReturnType<typeof launchDesk>> | undefined
    try {
      const { page, program } = desktop
      await atDesk(page)
      await page.locator('[data-login=dispatcher]').waitFor()
      const said = await program.evaluate(async ({ dialog, Menu }) => {
        const told = Promise.withResolvers<string>()
        dialog.showMessageBox = (async (_window: unknown, options: { message: string }) => {
          told.resolve(options.message)
          return { response: 0, checkboxChecked: false }
        }) as unknown as typeof dialog.showMessageBox
        Menu.getApplicationMenu()?.items.flatMap((item) => item.submenu?.items ?? []).find(({ label }) => label.startsWith('墙面看板'))?.click()
        return told.promise
      })
      expect(said).toBe('请先登录')
      await page.locator('[data-login=dispatcher]').click()
      await page.locator('[data-stage]').first().waitFor()
      await plug(desktop, true)
      await choose(program, '墙面看板 → 第二屏')
      await expect.poll(() => wall(desktop)).toMatchObject({ full: true, visible: true, menu: false })
      await plug(desktop, false)
      await expect.poll(() => wall(desktop)).toMatchObject({ full: false })
      await plug(desktop, true)
      await expect.poll(() => wall(desktop)).toMatchObject({ full: true })
      // Signing out does not end it: it has a token of its own, which is kept for its owner's eyes alone.
      await ask(page, 'command', 'session.signOut', {})
      const folder = await program.evaluate(({ app }) => app.getPath('userData'))
      const kept = readFileSync(join(folder, 'shell.json'), 'utf8')
      expect(JSON.parse(kept)).toMatchObject({ wall: { open: true }, wallToken: { center: '' } })
      expect(statSync(join(folder, 'shell.json')).mode & 0o077).toBe(0)
      await program.close()

      again = await launchDesk(desktop.args, desktop.env)
      const urls = () => again?.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().map(({ webContents }) => webContents.getURL()))
      await expect.poll(urls, { timeout: 30_000 }).toContain('loopdesk-app://desk/wall')
      const asked = () =>
        again?.evaluate(({ BrowserWindow }) =>
          BrowserWindow.getAllWindows()
            .find(({ webContents }) => webContents.getURL().endsWith('/wall'))
            ?.webContents.executeJavaScript("window.loopdesk.invoke({ kind: 'query', name: 'wall.board', input: {} }).then(({ status }) => status)"),
        )
      await expect.poll(asked).toBe(200)
    } finally {
      await again?.close()
      await desktop.close().catch(() => undefined)
    }
  })
})
