import { utilityProcess, type UtilityProcess } from 'electron'
import {
  NO_ANSWER,
  type Call,
  type FolderTrouble,
  type Frame,
  type FromCore,
  type Opened,
  type Reply,
  type Subscription,
  type ToCore,
} from '../messages.ts'
import type { Center } from './center.ts'
import { download, post } from './http.ts'

/** Waits before the next start of a core that ended by itself. */
const WAITS_MS = [100, 500, 2_000, 5_000, 10_000]
/** A core that lived longer than this starts the waits anew. */
const STEADY_MS = 60_000
/** How long a call waits for a core that is starting. */
const PATIENCE_MS = 10_000
const STOP_WITHIN_MS = 5_000

export interface CoreEvents {
  /** Also after each start anew. */
  ready(opened: Opened): void
  /** The folder cannot be used; the core has ended. */
  trouble(trouble: FolderTrouble): void
  /** It ended too often; `start` tries again. */
  gaveUp(): void
  nextDue(at: number | null): void
}

interface Listening {
  readonly subscription: Subscription
  readonly listener: (frame: Frame) => void
}

/** The core in its utility process: no query ever freezes a window, and its end does not end the program. */
export class OwnCore implements Center {
  readonly #fork: () => UtilityProcess
  readonly #events: CoreEvents
  readonly #unanswered = new Map<number, (reply: Reply) => void>()
  readonly #listening = new Map<number, Listening>()
  #child: UtilityProcess | undefined
  #ready = Promise.withResolvers<undefined>()
  /** While it is ready. */
  #url: string | undefined
  #stopping = false
  #failures = 0
  #startedAt = 0
  #restart: NodeJS.Timeout | undefined
  #last = 0

  /** @param entry file of the utility process */
  constructor(entry: string, args: readonly string[], events: CoreEvents) {
    this.#fork = () => utilityProcess.fork(entry, [...args], { serviceName: 'Loopdesk core', stdio: 'inherit' })
    this.#events = events
  }

  start(): void {
    if (this.#child) return
    clearTimeout(this.#restart)
    this.#startedAt = Date.now()
    const child = this.#fork()
    this.#child = child
    let gone = false
    child.on('message', (message: FromCore) => {
      if (!gone) this.#hear(message)
    })
    child.once('exit', () => {
      gone = true
      this.#ended()
    })
  }

  /** After `gaveUp` or trouble: from the first wait again. */
  retry(): void {
    this.#failures = 0
    this.start()
  }

  /** On this machine alone. */
  get address(): string | undefined {
    return this.#url
  }

  get pid(): number | undefined {
    return this.#child?.pid
  }

  async invoke(call: Call, token: string | undefined): Promise<Reply> {
    if ((await this.#whenReady()) === undefined) return NO_ANSWER
    const ref = ++this.#last
    const { promise, resolve } = Promise.withResolvers<Reply>()
    this.#unanswered.set(ref, resolve)
    this.#tell({ type: 'invoke', ref, call, token })
    return promise
  }

  /** Bytes take the way of HTTP: they stream to the disk, and permissions are looked at in one place. */
  async upload(bytes: ArrayBuffer, token: string | undefined): Promise<Reply> {
    const url = await this.#whenReady()
    return url === undefined ? NO_ANSWER : post(url, '/api/blobs', bytes, token)
  }

  async download(hash: string, token: string | undefined): Promise<ArrayBuffer | null> {
    const url = await this.#whenReady()
    return url === undefined ? null : download(url, hash, token)
  }

  subscribe(subscription: Subscription, listener: (frame: Frame) => void): () => void {
    const ref = ++this.#last
    this.#listening.set(ref, { subscription, listener })
    if (this.#url !== undefined) this.#tell({ type: 'subscribe', ref, subscription })
    return () => {
      if (this.#listening.delete(ref)) this.#tell({ type: 'unsubscribe', ref })
    }
  }

  /** The alarm clock rang. */
  tick(): void {
    this.#tell({ type: 'tick' })
  }

  async stop(): Promise<void> {
    this.#stopping = true
    clearTimeout(this.#restart)
    const child = this.#child
    if (!child) return
    const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))
    this.#tell({ type: 'stop' })
    await Promise.race([ended, pause(STOP_WITHIN_MS)])
    // What was acknowledged is on the disk: a core that hangs may be ended.
    if (this.#child) child.kill()
  }

  /** The core's address; undefined: it did not come up in time. */
  async #whenReady(): Promise<string | undefined> {
    if (this.#url === undefined) await Promise.race([this.#ready.promise, pause(PATIENCE_MS)])
    return this.#url
  }

  #tell(message: ToCore): void {
    this.#child?.postMessage(message)
  }

  #hear(message: FromCore): void {
    switch (message.type) {
      case 'ready':
        this.#url = message.opened.url
        this.#ready.resolve(undefined)
        for (const [ref, { subscription }] of this.#listening) this.#tell({ type: 'subscribe', ref, subscription })
        return this.#events.ready(message.opened)
      case 'trouble':
        this.#stopping = true
        this.#tell({ type: 'stop' })
        return this.#events.trouble(message.trouble)
      case 'reply':
        this.#unanswered.get(message.ref)?.(message.reply)
        this.#unanswered.delete(message.ref)
        return
      case 'frame':
        return this.#listening.get(message.ref)?.listener(message.frame)
      case 'nextDue':
        return this.#events.nextDue(message.at)
    }
  }

  #ended(): void {
    this.#child = undefined
    this.#url = undefined
    this.#ready = Promise.withResolvers<undefined>()
    // Whether these were done is not known here: the page asks again under the same id.
    for (const resolve of this.#unanswered.values()) resolve(NO_ANSWER)
    this.#unanswered.clear()
    for (const { listener } of this.#listening.values()) listener({ connected: false })
    if (this.#stopping) {
      this.#stopping = false
      return
    }
    if (Date.now() - this.#startedAt > STEADY_MS) this.#failures = 0
    const wait = WAITS_MS[this.#failures++]
    if (wait === undefined) return this.#events.gaveUp()
    this.#restart = setTimeout(() => this.start(), wait)
  }
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))
