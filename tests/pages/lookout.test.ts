import { mkdtempSync, rmSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createApp, type App } from '#core/app.ts'
import { seedDemo } from '#core/features/demo/seedDemo.ts'
import { openService, type Service } from '#core/gateway/service.ts'
import { launchBrowser } from '../support/browser.ts'
import { chromium } from '../support/runtimes.ts'
import { clean } from './clean.ts'

/** Friday 20 November 2026, 10:30 in Shanghai. */
const UNTIL = Date.UTC(2026, 10, 20, 2, 30)

describe.skipIf(!chromium.path)('report, rescue board, fault patterns and time machine', { timeout: 150_000 }, () => {
  const home = mkdtempSync(join(tmpdir(), 'loopdesk-lookout-page-'))
  const problems: string[] = []
  let app: App
  let service: Service
  let browser: Browser
  let on: Page

  beforeAll(async () => {
    await seedDemo({ data: home, orders: 210, months: 1, seed: 1, until: UNTIL })
    app = createApp({ data: home, clock: () => UNTIL })
    ;[service, browser] = await Promise.all([openService(app, home, {}), launchBrowser()])
    const context = await browser.newContext({ viewport: { width: 1366, height: 900 }, locale: 'zh-CN', timezoneId: 'Asia/Shanghai', reducedMotion: 'reduce', acceptDownloads: true })
    context.setDefaultTimeout(45_000)
    await context.addInitScript(() => localStorage.setItem('tourSeen', '*'))
    await context.clock.setFixedTime(UNTIL)
    on = await context.newPage()
    on.on('pageerror', (error) => problems.push(error.message))
    on.on('console', (message) => {
      if (message.type() === 'error' && !message.text().startsWith('Failed to load resource')) problems.push(message.text())
    })
    await on.goto(`${service.url}/rescue`)
    await on.locator('[data-login="supervisor"]').click()
    await on.locator('[data-finding]').waitFor()
    // The demo is told first, on a machine that may be busy with other suites.
  }, 180_000)
  afterAll(async () => {
    await browser?.close()
    await service?.close()
    app?.close()
    rmSync(home, { recursive: true, force: true })
  })

  const looked = async (): Promise<void> => {
    await clean(on)
    expect(problems).toEqual([])
  }
  const keep = async (name: string, bytes: Buffer): Promise<void> => {
    const folder = process.env['LOOPDESK_PICTURES']
    if (folder !== undefined) await writeFile(join(folder, name), bytes)
  }
  const picture = async (name: string): Promise<void> => {
    if (process.env['LOOPDESK_PICTURES'] !== undefined) await keep(`${name}.png`, await on.screenshot())
  }

  it('saves an order in one tap, and says how far its chances can be trusted', async () => {
    expect(await on.locator('[data-finding]').innerText()).toMatch(/\d+ 项时限/)
    const row = on.locator('[data-endangered]', { has: on.locator('[data-move=callCustomer]') }).first()
    const order = await row.getAttribute('data-endangered')
    await picture('rescue')
    await row.locator('[data-move=callCustomer]').first().click()
    await on.getByText(/已执行：致电客户/).waitFor()
    expect(app.log.head.seq).toBeGreaterThan(0)
    await on.locator('[data-trust] summary').click()
    await on.locator('[data-trust] tbody tr').first().waitFor()
    await looked()
    await on.locator('[data-endangered]').first().locator('[data-open]').click()
    await on.locator('[data-drawer]').getByRole('tab').last().click()
    expect(await on.locator('[data-expected]').innerText()).toMatch(/预计.+签字[\s\S]+八成在/)
    expect(order).not.toBeNull()
  })

  it('makes a report, shows it as it is printed, and hands it over as a PDF', async () => {
    await on.locator('[data-tab=reports]').click()
    await on.locator('[data-make]').click()
    await on.locator('[data-report]').first().waitFor()
    const sheet = on.locator('[data-paper]')
    await sheet.getByText('升级工单预警日报').first().waitFor()
    expect(await sheet.innerText()).toContain('日志链头')
    await picture('report')
    await looked()
    const [file] = await Promise.all([on.waitForEvent('download'), on.locator('[data-pdf]').click()])
    expect(file.suggestedFilename()).toMatch(/^升级工单预警日报-UW-\d{8}-1\.pdf$/)
    // Alone on the screen, as the print dialogue of the system takes it.
    await on.goto(`${service.url}/sheet/report/UW-20261120-1`)
    await on.locator('[data-paper]').waitFor()
    const printed = await on.pdf({ preferCSSPageSize: true })
    expect(printed.subarray(0, 5).toString()).toBe('%PDF-')
    await keep('report.pdf', printed)
    await on.goto(`${service.url}/reports`)
  })

  it('shows the finding with its proof, and sends it to R&D', async () => {
    await on.locator('[data-tab=patterns]').click()
    const finding = on.locator('[data-finding]')
    await finding.waitFor()
    expect(await finding.locator('h2').innerText()).toContain('BR-VS6000')
    await picture('patterns')
    await finding.locator('[data-send]').click()
    await on.locator('[data-pattern]').waitFor()
    await on.locator('[data-pattern] details').first().locator('summary').click()
    await on.locator('[data-fix-what]').fill('换用防潮触控板')
    await on.locator('[data-fix]').click()
    await on.locator('[data-pattern]').getByText('已修复').waitFor()
    await looked()
  })

  it('looks back at the board, an order and the figures of a moment', async () => {
    // A second try begins in the present.
    await on.evaluate(() => sessionStorage.removeItem('lookingBack'))
    await on.goto(`${service.url}/reports`)
    await on.locator('[data-tab=timeMachine]').click()
    await on.locator('[data-look]').click()
    await on.locator('[data-showing]').waitFor({ timeout: 60_000 })
    await on.locator('[data-card-then]').first().click()
    await on.locator('[data-order-then]').waitFor()
    await picture('timeMachine')
    await looked()
    // As many columns as then; nothing on the page can change an order.
    expect(await on.locator('[data-then]').count()).toBe(6)
    expect(await on.locator('[data-action]').count()).toBe(0)
    // The very pages of the present, as of then: a banner over them, and no deed on them.
    await on.locator('[data-enter=board]').click()
    await on.locator('[data-past]').waitFor()
    await on.locator('[data-card]').first().waitFor()
    const then = on.locator('[data-past] .words')
    expect(await then.innerText()).toContain('只读')
    await on.goto(`${service.url}/insight?board=rates`)
    await on.locator('[data-line=perEngineerDay]').waitFor()
    // The demo plants its roster on its last day: nobody knew of one then, and it is said.
    expect(await on.locator('[data-line=perEngineerDay]').innerText()).toContain('没有排班')
    await on.locator('[data-line=stuck] [data-drill=open]').click()
    await on.locator('[data-behind]').first().click()
    await on.locator('[data-drawer]').waitFor()
    expect(await on.locator('[data-action]').count()).toBe(0)
    await picture('insightThen')
    await looked()
    await on.locator('[data-present]').click()
    await on.locator('[data-past]').waitFor({ state: 'detached' })
    await on.locator('[data-line=perEngineerDay]', { hasText: '人天' }).waitFor()
  })
})
