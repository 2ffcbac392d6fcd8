import type { Call, Listener, Reply, Transport } from './transport.ts'
import { streamHub } from './stream.ts'

const ANSWER_WITHIN_MS = 15_000
const UPLOAD_WITHIN_MS = 300_000

/** The pages as a browser shows them: same origin, bearer token. */
export function httpTransport(): Transport {
  let token: string | null = null
  let ended: () => void = () => undefined
  const hub = streamHub(
    () => token,
    () => ended(),
  )

  async function post(path: string, body: BodyInit, type: string): Promise<Reply> {
    try {
      const response = await fetch(path, {
        method: 'POST',
        headers: { 'content-type': type, ...(token !== null && { authorization: `Bearer ${token}` }) },
        body,
        signal: AbortSignal.timeout(body instanceof Blob ? UPLOAD_WITHIN_MS : ANSWER_WITHIN_MS),
      })
      return { status: response.status, body: await response.json().catch(() => null) }
    } catch {
      return { status: 0, body: null }
    }
  }

  return {
    invoke({ kind, name, ...body }: Call) {
      return post(kind === 'command' ? `/api/commands/${name}` : `/api/queries/${name}`, JSON.stringify(body), 'application/json')
    },
    upload: (file) => post('/api/blobs', file, 'application/octet-stream'),
    async download(hash) {
      try {
        const response = await fetch(`/api/blobs/${hash}`, { headers: token === null ? {} : { authorization: `Bearer ${token}` } })
        return response.ok ? await response.blob() : null
      } catch {
        return null
      }
    },
    onSessionEnded(callback) {
      ended = callback
    },
    reconnect: hub.hurry,
    signedIn(next) {
      token = next
      hub.renew()
    },
    subscribe: (topics: readonly string[], listener: Listener) => hub.listen({ topics, listener }),
  }
}
