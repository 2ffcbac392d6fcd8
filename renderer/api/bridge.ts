import type { Call, Listener, Reply, Transport } from './transport.ts'

/** What the preload script of the desktop program offers; it keeps the session itself. */
export interface Bridge {
  invoke(call: Call): Promise<Reply>
  subscribe(topics: readonly string[], callback: (frame: BridgeFrame) => void): () => void
  upload?(bytes: ArrayBuffer): Promise<Reply>
  download?(hash: string): Promise<ArrayBuffer | null>
  readonly shell?: Shell
}
/** What the window itself can do; in a browser there is none of it. */
export interface Shell {
  /** The print dialogue for this page; false: nothing was printed. */
  print(): Promise<boolean>
  /** A message of the operating system; clicked, it brings the window up and asks for the order. */
  notify(notice: { readonly title: string; readonly body: string; readonly order: string | null }): void
  /** The menu speaks as the page does. */
  setLanguage(language: 'zh-CN' | 'en'): void
  /** Where a browser reaches the service center behind the window; null: it is not ready. */
  address(): Promise<string | null>
  /** What the menu, a link or a clicked message asks the page to do; what came before somebody listened comes first. */
  onAsked(callback: (asked: Asked) => void): void
}
export type Asked =
  | { readonly kind: 'order'; readonly ref: string }
  | { readonly kind: 'badLink' }
  | { readonly kind: 'do'; readonly id: string }
type BridgeFrame = { topic: string; message: unknown } | { connected: boolean }

declare global {
  interface Window {
    readonly loopdesk?: Bridge
  }
}

export function bridgeTransport(bridge: Bridge): Transport {
  return {
    invoke: (call) => bridge.invoke(plain(call)).catch(() => ({ status: 0, body: null })),
    async upload(file) {
      if (!bridge.upload) return { status: 501, body: { error: { code: 'uploadNotPossible' } } }
      return bridge.upload(await file.arrayBuffer()).catch(() => ({ status: 0, body: null }))
    },
    async download(hash) {
      const bytes = await bridge.download?.(hash).catch(() => null)
      return bytes ? new Blob([bytes]) : null
    },
    onSessionEnded() {
      // The next answer says so.
    },
    reconnect() {
      // The main process tries every other second.
    },
    signedIn() {
      // The main process holds the session; a page never does.
    },
    subscribe(topics, listener: Listener) {
      return bridge.subscribe([...topics], (frame) => {
        if ('connected' in frame) listener.connected(frame.connected)
        else listener.message(frame.topic, frame.message)
      })
    },
  }
}

/** Reactive proxies cannot be cloned across the bridge. */
const plain = (call: Call): Call => JSON.parse(JSON.stringify(call)) as Call
