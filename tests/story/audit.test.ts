import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import fc from 'fast-check'
import { randomUUID } from 'node:crypto'
import { BLOCK, blockOf, describeNext } from '#core/features/audit/blocks.ts'
import { searchLog } from '#core/features/audit/search.ts'
import { readWire, type Place } from '#core/store/eventLog.ts'
import type { AuditFilter, AuditRow } from '#shared/contract/audit.ts'
import type { CommandInput, CommandName } from '#shared/contract/registry.ts'
import { TestDesk } from '../support/desk.ts'
import { randomRuns } from '../support/random.ts'

const MINUTE = 60_000

let desk: TestDesk
beforeEach(async () => {
  desk = await TestDesk.demo()
})
afterEach(() => desk.close())

function as<Name extends CommandName>(user: string, name: Name, input: CommandInput[Name], at?: number): Record<string, unknown> {
  const actor = { kind: 'user', id: user } as const
  const result = desk.app.pipeline.execute({ id: randomUUID(), name, input, actor, ...(at !== undefined && { at }) })
  if (!result.ok) throw new Error(JSON.stringify(result.refusal))
  return result.value as Record<string, unknown>
}
async function ask(input: object, login = 'supervisor'): Promise<{ rows: AuditRow[]; next: string | null; names: Record<string, string>; searchedTo: number | null }> {
  const token = await desk.signIn(login)
  const { status, body } = await desk.call('query', 'audit.list', input, { token })
  if (status !== 200) throw new Error(JSON.stringify(body))
  return body as never
}
const customer = (name: string, user = 'dispatcher', at?: number) =>
  as(user, 'customer.register', { name, contactName: '王工', contactPhone: '0512-67000117', demo: true }, at)['id'] as string

describe('the audit', () => {
  it('shows every event newest first, with both times, its place in the chain and its hash', async () => {
    const id = customer('苏州精工')
    const { rows } = await ask({ limit: 1 })
    const head = desk.app.log.head
    expect(rows[0]).toMatchObject({
      seq: head.seq,
      hash: head.hash.toString('hex'),
      origin: desk.app.log.origin,
      type: 'customerRegistered',
      at: desk.now,
      recordedAt: desk.now,
      subject: { kind: 'customer', id, label: '苏州精工' },
      actor: { id: 'dispatcher', name: '周敏', kind: 'user' },
      backdated: false,
      lost: null,
    })
  })

  it('pages through the whole log without missing or repeating an event', async () => {
    for (let n = 0; n < 30; n++) customer(`客户 ${n}`)
    const seen: number[] = []
    let after: string | undefined
    do {
      const page = await ask({ limit: 7, ...(after !== undefined && { after }) })
      seen.push(...page.rows.map(({ seq }) => seq))
      after = page.next ?? undefined
    } while (after !== undefined)
    const all = Array.from({ length: desk.app.log.head.seq }, (_, index) => desk.app.log.head.seq - index)
    expect(seen).toEqual(all)
  })

  it('finds by who, by kind, by type, by period and by what is marked', async () => {
    const first = customer('早', 'dispatcher')
    desk.now += 60 * MINUTE
    const from = desk.now
    const late = customer('晚', 'supervisor', desk.now - 30 * MINUTE)
    const ids = async (filter: object) => (await ask({ filter })).rows.map(({ subject }) => subject.id)
    expect(await ids({ kind: 'customer' })).toEqual([late, first])
    expect(await ids({ kind: 'customer', actor: 'dispatcher' })).toEqual([first])
    expect(await ids({ type: 'customerRegistered', from })).toEqual([late])
    expect(await ids({ type: 'customerRegistered', to: from })).toEqual([first])
    expect(await ids({ only: 'backdated' })).toEqual([late])
    expect((await ask({ filter: { only: 'backdated' } })).rows[0]).toMatchObject({ backdated: true, at: from - 30 * MINUTE, recordedAt: from })
    expect(await ids({ only: 'imported' })).toEqual([])
    expect(await ids({ only: 'conflict' })).toEqual([])
    expect(await ids({ actor: 'nobody.here' })).toEqual([])
  })

  it('finds an order by its number and a subject by its id', async () => {
    const id = customer('苏州精工')
    const order = as('dispatcher', 'workOrder.register', { customer: { id }, channel: 'phone', demo: true, fields: { faultSymptom: '异响' } })
    const { rows } = await ask({ filter: { number: String(order['number']).toLowerCase() } })
    expect(rows.map(({ subject }) => subject.label)).toEqual(rows.map(() => order['number']))
    expect(rows.at(-1)?.type).toBe('orderRegistered')
    expect((await ask({ filter: { subject: { kind: 'customer', id } } })).rows).toHaveLength(1)
    expect(await ask({ filter: { number: 'A-000000-000' } })).toMatchObject({ rows: [], next: null })
  })

  it('names the people and things that an event names', async () => {
    const id = customer('苏州精工')
    as('dispatcher', 'equipment.register', { customer: id, model: 'VS200', serial: 'S-1', demo: true })
    expect((await ask({ limit: 1 })).names).toEqual({ [id]: '苏州精工' })
    as('admin', 'user.setAbsence', { user: 'dispatcher', from: desk.now, to: desk.now + 60 * MINUTE, deputy: 'lead' })
    expect((await ask({ limit: 1 })).names).toMatchObject({ lead: '韩志远' })
  })

  it('shows personal parts only to those who look after customers, and says where they were erased', async () => {
    const id = customer('苏州精工')
    const row = async (login: string) => (await ask({ filter: { subject: { kind: 'customer', id }, type: 'customerRegistered' } }, login)).rows[0]
    expect(await row('supervisor')).toMatchObject({ hidden: false, personal: { contactName: '王工' } })
    const hidden = await row('finance')
    expect(hidden).toMatchObject({ hidden: true })
    expect(JSON.stringify(hidden)).not.toContain('王工')
    as('admin', 'customer.erase', { customer: id, reason: '本人要求' })
    expect(await row('supervisor')).toMatchObject({ hidden: false, personal: null })
    expect(await row('finance')).toMatchObject({ hidden: false, personal: null })
  })

  it('is for those who may read it', async () => {
    const token = await desk.signIn('dispatcher')
    expect((await desk.call('query', 'audit.list', {}, { token })).status).toBe(403)
  })
})

describe('the audit as a file', () => {
  async function csv(filter: object, login = 'supervisor'): Promise<string[]> {
    const token = await desk.signIn(login)
    const open = await desk.call('command', 'output.open', { table: 'audit', input: { filter }, format: 'csv' }, { token })
    if (open.status !== 200) throw new Error(JSON.stringify(open.body))
    let text = ''
    for (let piece = 0; ; piece++) {
      const { body } = await desk.call('command', 'output.read', { job: open.body['job'], piece }, { token })
      text += Buffer.from(body['bytes'] as string, 'base64').toString()
      if (body['done'] === true) break
    }
    return text.replace(/^\ufeff/, '').trimEnd().split('\r\n')
  }

  it('holds every event that passes the filter, in words, with old and new and its place in the chain', async () => {
    as('admin', 'user.changeRoles', { user: 'rnd', roles: ['rnd', 'finance'] })
    const lines = await csv({ type: 'rolesChanged' })
    expect(lines[0]).toBe('记录时间,发生时间,何人,类别,关于,什么事,原值 → 新值,标记,来源,序号,哈希')
    const { seq, hash } = desk.app.log.head
    expect(lines.slice(1)).toEqual([
      `2026-10-21 10:00,2026-10-21 10:00,管理员,用户,方晨,调整角色,角色：研发 → 研发、财务,,${desk.app.log.origin},${seq},${hash.toString('hex')}`,
    ])
    expect(await csv({})).toHaveLength(desk.app.log.head.seq + 1)
  })

  it('holds no more than its reader may see, and is refused to whoever may not read the audit', async () => {
    customer('苏州精工')
    expect((await csv({ type: 'customerRegistered' })).join()).toContain('苏州精工')
    expect((await csv({ type: 'customerRegistered' }, 'finance')).at(-1)).toContain('个人信息，您的岗位不显示')
    await expect(csv({}, 'dispatcher')).rejects.toThrow('forbidden')
  })
})

/** Which blocks of the log a piece of work asks SQLite for, by the bounds of its reads. */
function blocksRead(work: () => void): number[] {
  const statement = Object.getPrototypeOf(desk.app.db.raw.prepare('SELECT 1')) as { source: string; all: (...params: unknown[]) => unknown[] }
  const { all } = statement
  const bounds: [number, number][] = []
  statement.all = function (this: typeof statement, ...params) {
    if (this.source.includes('seq BETWEEN')) bounds.push([Number(params[1]), Number(params[2])])
    return all.apply(this, params)
  }
  try {
    work()
  } finally {
    statement.all = all
  }
  expect(bounds.filter(([from, to]) => blockOf(from) !== blockOf(to))).toEqual([])
  return bounds.map(([from]) => blockOf(from))
}

describe('blocks', () => {
  /** Events of several people, enough for a few blocks; one of them is rare. */
  function fill(blocks: number): void {
    const { pipeline, log } = desk.app
    while (log.head.seq < BLOCK * blocks + 40) {
      pipeline.ingest(
        Array.from({ length: 500 }, (_, index) => {
          const n = log.head.seq + index
          return {
            commandId: `fill-${n}`,
            events: [{ subject: { kind: 'user', id: `u${n % 7}` }, type: n === 1234 ? 'userRenamed' : 'userEnabled', version: 1, data: {} }],
          }
        }),
        { kind: 'user', id: ['ann', 'bob'][Math.floor(log.head.seq / 1000) % 2] as string },
      )
      desk.now += MINUTE
    }
  }

  it('give the same answers as reading every event, whatever is described of the log', () => {
    fill(3)
    const { db } = desk.app
    const everything = searchLog(db, {}, { limit: 10_000, budget: Infinity }).rows
    const types = ['userRenamed', 'userEnabled', 'userAdded', 'settingChanged']
    const filters = fc.record(
      {
        type: fc.constantFrom(...types),
        actor: fc.constantFrom('ann', 'bob', 'local', 'nobody'),
        kind: fc.constantFrom('user' as const, 'calendar' as const, 'customer' as const),
        only: fc.constantFrom('backdated' as const, 'imported' as const),
      },
      { requiredKeys: [] },
    )
    const matches = (filter: AuditFilter) =>
      everything.filter(({ text }) => {
        const { type, subject, actor } = JSON.parse(text) as { type: string; subject: { kind: string }; actor: { id: string } }
        return (filter.type ?? type) === type && (filter.actor ?? actor.id) === actor.id && (filter.kind ?? subject.kind) === subject.kind && filter.only === undefined
      })
    const check = (): void =>
      fc.assert(
        fc.property(filters, fc.integer({ min: 1, max: 400 }), (filter, limit) => {
          const found: number[] = []
          let after: { hlc: number; origin: string; seq: number } | undefined
          for (let page = 0; page < 10_000; page++) {
            const { rows, to } = searchLog(db, filter, { limit, budget: 0, ...(after && { after }) })
            found.push(...rows.map(({ seq }) => seq))
            if (!to) break
            after = to
          }
          expect(found).toEqual(matches(filter).map(({ seq }) => seq))
        }),
        randomRuns(12),
      )
    check()
    expect(describeNext(db)).toBe(true)
    check()
    while (describeNext(db));
    check()
  })

  it('are passed over where they cannot hold what is looked for', () => {
    fill(3)
    const { db } = desk.app
    while (describeNext(db));
    expect(db.raw.prepare("SELECT block FROM audit_block WHERE trait = 'type:userRenamed'").all()).toEqual([{ block: 1 }])
    // The first page reads what is not described yet, the second goes straight to where it is, the third has nothing left.
    const first = searchLog(db, { type: 'userRenamed' }, { limit: 50, budget: 0 })
    expect(first).toMatchObject({ rows: [], to: { seq: BLOCK * 3 + 1 } })
    const second = searchLog(db, { type: 'userRenamed' }, { limit: 50, budget: 0, after: first.to as Place })
    expect(second).toMatchObject({ rows: [{ seq: 1235 }], to: { seq: BLOCK + 1 } })
    expect(blocksRead(() => searchLog(db, { type: 'userRenamed' }, { limit: 50, budget: Infinity }))).toEqual([3, 1])
    const third = searchLog(db, { type: 'userRenamed' }, { limit: 50, budget: 0, after: second.to as Place })
    expect(third).toEqual({ rows: [], to: null })
  })

  it('of a chain that arrived with a gap wait until it is closed', async () => {
    fill(2)
    const wires = readWire(desk.app.db, desk.app.log.origin, 0, BLOCK * 2)
    const other = new TestDesk()
    try {
      const foreign = { origin: desk.app.log.origin }
      other.app.pipeline.receive(wires.filter((_, index) => index !== 10))
      expect(describeNext(other.app.db)).toBe(false)
      const types = () => searchLog(other.app.db, { type: 'userEnabled' }, { limit: 10_000, budget: Infinity }).rows.length
      const before = types()
      other.app.pipeline.receive(wires.filter((_, index) => index === 10))
      expect(describeNext(other.app.db)).toBe(true)
      expect(other.app.db.raw.prepare('SELECT origin FROM audit_progress').all()).toEqual([foreign])
      expect(types() - before).toBeLessThanOrEqual(1)
    } finally {
      other.close()
    }
  })

  it('are read by the range of the chain, never by a scan', () => {
    const plan = desk.app.db.raw
      .prepare("EXPLAIN QUERY PLAN SELECT text FROM event WHERE origin = ? AND seq BETWEEN ? AND ? AND +event.type = ? AND +event.subject >= ? AND +event.subject < ? ORDER BY seq DESC LIMIT 50")
      .all('', 0, 0, '', '', '') as { detail: string }[]
    expect(plan.map(({ detail }) => detail)).toEqual(['SEARCH event USING INDEX sqlite_autoindex_event_1 (origin=? AND seq>? AND seq<?)'])
  })
})
