import type { Listener } from './transport.ts'

const FIRST_WAIT_MS = 500
const LONGEST_WAIT_MS = 20_000
/** Close code of the service center: the session is not known (any more). */
const UNAUTHENTICATED = 4401

interface Frame {
  readonly topic?: string
  readonly message?: unknown
  /** Too much changed to be told: ask again. */
  readonly reload?: true
  readonly signedIn?: string
  readonly subscribed?: readonly string[]
}
interface Wish {
  readonly topics: readonly string[]
  readonly listener: Listener
}

/**
 * One WebSocket for all that is listened to, which comes back by itself. First message `{token}`, then `{subscribe}`
 * with every topic; the service center sends `{topic, message}`. Waits grow from half a second to twenty, with some
 * chance in them, so that a hundred desks do not return in the same instant.
 * @param sessionEnded called when the service center does not know the session any more; it is not tried again
 */
export function streamHub(token: () => string | null, sessionEnded: () => void) {
  const wishes = new Set<Wish>()
  let socket: WebSocket | undefined
  let retry: ReturnType<typeof setTimeout> | undefined
  let failures = 0
  let ready = false

  function open(): void {
    clearTimeout(retry)
    const address = new URL('/api/stream', location.href)
    address.protocol = address.protocol === 'https:' ? 'wss:' : 'ws:'
    const own = new WebSocket(address)
    socket = own
    own.addEventListener('open', () => own.send(JSON.stringify({ token: token() ?? '' })))
    own.addEventListener('message', ({ data }) => take(JSON.parse(String(data)) as Frame))
    own.addEventListener('close', ({ code }) => {
      if (socket === own) lost(code)
    })
  }

  function take(frame: Frame): void {
    if (frame.signedIn !== undefined) {
      ready = true
      ask()
    } else if (frame.subscribed) {
      failures = 0
      for (const { topics, listener } of wishes) {
        if (topics.every((topic) => frame.subscribed?.includes(topic))) listener.connected(true)
      }
    } else if (frame.topic !== undefined) {
      for (const { topics, listener } of wishes) {
        if (!topics.includes(frame.topic)) continue
        if (frame.reload) listener.connected(true)
        else listener.message(frame.topic, frame.message)
      }
    }
  }

  function ask(): void {
    const topics = [...new Set([...wishes].flatMap((wish) => wish.topics))]
    if (ready) socket?.send(JSON.stringify({ subscribe: topics }))
  }

  function lost(code: number): void {
    ready = false
    socket = undefined
    for (const { listener } of wishes) listener.connected(false)
    if (code === UNAUTHENTICATED) return sessionEnded()
    if (wishes.size === 0) return
    const wait = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** failures++)
    retry = setTimeout(open, wait * (0.75 + Math.random() / 2))
  }

  function hurry(): void {
    if (wishes.size > 0 && !socket && token() !== null) open()
  }
  window.addEventListener('online', hurry)
  document.addEventListener('visibilitychange', hurry)

  return {
    hurry,
    listen(wish: Wish): () => void {
      wishes.add(wish)
      if (socket) ask()
      else hurry()
      return () => {
        wishes.delete(wish)
        if (wishes.size === 0) socket?.close()
        else ask()
      }
    },
    /** Another session, or none: what was open is closed, and opened again under the new one. */
    renew(): void {
      const old = socket
      ready = false
      socket = undefined
      old?.close()
      failures = 0
      hurry()
    },
  }
}
