import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Refusal } from '#shared/domain/kernel/refusal.ts'

const LOOPBACK_NAMES = ['127.0.0.1', 'localhost', '[::1]']

/** Whether nobody but this machine reaches the address. */
export const isLoopback = (host: string): boolean =>
  host === 'localhost' || host === '::1' || host === '[::1]' || /^127(\.\d{1,3}){3}$/.test(host)

type Refuse = (request: FastifyRequest, reply: FastifyReply, refusal: Refusal) => object

/**
 * Refuses requests that a page of another site sends: by a name that it made point here (DNS rebinding) the Host
 * header tells, on a direct request the Origin. Holds for the WebSocket too, which browsers let any page open.
 * @param names under which the listener is reached besides this machine's own; a wildcard address allows any
 */
export function hostGuard(names: readonly string[], refuse: Refuse) {
  const allowed = new Set([
    ...LOOPBACK_NAMES,
    ...names.map((name) => (name.includes(':') ? `[${name}]` : name)),
  ])
  const isAllowed = (host: string): boolean => allowed.has(host)
  return async (request: FastifyRequest, reply: FastifyReply): Promise<object | undefined> => {
    const host = parse(`http://${request.headers.host ?? ''}`)
    if (!host || !isAllowed(host.hostname))
      return reply.send(refuse(request, reply, { code: 'hostRefused', field: 'host' }))
    const { origin } = request.headers
    if (origin === undefined) return undefined
    if (parse(origin)?.host === host.host) return undefined
    return reply.send(refuse(request, reply, { code: 'originRefused', field: 'origin' }))
  }
}

function parse(url: string): URL | undefined {
  return URL.canParse(url) ? new URL(url) : undefined
}
