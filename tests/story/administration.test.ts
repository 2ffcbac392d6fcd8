import { existsSync } from 'node:fs'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { may } from '#core/kernel/access.ts'
import { ACTIONS, PERMISSION_SUBJECTS } from '#shared/contract/define.ts'
import type { DeskStatus } from '#shared/contract/system.ts'
import { ROLES } from '#shared/domain/user/fold.ts'
import { TestDesk } from '../support/desk.ts'

let desk: TestDesk
let admin: string
beforeEach(async () => {
  desk = await TestDesk.demo()
  admin = await desk.signIn('admin')
})
afterEach(() => desk.close())

const ask = (name: string, token = admin) => desk.call('query', name, {}, { token })
const tell = (name: string, input: object, token = admin) => desk.call('command', name, input, { token })

describe('the table of roles', () => {
  it('says for every role exactly what is decided when it asks', async () => {
    const { body } = await ask('user.permissions')
    const roles = body['roles'] as { role: (typeof ROLES)[number]; allowed: { action: string; subject: string }[] }[]
    expect(roles.map(({ role }) => role)).toEqual([...ROLES])
    for (const { role, allowed } of roles) {
      const principal = { actor: { kind: 'user' as const, id: 'x' }, roles: [role], local: false }
      const really = PERMISSION_SUBJECTS.flatMap((subject) =>
        ACTIONS.filter((action) => may(principal, { action, subject })).map((action) => ({ action, subject })),
      )
      expect([role, allowed]).toEqual([role, really])
    }
  })

  it('is shown to those who read the configuration', async () => {
    expect((await ask('user.permissions', await desk.signIn('supervisor'))).status).toBe(200)
    expect((await ask('user.permissions', await desk.signIn('dispatcher'))).status).toBe(403)
  })
})

describe('locked accounts', () => {
  const security = async (user: string) => {
    const { body } = await ask('session.security')
    return (body['users'] as { user: string; lockedUntil: number | null }[]).find((each) => each.user === user)
  }

  it('are seen and unlocked by an administrator', async () => {
    for (let n = 0; n < 5; n++) await tell('session.signIn', { login: 'lead', password: 'wrong' })
    expect(await security('lead')).toMatchObject({ lockedUntil: desk.now + 60_000, hasPassword: true })
    expect((await tell('session.unlock', { user: 'lead' })).status).toBe(200)
    expect(await security('lead')).toMatchObject({ lockedUntil: null })
    expect(await desk.signIn('lead')).toBeTypeOf('string')
    expect((await tell('session.unlock', { user: 'nobody' })).body.error).toMatchObject({ code: 'unknownUser' })
  })

  it('tell who has no password on this desk yet', async () => {
    await tell('user.add', { login: 'wang.min', displayName: '王敏', roles: ['engineer'] })
    expect(await security('wang.min')).toEqual({ user: 'wang.min', hasPassword: false, mustChangePassword: false, lockedUntil: null })
    await tell('session.setPassword', { user: 'wang.min', password: 'vier-Worte-sind-gut' })
    expect(await security('wang.min')).toMatchObject({ hasPassword: true, mustChangePassword: true })
  })

  it('are nobody else’s business', async () => {
    const supervisor = await desk.signIn('supervisor')
    expect((await ask('session.security', supervisor)).status).toBe(403)
    expect((await tell('session.unlock', { user: 'lead' }, supervisor)).status).toBe(403)
  })
})

describe('the last administrator', () => {
  it('can neither be disabled nor lose the role, until there is another', async () => {
    const lose = () => tell('user.changeRoles', { user: 'admin', roles: ['finance'] })
    expect((await tell('user.disable', { user: 'admin', reason: '离职' })).body.error).toMatchObject({ code: 'lastAdmin' })
    expect((await lose()).body.error).toMatchObject({ code: 'lastAdmin', field: 'roles' })
    await tell('user.changeRoles', { user: 'supervisor', roles: ['supervisor', 'admin'] })
    await tell('user.disable', { user: 'supervisor', reason: '休假' })
    expect((await lose()).body.error).toMatchObject({ code: 'lastAdmin' })
    await tell('user.enable', { user: 'supervisor' })
    expect((await lose()).status).toBe(200)
  })
})

describe('the data folder', () => {
  const status = async () => (await ask('system.status')).body as unknown as DeskStatus
  /** A job ends with an answer of a worker thread: looked at until then. */
  const ended = async (job: keyof DeskStatus['jobs']) => {
    expect((await tell('system.startUpkeep', { job })).status).toBe(200)
    for (;;) {
      const held = (await status()).jobs[job]
      if (held && held.state !== 'running') return held
      await new Promise((resolve) => setImmediate(resolve))
    }
  }

  it('tells what it is and where it stands', async () => {
    const { head } = desk.app.log
    expect(await status()).toMatchObject({
      folder: desk.folder,
      origin: desk.app.log.origin,
      events: head.seq,
      chains: 1,
      head: { seq: head.seq, hash: head.hash.toString('hex') },
      backup: { at: null, file: null, failure: null },
      jobs: { backup: null, verify: null, doctor: null },
    })
    expect((await status()).version).toMatch(/^\d+\.\d+\.\d+/)
  })

  it('is backed up now, as one of the daily backups', async () => {
    expect(await ended('backup')).toMatchObject({ state: 'done', findings: [{ level: 'ok' }] })
    const { backup } = await status()
    expect(backup).toMatchObject({ at: desk.now, failure: null })
    expect(existsSync(backup.file ?? '')).toBe(true)
  })

  it('is checked event by event, and a changed one is named', async () => {
    expect(await ended('verify')).toMatchObject({ state: 'done', findings: [{ level: 'ok' }] })
    const { raw } = desk.app.db
    const { sql } = raw.prepare("SELECT sql FROM sqlite_schema WHERE name = 'event_is_final'").get() as { sql: string }
    raw.exec('DROP TRIGGER event_is_final')
    expect((await ended('verify')).findings[0]).toMatchObject({ level: 'bad' })
    raw.prepare("UPDATE event SET text = replace(text, 'defaults', 'somebody') WHERE seq = 3").run()
    raw.exec(sql)
    const { findings } = await ended('verify')
    expect(findings[0]).toMatchObject({ level: 'bad' })
    expect(findings[0]?.message['zh-CN']).toContain('3')
  })

  it('is looked over', async () => {
    expect((await ended('doctor')).state).toBe('done')
  })

  it('is the administrator’s', async () => {
    const supervisor = await desk.signIn('supervisor')
    expect((await ask('system.status', supervisor)).status).toBe(403)
    expect((await tell('system.startUpkeep', { job: 'backup' }, supervisor)).status).toBe(403)
  })
})
