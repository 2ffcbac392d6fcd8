import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { OrderDesk, HOUR } from '../support/orderDesk.ts'

const YEAR = 365 * 24 * HOUR

describe('a date that nobody means', () => {
  let desk: OrderDesk
  beforeEach(() => (desk = new OrderDesk()))
  afterEach(() => desk.close())

  it.each([
    ['0001-01-01', 'dateTooEarly'],
    ['1969-12-31', 'dateTooEarly'],
    ['2100-01-01', 'dateTooLate'],
    ['9999-12-31', 'dateTooLate'],
  ])('%s is refused at its field in contracts, warranties and deliveries', (day, code) => {
    const customer = desk.as('zhou', 'customer.register', { name: '振华机械' })['id'] as string
    const machine = { customer, model: 'BR-VS200', serial: 'S-1' }
    const terms = { customer, number: 'WB-1', kind: 'maintenance', from: '2026-01-01', to: '2026-12-31', coverage: 'contract' } as const
    expect(desk.refused('zhou', 'equipment.register', { ...machine, warrantyUntil: day })).toMatchObject({ code, field: 'warrantyUntil' })
    expect(desk.refused('zhou', 'equipment.register', { ...machine, deliveredOn: day })).toMatchObject({ code, field: 'deliveredOn' })
    expect(desk.refused('shen', 'contract.register', { ...terms, to: day })).toMatchObject({ code, field: 'to' })
    const id = desk.as('zhou', 'equipment.register', { ...machine, warrantyUntil: '2099-12-31' })['id'] as string
    expect(desk.refused('zhou', 'equipment.change', { equipment: id, warrantyUntil: day })).toMatchObject({ code, field: 'warrantyUntil' })
  })

  it('is refused in promises, appointments and windows: within the years that people write, and two years ahead', () => {
    const order = desk.register()
    const promise = { step: '回电', waitsOn: 'us', who: 'user:zhou' } as const
    const promised = (by: number) => desk.refused('zhou', 'workOrder.setPromise', { ...desk.on(order), promise: { ...promise, by } })
    expect(promised(Date.UTC(9999, 0, 1))).toMatchObject({ code: 'dateTooLate', field: 'promise.by' })
    expect(promised(-62_135_596_800_000)).toMatchObject({ code: 'dateTooEarly', field: 'promise.by' })
    expect(promised(desk.now + 3 * YEAR)).toMatchObject({ code: 'dateTooFarAhead', field: 'promise.by', params: { years: 2 } })
    desk.as('zhou', 'workOrder.setPromise', { ...desk.on(order), promise: { ...promise, by: desk.now + YEAR } })
    const booked = (from: number) => desk.refused('zhou', 'workOrder.bookAppointment', { ...desk.on(order), engineer: 'chen', from, to: from + HOUR })
    expect(booked(Date.UTC(9999, 0, 1))).toMatchObject({ code: 'dateTooLate', field: 'from' })
    expect(booked(desk.now + 3 * YEAR)).toMatchObject({ code: 'dateTooFarAhead', field: 'from' })
    const far = desk.now + 3 * YEAR
    expect(desk.refused('zhou', 'workOrder.planVisit', { ...desk.on(order), windows: [{ from: desk.now, to: far }] })).toMatchObject({ code: 'dateTooFarAhead', field: 'windows' })
    const user = { user: 'chen', from: desk.now, to: Date.UTC(9999, 0, 1), deputy: null }
    expect(desk.refused('shen', 'user.setAbsence', user)).toMatchObject({ code: 'dateTooLate', field: 'to' })
  })
})
