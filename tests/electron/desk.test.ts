import { execFile, spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { electron } from '../support/runtimes.ts'
import { ask, atDesk, openDesktop, signIn, temporaryFolder, type TestDesktop } from './support.ts'

const STAGE_NAMES = ['待初审', '技术判定', '备件锁定', '预约上门', '现场处理', '客户签字']
const root = fileURLToPath(new URL('../../', import.meta.url))

/** The smallest picture: one dot. */
const PIXEL = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==', 'base64')

/** An order that was solved from afar waits for the customer's word. */
async function toSignoff(page: Page, order: string): Promise<void> {
  const act = async (name: string, input: object): Promise<void> => {
    const { body } = await ask(page, 'query', 'workOrder.get', { order })
    const { head } = (body as { order: { card: { head: string } } }).order.card
    expect((await ask(page, 'command', name, { order, base: head, ...input })).body).not.toHaveProperty('error')
  }
  await act('workOrder.advance', {})
  await act('workOrder.changeFields', { fields: { conclusion: '参数漂移', serviceMode: 'remote', skillsNeeded: ['optics'], partsNeeded: [] } })
  await act('workOrder.fixRemotely', {})
}

describe.skipIf(!electron.path)('the desktop program', () => {
  let desktop: TestDesktop

  beforeAll(async () => {
    desktop = await openDesktop({ data: temporaryFolder() })
    await atDesk(desktop.page)
    desktop.page.setDefaultTimeout(20_000)
  })
  afterAll(() => desktop.close())

  const register = async (name: string, fields: object = {}): Promise<{ order: string; number: string }> => {
    const reply = await ask(desktop.page, 'command', 'workOrder.register', {
      customer: { name },
      equipment: { model: 'BR-VS350', serial: `T-${randomUUID()}` },
      channel: 'phone',
      fields: {
        contactName: '王工',
        contactPhone: '021-5555 0117',
        faultCategory: '温度',
        faultSymptom: '出口温度波动',
        reproductionSteps: '满负荷运行十分钟后出现',
        ...fields,
      },
    })
    expect(reply).toMatchObject({ status: 200 })
    return reply.body as { order: string; number: string }
  }
  const corePid = (): Promise<number | undefined> =>
    desktop.program.evaluate(({ app }) => app.getAppMetrics().find(({ name }) => name === 'Loopdesk core')?.pid)

  it('starts with demo data, lets one sign in and shows six columns of orders', async () => {
    const { page } = desktop
    await page.locator('[data-login^="dispatcher"]').click()
    const columns = page.locator('[data-stage]')
    await columns.first().waitFor()
    expect(await columns.locator('h2').allTextContents()).toEqual(STAGE_NAMES)
    for (let stage = 0; stage < STAGE_NAMES.length; stage++) {
      await columns.nth(stage).locator('[data-card]').first().waitFor()
    }
  })

  it('opens an order, moves it, and says in Chinese what the next stage misses', async () => {
    const { page } = desktop
    const { order, number } = await register('杭州湾纺织')
    await page.goto(`loopdesk-app://desk/board?order=${order}`)
    const drawer = page.locator('[data-drawer]')
    await drawer.getByText(number).first().waitFor()
    await drawer.locator('[data-action="forward"]').click()
    await drawer.getByText('技术判定').first().waitFor()
    await drawer.locator('[data-action="forward"]').click()
    const dialog = page.getByRole('dialog')
    await dialog.getByText(`${number} 还差几项`).waitFor()
    expect(await dialog.textContent()).toContain('离开“技术判定”之前请补齐')
    await page.keyboard.press('Escape')
  })

  it('refuses in Chinese, with a stable code', async () => {
    const unknown = await ask(desktop.page, 'command', 'workOrder.addNote', { order: 'none', text: '备注' }, randomUUID())
    expect(unknown.status).toBeGreaterThanOrEqual(400)
    expect(unknown.body).toMatchObject({ error: { message: expect.stringMatching(/[一-龥]/) as string } })
    const wrong = await signIn(desktop.page, 'nobody')
    expect(wrong).toMatchObject({ status: 401, body: { error: { code: 'wrongCredentials', message: '登录名或密码不对。请核对后重新输入。' } } })
  })

  it('tells a board of what others changed', async () => {
    const { order } = await register('宁波精密机械')
    await desktop.page.locator(`[data-card="${order}"]`).waitFor()
  })

  it('stores attached bytes by their hash and gives them back', async () => {
    const { stored, bytes } = await desktop.page.evaluate(async () => {
      const reply = await window.loopdesk.upload(new TextEncoder().encode('loopdesk').buffer)
      const { hash } = reply.body as { hash: string }
      const back = await window.loopdesk.download(hash)
      return { stored: reply, bytes: back && new TextDecoder().decode(back) }
    })
    expect(stored).toMatchObject({ status: 200, body: { size: 8 } })
    expect(bytes).toBe('loopdesk')
  })

  it('attaches a picture and a signature by its pages, and shows both', async () => {
    const { page } = desktop
    const { order } = await register('昆山精密', { faultSymptom: '成像发暗' })
    await page.goto(`loopdesk-app://desk/board?order=${order}`)
    const drawer = page.locator('[data-drawer]')
    const dialog = page.getByRole('dialog')
    await drawer.locator('#tab-fields').waitFor()
    await drawer.press('u')
    await dialog.locator('input[type=file]').setInputFiles({ name: '现场.png', mimeType: 'image/png', buffer: PIXEL })
    await dialog.getByRole('button', { name: '上传' }).click()
    await drawer.getByRole('button', { name: '现场.png', exact: true }).click()
    const natural = () => dialog.locator('img').evaluate((image) => (image as HTMLImageElement).naturalWidth)
    await expect.poll(natural).toBe(1)
    await page.keyboard.press('Escape')
    await dialog.waitFor({ state: 'hidden' })
    await toSignoff(page, order)
    await drawer.locator('[data-action=sign]').click()
    const pad = await dialog.locator('canvas').boundingBox()
    if (!pad) throw new Error('no pad to sign on')
    await page.mouse.move(pad.x + 40, pad.y + 40)
    await page.mouse.down()
    await page.mouse.move(pad.x + 160, pad.y + 90, { steps: 6 })
    await page.mouse.up()
    await dialog.getByRole('button', { name: '保存签字' }).click()
    await drawer.getByRole('button', { name: '客户确认远程解决', exact: true }).click()
    await expect.poll(natural).toBeGreaterThan(100)
    await page.keyboard.press('Escape')
    await dialog.waitFor({ state: 'hidden' })
  })

  it('restarts a killed core; nothing acknowledged is lost, and the same command again is done once', async () => {
    const { page } = desktop
    const before = await corePid()
    expect(before).toBeGreaterThan(0)
    const { order } = await register('嘉兴染整')
    const acknowledged = await page.evaluate(async (id) => {
      const done: string[] = []
      Object.assign(window, { done })
      const write = async (): Promise<void> => {
        for (let n = 0; n < 400 && (window as unknown as { enough?: boolean }).enough !== true; n++) {
          const text = `备注 ${n}`
          const call = { kind: 'command', name: 'workOrder.addNote', input: { order: id, text }, id: crypto.randomUUID() } as const
          let reply = await window.loopdesk.invoke(call)
          // No answer: the page asks again under the same id.
          while (reply.status === 0) reply = await window.loopdesk.invoke(call)
          if (reply.status !== 200) throw new Error(JSON.stringify(reply))
          done.push(text)
        }
      }
      Object.assign(window, { writing: write() })
      await new Promise((resolve) => setTimeout(resolve))
      return done.length
    }, order)
    expect(acknowledged).toBeLessThan(400)
    const count = () => page.evaluate(() => (window as unknown as { done: string[] }).done.length)
    await expect.poll(count).toBeGreaterThan(20)
    process.kill(before ?? 0, 'SIGKILL')
    const atKill = await count()
    await expect.poll(count, { timeout: 20_000 }).toBeGreaterThan(atKill + 20)
    const done = await page.evaluate(async () => {
      const the = window as unknown as { done: string[]; writing: Promise<void>; enough: boolean }
      the.enough = true
      await the.writing
      return the.done
    })
    expect(await corePid()).not.toBe(before)
    const { status, body } = await ask(page, 'query', 'workOrder.timeline', { order })
    expect(status).toBe(200)
    const { entries } = body as { entries: { type: string; personal?: { text: string } }[] }
    const notes = entries.flatMap(({ type, personal }) => (type === 'noteAdded' && personal ? [personal.text] : []))
    expect(notes.sort()).toEqual([...done].sort())
  })

  it('lets the command line attach: verify runs in a worker of the core', async () => {
    const verify = [join(root, 'core/cli/main.ts'), 'verify', '--data', desktop.data, '--json']
    const { stdout } = await promisify(execFile)(process.execPath, verify)
    const said = JSON.parse(stdout.trim().split('\n').at(-1) ?? '') as { ok: boolean; events: number }
    expect(said).toMatchObject({ ok: true, firstBad: null })
    expect(said.events).toBeGreaterThan(100)
  })

  it('goes on telling the board after the core came back', async () => {
    const { order } = await register('绍兴印染')
    await desktop.page.locator(`[data-card="${order}"]`).waitFor()
  })

  it('wakes with the computer and sweeps at once', async () => {
    const heard = await desktop.program.evaluate(async ({ powerMonitor, utilityProcess }) => {
      // What is posted to the core passes through here from now on.
      const probe = utilityProcess.fork('/dev/null')
      const prototype = Object.getPrototypeOf(probe) as { postMessage(message: { type: string }): void }
      const { postMessage } = prototype
      const messages: string[] = []
      prototype.postMessage = function (message) {
        messages.push(message.type)
        postMessage.call(this, message)
      }
      powerMonitor.emit('resume')
      powerMonitor.emit('unlock-screen')
      prototype.postMessage = postMessage
      probe.kill()
      return messages
    })
    expect(heard).toEqual(['tick', 'tick'])
  })

  it('opens once on a folder: a second start shows the first window', async () => {
    await desktop.program.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.hide())
    const args = ['--no-sandbox', '--disable-gpu', root, ...desktop.args]
    const second = spawn(electron.path ?? '', args, { env: { ...process.env, ...desktop.env }, stdio: 'ignore' })
    const [code] = (await once(second, 'exit')) as [number]
    expect(code).toBe(0)
    const isVisible = () => desktop.program.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.isVisible())
    await expect.poll(isVisible).toBe(true)
    expect(await desktop.program.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(1)
  })

  it('loads a page anew that ended, says so in Chinese, and keeps the session', async () => {
    const { program, page } = desktop
    await program.evaluate(({ dialog, BrowserWindow }) => {
      const said: object[] = []
      Object.assign(globalThis, { said })
      dialog.showMessageBox = (async (_window: unknown, options: object) => {
        said.push(options)
        return { response: 0, checkboxChecked: false }
      }) as typeof dialog.showMessageBox
      BrowserWindow.getAllWindows()[0]?.webContents.forcefullyCrashRenderer()
    })
    const said = () => program.evaluate(() => (globalThis as unknown as { said: { message: string }[] }).said)
    await expect.poll(said).toMatchObject([{ message: '窗口刚才意外关闭，已重新打开' }])
    const current = () =>
      program.evaluate(({ BrowserWindow }) =>
        BrowserWindow.getAllWindows()[0]?.webContents.executeJavaScript(
          "window.loopdesk.invoke({ kind: 'query', name: 'session.current', input: {} }).then(({ status }) => status)",
        ),
      )
    await expect.poll(current, { timeout: 20_000 }).toBe(200)
    expect(page).toBeDefined()
  })
})
