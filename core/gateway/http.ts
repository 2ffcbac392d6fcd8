import { createHash, randomUUID, timingSafeEqual } from 'node:crypto'
import helmet from '@fastify/helmet'
import rateLimit from '@fastify/rate-limit'
import websocket from '@fastify/websocket'
import fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify'
import { tileOrigin } from '#shared/domain/dispatch/tiles.ts'
import type { Refusal } from '#shared/domain/kernel/refusal.ts'
import { localeOf } from '#shared/i18n/refusalMessage.ts'
import type { App } from '../app.ts'
import { readSetting } from '../features/setting/read.ts'
import { LOCAL } from '../kernel/access.ts'
import { addBlobs } from './blobRoutes.ts'
import { dispatch, refusalReply, type Call } from './dispatch.ts'
import { hostGuard, isLoopback } from './hosts.ts'
import { admit } from './identify.ts'
import { logger } from './logger.ts'
import { openApi } from './openApi.ts'
import { addPages } from './pages.ts'
import { addStream } from './socket.ts'
import type { Stream } from './stream.ts'

const BODY_LIMIT = 256 * 1024
const CALL_TIMEOUT_MS = 120_000
const HEADERS_TIMEOUT_MS = 10_000
const SIGN_INS_PER_MINUTE = 30
const LAST_ANSWERS_MS = 3_000

export interface HttpOptions {
  /** Default 127.0.0.1. Any other address needs `tls` or `behindProxy`. */
  readonly host?: string
  /** 0 or absent: any free one. */
  readonly port?: number
  readonly tls?: { readonly cert: Buffer; readonly key: Buffer }
  /** A trusted proxy in front speaks TLS and sets X-Forwarded-*. */
  readonly behindProxy?: boolean
  /** Names under which a proxy or a DNS entry reaches this listener. */
  readonly names?: readonly string[]
  /** Bearer token of the data folder's owner, as in the endpoint file. */
  readonly localToken?: string
  /** Built pages; absent: `dist/renderer`. */
  readonly pages?: string
  readonly signInsPerMinute?: number
}

export interface HttpService {
  readonly url: string
  close(): Promise<void>
}

/** Why the options would open the desk to eavesdroppers; undefined when they do not. */
export function listenProblem(options: HttpOptions): string | undefined {
  if (isLoopback(options.host ?? '127.0.0.1') || options.tls || options.behindProxy) return undefined
  return 'plainHttpRefused'
}

/** Serves the contract over HTTP and WebSocket. Rejects when the address cannot be had. */
export async function serveHttp(app: App, stream: Stream, options: HttpOptions = {}): Promise<HttpService> {
  const host = options.host ?? '127.0.0.1'
  if (listenProblem(options)) throw new Error('plain HTTP on an address that others reach')
  const exposed = !isLoopback(host)
  const common = {
    bodyLimit: BODY_LIMIT,
    requestTimeout: CALL_TIMEOUT_MS,
    keepAliveTimeout: 30_000,
    forceCloseConnections: 'idle',
    trustProxy: options.behindProxy ?? false,
    routerOptions: { maxParamLength: 100 },
    // What the router itself refuses, such as an endless name, in the words of the contract too.
    frameworkErrors: (error: Error, request: FastifyRequest, reply: FastifyReply) => void onError(error, request, reply),
  } as const
  const server: FastifyInstance = options.tls
    ? (fastify({ ...common, https: options.tls }) as unknown as FastifyInstance)
    : fastify(common)
  server.server.headersTimeout = HEADERS_TIMEOUT_MS
  server.removeContentTypeParser('text/plain')
  server.setErrorHandler(onError)

  await server.register(helmet, headers(options.tls !== undefined || options.behindProxy === true, () => tileOrigin(readSetting(app.db, 'dispatch.tileUrl')) || "'self'"))
  await server.register(rateLimit, { global: false })
  await server.register(websocket, { options: { maxPayload: 64 * 1024 } })
  server.addHook(
    'onRequest',
    hostGuard(exposed ? [host, ...(options.names ?? [])] : (options.names ?? []), refuseRequest),
  )

  server.addHook('onRequest', (request, reply, next) => {
    // A stream stays open for hours; everything else is a call that is answered soon.
    if (request.headers.upgrade === undefined) reply.raw.once('close', app.attention.serve())
    next()
  })

  const { localToken } = options
  const isLocal = (token: string): boolean => localToken !== undefined && sameSecret(token, localToken)
  const identity = (
    request: FastifyRequest,
  ): Pick<Call, 'token' | 'principal' | 'audience' | 'exposed' | 'locale'> => {
    const token = /^Bearer ([\w.~+/-]+=*)$/i.exec(request.headers.authorization ?? '')?.[1]
    const locale = localeOf(request.headers['accept-language'])
    if (token !== undefined && isLocal(token)) {
      return { principal: LOCAL, audience: 'local', locale }
    }
    return { token, audience: 'desk', exposed, locale }
  }

  const answerCommand = async (
    request: FastifyRequest,
    reply: FastifyReply,
    name: string,
  ): Promise<object> => {
    const body = request.body
    if (!isRecord(body)) return refuseRequest(request, reply, { code: 'badRequest', field: 'body' })
    const { id, at } = body
    if (id !== undefined && typeof id !== 'string') return refuseRequest(request, reply, invalid('id'))
    if (at !== undefined && typeof at !== 'number') return refuseRequest(request, reply, invalid('at'))
    const { status, body: answer } = await dispatch(app, {
      kind: 'command',
      name,
      input: body['input'],
      id,
      at,
      ...identity(request),
    })
    reply.code(status)
    return answer
  }

  const signInLimit = { max: options.signInsPerMinute ?? SIGN_INS_PER_MINUTE, timeWindow: 60_000 }
  server.post('/api/commands/session.signIn', { config: { rateLimit: signInLimit } }, (request, reply) =>
    answerCommand(request, reply, 'session.signIn'),
  )
  server.post<{ Params: { name: string } }>('/api/commands/:name', (request, reply) =>
    answerCommand(request, reply, request.params.name),
  )
  server.post<{ Params: { name: string } }>('/api/queries/:name', async (request, reply) => {
    const body = request.body
    if (!isRecord(body)) return refuseRequest(request, reply, { code: 'badRequest', field: 'body' })
    const { name } = request.params
    const { status, body: answer } = await dispatch(app, {
      kind: 'query',
      name,
      input: body['input'],
      ...identity(request),
    })
    reply.code(status)
    return answer
  })
  server.get('/api/health', () => ({ ok: true, now: app.clock() }))
  server.get('/api/openapi.json', () => openApi())
  await addBlobs(server, app, { admit: (request) => admit(app, identity(request)), refuse: refuseRequest })
  addStream(server, app, stream, exposed, isLocal)
  await addPages(server, options.pages, refuseRequest)

  await server.listen({ host, port: options.port ?? 0 })
  const address = server.server.address()
  const port = typeof address === 'object' && address !== null ? address.port : options.port
  const shown = host.includes(':') ? `[${host}]` : host
  const url = `${options.tls ? 'https' : 'http'}://${shown}:${port}`
  return { url, close: () => closeGently(server) }
}

/** Whoever is being answered gets the answer; whoever takes too long is cut off. */
async function closeGently(server: FastifyInstance): Promise<void> {
  const patience = setTimeout(() => server.server.closeAllConnections(), LAST_ANSWERS_MS)
  await server.close()
  clearTimeout(patience)
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const invalid = (field: string): Refusal => ({
  code: 'invalidInput',
  field,
  params: { reason: 'wrong type' },
})

function refuseRequest(request: FastifyRequest, reply: FastifyReply, refusal: Refusal): object {
  const { status, body } = refusalReply(refusal, localeOf(request.headers['accept-language']))
  reply.code(status)
  return body
}

/** Digests have one length, whatever was sent. */
function sameSecret(sent: string, expected: string): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest()
  return timingSafeEqual(digest(sent), digest(expected))
}

/** What the parser, the limits and bugs throw, in the words of the contract. */
function onError(
  error: Error & { code?: string; statusCode?: number },
  request: FastifyRequest,
  reply: FastifyReply,
) {
  return reply.send(refuseRequest(request, reply, refusalOf(error, request, reply)))
}

function refusalOf(
  error: Error & { code?: string; statusCode?: number },
  request: FastifyRequest,
  reply: FastifyReply,
): Refusal {
  if (error.statusCode === 413) return { code: 'tooLarge', field: 'body', params: { limit: '256 KB' } }
  if (error.statusCode === 415) return { code: 'unsupportedMediaType', field: 'content-type' }
  if (error.statusCode === 429) {
    return { code: 'tooManyRequests', params: { seconds: Number(reply.getHeader('retry-after') ?? 60) } }
  }
  if (error instanceof SyntaxError || error.code === 'FST_ERR_CTP_INVALID_JSON_BODY') {
    return { code: 'malformedJson', field: 'body' }
  }
  if (error.statusCode !== undefined && error.statusCode < 500) return { code: 'badRequest', field: 'body' }
  const reference = randomUUID().slice(0, 8)
  logger.error({ err: error, reference, url: request.routeOptions.url }, 'a request failed')
  return { code: 'internal', params: { reference } }
}

/** No inline script, nothing from elsewhere but tiles of the map; styles set on elements by script are not inline styles to a browser. */
function headers(secure: boolean, tiles: () => string) {
  return {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        scriptSrc: ["'self'"],
        styleSrc: ["'self'"],
        styleSrcAttr: ["'unsafe-inline'"],
        imgSrc: ["'self'", 'data:', 'blob:', tiles],
        fontSrc: ["'self'"],
        mediaSrc: ["'self'", 'blob:'],
        connectSrc: ["'self'"],
        workerSrc: ["'self'"],
        manifestSrc: ["'self'"],
        baseUri: ["'none'"],
        formAction: ["'self'"],
        frameAncestors: ["'none'"],
      },
    },
    strictTransportSecurity: secure && { maxAge: 31_536_000 },
    referrerPolicy: { policy: 'no-referrer' as const },
    frameguard: { action: 'deny' as const },
  }
}
