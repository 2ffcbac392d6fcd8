import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { workflowSchema } from '#shared/domain/workflow/definition.ts'
import { chromium } from '../support/runtimes.ts'
import { clean } from './clean.ts'
import { Screens } from './support.ts'

const workflow = workflowSchema.parse(
  JSON.parse(readFileSync(new URL('../../resources/workflows/default.json', import.meta.url), 'utf8')),
)
type Field = (typeof workflow)['customFields'][number]
const field = (id: string, zh: string): Field => ({ id, label: { 'zh-CN': zh, en: id }, type: 'text' })

describe.skipIf(!chromium.path)('an order', () => {
  let screens: Screens
  beforeAll(async () => {
    screens = await Screens.open()
  })
  afterAll(() => screens?.close())

  it('on paper: opened with Ctrl+P, with all it holds, the chain head and the number of pages at the foot', async () => {
    const id = screens.desk.orders[5] as string
    const page = await screens.signedIn('dispatcher', { path: `/board?order=${id}` })
    await page.evaluate(() => {
      window.print = () => document.documentElement.setAttribute('data-printed', 'yes')
    })
    await page.locator('[data-drawer]:focus').waitFor()
    await page.keyboard.press('Control+P')
    const sheet = page.locator('[data-paper]')
    await sheet.waitFor()
    await page.locator('html[data-printed=yes]').waitFor()
    const text = await sheet.innerText()
    for (const words of ['服务工单', '请客户签字', '温控模块老化，需更换', '更换温控模块并校准', '现场照片.jpg', '经过', '登记工单', '审计摘录', '由 周敏 于']) {
      expect(text).toContain(words)
    }
    const { seq, hash } = screens.desk.desk.app.log.head
    expect(text).toContain(`第 ${seq} 条 ${hash.toString('hex')}`)
    const rules = await page.evaluate(() => document.adoptedStyleSheets.flatMap((each) => [...each.cssRules].map(({ cssText }) => cssText)).join('\n'))
    expect(rules).toContain('counter(page)')
    expect(rules).toContain('counter(pages)')
    expect(rules).toContain(hash.toString('hex'))
    await clean(page)
    await page.emulateMedia({ media: 'print', colorScheme: 'dark' })
    expect(await page.locator('[data-print]').isVisible()).toBe(false)
    expect(await sheet.evaluate((each) => getComputedStyle(each).color)).toBe('rgb(17, 17, 17)')
    const pdf = (await page.pdf({ preferCSSPageSize: true })).toString('latin1')
    expect(Number(/\/Type \/Pages[^>]*?\/Count (\d+)|\/Count (\d+)/.exec(pdf)?.slice(1).find(Boolean))).toBeGreaterThan(1)
    await page.emulateMedia({ media: null })
    await page.keyboard.press('Escape')
    await page.locator('[data-drawer]').waitFor()
    expect(page.url()).toContain(`order=${id}`)
    expect(screens.problems).toEqual([])
  })

  it('that is not there says so on paper, too', async () => {
    const page = await screens.page({ path: '/order/none/print' })
    await page.locator('[data-login=dispatcher]').click()
    await page.getByText('没有这张工单').waitFor()
  })

  it('of an old version of the workflow is shown with the fields of its own time', async () => {
    const { desk } = screens.desk
    const publish = async (version: number, customFields: Field[]): Promise<void> => {
      const ids = customFields.map(({ id }) => id)
      const stages = workflow.stages.map((stage) =>
        stage.id === 'intakeReview' ? { ...stage, fields: [...stage.fields, ...ids], required: [...stage.required, ...ids] } : stage,
      )
      const input = { definition: { ...workflow, version: workflow.version + version, customFields, stages } }
      const { status, body } = await desk.call('command', 'configuration.publishWorkflow', input, { token: await desk.signIn('admin'), id: randomUUID() })
      if (status !== 200) throw new Error(JSON.stringify(body))
    }
    const register = (): string =>
      screens.desk.as('dispatcher', 'workOrder.register', { customer: { name: '苏州远望' }, channel: 'phone', demo: true })['order'] as string
    await publish(1, [field('gateCode', '旧门禁码')])
    const old = register()
    await publish(2, [field('badgeNumber', '新证件号')])
    const fresh = register()
    const page = await screens.signedIn('dispatcher', { path: `/board?order=${old}` })
    const intake = page.locator('[data-drawer] section', { has: page.getByRole('heading', { name: '待初审' }) })
    await intake.getByText('旧门禁码').waitFor()
    expect(await page.locator('[data-drawer]').innerText()).not.toContain('新证件号')
    // It is asked for by the version that the order entered with, and filled as that says.
    await intake.locator('.row', { hasText: '旧门禁码' }).getByText('还没填').waitFor()
    await intake.getByRole('button', { name: '修改旧门禁码' }).click()
    await page.locator('#field-gateCode').fill('A-7')
    await page.keyboard.press('Enter')
    await intake.locator('.value', { hasText: 'A-7' }).waitFor()
    await page.goto(`${screens.desk.url}/board?order=${fresh}`)
    await intake.getByText('新证件号').waitFor()
    expect(await page.locator('[data-drawer]').innerText()).not.toContain('旧门禁码')
    await page.goto(`${screens.desk.url}/order/${old}/print`)
    await page.locator('[data-paper]').getByText('旧门禁码').first().waitFor()
  })

  it('and the page of promises are clean for axe', async () => {
    screens.desk.as('dispatcher', 'shiftHandover.offer', { to: 'supervisor', note: '夜班' })
    const page = await screens.signedIn('supervisor', { path: '/promises' })
    await page.locator('[data-promise]').first().waitFor()
    await page.locator('.offer [aria-expanded]').first().click()
    await clean(page)
    for (const name of ['absences', 'shift']) {
      await page.locator(`[data-open=${name}]`).click()
      await page.locator('[role=dialog] :focus').waitFor()
      await clean(page)
      await page.keyboard.press('Escape')
      await page.getByRole('dialog').waitFor({ state: 'hidden' })
    }
    await page.locator('[data-promise]').first().click()
    await page.locator('#tab-related').click()
    await page.locator('#tab-panel :is(h3, .state)').first().waitFor()
    await clean(page)
  })
})
