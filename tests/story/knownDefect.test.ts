import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { readCards } from '#core/features/board/cards.ts'
import { DefectMarker } from '#core/features/knownDefect/marker.ts'
import { recognise, shows } from '#shared/domain/knownDefect/match.ts'
import { OrderDesk } from '../support/orderDesk.ts'

const TOUCH = {
  title: 'VS6000 触控失灵',
  model: 'BR-VS6000',
  symptoms: ['触控', '触摸'],
  firmware: '3.2',
  advice: '升级到 3.3.1；无效再更换触控面板。',
}

describe('known defects', () => {
  let desk: OrderDesk
  beforeEach(() => (desk = new OrderDesk()))
  afterEach(() => desk.close())

  const report = (faultSymptom: string, serial: string, model = 'BR-VS6000X', firmware: string | undefined = '3.2.1'): string =>
    desk.register({ equipment: { model, serial, ...(firmware && { firmware }) }, fields: { faultSymptom } })
  const mark = (order: string) => readCards(desk.spine.db, 'WHERE w.id = ?', order)[0]?.knownDefect ?? null
  const name = (more: object = {}): string => desk.as('han', 'knownDefect.register', { ...TOUCH, ...more })['id'] as string

  it('are recognised by model, symptom and firmware, as people write them', () => {
    const defect = { id: 'd', ...TOUCH }
    expect(shows(defect, { model: 'br-vs6000x', symptom: '触 控 屏没反应', firmware: '3.2.1' })).toBe(true)
    expect(shows(defect, { model: 'BR-VS6000', symptom: '触摸没反应', firmware: '3.3.1' })).toBe(false)
    expect(shows(defect, { model: 'BR-VS6000', symptom: '触摸没反应', firmware: null })).toBe(false)
    expect(shows(defect, { model: 'BR-VS400', symptom: '触摸没反应', firmware: '3.2' })).toBe(false)
    const wide = { id: 'a', model: 'BR', symptoms: [], firmware: null }
    expect(recognise([wide, defect], { model: 'BR-VS6000', symptom: '触控失灵', firmware: '3.2.0' })?.id).toBe('d')
    expect(recognise([wide, defect], { model: 'BR-VS6000', symptom: '异响', firmware: '3.2.0' })?.id).toBe('a')
  })

  it('mark an order when it is registered, and anew when its report changes', () => {
    const defect = name()
    const order = report('触控无反应', 'S1')
    expect(mark(order)).toEqual({ id: defect, title: TOUCH.title })
    expect(desk.types(order)).not.toContain('knownDefectMarked')
    desk.as('zhou', 'workOrder.changeFields', { ...desk.on(order), fields: { faultSymptom: '导轨异响' } })
    expect(mark(order)).toBeNull()
    desk.as('zhou', 'workOrder.changeFields', { ...desk.on(order), fields: { faultSymptom: '触摸失灵' } })
    expect(mark(order)?.id).toBe(defect)
    const last = desk.events(order).at(-1)
    expect(last).toMatchObject({ type: 'knownDefectMarked', data: { defect, old: null } })
  })

  it('that become known later, change or are known no more mark the open orders that they are about', async () => {
    const shown = report('触控无反应', 'S1')
    const other = report('触控无反应', 'S2', 'BR-VS2000')
    const cancelled = report('触控无反应', 'S3')
    desk.as('zhou', 'workOrder.cancel', { ...desk.on(cancelled), reason: '重复' })
    const marker = new DefectMarker(desk.spine)
    marker.start()
    const defect = name()
    await marker.idle()
    expect([shown, other, cancelled].map((order) => mark(order)?.id ?? null)).toEqual([defect, null, null])
    expect(desk.events(shown).at(-1)?.actor).toEqual({ kind: 'system', id: 'knownDefect' })
    desk.as('han', 'knownDefect.change', { defect, model: 'BR-VS2', firmware: null })
    await marker.idle()
    expect([shown, other].map((order) => mark(order)?.id ?? null)).toEqual([null, defect])
    desk.as('han', 'knownDefect.change', { defect, active: false })
    await marker.idle()
    expect(mark(other)).toBeNull()
    const before = desk.spine.log.head.seq
    marker.stop()
    marker.start()
    await marker.idle()
    marker.stop()
    expect(desk.spine.log.head.seq).toBe(before)
  })
})
