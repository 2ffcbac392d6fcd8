import { existsSync, readdirSync, rmSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { electron } from '../support/runtimes.ts'
import { ask, demoFolder, openDesktop, type TestDesktop } from './support.ts'

describe.skipIf(!electron.path)('the desktop program goes live', () => {
  let desktop: TestDesktop
  beforeAll(async () => {
    desktop = await openDesktop({ data: await demoFolder() })
    desktop.page.setDefaultTimeout(30_000)
  })
  afterAll(async () => {
    await desktop.close()
    const parent = dirname(desktop.data)
    for (const name of readdirSync(parent)) if (name.startsWith(`${basename(desktop.data)}.`)) rmSync(join(parent, name), { recursive: true, force: true })
  })

  it('its core opens the new folder in the place of the demo, and the window goes on there', { timeout: 90_000 }, async () => {
    const { page, data } = desktop
    await page.locator('[data-login=admin]').click()
    await page.locator('[data-demo-bar] a').click()
    await page.locator('#live-displayName').fill('王总')
    await page.locator('#live-login').fill('boss')
    await page.locator('#live-password').fill('correct horse 9')
    await page.locator('#live-confirmation').fill('清除演示数据')
    await page.locator('[data-go-real]').click()
    await page.locator('[data-live-step=company]').waitFor()
    const { body } = await ask(page, 'query', 'live.state', {})
    expect(body).toMatchObject({ mode: 'real', empty: true, folder: data })
    expect(existsSync(data)).toBe(true)
    expect(readdirSync(dirname(data)).some((name) => name.startsWith(`${basename(data)}.demo-`))).toBe(true)
  })
})
