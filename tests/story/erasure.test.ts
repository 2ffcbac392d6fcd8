import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { verifyLog } from '#core/store/verify.ts'
import { one } from '#core/store/sql.ts'
import { findCustomers } from '#shared/contract/customer.ts'
import { getWorkOrder, workOrderAudit, workOrderTimeline } from '#shared/contract/workOrderQueries.ts'
import { MONDAY, openLogDesk, type LogDesk } from '../support/logDesk.ts'
import { orderEvent, registered } from '../support/orders.ts'
import { dumpProjections, rebuilt } from '../support/projections.ts'
import { ask } from '../support/queries.ts'

const PHONE = '13812345678'
let desk: LogDesk
beforeEach(() => (desk = openLogDesk()))
afterEach(() => desk.close())

const execute = (name: string, input: object, id: string) =>
  desk.app.pipeline.execute({ id, name, input, actor: { kind: 'user', id: 'root' } })

async function registerEverything(): Promise<string> {
  const image = await desk.app.blobs.put(Readable.from([Buffer.from('a signature')]), 1000)
  if (!image.ok) throw new Error('not stored')
  const { hash } = image.value
  execute('customer.register', { name: '华星', contactName: '张三', contactPhone: PHONE }, 'c1')
  const personal = { of: 'customer:c1', data: { contactName: '张三', contactPhone: PHONE } }
  desk.append([
    { ...registered('o1', { at: MONDAY, fields: { customer: 'c1' } }), personal },
    orderEvent('o1', 'signatureCaptured', { blob: hash, signedAt: MONDAY, kind: 'signature' }),
  ])
  return hash
}

/** Everything that the disk holds of the database, deleted pages included. */
const bytes = (): string =>
  ['loopdesk.db', 'loopdesk.db-wal']
    .map((name) => join(desk.app.folder, name))
    .filter((path) => existsSync(path))
    .map((path) => readFileSync(path, 'latin1'))
    .join('')

describe('erasing a person', () => {
  it('leaves nothing of the person in rows, log, files and free pages, and the chains verify', async () => {
    const blob = await registerEverything()
    expect(desk.app.blobs.has(blob)).toBe(true)
    expect(bytes().includes(PHONE)).toBe(true)
    expect(execute('customer.erase', { customer: 'c1', reason: '本人要求' }, 'erase').ok).toBe(true)

    expect(bytes().includes(PHONE)).toBe(false)
    expect(desk.app.blobs.has(blob)).toBe(false)
    expect(one(desk.app.db, 'SELECT 1 FROM condemned_blob')).toBeUndefined()
    const { customers } = await ask(desk.asked, findCustomers, { text: '华星' })
    expect(customers).toMatchObject([{ id: 'c1', contactName: '', contactPhone: '', erased: true }])
    const { order } = await ask(desk.asked, getWorkOrder, { order: 'o1' })
    expect(order?.personal).toEqual({})
    const { entries } = await ask(desk.asked, workOrderTimeline, { order: 'o1' })
    expect(entries[0]).toMatchObject({ type: 'orderRegistered', personal: null })
    const audit = await ask(desk.asked, workOrderAudit, { order: 'o1' })
    expect(audit.entries.filter(({ erased }) => erased)).toHaveLength(1)

    const { ok, bad } = verifyLog(desk.app.db, desk.app.folder)
    expect({ ok, bad }).toEqual({ ok: true, bad: [] })
    const rows = dumpProjections(desk.app)
    expect(rebuilt(desk.app)).toEqual(rows)
  })

  it('reaches what belongs to the person: no part comes in under another name than its event says', async () => {
    await registerEverything()
    const other = openLogDesk(MONDAY + 1000)
    try {
      const wires = desk.origins().flatMap((origin) => desk.wires(origin))
      const under = (person: string | null) =>
        wires.map((wire) => ({ ...wire, parts: wire.parts.map((part) => ({ ...part, person })) }))
      for (const person of ['customer:c2', null]) {
        expect(() => other.app.pipeline.receive(under(person))).toThrow('somebody else')
      }
      expect(other.app.db.raw.prepare('SELECT count(*) FROM event_part').pluck().get()).toBe(0)
      expect(other.app.pipeline.receive(wires)).toBe(wires.length)
    } finally {
      other.close()
    }
  })

  it('deletes on a desk that hears of it, also what reaches it later; what comes afterwards is new', async () => {
    await registerEverything()
    const other = openLogDesk(MONDAY + 1000)
    try {
      const before = desk.origins().flatMap((origin) => desk.wires(origin))
      execute('customer.erase', { customer: 'c1', reason: 'x' }, 'erase')
      const [erasure] = desk.origins().flatMap((origin) => desk.wires(origin)).slice(-1)
      if (!erasure) throw new Error('no erasure')
      other.app.pipeline.receive([erasure])
      other.app.pipeline.receive(before)
      expect(other.app.db.raw.prepare('SELECT count(*) FROM event_part WHERE person = ?').pluck().get('customer:c1')).toBe(0)
      expect(dumpProjections(other.app)).toEqual(dumpProjections(desk.app))

      other.append([
        orderEvent('o1', 'fieldsChanged', { changes: [] }, {
          personal: { of: 'customer:c1', data: { contactPhone: { old: null, new: '139' } } },
        }),
      ])
      const { order } = await ask(other.asked, getWorkOrder, { order: 'o1' })
      expect(order?.personal).toEqual({ contactPhone: '139' })
    } finally {
      other.close()
    }
  })
})
