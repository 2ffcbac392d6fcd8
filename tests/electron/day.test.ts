import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Page } from 'playwright-core'
import { dayByKeyboard, dayByMouse, type Call } from '../support/dispatcherDay.ts'
import { electron } from '../support/runtimes.ts'
import { ask, atDesk, openDesktop, signIn, type TestDesktop } from './support.ts'

const CALL: Omit<Call, 'serial'> = { customer: ['精工', '苏州精工机械'], symptom: '升级后触摸失灵', part: ['HMI', '触摸屏'] }

/** A customer who calls, a part on the shelf, two engineers for one hour. */
async function prepare(page: Page): Promise<void> {
  await signIn(page, 'admin')
  const does = async (name: string, input: object): Promise<void> => {
    const { status, body } = await ask(page, 'command', name, input)
    expect({ status, body }).toMatchObject({ status: 200 })
  }
  await does('user.add', { login: 'li.wei', displayName: '李伟', roles: ['engineer'] })
  await does('customer.register', { name: '苏州精工机械', contactName: '王工', contactPhone: '0512-67000117' })
  await does('stock.describe', { warehouse: 'SH', part: 'HMI-10', name: '触摸屏', unit: '件' })
  await does('stock.receive', { warehouse: 'SH', part: 'HMI-10', quantity: 4 })
}

describe.skipIf(!electron.path)('a dispatcher’s day in the desktop program', () => {
  let desktop: TestDesktop
  beforeAll(async () => {
    desktop = await openDesktop()
    await atDesk(desktop.page)
    desktop.page.setDefaultTimeout(20_000)
    await prepare(desktop.page)
    await signIn(desktop.page, 'dispatcher')
    await desktop.page.reload()
    await desktop.page.locator('[data-stage]').first().waitFor()
  })
  afterAll(() => desktop.close())

  it('by mouse', () => dayByMouse(desktop.page, { ...CALL, serial: 'DAY-MOUSE-1' }))

  it('by keyboard alone', async () => {
    await desktop.page.keyboard.press('Escape')
    await dayByKeyboard(desktop.page, { ...CALL, serial: 'DAY-KEYS-1' })
  })
})
