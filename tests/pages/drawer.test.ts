import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { WorkOrderState } from '#shared/domain/workOrder/state.ts'
import { readSubject } from '#core/store/eventLog.ts'
import { storeBlob } from '../support/blobs.ts'
import { NOON } from '../support/desk.ts'
import { chromium } from '../support/runtimes.ts'
import { Screens } from './support.ts'

const HOUR = 3_600_000

/** Every sixth order of the plan stands in the same stage: 0 待初审, 1 技术判定 … 4 现场处理. */
const INTAKE = 0
const DIAGNOSIS = 1
const ONSITE = 4

describe.skipIf(!chromium.path)('the drawer of an order', () => {
  let screens: Screens
  const order = (stage: number, nth: number): string => screens.desk.orders[stage + 6 * nth] as string
  const state = (id: string): WorkOrderState => screens.desk.desk.app.subjects.load<WorkOrderState>({ kind: 'workOrder', id }).state
  const eventsOf = (id: string) => readSubject(screens.desk.desk.app.db, `workOrder:${id}`)
  const on = (id: string) => ({ order: id, base: screens.desk.head(id) })
  const open = async (id: string, login = 'dispatcher'): Promise<Page> => {
    const page = await screens.signedIn(login, { path: `/board?order=${id}` })
    await page.locator('#tab-fields').waitFor()
    await page.locator('[data-drawer]:focus').waitFor()
    return page
  }
  beforeAll(async () => {
    screens = await Screens.open()
  })
  afterAll(() => screens?.close())

  it('mentions a colleague who is picked while typing; he is kept in the event, told, and stands out', async () => {
    const id = order(DIAGNOSIS, 0)
    const page = await open(id)
    await page.keyboard.press('n')
    const box = page.locator('#form-text')
    await box.fill('请')
    await box.press('End')
    await page.keyboard.type('@')
    await page.getByRole('option', { name: /韩志远/ }).waitFor()
    await page.keyboard.type('韩')
    await expect.poll(() => page.locator('[role=option]').count(), { timeout: 8000 }).toBe(1)
    await page.keyboard.press('Enter')
    expect(await box.inputValue()).toBe('请@韩志远 ')
    await page.keyboard.type('先看日志')
    await page.getByText('会通知：韩志远').waitFor()
    await page.keyboard.press('Control+Enter')
    await page.getByRole('dialog').waitFor({ state: 'hidden' })
    const note = eventsOf(id).findLast(({ type }) => type === 'noteAdded')
    expect(note?.data).toMatchObject({ mentions: ['lead'] })
    await page.locator('#tab-timeline').click()
    await page.locator('[data-mention=lead]', { hasText: '@韩志远' }).waitFor()
    const theirs = await screens.signedIn('lead')
    await theirs.getByRole('button', { name: /^通知/ }).click()
    await theirs.getByText(/周敏在备注里提到您：A-/).first().waitFor()
    expect(screens.problems).toEqual([])
  })

  it('refuses a mention of somebody whose account was closed meanwhile, with the text kept', async () => {
    const id = order(DIAGNOSIS, 1)
    const page = await open(id)
    await page.keyboard.press('n')
    await page.locator('#form-text').fill('@孙博 下午去一趟')
    await page.getByText('会通知：孙博').waitFor()
    screens.desk.as('admin', 'user.disable', { user: 'sun.bo', reason: '离职' })
    await page.keyboard.press('Control+Enter')
    await page.getByRole('dialog').getByRole('alert').first().waitFor()
    expect(await page.locator('#form-text').inputValue()).toBe('@孙博 下午去一趟')
    screens.desk.as('admin', 'user.enable', { user: 'sun.bo' })
    await page.keyboard.press('Control+Enter')
    await page.getByRole('dialog').waitFor({ state: 'hidden' })
  })

  it('refuses a pasted megabyte in words before anything is sent, and keeps it', async () => {
    const id = order(DIAGNOSIS, 2)
    const page = await open(id)
    let sent = 0
    await page.route('**/api/commands/workOrder.addNote', (route) => {
      sent += 1
      return route.continue()
    })
    await page.keyboard.press('n')
    const megabyte = 'x'.repeat(1024 * 1024)
    await page.locator('#form-text').focus()
    await page.keyboard.insertText(megabyte)
    await page.keyboard.press('Control+Enter')
    await page.getByText(/写了 1048576 个字，这里最多 4000 个，还没有发送/).waitFor()
    expect((await page.locator('#form-text').inputValue()).length).toBe(megabyte.length)
    expect(sent).toBe(0)
    await page.locator('#form-text').fill('要点：主轴异响')
    await page.keyboard.press('Control+Enter')
    await page.getByRole('dialog').waitFor({ state: 'hidden' })
    expect(sent).toBe(1)
    // A field says the same.
    await page.getByRole('button', { name: '修改复现步骤' }).click()
    await page.locator('#field-reproductionSteps').fill('长'.repeat(5000))
    await page.getByRole('button', { name: '保存' }).click()
    await page.getByText(/写了 5000 个字/).waitFor()
    expect((await page.locator('#field-reproductionSteps').inputValue()).length).toBe(5000)
  })

  it('keeps emoji, rare Han and right-to-left text as they were written', async () => {
    const id = order(DIAGNOSIS, 3)
    const rare = '𠮷野家的㐂先生 👩‍🔧🇨🇳'
    const arabic = 'الجهاز لا يعمل BR-VS200'
    const page = await open(id)
    await page.getByRole('button', { name: '修改故障现象' }).click()
    await page.locator('#field-faultSymptom').fill(arabic)
    expect(await page.locator('#field-faultSymptom').evaluate((box) => getComputedStyle(box).direction)).toBe('rtl')
    await page.keyboard.press('Enter')
    const shown = page.locator('.row', { hasText: '故障现象' }).locator('.value')
    await shown.getByText(arabic).waitFor()
    expect(await shown.evaluate((value) => getComputedStyle(value).direction)).toBe('rtl')
    await page.keyboard.press('n')
    await page.locator('#form-text').fill(`${rare}\n${arabic}`)
    await page.keyboard.press('Control+Enter')
    await page.getByRole('dialog').waitFor({ state: 'hidden' })
    await page.locator('#tab-timeline').click()
    const quote = page.locator('.quote', { hasText: '𠮷野家' }).first()
    await quote.waitFor()
    expect(await quote.textContent()).toBe(`${rare}\n${arabic}`)
    expect(state(id).fields['faultSymptom']).toBe(arabic)
    // Its number and its customer stay where they are beside it.
    expect(await page.locator(`[data-card="${id}"]`).evaluate((card) => getComputedStyle(card).direction)).toBe('ltr')
  })

  it('tells the second of two editors what changed and by whom, and keeps his text', async () => {
    const id = order(DIAGNOSIS, 4)
    const page = await open(id)
    await page.getByRole('button', { name: '修改故障现象' }).click()
    await page.locator('#field-faultSymptom').fill('我写的现象')
    screens.desk.as('supervisor', 'workOrder.changeFields', { ...on(id), fields: { faultSymptom: '主管写的现象' } })
    await page.getByText(/沈岚 .* 把这一项改成了“主管写的现象”。您写的还在/).waitFor()
    expect(await page.locator('#field-faultSymptom').inputValue()).toBe('我写的现象')
    await page.getByRole('button', { name: '用我写的' }).click()
    await page.locator('.value', { hasText: '我写的现象' }).waitFor()
    await page.locator('#tab-audit').click()
    await page.getByRole('row').filter({ hasText: '主管写的现象' }).filter({ hasText: '我写的现象' }).waitFor()
  })

  it('tells him as well where the other was quicker than the wire; another field is no reason to ask', async () => {
    const id = order(DIAGNOSIS, 5)
    const page = await open(id)
    let meanwhile: Record<string, string> | undefined = { reproductionSteps: '冷机必现' }
    await page.route('**/api/commands/workOrder.changeFields', async (route) => {
      if (meanwhile) screens.desk.as('supervisor', 'workOrder.changeFields', { ...on(id), fields: meanwhile })
      meanwhile = undefined
      await route.continue()
    })
    await page.getByRole('button', { name: '修改故障现象' }).click()
    await page.locator('#field-faultSymptom').fill('第一次')
    await page.keyboard.press('Enter')
    await page.locator('.value', { hasText: '第一次' }).waitFor()
    expect(state(id).fields).toMatchObject({ faultSymptom: '第一次', reproductionSteps: '冷机必现' })
    meanwhile = { faultSymptom: '别人的' }
    await page.getByRole('button', { name: '修改故障现象' }).click()
    await page.locator('#field-faultSymptom').fill('第二次')
    await page.keyboard.press('Enter')
    await page.getByText(/沈岚 .* 把这一项改成了“别人的”/).waitFor()
    expect(await page.locator('#field-faultSymptom').inputValue()).toBe('第二次')
    await page.getByRole('button', { name: '留用对方的' }).click()
    await page.locator('.value', { hasText: '别人的' }).waitFor()
    expect(state(id).fields['faultSymptom']).toBe('别人的')
  })

  it('says in a dialogue, too, who did what meanwhile', async () => {
    const id = order(INTAKE, 3)
    const page = await open(id)
    await page.keyboard.press('p')
    await page.locator('#form-step').fill('约客户下午通话')
    screens.desk.as('supervisor', 'workOrder.changeFields', { ...on(id), fields: { priority: 'urgent' } })
    await page.keyboard.press('Control+Enter')
    const alert = page.getByRole('dialog').getByRole('alert')
    await alert.getByText(/沈岚：修改优先级/).waitFor()
    expect(await page.locator('#form-step').inputValue()).toBe('约客户下午通话')
    await page.keyboard.press('Control+Enter')
    await page.getByRole('dialog').waitFor({ state: 'hidden' })
    expect(state(id).promise?.step).toBe('约客户下午通话')
  })

  it('hands one order over: the owner stays until it is accepted in the drawer', async () => {
    const id = order(ONSITE, 1)
    const owner = state(id).owner
    const page = await open(id, 'supervisor')
    await page.keyboard.press('h')
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('combobox').click()
    await page.getByRole('option', { name: /周敏/ }).click()
    await dialog.locator('#form-note').fill('客户只认你')
    await page.keyboard.press('Control+Enter')
    await dialog.waitFor({ state: 'hidden' })
    await page.locator('[data-handover]').getByText('已请周敏接手').waitFor()
    expect(state(id).owner).toBe(owner)
    const theirs = await open(id, 'dispatcher')
    const offer = theirs.locator('[data-handover]')
    await offer.getByText('客户只认你').waitFor()
    // Not hers yet: she is told so before she fills in anything.
    await theirs.keyboard.press('h')
    await theirs.getByText('只能交出自己负责的工单').waitFor()
    expect(await theirs.getByRole('dialog').count()).toBe(0)
    await offer.getByRole('button', { name: '接手', exact: true }).click()
    await offer.waitFor({ state: 'detached' })
    expect(state(id).owner).toBe('dispatcher')
    await page.locator('[data-handover]').waitFor({ state: 'detached' })
    await page.getByRole('button', { name: /^通知/ }).click()
    await page.getByText(/周敏已接手：A-/).first().waitFor()
  })

  it('asks colleagues to work along, and lets them go', async () => {
    const id = order(ONSITE, 3)
    const page = await open(id)
    for (const add of [true, false]) {
      await page.keyboard.press('d')
      const dialog = page.getByRole('dialog')
      await dialog.getByRole('combobox').click()
      await page.getByRole('option', { name: '李伟' }).click()
      await page.keyboard.press('Control+Enter')
      await dialog.waitFor({ state: 'hidden' })
      await expect.poll(() => state(id).collaborators).toEqual(add ? ['li.wei'] : [])
      await page.locator('[data-drawer]:focus').waitFor()
    }
  })

  it('links an order of the same customer in one tap and takes the link away; merges a duplicate of the machine', async () => {
    const first = order(INTAKE, 1)
    const { customer, equipment } = state(first).fields as { customer: string; equipment: string }
    const again = screens.desk.as('dispatcher', 'workOrder.register', {
      customer: { id: customer },
      equipment: { id: equipment },
      channel: 'phone',
      demo: true,
      fields: { faultSymptom: '又来电，同一件事' },
    })['order'] as string
    const page = await open(again)
    await page.getByText('这台设备另有 1 张未结工单').waitFor()
    await page.locator('[data-show=related]').click()
    const twin = page.locator(`[data-related="${first}"]`)
    await twin.locator('[data-do=link]').click()
    await twin.getByText('相关', { exact: true }).waitFor()
    await page.locator('#tab-fields').click()
    const number = state(first).number
    await page.getByRole('button', { name: `取消关联 ${number}` }).click()
    await page.getByRole('button', { name: `取消关联 ${number}` }).waitFor({ state: 'detached' })
    expect(state(again).links).toEqual([])
    await page.locator('#tab-related').click()
    await twin.locator('[data-do=merge]').click()
    await page.getByRole('dialog').getByRole('button', { name: '合并', exact: true }).click()
    await page.getByText(`已并入 ${number}`).first().waitFor()
    expect(state(again)).toMatchObject({ status: 'merged', mergedInto: { id: first } })
  })

  it('cancels an appointment, with the reason', async () => {
    const id = order(3, 2)
    screens.desk.as('dispatcher', 'workOrder.bookAppointment', { ...on(id), engineer: 'sun.bo', from: NOON + 200 * HOUR, to: NOON + 202 * HOUR })
    const page = await open(id)
    await page.locator('[data-action=dropAppointment]').click()
    await page.locator('#form-reason').fill('客户改期')
    await page.keyboard.press('Control+Enter')
    await page.locator('[data-action=dropAppointment]').waitFor({ state: 'detached' })
    expect(state(id).appointment).toBeNull()
    await page.locator('#tab-timeline').click()
    await page.getByText('客户改期').waitFor()
  })

  it('removes a file; that it was there stays in the timeline', async () => {
    const id = order(ONSITE, 2)
    const { hash } = storeBlob(screens.desk.desk.app.blobs, 'the wrong photo')
    screens.desk.as('engineer', 'workOrder.attach', { order: id, blob: hash, name: '拍错了.jpg', mime: 'image/jpeg', kind: 'evidence' })
    const page = await open(id)
    await page.getByRole('button', { name: '移除文件 拍错了.jpg' }).click()
    await page.locator('#form-reason').fill('不是这台设备')
    await page.getByRole('dialog').getByRole('button', { name: '移除文件' }).click()
    await page.getByRole('button', { name: '移除文件 拍错了.jpg' }).waitFor({ state: 'detached' })
    expect(state(id).attachments.some(({ blob }) => blob === hash)).toBe(false)
    await page.locator('#tab-timeline').click()
    await page.getByText('上传 拍错了.jpg').waitFor()
    await page.getByText('不是这台设备').waitFor()
  })

  it('closes an order that the customer solved by the checklist', async () => {
    const id = order(INTAKE, 4)
    const page = await open(id)
    await page.locator('[data-action=selfSolved]').click()
    await page.locator('#form-reason').fill('重启控制器后恢复')
    await page.getByRole('dialog').getByRole('button', { name: '关闭工单' }).click()
    await page.getByText('客户自行解决，已关闭').first().waitFor()
    expect(state(id)).toMatchObject({ status: 'closed', closedHow: 'selfResolved' })
  })
})
