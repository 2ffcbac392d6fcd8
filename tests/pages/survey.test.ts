import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { WorkOrderState } from '#shared/domain/workOrder/state.ts'
import { chromium } from '../support/runtimes.ts'
import { clean } from './clean.ts'
import { Screens } from './support.ts'

describe.skipIf(!chromium.path)('the rating of a finished order', () => {
  let screens: Screens
  beforeAll(async () => {
    screens = await Screens.open()
  })
  afterAll(() => screens?.close())

  it('is asked for by a link from the drawer, given on a phone once, and stands in the drawer', async () => {
    const [first, second] = [screens.desk.orders[0] as string, screens.desk.orders[6] as string]
    for (const order of [first, second]) {
      screens.desk.as('dispatcher', 'workOrder.resolveBySelf', { order, base: screens.desk.head(order), reason: '重启后恢复' })
    }
    const desk = await screens.signedIn('dispatcher', { path: `/board?order=${first}` })
    await desk.locator('[data-make=ratingLink]').click()
    const told = (await desk.locator('[data-rating-link]').textContent()) ?? ''
    const link = /http\S+$/.exec(told.trim())?.[0] ?? ''
    expect(new URL(link).pathname).toBe('/rate')

    const context = await desk.context().browser()?.newContext({ viewport: { width: 360, height: 740 } })
    const phone = await context?.newPage()
    if (!phone) throw new Error('no browser')
    await phone.goto(link)
    await phone.getByRole('button', { name: '提交评价' }).click()
    await phone.getByText('请先点一个星级').waitFor()
    await clean(phone)
    await phone.getByRole('radio', { name: '2 星' }).check({ force: true })
    await phone.getByRole('radio', { name: '4', exact: true }).check({ force: true })
    await phone.getByLabel('想对我们说的话').fill('等了三天')
    expect(await phone.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true)
    await phone.getByRole('button', { name: '提交评价' }).click()
    await phone.getByText('评价已收到').waitFor()
    await phone.reload()
    await phone.getByText('已经评价过了').waitFor()
    await phone.goto(`${link.slice(0, -4)}AAAA`)
    await phone.reload()
    await phone.getByText('链接不完整或不存在').waitFor()
    await context?.close()
    await desk.getByText('等了三天').waitFor()

    const other = await screens.signedIn('dispatcher', { path: `/board?order=${second}` })
    await other.locator('[data-action=rate]').first().click()
    await other.getByRole('dialog').getByRole('button', { name: '记下评价' }).click()
    await other.getByRole('dialog').waitFor({ state: 'hidden' })
    await other.locator('.rating', { hasText: '5 星' }).waitFor()
    const { ratings } = screens.desk.desk.app.subjects.load<WorkOrderState>({ kind: 'workOrder', id: second }).state
    expect(ratings).toMatchObject([{ stars: 5, channel: 'phone' }])
    expect(screens.problems).toEqual([])
  })
})
