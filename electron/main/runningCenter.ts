import { frameOf, type Call, type Frame, type Reply, type Subscription, type Told } from '../messages.ts'
import type { Center } from './center.ts'
import { download, post } from './http.ts'

const RECONNECT_MS = 2_000

/** A service center that runs already and holds the data folder: reached like a browser reaches it, by HTTP. */
export class RunningCenter implements Center {
  readonly #url: string
  readonly #stops = new Set<() => void>()

  /** @param url as in the endpoint file, such as `http://127.0.0.1:4173` */
  constructor(url: string) {
    this.#url = url
  }

  get address(): string {
    return this.#url
  }

  invoke({ kind, name, ...body }: Call, token: string | undefined): Promise<Reply> {
    return post(this.#url, `/api/${kind === 'command' ? 'commands' : 'queries'}/${name}`, JSON.stringify(body), token)
  }

  upload(bytes: ArrayBuffer, token: string | undefined): Promise<Reply> {
    return post(this.#url, '/api/blobs', bytes, token)
  }

  download(hash: string, token: string | undefined): Promise<ArrayBuffer | null> {
    return download(this.#url, hash, token)
  }

  subscribe({ topics, token }: Subscription, listener: (frame: Frame) => void): () => void {
    let socket: WebSocket | undefined
    let retry: NodeJS.Timeout | undefined
    const open = (): void => {
      const current = new WebSocket(`${this.#url.replace(/^http/, 'ws')}/api/stream`)
      socket = current
      current.onopen = () => {
        current.send(JSON.stringify({ token: token ?? '' }))
        current.send(JSON.stringify({ subscribe: topics }))
      }
      current.onmessage = ({ data }) => {
        const said = JSON.parse(String(data)) as object
        if ('subscribed' in said) listener({ connected: true })
        if ('topic' in said) listener(frameOf(said as Told))
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
