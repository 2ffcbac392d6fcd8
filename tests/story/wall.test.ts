import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import WebSocket from 'ws'
import { openService, type Service } from '#core/gateway/service.ts'
import { withoutPhones } from '#core/features/wall/privacy.ts'
import { all } from '#core/store/sql.ts'
import { contracts } from '#shared/contract/registry.ts'
import { wallBoard } from '#shared/contract/wall.ts'
import { workloadNow } from '#shared/contract/workload.ts'
import { NOON, TestDesk } from '../support/desk.ts'
import { MONDAY, openLogDesk, type LogDesk } from '../support/logDesk.ts'
import { ask } from '../support/queries.ts'
import { entry, orderEvent, registered, wallTimer } from '../support/orders.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE

describe('the link of a wall', () => {
  let desk: TestDesk
  let service: Service
  let admin: string
  beforeEach(async () => {
    desk = await TestDesk.demo()
    service = await openService(desk.app, desk.folder)
    admin = await desk.signIn('admin')
  })
  afterEach(async () => {
    await service.close()
    desk.close()
  })

  const create = async (name = '大厅'): Promise<{ token: string; wall: { id: string } }> => {
    const { status, body } = await desk.call('command', 'wall.createToken', { name }, { token: admin })
    expect(status).toBe(200)
    return body as never
  }
  const post = (path: string, token: string, input: unknown = {}) =>
    fetch(`${service.url}/api/${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
      body: JSON.stringify({ input }),
    })
  const walls = async () => (await desk.call('query', 'wall.listTokens', {}, { token: admin })).body as { walls: { id: string; name: string; usedAt: number | null; createdBy: string }[] }

  it('is answered once, kept as a digest alone, and lists when it was last used', async () => {
    const { token } = await create()
    expect(token).toMatch(/^wall_[\w-]{43}$/)
    expect((await walls()).walls).toMatchObject([{ name: '大厅', usedAt: null, createdBy: '管理员' }])
    desk.now = NOON + 5 * MINUTE
    expect((await post('queries/wall.board', token)).status).toBe(200)
    expect((await walls()).walls[0]?.usedAt).toBe(NOON + 5 * MINUTE)
    desk.app.db.raw.pragma('wal_checkpoint(TRUNCATE)')
    for (const file of readdirSync(desk.folder, { recursive: true, encoding: 'utf8' })) {
      if (!/\.(db|json|db-wal)$/.test(file)) continue
      expect(readFileSync(join(desk.folder, file)).includes(token)).toBe(false)
    }
  })

  it('opens what is meant for a wall and nothing else in the whole contract', async () => {
    const { token } = await create()
    const forWalls = contracts.filter(({ audience }) => audience.includes('wall'))
    expect(forWalls.map(({ name }) => name).sort()).toEqual(['perceivedTime.summary', 'wall', 'wall.board', 'workload.now'])
    for (const contract of forWalls) {
      expect(contract.kind).not.toBe('command')
      expect(contract.permission).toEqual({ action: 'read', subject: 'Wall' })
    }
    for (const { kind, name } of contracts) {
      if (kind === 'topic') continue
      const input = name === 'perceivedTime.summary' ? { from: '2026-10-21', to: '2026-10-21' } : {}
      const { status } = await post(`${kind === 'command' ? 'commands' : 'queries'}/${name}`, token, input)
      expect([name, status]).toEqual([name, forWalls.some((one) => one.name === name) ? 200 : 404])
      // Nor through a door that takes it for a session of the desk, as the desktop program's does.
      const direct = await desk.call(kind, name, input, { token, audience: 'desk' })
      expect([name, direct.status]).toEqual([name, status])
    }
    expect((await fetch(`${service.url}/api/blobs`, { method: 'POST', headers: { authorization: `Bearer ${token}`, 'content-type': 'application/octet-stream' }, body: 'x' })).status).toBe(403)
    expect((await fetch(`${service.url}/api/blobs/${'a'.repeat(64)}`, { headers: { authorization: `Bearer ${token}` } })).status).toBe(403)
  })

  it('hears of the wall’s topic alone', async () => {
    const { token } = await create()
    const told = await open(token, [...contracts].filter(({ kind }) => kind === 'topic').map(({ name }) => name))
    expect(told.first).toMatchObject({ subscribed: expect.arrayContaining(['wall']) as unknown })
    const names = contracts.flatMap(({ kind, name }) => (kind === 'topic' && name !== 'wall' ? [name] : []))
    expect((told.first as { refused: string[] }).refused.sort()).toEqual(names.sort())
    told.socket.close()
  })

  it('goes dark at once when it is taken back, on every open display', async () => {
    const { token, wall } = await create()
    const other = await create('二楼')
    const [one, two] = await Promise.all([open(token, ['wall']), open(other.token, ['wall'])])
    await desk.call('command', 'wall.revokeToken', { wall: wall.id }, { token: admin })
    expect(await one.closed).toBe(4401)
    expect((await post('queries/wall.board', token)).status).toBe(401)
    expect((await post('queries/wall.board', other.token)).status).toBe(200)
    expect(two.socket.readyState).toBe(WebSocket.OPEN)
    two.socket.close()
    expect((await walls()).walls.map(({ name }) => name)).toEqual(['二楼'])
    expect((await desk.call('command', 'wall.revokeToken', { wall: wall.id }, { token: admin })).body.error?.code).toBe('unknownWall')
  })

  it('is made and taken back by whoever configures, nobody else', async () => {
    for (const login of ['dispatcher', 'supervisor', 'finance']) {
      const token = await desk.signIn(login)
      const { body } = await desk.call('command', 'wall.createToken', { name: 'x' }, { token })
      expect(body.error?.code).toBe('forbidden')
      expect((await desk.call('query', 'wall.board', {}, { token })).status).toBe(200)
    }
  })

  it('is no way in once it is guessed wrong', async () => {
    for (const token of ['wall_', `wall_${'a'.repeat(43)}`, `wall_${'x'.repeat(90)}`]) {
      expect((await post('queries/wall.board', token)).status).toBe(401)
    }
  })

  async function open(token: string, names: readonly string[]): Promise<{ socket: WebSocket; first: unknown; closed: Promise<number> }> {
    const socket = new WebSocket(`${service.url.replace('http', 'ws')}/api/stream`)
    const closed = new Promise<number>((resolve) => socket.on('close', resolve))
    const first = await new Promise((resolve) => {
      socket.on('open', () => socket.send(JSON.stringify({ token })))
      socket.on('message', (data: Buffer) => {
        const message = JSON.parse(String(data)) as { signedIn?: string; subscribed?: string[] }
        if (message.signedIn) socket.send(JSON.stringify({ subscribe: names }))
        else if (message.subscribed) resolve(message)
      })
    })
    return { socket, first, closed }
  }
})

describe('what a wall shows', () => {
  let desk: LogDesk
  beforeEach(() => (desk = openLogDesk()))
  afterEach(() => desk.close())

  const board = (perColumn = 42) => ask(desk.asked, wallBoard, { perColumn })
  const promise = (by: number, step = '回电客户') => ({ step, waitsOn: 'us' as const, by })
  const fired = (order: string, at: number) =>
    orderEvent(order, 'timerFired', { visit: `${order}-1`, timer: 'stage', level: 1, dueAt: at, called: [], role: 'dispatcher' }, { at })

  it('puts broken cards first, longest broken first, by whichever promise is earlier', async () => {
    const now = MONDAY + 5 * HOUR
    desk.append([
      registered('calm', { at: MONDAY }),
      registered('timer', { at: MONDAY, limitMs: 2 * HOUR }),
      registered('soon', { at: MONDAY, limitMs: 6 * HOUR }),
      registered('step', { at: MONDAY }),
      registered('both', { at: MONDAY, limitMs: 9 * HOUR }),
      orderEvent('step', 'promiseSet', { promise: promise(MONDAY + HOUR), timers: [] }),
      orderEvent('both', 'promiseSet', { promise: promise(MONDAY + 3 * HOUR), timers: [] }),
      fired('timer', MONDAY + 2 * HOUR),
    ])
    desk.now = now
    const { columns, next, fresh } = await board()
    expect(columns[0]).toMatchObject({ stage: 'intakeReview', open: 5, broken: 3 })
    expect(columns[0]?.cards.map(({ id }) => id)).toEqual(['step', 'timer', 'both', 'soon', 'calm'])
    expect((await board(2)).columns[0]?.cards.map(({ id }) => id)).toEqual(['step', 'timer'])
    expect(next.map(({ id, by }) => [id, by])).toEqual([['soon', MONDAY + 6 * HOUR]])
    expect(fresh).toEqual([])
  })

  it('names the three promises to save next over all columns, none that is broken', async () => {
    desk.append([
      ...[5, 3, 8, 1, 4].map((hours, n) => registered(`o${n}`, { at: MONDAY, limitMs: hours * HOUR })),
      registered('d', { at: MONDAY, stage: 'diagnosis' }),
      orderEvent('d', 'promiseSet', { promise: promise(MONDAY + 3.5 * HOUR), timers: [] }),
    ])
    desk.now = MONDAY + 2 * HOUR
    expect((await board()).next.map(({ id }) => id)).toEqual(['o1', 'd', 'o4'])
  })

  it('tells of what broke in the last ten minutes, by clock as by timer', async () => {
    desk.append([
      registered('a', { at: MONDAY, limitMs: HOUR }),
      registered('b', { at: MONDAY }),
      orderEvent('b', 'promiseSet', { promise: promise(MONDAY + HOUR + MINUTE), timers: [] }),
    ])
    desk.now = MONDAY + HOUR - 1
    expect((await board()).fresh).toEqual([])
    desk.now = MONDAY + HOUR + MINUTE
    desk.append([fired('a', MONDAY + HOUR)])
    expect((await board()).fresh).toEqual([
      { id: 'a', number: 'A-260302-a', stage: 'intakeReview', brokenAt: MONDAY + HOUR },
      { id: 'b', number: 'A-260302-b', stage: 'intakeReview', brokenAt: MONDAY + HOUR + MINUTE },
    ])
    desk.now = MONDAY + HOUR + 11 * MINUTE
    expect((await board()).fresh).toEqual([])
  })

  it('shows no telephone number and no contact, whoever wrote it where', async () => {
    desk.append([
      registered('a', { at: MONDAY, fields: { faultSymptom: '主轴报警，请打 138 1234 5678 找王工', customer: 'c1' } }),
      orderEvent('a', 'promiseSet', { promise: promise(MONDAY + HOUR, '回电 0512-67000117'), timers: [] }),
    ])
    desk.append([{ subject: { kind: 'customer', id: 'c2' }, type: 'customerRegistered', version: 1, data: { name: '王先生13912345678' } }, registered('b', { at: MONDAY, fields: { customer: 'c2' } })])
    const text = JSON.stringify(await board())
    expect(text).toContain('王先生•••')
    expect(text).not.toContain('13912345678')
    expect(text).toContain('主轴报警，请打 ••• 找王工')
    expect(text).toContain('回电 •••')
    expect(text).not.toMatch(/1234|67000117|contact/)
  })

  it('leaves serial numbers and measures as they are', () => {
    for (const text of ['VS200-0117 温度 ±3 ℃', '序列号 BR-VS320-13912345678', 'E217 报警 1200 rpm', '2026-10-21 10:00']) expect(withoutPhones(text)).toBe(text)
    for (const text of ['13912345678', '+86 139-1234-5678', '021-5555 0117', '（021）55550117', '400-820-8820', '１３９１２３４５６７８', '(0512) 6666 8888', '139.1234.5678', 'wang.2024@nova.com.cn']) {
      expect(withoutPhones(text)).not.toMatch(/\d{4}/)
    }
  })

  it('reads orders along indexes at any size', async () => {
    const plans: string[] = []
    const prepare = desk.app.db.raw.prepare.bind(desk.app.db.raw)
    desk.app.db.raw.prepare = ((text: string) => {
      if (/FROM work_order|FROM board_count|engineer_slot/.test(text)) plans.push(text)
      return prepare(text)
    }) as typeof desk.app.db.raw.prepare
    await board()
    await ask(desk.asked, workloadNow, {})
    desk.app.db.raw.prepare = prepare
    expect(plans.length).toBeGreaterThan(4)
    for (const text of plans) {
      const steps = all<{ detail: string }>(desk.app.db, `EXPLAIN QUERY PLAN ${text.replaceAll(/[:@]\w+/g, '1')}`, ...Array<number>(text.split('?').length - 1).fill(1))
      // Users and their few rows may be gone through; orders never.
      expect(steps.map(({ detail }) => detail).filter((detail) => /^SCAN (w|s|work_order|engineer_slot|board_count)\b/.test(detail))).toEqual([])
    }
  })
})

describe('the workload', () => {
  let desk: LogDesk
  beforeEach(() => (desk = openLogDesk(MONDAY, mkdtempSync(join(tmpdir(), 'loopdesk-load-')))))
  afterEach(() => {
    const { folder } = desk.app
    desk.app.close()
    rmSync(folder, { recursive: true, force: true })
  })
  const user = (id: string, roles: string[]) =>
    ({ subject: { kind: 'user', id }, type: 'userAdded', version: 1, data: { login: id, roles }, personal: { of: `user:${id}`, data: { displayName: id } } }) as const
  const slot = (engineer: string, date: string, appointment: string, from: number, to: number) =>
    ({ subject: { kind: 'engineerDay', id: `${engineer}/${date}` }, type: 'slotBooked', version: 1, data: { appointment, order: 'a', from, to } }) as const

  it('counts open orders, broken promises and today’s appointments of each', async () => {
    desk.append([
      user('zhou', ['dispatcher']),
      user('chen', ['engineer']),
      registered('a', { at: MONDAY, owner: 'zhou', limitMs: HOUR }),
      registered('b', { at: MONDAY, owner: 'zhou' }),
      registered('c', { at: MONDAY, owner: 'zhou', stage: 'diagnosis' }),
      registered('n', { at: MONDAY }),
      orderEvent('a', 'timerFired', { visit: 'a-1', timer: 'stage', level: 1, dueAt: MONDAY + HOUR, called: [], role: 'dispatcher' }, { at: MONDAY + HOUR }),
      orderEvent('b', 'promiseSet', { promise: { step: 'x', waitsOn: 'us', by: MONDAY + HOUR }, timers: [] }),
      orderEvent('a', 'stageChanged', { from: 'intakeReview', how: 'forward', entered: entry('onsite', 'a-2', [wallTimer(MONDAY, 9 * HOUR)]) }),
      slot('chen', '2026-03-02', 'x', MONDAY + 2 * HOUR, MONDAY + 4 * HOUR),
      // Over midnight: it stands in two days and counts once in each.
      slot('chen', '2026-03-02', 'y', MONDAY + 13 * HOUR, MONDAY + 17 * HOUR),
      slot('chen', '2026-03-03', 'y', MONDAY + 13 * HOUR, MONDAY + 17 * HOUR),
      slot('chen', '2026-03-04', 'z', MONDAY + 50 * HOUR, MONDAY + 51 * HOUR),
    ])
    desk.now = MONDAY + 2 * HOUR
    const { people, unowned, teams } = await ask(desk.asked, workloadNow, {})
    expect(people).toEqual([
      { id: 'zhou', name: 'zhou', roles: ['dispatcher'], open: 3, broken: 1, booked: 0, today: 0, absent: false },
      { id: 'chen', name: 'chen', roles: ['engineer'], open: 0, broken: 0, booked: 0, today: 2, absent: false },
    ])
    expect([unowned, teams]).toEqual([1, []])
    desk.now = MONDAY + 16 * HOUR
    expect((await ask(desk.asked, workloadNow, {})).people.find(({ id }) => id === 'chen')?.today).toBe(1)
  })
})
