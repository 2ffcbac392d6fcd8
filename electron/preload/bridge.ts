import { channels, type Asked, type Call, type Delivery, type Frame, type Reply, type SystemNotice } from '../messages.ts'
import { deskNames } from '../names.ts'

/** The part of Electron's ipcRenderer that the bridge uses. */
export interface Ipc {
  invoke(channel: string, payload: unknown): Promise<unknown>
  send(channel: string, payload: unknown): void
  on(channel: string, listener: (event: unknown, payload: unknown) => void): unknown
}

/** `window.loopdesk`: the contract with its blobs and five things of the window, and nothing beside it. Pages get no channel names and no ipcRenderer. */
export function createBridge(ipc: Ipc, platform: Readonly<Record<string, string>>) {
  const subscribers = new Map<number, (frame: Frame) => void>()
  let last = 0
  ipc.on(channels.frame, (_event, payload) => {
    const { subscriber, frame } = payload as Delivery
    subscribers.get(subscriber)?.(frame)
  })
  let hear: ((asked: Asked) => void) | undefined
  // A link may come before the page listens.
  const unheard: Asked[] = []
  ipc.on(channels.asked, (_event, payload) => {
    if (hear) hear(payload as Asked)
    else unheard.push(payload as Asked)
  })

  return {
    /** Every name that `invoke` and `subscribe` take. */
    names: { command: [...deskNames.command], query: [...deskNames.query], topic: [...deskNames.topic] },
    /** What the window can do for its page; each is looked at again by the main process. */
    shell: {
      /** The print dialogue for this page; false: nothing was printed. */
      async print(): Promise<boolean> {
        return (await ipc.invoke(channels.print, null)) as boolean
      },
      notify({ title, body, order }: SystemNotice): void {
        ipc.send(channels.notify, { title, body, order })
      },
      setLanguage(language: string): void {
        ipc.send(channels.language, language)
      },
      /** Where a browser reaches the service center; null: it is not ready. */
      async address(): Promise<string | null> {
        return (await ipc.invoke(channels.address, null)) as string | null
      },
      onAsked(callback: (asked: Asked) => void): void {
        hear = callback
        for (const asked of unheard.splice(0)) callback(asked)
      },
    },
    /** Facts for layout and support, nothing to decide by. */
    platform,

    async invoke(call: Call): Promise<Reply> {
      const { kind, name, input, id, at } = call
      if (kind !== 'command' && kind !== 'query') return refusal('unknownCommand', name)
      if (!deskNames[kind].has(name)) return refusal(kind === 'command' ? 'unknownCommand' : 'unknownQuery', name)
      return (await ipc.invoke(channels.invoke, { kind, name, input, id, at })) as Reply
    },

    /** Stores bytes under their hash; answers like `invoke`. */
    async upload(bytes: ArrayBuffer): Promise<Reply> {
      return (await ipc.invoke(channels.upload, bytes)) as Reply
    },

    /** The bytes stored under a hash; null: they could not be had. */
    async download(hash: string): Promise<ArrayBuffer | null> {
      return (await ipc.invoke(channels.download, hash)) as ArrayBuffer | null
    },

    subscribe(topics: readonly string[], callback: (frame: Frame) => void): () => void {
      const unknown = topics.find((topic) => !deskNames.topic.has(topic))
      if (unknown !== undefined) throw new Error(`no topic ${unknown} in the contract`)
      const subscriber = ++last
      subscribers.set(subscriber, callback)
      ipc.send(channels.subscribe, { subscriber, topics: [...topics] })
      return () => {
        if (subscribers.delete(subscriber)) ipc.send(channels.unsubscribe, { subscriber })
      }
    },
  }
}

const refusal = (code: string, name: unknown): Reply => ({
  status: 404,
  body: { error: { code, field: 'name', params: { name: String(name).slice(0, 80) } } },
})
