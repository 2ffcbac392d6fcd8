import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { chromium } from '../support/runtimes.ts'
import { dayByKeyboard, dayByMouse, type Call } from '../support/dispatcherDay.ts'
import { Screens } from './support.ts'

const CALL: Omit<Call, 'serial'> = { customer: ['精工', '苏州精工机械'], symptom: '升级后触摸失灵', part: ['HMI', '触摸屏'] }

describe.skipIf(!chromium.path)('a dispatcher’s day, from the call to the customer’s signature', () => {
  let screens: Screens
  beforeAll(async () => {
    screens = await Screens.open()
  })
  afterAll(() => screens?.close())

  it('by mouse', async () => {
    const page = await screens.signedIn('dispatcher', { running: true })
    await page.locator('[data-card]').first().waitFor()
    await dayByMouse(page, { ...CALL, serial: 'DAY-MOUSE-1' })
    expect(screens.problems).toEqual([])
  })

  it('by keyboard alone', async () => {
    const page = await screens.signedIn('dispatcher', { running: true })
    await page.locator('[data-card]').first().waitFor()
    await dayByKeyboard(page, { ...CALL, serial: 'DAY-KEYS-1' })
    expect(screens.problems).toEqual([])
  })
})
