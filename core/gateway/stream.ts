import { topics } from '#shared/contract/registry.ts'
import { wallChanged } from '#shared/contract/wall.ts'
import { subjectKey, type StoredEvent, type Subject } from '#shared/domain/kernel/event.ts'
import type { App } from '../app.ts'
import { features } from '../features/index.ts'
import { onWallRevoked } from '../features/wall/tokens.ts'
import { may, type Principal } from '../kernel/access.ts'
import { logger } from './logger.ts'

/** The first change is told at once; those that follow it within this are told together: a burst is two messages. */
const GATHER_MS = 50
/** Beyond this, asking anew costs less than being told everything. */
const MOST_SUBJECTS = 500

/** `reload`: too much changed to tell; the listener asks the queries again. */
export type StreamMessage =
  { readonly topic: string; readonly message: object } | { readonly topic: string; readonly reload: true }

interface Listener {
  readonly topics: ReadonlySet<string>
  send(text: string): void
}

const publishers = features.flatMap((feature) => feature.topics ?? [])

/** Tells listeners what changed, after the commit. One for a running service center, whatever they come in by. */
export class Stream {
  readonly #app: App
  readonly #listeners = new Set<Listener>()
  readonly #stop: () => void
  #touched = new Map<string, Subject>()
  #events: StoredEvent[] = []
  #isSet = false
  #unset = (): void => undefined
  #toldAt = -Infinity

  constructor(app: App) {
    this.#app = app
    const stops = [
      app.pipeline.onCommitted((touched, events) => this.#gather(touched, events)),
      app.bulletin.onTold((topic, message) => this.#tell(topic, { topic, message })),
      // A display whose link was taken back asks anew, and learns of it.
      onWallRevoked(app.db, () => this.#reload(wallChanged.name)),
    ]
    this.#stop = () => stops.forEach((stop) => stop())
  }

  /**
   * @param send gets each message as JSON text, the same string for every listener
   * @returns the names that are unknown or not allowed, and how to stop
   */
  subscribe(principal: Principal, names: readonly string[], send: (text: string) => void) {
    const granted = names.filter((name) => {
      const topic = topics.get(name)
      if (topic === undefined || (principal.wall !== undefined && !topic.audience.includes('wall'))) return false
      return may(principal, topic.permission)
    })
    const listener: Listener = { topics: new Set(granted), send }
    this.#listeners.add(listener)
    return {
      refused: names.filter((name) => !listener.topics.has(name)),
      stop: (): void => void this.#listeners.delete(listener),
    }
  }

  close(): void {
    this.#stop()
    this.#unset()
    this.#listeners.clear()
  }

  #gather(touched: readonly Subject[], events: readonly StoredEvent[]): void {
    if (this.#listeners.size === 0) return
    for (const subject of touched) this.#touched.set(subjectKey(subject), subject)
    if (this.#touched.size <= MOST_SUBJECTS) this.#events.push(...events)
    else this.#events = []
    if (this.#isSet) return
    this.#isSet = true
    const wait = this.#toldAt + GATHER_MS - performance.now()
    // Whoever gave the command has the answer first.
    this.#unset = wait <= 0 ? immediately(() => this.#flush()) : later(() => this.#flush(), wait)
  }

  #tell(topic: string, told: StreamMessage): void {
    const text = JSON.stringify(told)
    for (const listener of this.#listeners) if (listener.topics.has(topic)) listener.send(text)
  }

  #reload(name: string): void {
    const told: StreamMessage = { topic: name, reload: true }
    for (const listener of this.#listeners) if (listener.topics.has(name)) listener.send(JSON.stringify(told))
  }

  #flush(): void {
    this.#isSet = false
    this.#toldAt = performance.now()
    const touched = [...this.#touched.values()]
    const events = this.#events
    this.#touched = new Map()
    this.#events = []
    const context = { db: this.#app.db, now: this.#app.clock() }
    for (const { contract, publish } of publishers) {
      if (![...this.#listeners].some((listener) => listener.topics.has(contract.name))) continue
      try {
        const message = touched.length > MOST_SUBJECTS ? 'reload' : publish(touched, events, context)
        if (message === null) continue
        const told: StreamMessage =
          message === 'reload' ? { topic: contract.name, reload: true } : { topic: contract.name, message }
        this.#tell(contract.name, told)
      } catch (error) {
        logger.error({ err: error, topic: contract.name }, 'a topic could not be told')
      }
    }
  }
}

function immediately(work: () => void): () => void {
  const handle = setImmediate(work)
  return () => clearImmediate(handle)
}
function later(work: () => void, ms: number): () => void {
  const handle = setTimeout(work, ms)
  return () => clearTimeout(handle)
}
