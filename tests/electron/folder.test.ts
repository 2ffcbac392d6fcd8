import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { createApp } from '#core/app.ts'
import { openService } from '#core/gateway/service.ts'
import { electron } from '../support/runtimes.ts'
import { ask, atDesk, demoFolder, openDesktop, signIn, temporaryFolder, type TestDesktop } from './support.ts'

describe.skipIf(!electron.path)('a data folder that cannot be opened', () => {
  let desktop: TestDesktop | undefined
  afterEach(async () => {
    await desktop?.close()
    desktop = undefined
  })

  const message = async (opened: TestDesktop): Promise<string> => {
    desktop = opened
    const text = opened.page.locator('main a').first()
    await text.waitFor({ timeout: 30_000 })
    return (await opened.page.locator('main').textContent()) ?? ''
  }

  it('held by a running service center: says by whom, and opens that one', async () => {
    const data = await demoFolder()
    const app = createApp({ data, program: 'serve' })
    const service = await openService(app, data)
    try {
      const opened = await openDesktop({ data })
      const text = await message(opened)
      expect(text).toContain('服务中心已在运行')
      expect(text).toContain(`serve，进程 ${process.pid}`)
      await opened.page.getByText('打开正在运行的服务中心').click()
      await atDesk(opened.page)
      expect(await signIn(opened.page)).toMatchObject({ status: 200, body: { token: '' } })
      expect(await ask(opened.page, 'query', 'session.current', {})).toMatchObject({ status: 200 })
      await opened.page.reload()
      await opened.page.locator('[data-stage]').first().waitFor()
      const noted = opened.page.evaluate(
        () =>
          new Promise((resolve) => {
            const flows = new Promise<void>((flow) => {
              window.loopdesk.subscribe(['board'], (frame) => ('topic' in frame ? resolve(frame.topic) : frame.connected && flow()))
            })
            Object.assign(window, { flows })
          }),
      )
      // A message sent before the stream flows is for nobody.
      await opened.page.evaluate(() => (window as unknown as { flows: Promise<void> }).flows)
      const registered = await ask(opened.page, 'command', 'workOrder.register', { channel: 'phone', customer: { name: '台州泵业' } })
      expect(registered).toMatchObject({ status: 200 })
      expect(await noted).toBe('board')
    } finally {
      await service.close()
      app.close()
    }
  })

  it('damaged: says so in plain Chinese, changes nothing, and opens once it is whole', async () => {
    const data = temporaryFolder()
    writeFileSync(join(data, 'loopdesk.db'), 'this is no database, it only has its name. '.repeat(200))
    const opened = await openDesktop({ data })
    const text = await message(opened)
    expect(text).toContain('数据文件夹没有打开')
    expect(text).toContain('已损坏')
    rmSync(join(data, 'loopdesk.db'))
    await opened.page.getByText('再试一次').click()
    await atDesk(opened.page)
  })

  it('new and no demo: shows the administrator’s one-time password, which signs in', async () => {
    const opened = await openDesktop({ demo: false, data: temporaryFolder() })
    const text = await message(opened)
    const password = /一次性密码是 (\S+?)。/.exec(text)?.[1] ?? ''
    expect(password.length).toBeGreaterThan(12)
    await opened.page.getByText('开始使用').click()
    await atDesk(opened.page)
    const reply = await ask(opened.page, 'command', 'session.signIn', { login: 'admin', password })
    expect(reply).toMatchObject({ status: 200, body: { mustChangePassword: true } })
  })
})
