import { randomUUID } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { readDetails } from '#core/features/workOrder/details.ts'
import { all, one } from '#core/store/sql.ts'
import type { StageId } from '#shared/domain/workOrder/stages.ts'
import { storeBlob } from '../support/blobs.ts'
import { HOUR, MINUTE, OrderDesk, WEDNESDAY } from '../support/orderDesk.ts'

let desk: OrderDesk
beforeEach(() => {
  desk = new OrderDesk()
})
afterEach(() => desk.close())

describe('the life of an order', () => {
  it('goes through six stages to a signed closing that issues its parts once', () => {
    desk.receive('TC-9', 3)
    const id = desk.register()
    expect(desk.order(id)).toMatchObject({
      number: 'A-261021-001',
      stage: 'intakeReview',
      owner: 'zhou',
      firstRepliedAt: WEDNESDAY,
      fields: { model: 'BR-VS200', serial: 'VS200-0117', faultSymptom: '出口温度波动' },
      personal: { contactPhone: '021-5555 0117' },
    })
    // Answered at the call: no timer waits for a first reply.
    expect(desk.order(id).timers).toEqual([])

    desk.now += 10 * MINUTE
    desk.as('zhou', 'workOrder.advance', desk.on(id))
    expect(desk.order(id).timers).toMatchObject([{ key: 'diagnosis', dueAt: desk.now + 2 * HOUR }])
    expect(desk.order(id).promise).toMatchObject({ waitsOn: 'us', who: 'role:technicalLead', by: desk.now + 2 * HOUR })

    desk.now += HOUR
    desk.diagnose(id, [{ part: 'TC-9', quantity: 2 }])
    desk.as('han', 'workOrder.advance', desk.on(id))
    const concludedAt = desk.now
    expect(desk.order(id).stage).toBe('partsLock')
    expect(desk.refused('han', 'workOrder.advance', desk.on(id))).toMatchObject({
      code: 'missingFields',
      field: 'reservations',
    })

    desk.now += HOUR
    desk.as('wu', 'workOrder.lockParts', desk.on(id))
    expect(desk.stock('TC-9').reservations).toMatchObject([{ order: id, line: 'l1', quantity: 2 }])
    desk.as('wu', 'workOrder.advance', desk.on(id))
    // 预约上门 runs from the conclusion, not from the entry.
    expect(desk.order(id).timers).toMatchObject([{ key: 'scheduling', dueAt: concludedAt + 24 * HOUR }])

    desk.book(id)
    desk.as('zhou', 'workOrder.advance', desk.on(id))
    desk.now += 24 * HOUR
    desk.work(id)
    desk.as('chen', 'workOrder.advance', desk.on(id))
    expect(desk.refused('chen', 'workOrder.close', desk.on(id))).toMatchObject({ code: 'missingFields', field: 'signature' })
    desk.sign(id)
    desk.as('chen', 'workOrder.close', desk.on(id))

    expect(desk.order(id)).toMatchObject({ status: 'closed', closedAt: desk.now, promise: null, conflicts: [] })
    expect(desk.order(id).visits.map(({ stage, how }) => `${stage} ${how}`)).toEqual([
      'intakeReview registered',
      'diagnosis forward',
      'partsLock forward',
      'scheduling forward',
      'onsite forward',
      'signoff forward',
    ])
    expect(desk.stock('TC-9')).toMatchObject({ onHand: 1, reservations: [] })
    expect(one(desk.spine.db, 'SELECT status, stage FROM work_order WHERE id = ?', id)).toEqual({
      status: 'closed',
      stage: 'signoff',
    })
  })

  it('registers nobody twice: a known name and machine are found again', () => {
    const first = desk.register()
    const second = desk.register()
    expect(desk.order(second).fields['customer']).toBe(desk.order(first).fields['customer'])
    expect(desk.order(second).fields['equipment']).toBe(desk.order(first).fields['equipment'])
    expect(desk.order(second).number).toBe('A-261021-002')
    expect(all(desk.spine.db, 'SELECT name, provisional FROM customer')).toEqual([{ name: '振华机械', provisional: 1 }])
  })

  it('numbers by the local day: seven in the morning in Shanghai is the day before in UTC', () => {
    desk.now = Date.UTC(2026, 9, 21, 23)
    expect(desk.order(desk.register()).number).toBe('A-261022-001')
  })

  it('keeps personal values out of the text that is hashed, and old and new in the audit', () => {
    const id = desk.register()
    desk.as('zhou', 'workOrder.changeFields', {
      ...desk.on(id),
      fields: { contactPhone: '138 0000 0000', firmware: '2.4.1', priority: 'high' },
    })
    const texts = all<{ text: string }>(desk.spine.db, 'SELECT text FROM event').map(({ text }) => text)
    expect(texts.some((text) => text.includes('5555 0117') || text.includes('138 0000'))).toBe(false)
    const changed = desk.events(id).find(({ type }) => type === 'fieldsChanged')
    expect(changed?.data).toEqual({
      changes: [
        { field: 'firmware', new: '2.4.1' },
        { field: 'priority', new: 'high' },
        { field: 'contactPhone' },
      ],
    })
    expect(changed?.personal).toEqual({ contactPhone: { old: '021-5555 0117', new: '138 0000 0000' } })
    expect(desk.order(id).personal['contactPhone']).toBe('138 0000 0000')
    // Nothing that changes nothing is written.
    const before = desk.head(id)
    desk.as('zhou', 'workOrder.changeFields', { ...desk.on(id), fields: { priority: 'high', cause: null } })
    expect(desk.head(id)).toBe(before)
  })

  it('says all that is missing, and stays', () => {
    const id = desk.register({ customer: undefined, fields: { contactPhone: '', faultSymptom: null } })
    expect(desk.refused('zhou', 'workOrder.advance', desk.on(id))).toEqual({
      code: 'missingFields',
      field: 'customer',
      params: { fields: ['customer', 'contactPhone', 'faultSymptom'] },
    })
    expect(desk.order(id).stage).toBe('intakeReview')
  })

  it('keeps what a stage required that it has left: changed, but not emptied, until it is back there', () => {
    const id = desk.diagnosed([])
    const change = (fields: object) => ({ ...desk.on(id), fields: fields as Record<string, string | null> })
    const empties = [{ contactPhone: '' }, { equipment: null }, { conclusion: null }, { skillsNeeded: [] }, { partsNeeded: null }]
    for (const fields of empties) {
      const [field] = Object.keys(fields)
      expect(desk.refused('han', 'workOrder.changeFields', change(fields))).toEqual({ code: 'requiredField', field })
    }
    desk.as('han', 'workOrder.changeFields', change({ conclusion: '温控模块老化，风扇停转', partsNeeded: [], siteAddress: null, cause: '灰尘' }))
    // Asked for by this stage or a later one: not required yet.
    desk.as('han', 'workOrder.changeFields', change({ cause: null }))
    desk.as('zhou', 'workOrder.sendBack', { ...desk.on(id), to: 'diagnosis', reason: '判定有误' })
    desk.as('han', 'workOrder.changeFields', change({ conclusion: null }))
    expect(desk.refused('han', 'workOrder.changeFields', change({ faultSymptom: '' })).code).toBe('requiredField')
  })

  it('knows a telephone number from other text', () => {
    const id = desk.register()
    const wrong = [
      ['无', 'wrongPhone'],
      ['138a0000000', 'wrongPhone'],
      ['138+0000000', 'wrongPhone'],
      ['1380', 'phoneTooShort'],
      ['1'.repeat(31), 'phoneTooLong'],
      ['-----', 'phoneTooShort'],
      ['0512-6288 1234 转', 'phoneExtension'],
      ['0512-6288 1234 转总机', 'phoneExtension'],
    ] as const
    for (const [contactPhone, code] of wrong) {
      const given = { ...desk.on(id), fields: { contactPhone } }
      expect(desk.refused('zhou', 'workOrder.changeFields', given)).toMatchObject({ code, field: 'contactPhone' })
      const customer = { name: '华星', contactPhone }
      expect(desk.refused('zhou', 'customer.register', customer)).toMatchObject({ code, field: 'contactPhone' })
    }
    for (const extension of ['转 801', '转801', '分机：801', 'ext. 801', 'EXT 801', '#801', 'x801', '＃８０１', ',801', ' #801']) {
      const contactPhone = `0512-6288 1234${extension}`
      // Another one between, so that each is read anew.
      desk.as('zhou', 'workOrder.changeFields', { ...desk.on(id), fields: { contactPhone: '12345' } })
      desk.as('zhou', 'workOrder.changeFields', { ...desk.on(id), fields: { contactPhone } })
      expect([extension, desk.order(id).personal['contactPhone']]).toEqual([extension, '0512-6288 1234 #801'])
    }
    for (const contactPhone of ['+86 138-0000 0000', '12345']) {
      desk.as('zhou', 'workOrder.changeFields', { ...desk.on(id), fields: { contactPhone } })
    }
    // Copied out of a list of contacts, which puts marks of direction around it.
    desk.as('zhou', 'workOrder.changeFields', { ...desk.on(id), fields: { contactPhone: '\u202d+86 138 0000 0117\u202c' } })
    expect(desk.order(id).personal['contactPhone']).toBe('+86 138 0000 0117')
    desk.as('zhou', 'customer.register', { name: '华星', contactPhone: '' })
  })

  it('takes only files that are stored, and knows their size itself', () => {
    const order = desk.register()
    const { hash: blob, size } = storeBlob(desk.spine.blobs, '现场照片')
    const photo = { order, blob, name: '现场.jpg', mime: 'image/jpeg', kind: 'evidence' } as const
    const unknown = { code: 'unknownBlob', field: 'blob' }
    expect(desk.refused('chen', 'workOrder.attach', { ...photo, blob: 'e'.repeat(64) })).toMatchObject(unknown)
    expect(desk.refused('chen', 'workOrder.attach', { ...photo, size: size + 1 })).toMatchObject({ code: 'wrongBlobSize', field: 'size' })
    desk.as('chen', 'workOrder.attach', photo)
    expect(desk.order(order).attachments).toMatchObject([{ blob, size }])
  })

  it('is signed in 客户签字 alone, and the signature is of the work as it was finished', () => {
    const id = desk.register()
    const { hash: blob } = storeBlob(desk.spine.blobs, 'a signature')
    const capture = { order: id, blob, kind: 'remoteConfirmation' } as const
    desk.as('zhou', 'workOrder.advance', desk.on(id))
    const fields = { conclusion: '参数错误', serviceMode: 'remote', partsNeeded: [] }
    desk.as('han', 'workOrder.changeFields', { ...desk.on(id), fields })
    expect(desk.refused('chen', 'workOrder.captureSignature', capture)).toEqual({
      code: 'notInStage',
      field: 'order',
      params: { stage: 'diagnosis', needed: 'signoff' },
    })
    desk.now += 10 * MINUTE
    desk.as('han', 'workOrder.fixRemotely', desk.on(id))
    const refused = (input: object) => desk.refused('chen', 'workOrder.captureSignature', { ...capture, ...input })
    expect(refused({ signedAt: desk.now - 1 })).toEqual({ code: 'signedTooEarly', field: 'signedAt' })
    expect(refused({ blob: 'e'.repeat(64) })).toMatchObject({ code: 'unknownBlob', field: 'blob' })
    desk.as('chen', 'workOrder.captureSignature', capture)
    expect(desk.order(id).signature).toMatchObject({ blob, at: desk.now })
    // Back and forth: the word given before says nothing about what was done since.
    desk.now += MINUTE
    desk.as('zhou', 'workOrder.sendBack', { ...desk.on(id), to: 'diagnosis', reason: '复现' })
    desk.as('han', 'workOrder.fixRemotely', desk.on(id))
    expect(desk.refused('zhou', 'workOrder.close', desk.on(id))).toMatchObject({ code: 'missingFields', field: 'signature' })
  })

  it('goes on when its customer was erased: what was given counts as given, by name', () => {
    const id = desk.register({ fields: { siteAddress: '星湖街 218 号' } })
    desk.as('zhou', 'workOrder.changeFields', { ...desk.on(id), fields: { siteAddress: null, contactPhone: '138 0000 0000' } })
    const customer = desk.order(id).fields['customer'] as string
    desk.as('shen', 'customer.erase', { customer, reason: '本人要求' })
    expect(desk.order(id)).toMatchObject({ personal: {}, erased: ['contactName', 'contactPhone'] })
    desk.as('zhou', 'workOrder.advance', desk.on(id))
    expect(desk.order(id).stage).toBe('diagnosis')
    desk.as('zhou', 'workOrder.changeFields', { ...desk.on(id), fields: { contactPhone: '139 0000' } })
    expect(desk.order(id)).toMatchObject({ personal: { contactPhone: '139 0000' }, erased: ['contactName'] })
  })

  it('passes 备件锁定 by itself without parts, and says so', () => {
    const id = desk.diagnosed([])
    expect(desk.order(id).stage).toBe('scheduling')
    expect(desk.order(id).visits.slice(2).map(({ stage, how }) => `${stage} ${how}`)).toEqual([
      'partsLock forward',
      'scheduling automatic',
    ])
    // Sent back there on purpose, it stays.
    desk.as('zhou', 'workOrder.sendBack', { ...desk.on(id), reason: '还需要备件' })
    expect(desk.order(id).stage).toBe('partsLock')
  })

  it('refuses every move that the workflow does not have', () => {
    const id = desk.register()
    expect(desk.refused('zhou', 'workOrder.advance', { ...desk.on(id), to: 'onsite' })).toEqual({
      code: 'illegalTransition',
      field: 'to',
      params: { from: 'intakeReview', to: 'onsite' },
    })
    expect(desk.refused('zhou', 'workOrder.sendBack', { ...desk.on(id), reason: '试' }).code).toBe('illegalTransition')
    expect(desk.refused('zhou', 'workOrder.fixRemotely', desk.on(id)).code).toBe('illegalTransition')
    expect(desk.refused('zhou', 'workOrder.close', desk.on(id)).code).toBe('illegalTransition')
    expect(desk.refused('zhou', 'workOrder.reopen', { ...desk.on(id), reason: '试' }).code).toBe('notClosed')
    expect(desk.refused('zhou', 'workOrder.advance', { order: 'nobody', base: 'x'.repeat(22) }).code).toBe('unknownOrder')
  })

  it('lets one of two people move a card; the other looks again', () => {
    const id = desk.register()
    const seen = desk.on(id)
    desk.as('zhou', 'workOrder.advance', seen)
    expect(desk.refused('shen', 'workOrder.advance', seen)).toEqual({ code: 'stale', field: 'base' })
    expect(desk.order(id).stage).toBe('diagnosis')
    // A fact folds whenever it comes.
    desk.as('shen', 'workOrder.addNote', { order: id, text: '客户催单' })
    expect(desk.refused('zhou', 'workOrder.cancel', { ...seen, reason: '重复' }).code).toBe('stale')
  })

  it('gives the same command the same answer, once', () => {
    const id = desk.register()
    const command = randomUUID()
    const input = desk.on(id)
    const first = desk.as('zhou', 'workOrder.advance', input, command)
    expect(desk.as('zhou', 'workOrder.advance', input, command)).toEqual(first)
    expect(desk.types(id).filter((type) => type === 'stageChanged')).toHaveLength(1)
  })

  it('is fixed remotely with the customer’s word, and no visit', () => {
    const id = desk.register()
    desk.as('zhou', 'workOrder.advance', desk.on(id))
    desk.as('han', 'workOrder.changeFields', {
      ...desk.on(id),
      fields: { conclusion: '参数错误', serviceMode: 'remote', partsNeeded: [] },
    })
    expect(desk.refused('han', 'workOrder.advance', desk.on(id))).toEqual({ code: 'markedRemote', field: 'serviceMode' })
    desk.as('han', 'workOrder.fixRemotely', desk.on(id))
    expect(desk.order(id)).toMatchObject({ stage: 'signoff' })
    desk.sign(id, 'remoteConfirmation')
    desk.as('zhou', 'workOrder.close', desk.on(id))
    expect(desk.events(id).at(-1)).toMatchObject({ type: 'orderClosed', data: { how: 'remoteConfirmed' } })
  })

  it('is closed in 待初审 when the customer solved it by the checklist, and only there', () => {
    const reason = '按自查清单清洗滤网后恢复'
    const id = desk.register({ fields: { faultSymptom: '' } })
    desk.book(id)
    desk.as('zhou', 'workOrder.resolveBySelf', { ...desk.on(id), reason })
    expect(desk.order(id)).toMatchObject({ status: 'closed', closedHow: 'selfResolved', closedAt: desk.now, appointment: null, promise: null })
    expect(desk.events(id).at(-1)).toMatchObject({ type: 'orderClosed', data: { how: 'selfResolved', from: 'intakeReview', reason } })
    expect(all(desk.spine.db, 'SELECT * FROM engineer_slot')).toEqual([])
    expect(readDetails(desk.spine.db, id)).toMatchObject({ closedHow: 'selfResolved' })
    expect(desk.refused('zhou', 'workOrder.resolveBySelf', { ...desk.on(id), reason }).code).toBe('notOpen')
    desk.as('zhou', 'workOrder.reopen', { ...desk.on(id), reason: '复现' })
    expect(desk.order(id)).toMatchObject({ status: 'open', closedHow: null, firstClosedAt: desk.now })
    expect(desk.refused('zhou', 'workOrder.resolveBySelf', { ...desk.on(id), reason })).toMatchObject({ code: 'notInIntake' })
  })

  it('needs a signature where somebody was on site', () => {
    const id = desk.diagnosed([])
    desk.book(id)
    desk.as('zhou', 'workOrder.advance', desk.on(id))
    desk.work(id)
    desk.as('chen', 'workOrder.advance', desk.on(id))
    desk.sign(id, 'remoteConfirmation')
    expect(desk.refused('zhou', 'workOrder.close', desk.on(id)).code).toBe('signatureNeeded')
  })

  it('reopens: open again under the same owner, its first closing kept, its issued parts not issued again', () => {
    desk.receive('TC-9', 3)
    const id = desk.diagnosed([{ part: 'TC-9', quantity: 2 }])
    desk.as('wu', 'workOrder.lockParts', desk.on(id))
    desk.as('wu', 'workOrder.advance', desk.on(id))
    desk.book(id)
    desk.as('zhou', 'workOrder.advance', desk.on(id))
    desk.work(id)
    desk.as('chen', 'workOrder.advance', desk.on(id))
    desk.sign(id)
    desk.as('chen', 'workOrder.close', desk.on(id))
    const closedAt = desk.now

    desk.now += 48 * HOUR
    desk.as('zhou', 'workOrder.reopen', { ...desk.on(id), reason: '故障复现' })
    expect(desk.order(id)).toMatchObject({
      status: 'open',
      stage: 'diagnosis',
      owner: 'zhou',
      firstClosedAt: closedAt,
      closedAt: null,
      signature: null,
      reopenCount: 1,
    })
    expect(desk.refused('han', 'workOrder.changeFields', { ...desk.on(id), fields: { partsNeeded: [] } })).toEqual({
      code: 'lineIssued',
      field: 'partsNeeded',
    })
    // Nothing more to reserve: the stage passes by itself.
    desk.as('han', 'workOrder.advance', desk.on(id))
    expect(desk.order(id).stage).toBe('scheduling')
    // Neither the first window nor the first arrival says anything about this time.
    expect(desk.refused('zhou', 'workOrder.advance', desk.on(id)).params?.['fields']).toEqual(['appointment'])
    desk.book(id)
    desk.as('zhou', 'workOrder.advance', desk.on(id))
    expect(desk.refused('chen', 'workOrder.advance', desk.on(id)).params?.['fields']).toEqual(['arrival'])
    desk.now += HOUR
    desk.as('chen', 'workOrder.recordArrival', { order: id })
    desk.as('chen', 'workOrder.advance', desk.on(id))
    desk.sign(id)
    desk.as('chen', 'workOrder.close', desk.on(id))
    expect(desk.order(id)).toMatchObject({ status: 'closed', firstClosedAt: closedAt })
    expect(desk.stock('TC-9').onHand).toBe(1)
  })

  it('is sent back with a reason, and what was secured is free again', () => {
    desk.receive('TC-9', 2)
    const id = desk.diagnosed([{ part: 'TC-9', quantity: 2 }])
    desk.as('wu', 'workOrder.lockParts', desk.on(id))
    desk.as('wu', 'workOrder.advance', desk.on(id))
    desk.book(id)
    desk.as('zhou', 'workOrder.sendBack', { ...desk.on(id), to: 'diagnosis', reason: '判定有误' })
    expect(desk.order(id)).toMatchObject({ stage: 'diagnosis', appointment: null })
    expect(desk.stock('TC-9').reservations).toEqual([])
    expect(all(desk.spine.db, 'SELECT * FROM engineer_slot')).toEqual([])
    expect(desk.order(id).visits.at(-1)).toMatchObject({ how: 'sendBack', reason: '判定有误' })
  })

  it('keeps what it need not secure again: parts behind 备件锁定, the appointment behind 预约上门', () => {
    desk.receive('TC-9', 2)
    const id = desk.diagnosed([{ part: 'TC-9', quantity: 2 }])
    const held = () => [desk.stock('TC-9').reservations.length, desk.order(id).appointment === null ? 0 : 1]
    const forward = () => desk.as('han', 'workOrder.advance', desk.on(id))
    const back = (to: StageId) => desk.as('han', 'workOrder.sendBack', { ...desk.on(id), to, reason: '退回' })
    desk.as('wu', 'workOrder.lockParts', desk.on(id))
    forward()
    desk.book(id)
    forward()
    desk.work(id)
    forward()
    expect(desk.order(id).stage).toBe('signoff')
    back('onsite')
    expect(held()).toEqual([1, 1])
    back('scheduling')
    expect(held()).toEqual([1, 0])
    desk.book(id)
    forward()
    back('partsLock')
    expect(held()).toEqual([0, 0])
  })

  it('is finished in its stage under the version it entered with', () => {
    const id = desk.register({ fields: { reproductionSteps: '' } })
    const { version, ...definition } = desk.spine.subjects.load<{ versions: Record<number, { version: number }> }>({
      kind: 'workflow',
      id: 'default',
    }).state.versions[1] as { version: number; stages: { id: string; required: string[] }[] }
    const stages = definition.stages.map((stage) =>
      stage.id === 'intakeReview' ? { ...stage, required: ['customer'] } : stage,
    )
    desk.local('configuration.publishWorkflow', { definition: { ...definition, stages, version: version + 1 } as never })
    expect(desk.refused('zhou', 'workOrder.advance', desk.on(id)).params?.['fields']).toEqual(['reproductionSteps'])
    const next = desk.register({ fields: { reproductionSteps: '' } })
    desk.as('zhou', 'workOrder.advance', desk.on(next))
    expect(desk.order(next).visits.map(({ workflowVersion }) => workflowVersion)).toEqual([2, 2])
  })
})
