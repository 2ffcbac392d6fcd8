import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { makeDemo } from '#core/features/session/demo.ts'
import { firstAdmin } from '#core/features/session/firstAdmin.ts'
import { hashPassword, passwordProblem, verifyPassword } from '#core/features/session/password.ts'
import { LOCAL } from '#core/kernel/access.ts'
import { TestDesk } from '../support/desk.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const PASSWORD = 'Kupfer-Mond-77'

let desk: TestDesk
const local = { principal: LOCAL, audience: 'local' } as const

beforeEach(async () => {
  desk = new TestDesk()
  await desk.call('command', 'user.add', { login: 'root', displayName: '根', roles: ['admin'] }, local)
  await desk.call('command', 'session.setPassword', { user: 'root', password: 'first-secret-1' }, local)
})
afterEach(() => desk.close())

/** Signs in with the one-time password and takes the password of this file. */
async function settled(login: string): Promise<string> {
  const token = await desk.signIn(login, 'first-secret-1')
  const changed = await desk.call(
    'command',
    'session.changePassword',
    { current: 'first-secret-1', next: PASSWORD },
    { token },
  )
  expect(changed.status).toBe(200)
  return token
}

async function addUser(token: string, login: string, roles: string[]): Promise<void> {
  const added = await desk.call(
    'command',
    'user.add',
    { login, displayName: `名 ${login}`, roles },
    { token },
  )
  expect(added).toMatchObject({ status: 200, body: { id: login } })
  const given = await desk.call(
    'command',
    'session.setPassword',
    { user: login, password: 'first-secret-1' },
    { token },
  )
  expect(given.status).toBe(200)
}

describe('what is marked as demo', () => {
  const marked = [
    ['customer.register', { name: '演示客户', demo: true }],
    ['equipment.register', { model: 'M', serial: 'S', demo: true }],
    ['workOrder.register', { channel: 'phone', demo: true }],
    ['user.add', { login: 'actor', displayName: '演员', roles: ['engineer'], demo: true }],
  ] as const

  it('is taken on a demo desk, and elsewhere from the owner of the folder alone', async () => {
    const token = await settled('root')
    const answers = (more: object) =>
      Promise.all(marked.map(async ([name, input]) => (await desk.call('command', name, input, more)).body.error))
    const refusal = { code: 'demoDeskOnly', field: 'demo' }
    expect(await answers({ token })).toMatchObject([refusal, refusal, refusal, refusal])
    expect(await answers(local)).toEqual([undefined, undefined, undefined, undefined])
    const other = await TestDesk.demo()
    const admin = await other.signIn('admin')
    for (const [name, input] of marked) expect((await other.call('command', name, input, { token: admin })).status).toBe(200)
    other.close()
  })
})

describe('signing in', () => {
  it('lets nobody work before the one-time password is changed', async () => {
    const token = await desk.signIn('root', 'first-secret-1')
    expect((await desk.call('query', 'user.list', {}, { token })).body.error?.code).toBe(
      'passwordChangeRequired',
    )
    expect((await desk.call('query', 'session.current', {}, { token })).body).toMatchObject({
      mustChangePassword: true,
    })
    const same = { current: 'first-secret-1', next: 'first-secret-1' }
    expect((await desk.call('command', 'session.changePassword', same, { token })).body.error?.code).toBe(
      'passwordUnchanged',
    )
    const good = { current: 'first-secret-1', next: PASSWORD }
    expect((await desk.call('command', 'session.changePassword', good, { token })).status).toBe(200)
    expect((await desk.call('query', 'user.list', {}, { token })).status).toBe(200)
  })

  it('answers an unknown login and a wrong password alike', async () => {
    const wrong = await desk.call('command', 'session.signIn', { login: 'root', password: 'x' })
    const unknown = await desk.call('command', 'session.signIn', { login: 'nobody', password: 'x' })
    expect(wrong).toEqual(unknown)
    expect(wrong).toMatchObject({ status: 401, body: { error: { code: 'wrongCredentials' } } })
  })

  it('spends the same work on an unknown login', async () => {
    const stored = await hashPassword(PASSWORD)
    const time = async (hash: typeof stored | undefined): Promise<number> => {
      const begun = performance.now()
      await verifyPassword('x', hash)
      return performance.now() - begun
    }
    const pairs: [number, number][] = []
    for (let i = 0; i < 5; i++) pairs.push([await time(stored), await time(undefined)])
    const median = (of: number[]): number => of.sort((a, b) => a - b)[2] ?? 0
    const ratio = median(pairs.map(([known]) => known)) / median(pairs.map(([, unknown]) => unknown))
    expect(ratio).toBeGreaterThan(0.4)
    expect(ratio).toBeLessThan(2.5)
  })

  it('locks after five failures, for longer each time, unknown logins too, and forgets after a success', async () => {
    for (const login of ['root', 'nobody']) {
      const attempt = (password: string) => desk.call('command', 'session.signIn', { login, password })
      for (let i = 0; i < 5; i++) expect((await attempt('wrong')).status).toBe(401)
      expect(await attempt('first-secret-1')).toMatchObject({
        status: 429,
        body: { error: { code: 'accountLocked', params: { seconds: 60 } } },
      })
      desk.now += MINUTE
      expect((await attempt('wrong')).status).toBe(401)
      desk.now += MINUTE
      expect((await attempt('wrong')).body.error).toMatchObject({
        code: 'accountLocked',
        params: { seconds: 60 },
      })
      desk.now += MINUTE
    }
    await desk.signIn('root', 'first-secret-1')
    for (let i = 0; i < 4; i++)
      await desk.call('command', 'session.signIn', { login: 'root', password: 'wrong' })
    await desk.signIn('root', 'first-secret-1')
  })

  it('gives a hundred guesses at once no more tries than one after the other', async () => {
    const guesses = Array.from({ length: 40 }, () =>
      desk.call('command', 'session.signIn', { login: 'root', password: 'wrong' }),
    )
    const answers = await Promise.all(guesses)
    expect(answers.filter(({ status }) => status === 401)).toHaveLength(5)
    expect(answers.filter(({ status }) => status === 429)).toHaveLength(35)
  })

  it('ends a session after 2 h without use and after 12 h in any case', async () => {
    const token = await settled('root')
    const ask = () => desk.call('query', 'session.current', {}, { token })
    desk.now += 2 * HOUR - MINUTE
    expect((await ask()).status).toBe(200)
    for (let i = 0; i < 5; i++) {
      desk.now += 2 * HOUR - MINUTE
      expect((await ask()).status).toBe(200)
    }
    desk.now += 6 * MINUTE
    expect(await ask()).toMatchObject({ status: 401, body: { error: { code: 'unauthenticated' } } })

    const idle = await desk.signIn('root', PASSWORD)
    desk.now += 2 * HOUR
    expect((await desk.call('query', 'session.current', {}, { token: idle })).status).toBe(401)
  })

  it('signs out one session; a changed password ends the others; disabling ends all at once', async () => {
    const admin = await settled('root')
    await addUser(admin, 'li.na', ['dispatcher'])
    const mine = await settled('li.na')
    const other = await desk.signIn('li.na', PASSWORD)
    const status = async (token: string) =>
      (await desk.call('query', 'session.current', {}, { token })).status
    await desk.call(
      'command',
      'session.changePassword',
      { current: PASSWORD, next: 'another-Secret-5' },
      { token: mine },
    )
    expect([await status(mine), await status(other)]).toEqual([200, 401])
    const third = await desk.signIn('li.na', 'another-Secret-5')
    await desk.call('command', 'session.signOut', {}, { token: third })
    expect([await status(mine), await status(third)]).toEqual([200, 401])
    await desk.call('command', 'user.disable', { user: 'li.na', reason: '离职' }, { token: admin })
    expect(await status(mine)).toBe(401)
    const refused = await desk.call('command', 'session.signIn', {
      login: 'li.na',
      password: 'another-Secret-5',
    })
    expect(refused.body.error?.code).toBe('accountDisabled')
  })

  it('shows an administrator the open sessions, and ends one', async () => {
    const admin = await settled('root')
    await addUser(admin, 'li.na', ['dispatcher'])
    const token = await settled('li.na')
    const { body } = await desk.call('query', 'session.list', {}, { token: admin })
    const [session] = (body['sessions'] as { id: string; user: string }[]).filter(
      ({ user }) => user === 'li.na',
    )
    expect(
      (await desk.call('command', 'session.revoke', { session: session?.id }, { token: admin })).status,
    ).toBe(200)
    expect((await desk.call('query', 'session.current', {}, { token })).status).toBe(401)
    expect((await desk.call('query', 'session.list', {}, { token })).status).toBe(401)
  })
})

describe('secrets', () => {
  it('are nowhere in the data folder, in no event, answer or kept command', async () => {
    const token = await settled('root')
    await addUser(token, 'li.na', ['dispatcher'])
    await desk.call('command', 'session.signIn', { login: PASSWORD, password: 'typed in the wrong field' })
    desk.app.db.raw.pragma('wal_checkpoint(TRUNCATE)')
    const files = readdirSync(desk.folder, { recursive: true, encoding: 'utf8' })
      .map((name) => join(desk.folder, name))
      .filter((path) => statSync(path).isFile() && !path.endsWith('lock.db'))
    for (const path of files) {
      const bytes = readFileSync(path)
      for (const secret of [PASSWORD, 'first-secret-1', token])
        expect(bytes.includes(secret), path).toBe(false)
    }
  })

  it('must be long, varied and without the login', () => {
    expect(passwordProblem('kurz1234!', 'anna')).toBe('passwordTooShort')
    expect(passwordProblem('xxANNA-12345', 'anna')).toBe('passwordHoldsLogin')
    expect(passwordProblem('ababababababab', 'anna')).toBe('passwordTooPlain')
    expect(passwordProblem('一个足够长的中文密码哦', 'anna')).toBeUndefined()
  })
})

describe('users', () => {
  it('are events: every change with actor, old and new', async () => {
    const admin = await settled('root')
    await addUser(admin, 'li.na', ['dispatcher'])
    const call = (name: string, input: object) =>
      desk.call('command', name, { user: 'li.na', ...input }, { token: admin })
    await call('user.changeRoles', { roles: ['supervisor'] })
    await call('user.rename', { displayName: '李娜' })
    await call('user.setAbsence', { from: desk.now, to: desk.now + HOUR, deputy: 'root' })
    const { body } = await desk.call('query', 'user.list', {}, { token: admin })
    expect((body['users'] as { id: string }[]).find(({ id }) => id === 'li.na')).toMatchObject({
      displayName: '李娜',
      roles: ['supervisor'],
      absence: { from: desk.now, to: desk.now + HOUR, deputy: 'root' },
    })
    await call('user.endAbsence', {})
    const rows = desk.app.db.raw
      .prepare("SELECT type, text FROM event WHERE subject = 'user:li.na' ORDER BY seq")
      .all() as {
      type: string
      text: string
    }[]
    expect(rows.map(({ type }) => type)).toEqual([
      'userAdded',
      'passwordChanged',
      'rolesChanged',
      'userRenamed',
      'absenceSet',
      'absenceEnded',
    ])
    const changed = JSON.parse(rows[2]?.text ?? '') as { data: unknown; actor: unknown }
    expect(changed).toMatchObject({
      data: { old: ['dispatcher'], new: ['supervisor'] },
      actor: { kind: 'user', id: 'root' },
    })
    // Names are personal: the log itself holds a digest.
    expect(rows.some(({ text }) => text.includes('李娜'))).toBe(false)
  })

  it('are refused by field: taken login, last administrator, stale sight, bad absence', async () => {
    const admin = await settled('root')
    const call = (name: string, input: object) => desk.call('command', name, input, { token: admin })
    const taken = await call('user.add', { login: 'root', displayName: '另一个', roles: ['admin'] })
    expect(taken).toMatchObject({ status: 409, body: { error: { code: 'loginTaken', field: 'login' } } })
    expect(
      (await call('user.add', { login: 'Root', displayName: 'x', roles: ['admin'] })).body.error,
    ).toMatchObject({
      code: 'invalidInput',
      field: 'login',
    })
    expect((await call('user.disable', { user: 'root', reason: '不再需要' })).body.error?.code).toBe(
      'lastAdmin',
    )
    expect((await call('user.changeRoles', { user: 'root', roles: ['finance'] })).body.error?.code).toBe(
      'lastAdmin',
    )
    const stale = await call('user.rename', { user: 'root', displayName: '新名', base: 'A'.repeat(22) })
    expect(stale).toMatchObject({ status: 409, body: { error: { code: 'stale', field: 'base' } } })
    const absence = { user: 'root', from: desk.now, to: desk.now + HOUR, deputy: 'root' }
    expect((await call('user.setAbsence', absence)).body.error).toMatchObject({
      code: 'ownDeputy',
      field: 'deputy',
    })
    expect((await call('user.setAbsence', { ...absence, to: desk.now })).body.error).toMatchObject({
      code: 'invalidPeriod',
    })
    expect((await call('user.setAbsence', { ...absence, deputy: 'ghost' })).body.error?.code).toBe(
      'unknownUser',
    )
  })

  it('keep the same rows after a rebuild', async () => {
    const admin = await settled('root')
    await addUser(admin, 'li.na', ['dispatcher', 'finance'])
    await desk.call('command', 'user.disable', { user: 'li.na', reason: '休假' }, { token: admin })
    const rows = () => desk.app.db.raw.prepare('SELECT * FROM user_account ORDER BY id').all()
    const before = rows()
    await desk.app.maintenance.rebuild()
    expect(rows()).toEqual(before)
  })
})

describe('the first administrator', () => {
  it('is made once, on a desk on which nobody can sign in', async () => {
    const empty = new TestDesk()
    expect(await firstAdmin(empty.app, 'one-time-secret-9')).toBe(true)
    expect(await firstAdmin(empty.app, 'another-secret-99')).toBe(false)
    await empty.signIn('admin', 'one-time-secret-9')
    empty.close()
  })
})

describe('demo accounts', () => {
  it('sign in in demo mode on this machine only', async () => {
    const demo = await TestDesk.demo()
    const token = await demo.signIn('dispatcher')
    expect((await demo.call('query', 'session.welcome', {})).body).toMatchObject({ demo: true })
    const outside = await demo.call(
      'command',
      'session.signIn',
      { login: 'lead', password: 'loopdesk-demo' },
      { exposed: true },
    )
    expect(outside.body.error?.code).toBe('demoAccountRefused')
    expect((await demo.call('query', 'session.current', {}, { token, exposed: true })).status).toBe(403)
    demo.app.db.raw.prepare("UPDATE setting SET value = 'false' WHERE name = 'demo'").run()
    expect((await demo.call('query', 'session.current', {}, { token })).body.error?.code).toBe(
      'demoAccountRefused',
    )
    expect((await demo.call('query', 'session.welcome', {})).body).toMatchObject({
      demo: false,
      accounts: [],
    })
    demo.close()
  })

  it('never come to a desk on which people work', async () => {
    await settled('root')
    expect(await makeDemo(desk.app)).toBe(false)
    const refused = await desk.call('command', 'session.signIn', {
      login: 'admin',
      password: 'loopdesk-demo',
    })
    expect(refused.status).toBe(401)
    expect((await desk.call('query', 'session.welcome', {})).body).toMatchObject({
      demo: false,
      accounts: [],
    })
  })
})
