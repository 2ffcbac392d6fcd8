import { request } from 'node:http'
import { serveHttp, type HttpService } from '#core/gateway/http.ts'
import { Stream } from '#core/gateway/stream.ts'
import { TestDesk } from './desk.ts'

export const LOCAL_TOKEN = 'local-token-of-this-test'

export interface Answer {
  status: number
  headers: Record<string, string | string[] | undefined>
  body: { error?: { code: string; message: string; field?: string; params?: object } } & Record<
    string,
    unknown
  >
}

export const bearer = (token: string) => ({ authorization: `Bearer ${token}` })

/** A demo desk behind HTTP, with tokens of an administrator and a dispatcher. */
export class GatewayDesk {
  readonly desk: TestDesk
  readonly stream: Stream
  readonly service: HttpService
  readonly admin: string
  readonly dispatcher: string

  private constructor(desk: TestDesk, stream: Stream, service: HttpService, admin: string, dispatcher: string) {
    this.desk = desk
    this.stream = stream
    this.service = service
    this.admin = admin
    this.dispatcher = dispatcher
  }

  static async open(): Promise<GatewayDesk> {
    const desk = await TestDesk.demo()
    const stream = new Stream(desk.app)
    const service = await serveHttp(desk.app, stream, { localToken: LOCAL_TOKEN, signInsPerMinute: 10 })
    return new GatewayDesk(desk, stream, service, await desk.signIn('admin'), await desk.signIn('dispatcher'))
  }

  async close(): Promise<void> {
    this.stream.close()
    await this.service.close()
    this.desk.close()
  }

  /** Not fetch: it sets Host and Origin itself. */
  async send(
    path: string,
    body?: string | Buffer,
    headers: Record<string, string> = {},
    method = body === undefined ? 'GET' : 'POST',
  ): Promise<Answer> {
    const url = new URL(path, this.service.url)
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

  command(name: string, body: unknown, headers: Record<string, string> = bearer(this.admin)): Promise<Answer> {
    return this.send(`/api/commands/${name}`, typeof body === 'string' ? body : JSON.stringify(body), headers)
  }

  events(): number {
    return (this.desk.app.db.raw.prepare('SELECT count(*) AS n FROM event').get() as { n: number }).n
  }
}
