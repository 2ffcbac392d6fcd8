import { existsSync, readdirSync, readFileSync, renameSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { createApp, type App } from '#core/app.ts'
import { seedDemo } from '#core/features/demo/seedDemo.ts'
import { makeDemo } from '#core/features/session/demo.ts'
import { dispatch } from '#core/gateway/dispatch.ts'
import { LOCAL } from '#core/kernel/access.ts'
import { verifyFolder } from '#core/maintenance/folder.ts'
import { finishSuccession, successorOf } from '#core/store/succession.ts'
import type { LiveState, LiveTask } from '#shared/contract/live.ts'
import { newFolder, removeFolders } from '../support/folders.ts'

const PASSWORD = 'correct horse 9'
const WISH = {
  admin: { login: 'boss', displayName: '王总', password: PASSWORD },
  companyName: '某某机械',
  demoFolder: 'keep' as const,
  confirmation: '清除演示数据',
}

/** A served demo with some orders, and how often its host was asked to reopen. */
class Center {
  readonly folder = join(newFolder(), 'desk')
  app!: App
  reopened = 0

  static async demo(orders = 12): Promise<Center> {
    const center = new Center()
    await seedDemo({ data: center.folder, orders, months: 1, seed: 3 })
    center.open()
    return center
  }

  open(): this {
    const seed = async (data: string, progress: (part: number) => void): Promise<void> => {
      await seedDemo({ data, orders: 4, months: 1, seed: 9, progress: (done, total) => progress(done / total) })
    }
    const host = { reopen: () => void (this.reopened += 1), seed }
    this.app = createApp({ data: this.folder, host })
    return this
  }

  /** As the host does. */
  succeed(): void {
    this.app.close()
    finishSuccession(this.folder)
    this.open()
  }

  async ask(kind: 'command' | 'query', name: string, input: object, token?: string): Promise<{ status: number; body: Record<string, unknown> }> {
    const who = token === undefined ? { principal: LOCAL, audience: 'local' as const } : { token, audience: 'desk' as const }
    const { status, body } = await dispatch(this.app, { kind, name, input, ...who })
    return { status, body: body as Record<string, unknown> }
  }

  async state(): Promise<LiveState> {
    return (await this.ask('query', 'live.state', {})).body as unknown as LiveState
  }

  async tasks(): Promise<Record<string, LiveTask>> {
    const { tasks } = (await this.ask('query', 'live.tasks', {})).body as unknown as { tasks: LiveTask[] }
    return Object.fromEntries(tasks.map((task) => [task.id, task]))
  }

  count(table: string): number {
    return (this.app.db.raw.prepare(`SELECT count(*) AS n FROM ${table}`).get() as { n: number }).n
  }

  beside(): string[] {
    return readdirSync(dirname(this.folder)).filter((name) => name !== basename(this.folder))
  }
}

let center: Center | undefined
afterEach(() => {
  center?.app.close()
  center = undefined
  removeFolders()
})

describe('throwing the demo data away', () => {
  it('begins a new desk in the same place: nothing of the demo is left, what was wanted is', { timeout: 60_000 }, async () => {
    center = await Center.demo()
    const { desk } = center.app
    const old = desk.origin
    await center.ask('command', 'setting.change', { name: 'wall.rotationSeconds', value: 45 })
    await center.ask('command', 'user.add', { login: 'li.na', displayName: '李娜', roles: ['dispatcher'] })
    await center.ask('command', 'user.changeProfile', { user: 'li.na', phone: '13800000009', skills: [] })
    await center.ask('command', 'session.setPassword', { user: 'li.na', password: 'another horse 7' })
    expect(await center.state()).toMatchObject({ mode: 'demo', fixed: null, own: { accounts: 1, settings: 1 } })

    expect(await center.ask('command', 'live.goReal', WISH)).toMatchObject({ status: 200 })
    expect(center.reopened).toBe(1)
    center.succeed()

    expect(center.app.desk.origin).not.toBe(old)
    expect(await center.state()).toMatchObject({ mode: 'real', empty: true, step: 'company', visited: ['choose'] })
    for (const table of ['work_order', 'customer', 'equipment', 'part_stock', 'notification', 'outbox', 'stage_timer', 'session', 'wall_token']) {
      expect([table, center.count(table)]).toEqual([table, 0])
    }
    const text = center.app.db.raw.prepare('SELECT text FROM event').pluck().all().join('\n')
    expect(text).not.toContain('"demo":true')
    const { users } = (await center.ask('query', 'user.list', { disabled: true })).body as { users: { login: string; phone: string }[] }
    expect(users.map(({ login, phone }) => [login, phone])).toEqual([['li.na', '13800000009'], ['boss', '']])
    const { values } = (await center.ask('query', 'setting.values', {})).body as { values: Record<string, unknown> }
    expect(values).toMatchObject({ 'wall.rotationSeconds': 45, 'company.name': '某某机械' })
    const { status, body } = await center.ask('command', 'session.signIn', { login: 'boss', password: PASSWORD })
    expect([status, body['mustChangePassword']]).toEqual([200, false])
    expect((await center.ask('command', 'session.signIn', { login: 'li.na', password: 'another horse 7' })).status).toBe(200)
    expect(center.beside()).toEqual([expect.stringMatching(/^desk\.demo-\d{8}T\d{6}Z$/)])
    // Numbers begin anew.
    const registered = await center.ask('command', 'workOrder.register', { customer: { name: '某客户' }, channel: 'phone', fields: { faultSymptom: '异响' } }, body['token'] as string)
    expect(registered.body['number']).toMatch(/^A-\d{6}-001$/)
    center.app.close()
    expect(verifyFolder(center.folder)).toMatchObject({ ok: true })
    center.open()
    // `npm start` asks for a demo again: it gets none.
    expect(await makeDemo(center.app)).toBe(false)
  })

  it('deletes the folder of the demo where that was wanted, and takes nothing over where that was', { timeout: 60_000 }, async () => {
    center = await Center.demo(3)
    await center.ask('command', 'user.add', { login: 'li.na', displayName: '李娜', roles: ['dispatcher'] })
    await center.ask('command', 'live.goReal', { ...WISH, demoFolder: 'delete', keepAccounts: false, keepConfiguration: false })
    center.succeed()
    expect(center.beside()).toEqual([])
    expect(center.count('user_account')).toBe(1)
  })

  it('is refused without the words typed, with a weak password, on a desk that is no demo, and to whoever may not', { timeout: 60_000 }, async () => {
    center = await Center.demo(3)
    const refused = async (input: object, token?: string) => (await (center as Center).ask('command', 'live.goReal', { ...WISH, ...input }, token)).body['error'] as { code: string; field?: string }
    expect(await refused({ confirmation: '是' })).toMatchObject({ code: 'notConfirmed', field: 'confirmation' })
    expect(await refused({ admin: { ...WISH.admin, password: 'boss1' } })).toMatchObject({ code: 'passwordTooShort', field: 'password' })
    const { body } = await center.ask('command', 'session.signIn', { login: 'supervisor', password: 'loopdesk-demo' })
    expect(await refused({}, body['token'] as string)).toMatchObject({ code: 'forbidden' })
    expect(center.reopened).toBe(0)
    await center.ask('command', 'live.goReal', WISH)
    center.succeed()
    expect(await refused({})).toMatchObject({ code: 'noDemo' })
  })

  it('that was laid out half-way never happened', { timeout: 60_000 }, async () => {
    center = await Center.demo(3)
    const orders = center.count('work_order')
    center.app.close()
    const half = createApp({ data: successorOf(center.folder) })
    half.close()
    center.open()
    expect(existsSync(successorOf(center.folder))).toBe(false)
    expect([(await center.state()).mode, center.count('work_order')]).toEqual(['demo', orders])
  })
})

describe('killed between the two names', () => {
  it('the complete successor takes the place at the next start', { timeout: 60_000 }, async () => {
    center = await Center.demo(3)
    await center.ask('command', 'live.goReal', WISH)
    center.app.close()
    const { aside } = JSON.parse(readFileSync(join(successorOf(center.folder), 'succession.json'), 'utf8')) as { aside: string }
    renameSync(center.folder, join(dirname(center.folder), aside))
    center.open()
    expect(await center.state()).toMatchObject({ mode: 'real', empty: true })
    expect(center.beside()).toEqual([aside])
  })
})

describe('an empty desk', () => {
  it('can become a demo, and only while it is empty', { timeout: 60_000 }, async () => {
    center = new Center().open()
    expect(await center.state()).toMatchObject({ mode: 'real', empty: true, step: 'choose', visited: [], fixed: null })
    expect(await center.ask('command', 'live.goDemo', {})).toMatchObject({ status: 200 })
    while (center.reopened === 0) await new Promise((resolve) => setImmediate(resolve))
    center.succeed()
    expect(await center.state()).toMatchObject({ mode: 'demo', counts: { orders: 4 } })
    expect(center.beside()).toEqual([])
    expect((await center.ask('command', 'live.goDemo', {})).body['error']).toMatchObject({ code: 'demoAlready' })
  })

  it('that holds a customer stays real', async () => {
    center = new Center().open()
    await center.ask('command', 'customer.register', { name: '某客户' })
    expect((await center.ask('command', 'live.goDemo', {})).body['error']).toMatchObject({ code: 'notEmpty' })
    await center.ask('command', 'live.visit', { step: 'people' })
    expect(await center.state()).toMatchObject({ step: 'people', visited: ['people'], empty: false })
  })
})

describe('the list of what is left', () => {
  it('is told by the facts', { timeout: 60_000 }, async () => {
    center = await Center.demo(3)
    await center.ask('command', 'live.goReal', WISH)
    center.succeed()
    const { ask } = { ask: center.ask.bind(center) }
    let tasks = await center.tasks()
    const done = () => Object.values(tasks).filter((task) => task.done).map(({ id }) => id)
    expect(done()).toEqual(expect.arrayContaining(['realData', 'companyName', 'calendarYear']))
    expect(tasks['secondAdmin']).toMatchObject({ done: false, params: { n: 1 } })
    expect(tasks['contactPhones']?.done).toBe(false)
    for (const [login, role] of [['a1', 'admin'], ['d1', 'dispatcher'], ['d2', 'dispatcher'], ['t1', 'technicalLead'], ['t2', 'technicalLead'], ['s1', 'supervisor'], ['s2', 'supervisor'], ['r1', 'director'], ['r2', 'director'], ['e1', 'engineer']] as const) {
      await ask('command', 'user.add', { login, displayName: login, roles: [role] })
      await ask('command', 'session.setPassword', { user: login, password: 'a long enough secret' })
      await ask('command', 'user.changeProfile', { user: login, phone: '13800000001' })
    }
    await ask('command', 'stock.count', { warehouse: 'SH', part: 'P1', counted: 3, reason: '期初' })
    await ask('command', 'customer.register', { name: '某客户' })
    await ask('command', 'equipment.register', { model: 'M', serial: 'S' })
    tasks = await center.tasks()
    expect(done()).toEqual(expect.arrayContaining(['customers', 'machines', 'parts', 'engineers', 'passwords', 'secondAdmin', 'rolesFilled', 'contactPhones', 'deputies']))
    await ask('command', 'user.setAbsence', { user: 'r1', from: Date.now(), to: Date.now() + 86_400_000, deputy: null })
    tasks = await center.tasks()
    expect(tasks['deputies']).toMatchObject({ done: false, params: { n: 1, names: 'r1' } })
    expect(tasks['firstOrder']?.done).toBe(false)
  })
})
