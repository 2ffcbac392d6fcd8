import { existsSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { loopdesk, loopdeskAsProgram, loopdeskInWords, serveDesk, type Served } from '../support/cli.ts'

let place: string
beforeAll(() => {
  place = mkdtempSync(join(tmpdir(), 'loopdesk-cli-'))
})
afterAll(() => rmSync(place, { recursive: true, force: true }))

describe('usage', () => {
  it.each([
    [[], 'a verb is missing'],
    [['fly'], 'there is no verb “fly”'],
    [['list'], 'list needs orders'],
    [['list', 'cats'], 'list what? list orders'],
    [['list', 'orders', '--stage', 'moon'], '--stage is one of'],
    [['list', 'orders', '--limit', '-1'], '--limit'],
    [['list', 'orders', '--limit=0'], '--limit is a whole number from 1'],
    [['serve', '--port', 'http'], '--port is a whole number'],
    [['seed', '--orders', 'many'], '--orders is a whole number'],
    [['serve', '--out', 'x'], 'serve has no --out'],
    [['serve', '--cert', 'x'], '--cert and --key belong together'],
    [['backup'], '--out is missing'],
    [['restore'], 'restore needs FILE'],
    [['import', 'x.csv'], '--mapping is missing'],
    [['verify', '--frob'], '--frob'],
  ])('%j: %s', async (args, words) => {
    const { code, json } = await loopdesk(...args, '--data', join(place, 'nothing'))
    expect(code).toBe(2)
    expect(json).toMatchObject({ ok: false, error: { code: 'usage' } })
    expect(json.error?.message).toContain(words)
    expect(existsSync(join(place, 'nothing'))).toBe(false)
  })

  it('is shown beside an error and on --help', async () => {
    const wrong = await loopdeskInWords('fly')
    expect(wrong).toMatchObject({ code: 2, stdout: '' })
    expect(wrong.stderr).toMatch(/there is no verb “fly”[\s\S]*loopdesk VERB/)
    const help = await loopdeskInWords('--help')
    expect(help).toMatchObject({ code: 0, stderr: '' })
    expect(help.stdout).toMatch(/loopdesk VERB/)
  })
})

describe('a folder that cannot be used', () => {
  it.each(['list orders', 'verify', 'rebuild', 'doctor', 'backup --out x.tar.gz'])(
    '%s: there is nothing',
    async (verb) => {
      const folder = join(place, 'absent')
      const { code, json } = await loopdesk(...verb.split(' '), '--data', folder)
      expect(code).toBe(1)
      expect(json).toMatchObject({ ok: false, error: { code: 'folderMissing', params: { folder } } })
      expect(existsSync(folder)).toBe(false)
    },
  )

  it('is not made by an import of a file that is not there', async () => {
    const folder = join(place, 'mistyped')
    const { code, json } = await loopdesk('import', join(place, 'no.csv'), '--mapping', 'servicenow', '--data', folder)
    expect([code, json.error?.code]).toEqual([1, 'fileMissing'])
    expect(existsSync(folder)).toBe(false)
  })

  it('is no folder: said in words, exit code 1', async () => {
    const file = join(place, 'file')
    writeFileSync(file, 'x')
    const { code, stderr } = await loopdeskInWords('serve', '--data', join(file, 'inside'))
    expect(code).toBe(1)
    expect(stderr).not.toMatch(/\n\s+at /)
  })

  it('is not served where others could listen in', async () => {
    const { code, json } = await loopdeskAsProgram('serve', '--host', '0.0.0.0', '--data', join(place, 'open'))
    expect(code).toBe(1)
    expect(json.error?.code).toBe('plainHttpRefused')
    expect(existsSync(join(place, 'open'))).toBe(false)
  })
})

describe('beside a running service', () => {
  let folder: string
  let served: Served
  beforeAll(async () => {
    folder = join(place, 'desk')
    served = await serveDesk('--data', folder)
  })
  afterAll(() => served.stop())

  const post = async (path: string, body: unknown, token?: string) => {
    const response = await fetch(`${served.url}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...(token && { authorization: `Bearer ${token}` }) },
      body: JSON.stringify(body),
    })
    return { status: response.status, body: (await response.json()) as Record<string, unknown> }
  }
  const signIn = (login: string, password: string) =>
    post('/api/commands/session.signIn', { input: { login, password } })

  it('answers, and lets the first administrator in with the password that was printed once', async () => {
    expect((await fetch(`${served.url}/api/health`)).status).toBe(200)
    const password = /one-time password (\S+)/.exec(served.stderr())?.[1] ?? ''
    expect(await signIn('admin', password)).toMatchObject({ status: 200, body: { mustChangePassword: true } })
  })

  it('keeps the endpoint file to its owner', () => {
    expect(statSync(join(folder, 'endpoint.json')).mode & 0o077).toBe(0)
  })

  it('attaches: list, verify, rebuild, backup, doctor', async () => {
    expect((await loopdeskAsProgram('list', 'orders', '--data', folder)).json).toEqual({
      ok: true,
      orders: [],
      more: false,
    })
    expect((await loopdesk('verify', '--data', folder)).json).toMatchObject({
      ok: true,
      chains: 1,
      firstBad: null,
    })
    expect((await loopdesk('rebuild', '--data', folder)).json).toMatchObject({ ok: true })
    const out = join(place, 'backup.tar.gz')
    expect((await loopdesk('backup', '--out', out, '--data', folder)).json).toMatchObject({
      ok: true,
      file: out,
    })
    expect(statSync(out).size).toBeGreaterThan(0)
    const { json } = await loopdesk('doctor', '--data', folder)
    expect(json, JSON.stringify(json)).toMatchObject({ ok: true })
    const restored = await loopdesk('restore', out, '--data', join(place, 'restored'))
    expect(restored.json).toMatchObject({ ok: true, folder: join(place, 'restored') })
    expect((await loopdesk('verify', '--data', join(place, 'restored'))).json).toMatchObject({
      ok: true,
      chains: 2,
    })
  })

  it('gives a lost administrator a new password', async () => {
    const { code, json, stderr } = await loopdesk('password', 'admin', '--data', folder)
    expect([code, json]).toEqual([0, { ok: true, user: 'admin' }])
    expect((await signIn('admin', stderr.trim())).status).toBe(200)
    const ghost = await loopdesk('password', 'ghost', '--data', folder)
    expect([ghost.code, ghost.json.error?.code]).toEqual([1, 'unknownUser'])
  })

  it('says who holds the folder where a verb needs it alone', async () => {
    const file = join(place, 'history.csv')
    writeFileSync(file, 'number\n')
    for (const ended of [loopdeskAsProgram('serve', '--data', folder), loopdesk('import', file, '--mapping', 'servicenow', '--data', folder)]) {
      const { code, json } = await ended
      expect(code).toBe(1)
      expect(json.error).toMatchObject({
        code: 'folderLocked',
        params: { program: 'serve', pid: served.process.pid, url: served.url },
      })
    }
  })

  it('refuses a taken port by name', async () => {
    const { port } = new URL(served.url)
    const { code, json } = await loopdeskAsProgram('serve', '--port', port, '--data', join(place, 'second'))
    expect([code, json.error?.code]).toEqual([1, 'addressTaken'])
  })
})

describe('a demo desk', () => {
  it('is seeded, listed by stage, and served with its accounts; a desk with orders is not seeded again', async () => {
    const folder = join(place, 'demo')
    const seeded = await loopdesk('seed', '--orders', '20', '--months', '1', '--data', folder)
    expect(seeded).toMatchObject({ code: 0, json: { ok: true, orders: 20 } })
    const all = await loopdesk('list', 'orders', '--limit', '100', '--data', folder)
    expect(all.json['orders']).toHaveLength(20)
    const two = await loopdesk('list', 'orders', '--limit', '2', '--data', folder)
    expect([(two.json['orders'] as unknown[]).length, two.json['more']]).toEqual([2, true])
    const { json } = await loopdesk('list', 'orders', '--stage', 'onsite', '--data', folder)
    for (const order of json['orders'] as object[])
      expect(order).toMatchObject({ stage: 'onsite', status: 'open' })
    expect(await loopdesk('seed', '--data', folder)).toMatchObject({
      code: 1,
      json: { error: { code: 'notEmpty' } },
    })
    const served = await serveDesk('--demo', '--data', folder)
    const answer = await fetch(`${served.url}/api/commands/session.signIn`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ input: { login: 'dispatcher', password: 'loopdesk-demo' } }),
    })
    expect(answer.status).toBe(200)
    expect(await served.stop()).toBe(0)
  })
})

describe('stopping', () => {
  it('leaves a folder that the next one opens, and no endpoint', async () => {
    const folder = join(place, 'stopped')
    const first = await serveDesk('--data', folder)
    expect(await first.stop()).toBe(0)
    expect(readdirSync(folder)).not.toContain('endpoint.json')
    const second = await serveDesk('--data', folder)
    expect(await second.stop()).toBe(0)
    expect((await loopdesk('verify', '--data', folder)).json).toMatchObject({ ok: true })
  })

  it('attaches to nobody after a kill', async () => {
    const folder = join(place, 'killed')
    const served = await serveDesk('--data', folder)
    served.process.kill('SIGKILL')
    await served.stop()
    expect(readdirSync(folder)).toContain('endpoint.json')
    expect((await loopdesk('list', 'orders', '--data', folder)).json).toMatchObject({ ok: true })
  })
})
