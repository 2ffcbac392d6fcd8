import { NO_ANSWER, type Call, type Frame, type Reply, type Subscription } from '../messages.ts'
import type { Center } from './center.ts'

const ANSWER_WITHIN_MS = 120_000
const RECONNECT_MS = 2_000

/** A service center that runs already and holds the data folder: reached like a browser reaches it, by HTTP. */
export class RunningCenter implements Center {
  readonly #url: string
  readonly #stops = new Set<() => void>()

  /** @param url as in the endpoint file, such as `http://127.0.0.1:4173` */
  constructor(url: string) {
    this.#url = url
  }

  async invoke({ kind, name, ...body }: Call, token: string | undefined): Promise<Reply> {
    try {
      const response = await fetch(`${this.#url}/api/${kind === 'command' ? 'commands' : 'queries'}/${name}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...(token !== undefined && { authorization: `Bearer ${token}` }) },
        body: JSON.stringify(body),
        signal: AbortSignal.timeout(ANSWER_WITHIN_MS),
      })
      return { status: response.status, body: await response.json() }
    } catch {
      return NO_ANSWER
    }
  }

  subscribe({ topics, token }: Subscription, listener: (frame: Frame) => void): () => void {
    let socket: WebSocket | undefined
    let retry: NodeJS.Timeout | undefined
    const open = (): void => {
      const current = new WebSocket(`${this.#url.replace(/^http/, 'ws')}/api/stream`)
      socket = current
      current.onopen = () => {
        current.send(JSON.stringify({ token }))
        current.send(JSON.stringify({ subscribe: topics }))
      }
      current.onmessage = ({ data }) => {
        const frame = JSON.parse(String(data)) as Record<string, unknown>
        if ('subscribed' in frame) listener({ connected: true })
        if ('topic' in frame) listener(frame as Frame)
      }
      current.onclose = () => {
        listener({ connected: false })
        retry = setTimeout(open, RECONNECT_MS)
      }
    }
    const stop = (): void => {
      clearTimeout(retry)
      if (socket) socket.onclose = null
      socket?.close()
      this.#stops.delete(stop)
    }
    this.#stops.add(stop)
    open()
    return stop
  }

  stop(): Promise<void> {
    for (const stop of [...this.#stops]) stop()
    return Promise.resolve()
  }
}
