import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { listenProblem, serveHttp } from '#core/gateway/http.ts'
import { TestDesk } from '../support/desk.ts'
import { bearer, GatewayDesk, LOCAL_TOKEN } from '../support/gatewayDesk.ts'

const HOUR = 3_600_000

let gateway: GatewayDesk
beforeAll(async () => {
  gateway = await GatewayDesk.open()
})
afterAll(() => gateway.close())

const send: GatewayDesk['send'] = (...asked) => gateway.send(...asked)
const command: GatewayDesk['command'] = (...asked) => gateway.command(...asked)

const user = (login: string) => ({ login, displayName: '新同事', roles: ['engineer'] })

describe('commands over HTTP', () => {
  it('answer with the result, once for the same id', async () => {
    const body = { id: randomUUID(), input: user('once.only') }
    const first = await command('user.add', body)
    const count = gateway.events()
    expect(first).toMatchObject({ status: 200, body: { id: 'once.only' } })
    expect((await command('user.add', body)).body).toEqual(first.body)
    expect(gateway.events()).toBe(count)
    const other = await command('user.add', { ...body, input: user('other.one') })
    expect(other).toMatchObject({ status: 409, body: { error: { code: 'commandIdReused', field: 'id' } } })
  })

  it('know a UUID again in upper and in lower case', async () => {
    const id = randomUUID()
    const first = await command('user.add', { id: id.toUpperCase(), input: user('one.uuid') })
    const count = gateway.events()
    expect(first).toMatchObject({ status: 200, body: { id: 'one.uuid' } })
    expect((await command('user.add', { id, input: user('one.uuid') })).body).toEqual(first.body)
    const other = await command('user.add', { id, input: user('another.one') })
    expect(other).toMatchObject({ status: 409, body: { error: { code: 'commandIdReused', field: 'id' } } })
    expect(gateway.events()).toBe(count)
  })

  it('end an order only for those who answer for it; closing a finished one is everyday work', async () => {
    const ways = [
      ['cancel', { reason: 'x' }],
      ['reopen', { reason: 'x' }],
      ['merge', { into: 'o2' }],
      ['resolveBySelf', { reason: 'x' }],
      ['close', {}],
    ] as const
    const answers = async (login: string) => {
      const token = await gateway.desk.signIn(login)
      const code = async (name: string, more: object) => {
        const input = { order: 'o1', base: 'A'.repeat(22), ...more }
        return (await command(`workOrder.${name}`, { input }, bearer(token))).body.error?.code
      }
      return Promise.all(ways.map(([name, more]) => code(name, more)))
    }
    const [no, asked] = ['forbidden', 'unknownOrder']
    for (const login of ['engineer', 'parts']) expect(await answers(login)).toEqual([no, no, no, no, asked])
    for (const login of ['dispatcher', 'lead', 'supervisor', 'director', 'admin']) {
      expect(await answers(login)).toEqual([asked, asked, asked, asked, asked])
    }
    const bulk = { orders: [{ order: 'o1', base: 'A'.repeat(22) }], action: { name: 'cancel', reason: 'x' } }
    const engineer = bearer(await gateway.desk.signIn('engineer'))
    expect((await command('workOrder.bulk', { input: bulk }, engineer)).body.error?.code).toBe('forbidden')
  })

  it('are refused in the language of the caller', async () => {
    const ask = (language: string) =>
      send('/api/queries/user.list', '{"input":{}}', { 'accept-language': language })
    expect((await ask('en-GB,en;q=0.9')).body.error?.message).toMatch(/sign in/)
    expect((await ask('zh-CN')).body.error?.message).toMatch(/登录/)
    expect((await ask('fr')).body.error?.message).toMatch(/登录/)
  })

  it('name permission, and never reach what the program keeps to itself', async () => {
    const refused = await command('user.add', { input: user('not.allowed') }, bearer(gateway.dispatcher))
    expect(refused).toMatchObject({
      status: 403,
      body: { error: { code: 'forbidden', params: { action: 'manage', subject: 'User' } } },
    })
    const own = await command('user.notePassword', { input: { user: 'admin', by: 'self' } })
    expect(own).toMatchObject({ status: 404, body: { error: { code: 'unknownCommand' } } })
    const local = await command(
      'user.notePassword',
      { input: { user: 'admin', by: 'self' } },
      bearer(LOCAL_TOKEN),
    )
    expect(local.status).toBe(404)
  })

  it('backdate by permission, 72 h at most, never into the future', async () => {
    const at = (ms: number, token: string) =>
      command(
        'user.rename',
        { at: gateway.desk.now + ms, input: { user: 'engineer', displayName: `改 ${ms}` } },
        bearer(token),
      )
    expect((await at(-15 * 60_000, gateway.admin)).status).toBe(200)
    expect((await at(-HOUR, gateway.admin)).status).toBe(200)
    expect((await at(-72 * HOUR - 1, gateway.admin)).body.error).toMatchObject({
      code: 'backdateTooFar',
      field: 'at',
    })
    expect((await at(3 * 60_000, gateway.admin)).body.error).toMatchObject({ code: 'futureTime', field: 'at' })
    const register = (ms: number) =>
      command('customer.register', { at: gateway.desk.now + ms, input: { name: '华东包装' } }, bearer(gateway.dispatcher))
    expect((await register(-15 * 60_000 - 1)).body.error).toMatchObject({
      code: 'backdateForbidden',
      field: 'at',
      params: { minutes: 15 },
    })
    expect((await register(-15 * 60_000)).body.error?.code).not.toBe('backdateForbidden')
  })

  it('answer a repetition as before, however late it comes', async () => {
    const other = await TestDesk.demo()
    const rename = async (at: number, id: string) =>
      other.call(
        'command',
        'user.rename',
        { user: 'engineer', displayName: '陈立立' },
        { id, at, token: await other.signIn('admin') },
      )
    const [at, id] = [other.now, randomUUID()]
    const first = await rename(at, id)
    expect(first.status).toBe(200)
    other.now += 80 * HOUR
    expect(await rename(at, id)).toEqual(first)
    expect((await rename(at, randomUUID())).body.error?.code).toBe('backdateTooFar')
    other.close()
  })

  it('count sign-ins', async () => {
    const signIn = () => command('session.signIn', { input: { login: 'ghost', password: 'x' } }, {})
    const statuses: number[] = []
    for (let i = 0; i < 11; i++) statuses.push((await signIn()).status)
    expect(statuses[10]).toBe(429)
    expect((await signIn()).body.error?.code).toBe('tooManyRequests')
  })
})

describe('the listener', () => {
  it('says that it is healthy, and what it offers', async () => {
    expect(await send('/api/health')).toMatchObject({ status: 200, body: { ok: true } })
    const { body } = await send('/api/openapi.json')
    expect(body).toMatchObject({ openapi: '3.1.0' })
    expect(body['paths']).toHaveProperty(['/api/commands/user.add'])
  })

  it('lets no script in from elsewhere', async () => {
    const { headers } = await send('/')
    expect(headers['content-security-policy']).toMatch(/default-src 'none';script-src 'self';/)
    expect(headers['x-content-type-options']).toBe('nosniff')
    expect(headers['x-frame-options']).toBe('DENY')
  })

  it('refuses plain HTTP where others reach it', () => {
    expect(listenProblem({})).toBeUndefined()
    expect(listenProblem({ host: '127.0.0.5' })).toBeUndefined()
    expect(listenProblem({ host: '::1' })).toBeUndefined()
    expect(listenProblem({ host: '0.0.0.0' })).toBe('plainHttpRefused')
    expect(listenProblem({ host: '192.168.1.5' })).toBe('plainHttpRefused')
    expect(listenProblem({ host: '0.0.0.0', behindProxy: true })).toBeUndefined()
  })

  it('refuses demo accounts where others reach it', async () => {
    const outside = await serveHttp(gateway.desk.app, gateway.stream, { host: '0.0.0.0', behindProxy: true })
    const { port } = new URL(outside.url)
    const answer = await fetch(`http://127.0.0.1:${port}/api/queries/session.current`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...bearer(gateway.admin) },
      body: '{"input":{}}',
    })
    expect(answer.status).toBe(403)
    expect(await answer.json()).toMatchObject({ error: { code: 'demoAccountRefused' } })
    await outside.close()
  })
})

describe('files', () => {
  const png = Buffer.from('89504e470d0a1a0a', 'hex')

  it('are stored by their hash and handed out harmlessly', async () => {
    const { body } = await send('/api/blobs', png, { ...bearer(gateway.dispatcher), 'content-type': 'image/png' })
    expect(body).toMatchObject({ size: png.length })
    const path = `/api/blobs/${String(body['hash'])}`
    const image = await send(
      `${path}?type=image/png&name=${encodeURIComponent('现场"照片.png')}`,
      undefined,
      bearer(gateway.dispatcher),
    )
    expect(image.headers).toMatchObject({
      'content-type': 'image/png',
      'content-length': '8',
      'x-content-type-options': 'nosniff',
    })
    expect(image.headers['content-disposition']).toBe(
      "inline; filename*=UTF-8''%E7%8E%B0%E5%9C%BA%22%E7%85%A7%E7%89%87.png",
    )
    for (const type of ['text/html', 'image/svg+xml', 'application/javascript', '']) {
      const page = await send(`${path}?type=${type}`, undefined, bearer(gateway.dispatcher))
      expect(page.headers['content-type']).toBe('application/octet-stream')
      expect(page.headers['content-disposition']).toMatch(/^attachment;/)
    }
  })

  it('need a session, a permission and a hash', async () => {
    expect((await send('/api/blobs', png, { 'content-type': 'image/png' })).status).toBe(401)
    const finance = await gateway.desk.signIn('finance')
    expect(
      (await send('/api/blobs', png, { ...bearer(finance), 'content-type': 'image/png' })).body.error?.code,
    ).toBe('forbidden')
    for (const hash of ['0'.repeat(64), '..%2f..%2floopdesk.db', 'x']) {
      expect((await send(`/api/blobs/${hash}`, undefined, bearer(gateway.dispatcher))).body.error?.code).toBe(
        'notFound',
      )
    }
  })
})
