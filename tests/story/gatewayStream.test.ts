import { once } from 'node:events'
import { request } from 'node:https'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import { serveHttp, type HttpService } from '#core/gateway/http.ts'
import { Stream } from '#core/gateway/stream.ts'
import type { Principal } from '#core/kernel/access.ts'
import type { Card } from '#shared/contract/board.ts'
import { TestDesk } from '../support/desk.ts'
import { tls } from '../support/tls.ts'

let desk: TestDesk
let stream: Stream
let service: HttpService
let dispatcher: string

beforeAll(async () => {
  desk = await TestDesk.demo()
  stream = new Stream(desk.app)
  service = await serveHttp(desk.app, stream)
  dispatcher = await desk.signIn('dispatcher')
})
afterAll(async () => {
  stream.close()
  await service.close()
  desk.close()
})

const connect = (headers: Record<string, string> = {}, url = service.url) =>
  new WebSocket(`${url.replace('http', 'ws')}/api/stream`, { headers })

async function opened(url?: string): Promise<WebSocket> {
  const socket = connect({}, url)
  await once(socket, 'open')
  return socket
}

async function next(socket: WebSocket): Promise<Record<string, unknown>> {
  const [data] = (await once(socket, 'message')) as [Buffer]
  return JSON.parse(data.toString()) as Record<string, unknown>
}

async function listening(topics: string[], url?: string): Promise<WebSocket> {
  const socket = await opened(url)
  socket.send(JSON.stringify({ token: dispatcher }))
  expect(await next(socket)).toEqual({ signedIn: 'dispatcher' })
  socket.send(JSON.stringify({ subscribe: topics }))
  expect(await next(socket)).toMatchObject({ subscribed: topics })
  return socket
}

async function register(symptom: string): Promise<{ order: string; base: string | undefined }> {
  const input = { customer: { name: `客户 ${symptom}` }, channel: 'phone', fields: { faultSymptom: symptom } }
  const { status, body } = await desk.call('command', 'workOrder.register', input, { token: dispatcher })
  expect(status, JSON.stringify(body)).toBe(200)
  const order = String(body['order'])
  return { order, base: (body['heads'] as Record<string, string>)[`workOrder:${order}`] }
}

describe('the stream', () => {
  it('takes a token, then topics, and says which there are not', async () => {
    const socket = await opened()
    socket.send(JSON.stringify({ token: dispatcher }))
    await next(socket)
    socket.send(JSON.stringify({ subscribe: ['board', 'gossip'] }))
    expect(await next(socket)).toEqual({ subscribed: ['board', 'gossip'], refused: ['gossip'] })
    socket.close()
    await once(socket, 'close')
  })

  it('tells what changed after the commit, a burst in one message', async () => {
    const socket = await listening(['board'])
    const told = next(socket)
    await register('激光不出光')
    await register('标刻不清')
    const { topic, message } = (await told) as { topic: string; message: { cards: Card[] } }
    expect(topic).toBe('board')
    expect(message.cards.map(({ symptom }) => symptom).sort()).toEqual(['标刻不清', '激光不出光'].sort())
    socket.close()
  })

  it('tells only what is subscribed', async () => {
    const socket = await listening(['board'])
    socket.send(JSON.stringify({ subscribe: [] }))
    expect(await next(socket)).toMatchObject({ subscribed: [] })
    await register('没人听')
    socket.send(JSON.stringify({ subscribe: ['board'] }))
    expect(await next(socket)).toMatchObject({ subscribed: ['board'] })
    socket.close()
  })

  it('ends at once for whoever is let go', async () => {
    const admin = await desk.signIn('admin')
    const rnd = await desk.signIn('rnd')
    const socket = await opened()
    socket.send(JSON.stringify({ token: rnd }))
    await next(socket)
    const closed = once(socket, 'close')
    expect((await desk.call('command', 'user.disable', { user: 'rnd', reason: '离职' }, { token: admin })).status).toBe(200)
    expect((await closed)[0]).toBe(4401)
  }, 20_000)

  it('asks to reload where too much changed to tell', async () => {
    const socket = await listening(['board'])
    const told = next(socket)
    const actor = { kind: 'user', id: 'admin' } as const
    desk.app.pipeline.executeAll(
      Array.from({ length: 501 }, (_, index) => ({
        id: `many-${index}`,
        name: 'customer.register',
        input: { name: `客户 ${index}` },
        actor,
      })),
    )
    expect(await told).toEqual({ topic: 'board', reload: true })
    socket.close()
  })

  it.each([
    ['a bad token', JSON.stringify({ token: 'x' }), 4401],
    ['no token', JSON.stringify({ subscribe: ['board'] }), 4400],
    ['no JSON', 'hello', 4400],
  ])('closes on %s', async (_name, text, code) => {
    const socket = await opened()
    socket.send(text)
    const [closed] = (await once(socket, 'close')) as [number]
    expect(closed).toBe(code)
  })

  it.each([
    ['host', 'evil.example'],
    ['origin', 'http://evil.example'],
  ])('is closed to a foreign %s', async (name, value) => {
    const socket = connect({ [name]: value })
    const [error] = (await once(socket, 'error')) as [Error]
    expect(error.message).toMatch(/421|403/)
  })

  it('drops a client that does not keep up', async () => {
    class Flood extends Stream {
      override subscribe(principal: Principal, names: readonly string[], send: (text: string) => void) {
        const subscription = super.subscribe(principal, names, send)
        setImmediate(() => {
          for (let i = 0; i < 40; i++) send('x'.repeat(1024 * 1024))
        })
        return subscription
      }
    }
    const flood = new Flood(desk.app)
    const flooded = await serveHttp(desk.app, flood)
    const socket = await listening(['board'], flooded.url)
    let bytes = 0
    socket.on('message', (data: Buffer) => (bytes += data.length))
    const [code] = (await once(socket, 'close')) as [number]
    expect(code).toBe(4429)
    expect(bytes).toBeLessThan(30 * 1024 * 1024)
    await flooded.close()
    flood.close()
  })
})

describe('two people and one order', () => {
  it('the second, on older sight, is refused with nothing half-done', async () => {
    const { order, base } = await register('两人同时改')
    const change = (symptom: string) =>
      desk.call(
        'command',
        'workOrder.changeFields',
        { order, base, fields: { faultSymptom: symptom } },
        { token: dispatcher },
      )
    expect((await change('先改的')).status).toBe(200)
    const count = () => (desk.app.db.raw.prepare('SELECT count(*) AS n FROM event').get() as { n: number }).n
    const before = count()
    expect(await change('后改的')).toMatchObject({
      status: 409,
      body: { error: { code: 'stale', field: 'base' } },
    })
    expect(count()).toBe(before)
  })
})

describe('TLS', () => {
  it('serves its own certificate where others reach it, by the names that it was given', async () => {
    const secure = await serveHttp(desk.app, stream, { host: '0.0.0.0', tls, names: ['desk.example'] })
    const { port } = new URL(secure.url)
    const health = (host: string) =>
      new Promise<{ status: number | undefined; hsts: string | undefined }>((resolve, reject) => {
        const options = {
          host: '127.0.0.1',
          port,
          path: '/api/health',
          ca: tls.cert,
          servername: 'desk.example',
        }
        request({ ...options, headers: { host } }, (response) => {
          response.resume()
          resolve({ status: response.statusCode, hsts: response.headers['strict-transport-security'] })
        })
          .on('error', reject)
          .end()
      })
    expect(await health(`desk.example:${port}`)).toEqual({
      status: 200,
      hsts: expect.stringMatching(/^max-age=\d+/) as string,
    })
    expect((await health('elsewhere.example')).status).toBe(421)
    await secure.close()
  })
})
