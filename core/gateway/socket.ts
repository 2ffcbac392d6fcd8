import type { FastifyInstance } from 'fastify'
import type { WebSocket } from 'ws'
import * as z from 'zod'
import { accept } from '#shared/domain/kernel/refusal.ts'
import { findSession } from '../features/session/sessions.ts'
import { findWall, isWallToken, onWallRevoked } from '../features/wall/tokens.ts'
import type { App } from '../app.ts'
import { LOCAL, type Principal } from '../kernel/access.ts'
import { admit } from './identify.ts'
import type { Stream } from './stream.ts'

/** Application close codes (RFC 6455, 7.4.2): the client tells from them whether to sign in again or to reconnect. */
const BAD_MESSAGE = 4400
const UNAUTHENTICATED = 4401
const SLOW_CLIENT = 4429

const SAY_WHO_MS = 10_000
const HEARTBEAT_MS = 30_000
/** What a client has not taken yet; more means that it sleeps or drowns, and it starts anew when it is back. */
const MOST_UNSENT_BYTES = 1024 * 1024

const hello = z.object({ token: z.string().max(100) })
const wish = z.object({ subscribe: z.array(z.string().max(60)).max(30) })

/**
 * `GET /api/stream`: the first message is `{token}`, then `{subscribe: [topics]}` as often as wished; the last counts.
 * Browsers cannot set headers on a WebSocket, and an address would end up in logs: hence the token in a message.
 */
export function addStream(
  server: FastifyInstance,
  app: App,
  stream: Stream,
  exposed: boolean,
  isLocal: (token: string) => boolean,
): void {
  server.get('/api/stream', { websocket: true }, (socket: WebSocket) => {
    let principal: Principal | undefined
    let token = ''
    let stop: (() => void) | undefined
    let alive = true

    const tooLate = setTimeout(() => socket.close(UNAUTHENTICATED, 'no token'), SAY_WHO_MS)
    const heartbeat = setInterval(() => {
      if (!alive) return socket.terminate()
      alive = false
      socket.ping()
      if (principal && !principal.local && !isStillSignedIn()) socket.close(UNAUTHENTICATED, 'session ended')
    }, HEARTBEAT_MS)
    const isStillSignedIn = (): boolean =>
      isWallToken(token)
        ? findWall(app.db, token, app.clock()) !== undefined
        : findSession(app.db, token, app.clock(), 'look') !== undefined
    const stopRevoking = onWallRevoked(app.db, (wall) => {
      if (principal?.wall === wall) socket.close(UNAUTHENTICATED, 'revoked')
    })

    // Whoever is let go hears nothing more; a heartbeat later would be too late.
    const stopWatching = app.pipeline.onCommitted((touched) => {
      const isMine = touched.some(({ kind, id }) => kind === 'user' && id === principal?.actor.id)
      if (isMine && !principal?.local && !isStillSignedIn()) socket.close(UNAUTHENTICATED, 'session ended')
    })

    const send = (text: string): void => {
      if (socket.bufferedAmount > MOST_UNSENT_BYTES) {
        socket.close(SLOW_CLIENT, 'too slow')
        stop?.()
        return
      }
      socket.send(text)
    }

    socket.on('pong', () => (alive = true))
    socket.on('close', () => {
      clearTimeout(tooLate)
      clearInterval(heartbeat)
      stopRevoking()
      stopWatching()
      stop?.()
    })
    socket.on('message', (data) => {
      const message = parse(String(data))
      if (!principal) {
        const said = hello.safeParse(message)
        if (!said.success) return socket.close(BAD_MESSAGE, 'first message: {token}')
        token = said.data.token
        const caller = isLocal(token) ? accept(LOCAL) : admit(app, { token, exposed })
        if (!caller.ok) return socket.close(UNAUTHENTICATED, caller.refusal.code)
        clearTimeout(tooLate)
        principal = caller.value
        return send(JSON.stringify({ signedIn: principal.actor.id }))
      }
      const wished = wish.safeParse(message)
      if (!wished.success) return socket.close(BAD_MESSAGE, '{subscribe: [topics]}')
      stop?.()
      const subscription = stream.subscribe(principal, wished.data.subscribe, send)
      stop = subscription.stop
      send(JSON.stringify({ subscribed: wished.data.subscribe, refused: subscription.refused }))
    })
  })
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
