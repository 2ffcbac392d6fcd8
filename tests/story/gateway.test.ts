import { randomUUID } from 'node:crypto'
import { request } from 'node:http'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { listenProblem, serveHttp, type HttpService } from '#core/gateway/http.ts'
import { Stream } from '#core/gateway/stream.ts'
import { TestDesk } from '../support/desk.ts'

const LOCAL_TOKEN = 'local-token-of-this-test'
const HOUR = 3_600_000

let desk: TestDesk
let stream: Stream
let service: HttpService
let admin: string
let dispatcher: string

beforeAll(async () => {
  desk = await TestDesk.demo()
  stream = new Stream(desk.app)
  service = await serveHttp(desk.app, stream, { localToken: LOCAL_TOKEN, signInsPerMinute: 10 })
  admin = await desk.signIn('admin')
  dispatcher = await desk.signIn('dispatcher')
})
afterAll(async () => {
  stream.close()
  await service.close()
  desk.close()
})

interface Answer {
  status: number
  headers: Record<string, string | string[] | undefined>
  body: { error?: { code: string; message: string; field?: string; params?: object } } & Record<
    string,
    unknown
  >
}

/** Not fetch: it sets Host and Origin itself. */
async function send(
  path: string,
  body?: string | Buffer,
  headers: Record<string, string> = {},
  method = body === undefined ? 'GET' : 'POST',
): Promise<Answer> {
  const url = new URL(path, service.url)
  return new Promise((resolve, reject) => {
    const asked = request(
      url,
      { method, headers: { ...(body !== undefined && { 'content-type': 'application/json' }), ...headers } },
      (response) => {
        const chunks: Buffer[] = []
        response.on('data', (chunk: Buffer) => chunks.push(chunk))
        response.on('end', () => {
          const text = Buffer.concat(chunks).toString()
          const isJson = response.headers['content-type']?.startsWith('application/json')
          resolve({
            status: response.statusCode ?? 0,
            headers: response.headers,
            body: (isJson ? JSON.parse(text) : { text }) as Answer['body'],
          })
        })
      },
    )
    asked.on('error', reject)
    asked.end(body)
  })
}

const bearer = (token: string) => ({ authorization: `Bearer ${token}` })
const command = (name: string, body: unknown, headers: Record<string, string> = bearer(admin)) =>
  send(`/api/commands/${name}`, typeof body === 'string' ? body : JSON.stringify(body), headers)
const events = (): number =>
  (desk.app.db.raw.prepare('SELECT count(*) AS n FROM event').get() as { n: number }).n

const user = (login: string) => ({ login, displayName: '新同事', roles: ['engineer'] })

describe('commands over HTTP', () => {
  it('answer with the result, once for the same id', async () => {
    const body = { id: randomUUID(), input: user('once.only') }
    const first = await command('user.add', body)
    const count = events()
    expect(first).toMatchObject({ status: 200, body: { id: 'once.only' } })
    expect((await command('user.add', body)).body).toEqual(first.body)
    expect(events()).toBe(count)
    const other = await command('user.add', { ...body, input: user('other.one') })
    expect(other).toMatchObject({ status: 409, body: { error: { code: 'commandIdReused', field: 'id' } } })
  })

  it('know a UUID again in upper and in lower case', async () => {
    const id = randomUUID()
    const first = await command('user.add', { id: id.toUpperCase(), input: user('one.uuid') })
    const count = events()
    expect(first).toMatchObject({ status: 200, body: { id: 'one.uuid' } })
    expect((await command('user.add', { id, input: user('one.uuid') })).body).toEqual(first.body)
    const other = await command('user.add', { id, input: user('another.one') })
    expect(other).toMatchObject({ status: 409, body: { error: { code: 'commandIdReused', field: 'id' } } })
    expect(events()).toBe(count)
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
      const token = await desk.signIn(login)
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
    const engineer = bearer(await desk.signIn('engineer'))
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
    const refused = await command('user.add', { input: user('not.allowed') }, bearer(dispatcher))
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
        { at: desk.now + ms, input: { user: 'engineer', displayName: `改 ${ms}` } },
        bearer(token),
      )
    expect((await at(-15 * 60_000, admin)).status).toBe(200)
    expect((await at(-HOUR, admin)).status).toBe(200)
    expect((await at(-72 * HOUR - 1, admin)).body.error).toMatchObject({
      code: 'backdateTooFar',
      field: 'at',
    })
    expect((await at(3 * 60_000, admin)).body.error).toMatchObject({ code: 'futureTime', field: 'at' })
    const register = (ms: number) =>
      command('customer.register', { at: desk.now + ms, input: { name: '华东包装' } }, bearer(dispatcher))
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

describe('bad input', () => {
  const refused: [string, () => Promise<Answer>, number, string, string?][] = [
    ['unknown command', () => command('workOrder.fly', { input: {} }), 404, 'unknownCommand', 'name'],
    [
      'unknown query',
      () => send('/api/queries/workOrder.fly', '{"input":{}}', bearer(admin)),
      404,
      'unknownQuery',
      'name',
    ],
    ['a query as a command', () => command('user.list', { input: {} }), 404, 'unknownCommand'],
    ['name of Object', () => command('constructor', { input: {} }), 404, 'unknownCommand'],
    [
      'wrong type',
      () => command('user.rename', { input: { user: 'engineer', displayName: 7 } }),
      422,
      'invalidInput',
      'displayName',
    ],
    [
      'missing field',
      () => command('user.rename', { input: { user: 'engineer' } }),
      422,
      'invalidInput',
      'displayName',
    ],
    [
      'unknown role',
      () => command('user.add', { input: { ...user('x.y'), roles: ['king'] } }),
      422,
      'invalidInput',
      'roles.0',
    ],
    ['no input', () => command('user.rename', {}), 422, 'invalidInput'],
    [
      'id that is no UUID',
      () => command('user.add', { id: 'fire:1', input: user('x.y') }),
      422,
      'invalidInput',
      'id',
    ],
    [
      'id of another type',
      () => command('user.add', { id: 7, input: user('x.y') }),
      422,
      'invalidInput',
      'id',
    ],
    [
      'time of another type',
      () => command('user.add', { at: 'now', input: user('x.y') }),
      422,
      'invalidInput',
      'at',
    ],
    [
      'time with a fraction',
      () => command('user.add', { at: 1.5, input: user('x.y') }),
      422,
      'invalidInput',
      'at',
    ],
    ['list as a body', () => command('user.add', []), 400, 'badRequest', 'body'],
    ['null as a body', () => command('user.add', 'null'), 400, 'badRequest', 'body'],
    ['malformed JSON', () => command('user.add', '{"input":'), 400, 'malformedJson', 'body'],
    ['empty body', () => command('user.add', ''), 400, 'badRequest', 'body'],
    [
      'form',
      () => command('user.add', 'input=1', { 'content-type': 'application/x-www-form-urlencoded' }),
      415,
      'unsupportedMediaType',
      'content-type',
    ],
    [
      'text',
      () => command('user.add', '{"input":{}}', { 'content-type': 'text/plain' }),
      415,
      'unsupportedMediaType',
      'content-type',
    ],
    [
      'oversized',
      () => command('user.add', { input: { ...user('x.y'), displayName: 'x'.repeat(300_000) } }),
      413,
      'tooLarge',
      'body',
    ],
    [
      'too long a name',
      () => command('user.add', { input: { ...user('x.y'), displayName: 'x'.repeat(81) } }),
      422,
      'invalidInput',
      'displayName',
    ],
    [
      '10,000 deep',
      () => command('user.add', `{"input":${'['.repeat(10_000)}${']'.repeat(10_000)}}`),
      422,
      'invalidInput',
      'input',
    ],
    [
      'deep in an unknown field',
      () => command('user.add', `{"input":{"x":${'{"a":'.repeat(9_000)}1${'}'.repeat(9_000)}}}`),
      422,
      'invalidInput',
      'input',
    ],
    [
      'prototype',
      () => command('user.add', '{"input":{"__proto__":{"login":"x.y"}}}'),
      400,
      'malformedJson',
      'body',
    ],
    [
      'lone surrogate',
      () => command('user.add', '{"input":{"login":"x.y","displayName":"\\ud800","roles":["admin"]}}'),
      422,
      'invalidInput',
      'displayName',
    ],
    [
      'NUL',
      () => command('user.add', '{"input":{"login":"x.y","displayName":"a\\u0000b","roles":["admin"]}}'),
      422,
      'invalidInput',
      'displayName',
    ],
    [
      'surrogate in an unknown field',
      () =>
        command('user.add', '{"input":{"login":"x.y","displayName":"a","roles":["admin"],"more":"\\udfff"}}'),
      422,
      'invalidInput',
      'more',
    ],
    [
      'misspelt key',
      () => command('user.rename', { input: { user: 'engineer', displayName: 'x', basis: 'A'.repeat(22) } }),
      422,
      'invalidInput',
      'basis',
    ],
    [
      'misspelt key inside',
      () =>
        command('workOrder.setPromise', {
          input: { order: 'o1', base: 'A'.repeat(22), promise: { step: 'x', waitsOn: 'us', by: 1, whom: 'user:x' } },
        }),
      422,
      'invalidInput',
      'promise.whom',
    ],
    [
      'misspelt key of a query',
      () => send('/api/queries/board.page', '{"input":{"filter":{"ownr":"x"}}}', bearer(admin)),
      422,
      'invalidInput',
      'filter.ownr',
    ],
    ['no token', () => command('user.add', { input: user('x.y') }, {}), 401, 'unauthenticated'],
    [
      'bad token',
      () => command('user.add', { input: user('x.y') }, bearer('x'.repeat(43))),
      401,
      'unauthenticated',
    ],
    [
      'endless token',
      () => command('user.add', { input: user('x.y') }, bearer('x'.repeat(5000))),
      401,
      'unauthenticated',
    ],
    [
      'another scheme',
      () => command('user.add', { input: user('x.y') }, { authorization: 'Basic YTpi' }),
      401,
      'unauthenticated',
    ],
    [
      'forbidden role',
      () => command('user.add', { input: user('x.y') }, bearer(dispatcher)),
      403,
      'forbidden',
    ],
    [
      'stale version',
      () => command('user.rename', { input: { user: 'engineer', displayName: 'x', base: 'A'.repeat(22) } }),
      409,
      'stale',
      'base',
    ],
    [
      'foreign Host',
      () => command('user.add', { input: user('x.y') }, { ...bearer(admin), host: 'evil.example' }),
      421,
      'hostRefused',
      'host',
    ],
    [
      'foreign Origin',
      () => command('user.add', { input: user('x.y') }, { ...bearer(admin), origin: 'https://evil.example' }),
      403,
      'originRefused',
      'origin',
    ],
    [
      'Origin null',
      () => command('user.add', { input: user('x.y') }, { ...bearer(admin), origin: 'null' }),
      403,
      'originRefused',
      'origin',
    ],
    [
      'Origin of another port',
      () => command('user.add', { input: user('x.y') }, { ...bearer(admin), origin: 'http://127.0.0.1:1' }),
      403,
      'originRefused',
      'origin',
    ],
    ['unknown address', () => send('/api/nothing', '{}'), 404, 'notFound', 'url'],
    ['way out of the pages', () => send('/..%2f..%2fpackage.json'), 404, 'notFound', 'url'],
  ]

  it.each(refused)('%s', async (_name, ask, status, code, field) => {
    const count = events()
    const answer = await ask()
    expect(answer.body.error).toMatchObject({ code, ...(field !== undefined && { field }) })
    expect(answer.status).toBe(status)
    expect(answer.body.error?.message).toMatch(/\p{Script=Han}/u)
    expect(JSON.stringify(answer.body)).not.toMatch(/\bat .*\.ts:|node_modules/)
    expect(events()).toBe(count)
  })

  it('leaves Object as it was', () => {
    expect(({} as Record<string, unknown>)['login']).toBeUndefined()
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
    const outside = await serveHttp(desk.app, stream, { host: '0.0.0.0', behindProxy: true })
    const { port } = new URL(outside.url)
    const answer = await fetch(`http://127.0.0.1:${port}/api/queries/session.current`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...bearer(admin) },
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
    const { body } = await send('/api/blobs', png, { ...bearer(dispatcher), 'content-type': 'image/png' })
    expect(body).toMatchObject({ size: png.length })
    const path = `/api/blobs/${String(body['hash'])}`
    const image = await send(
      `${path}?type=image/png&name=${encodeURIComponent('现场"照片.png')}`,
      undefined,
      bearer(dispatcher),
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
      const page = await send(`${path}?type=${type}`, undefined, bearer(dispatcher))
      expect(page.headers['content-type']).toBe('application/octet-stream')
      expect(page.headers['content-disposition']).toMatch(/^attachment;/)
    }
  })

  it('need a session, a permission and a hash', async () => {
    expect((await send('/api/blobs', png, { 'content-type': 'image/png' })).status).toBe(401)
    const finance = await desk.signIn('finance')
    expect(
      (await send('/api/blobs', png, { ...bearer(finance), 'content-type': 'image/png' })).body.error?.code,
    ).toBe('forbidden')
    for (const hash of ['0'.repeat(64), '..%2f..%2floopdesk.db', 'x']) {
      expect((await send(`/api/blobs/${hash}`, undefined, bearer(dispatcher))).body.error?.code).toBe(
        'notFound',
      )
    }
  })
})
