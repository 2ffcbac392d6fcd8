import { setImmediate as pause } from 'node:timers/promises'
import type { Actor, Subject } from '#shared/domain/kernel/event.ts'
import type { Result } from '#shared/domain/kernel/refusal.ts'
import type { WorkOrderState } from '#shared/domain/workOrder/state.ts'
import type { Answer, CommandRequest, Pipeline } from '../../kernel/pipeline.ts'
import type { Subjects } from '../../kernel/subjects.ts'
import { dueTimers, firingId, nextDueAt } from '../../scheduler/dueTimers.ts'
import type { ReadableDb } from '../../store/sql.ts'

/** Something that lives in the demo desk: it acts, and says until when (UTC ms) it then waits. */
export type Life = Generator<number, void, void>

interface Waiting {
  readonly at: number
  readonly order: number
  readonly life: Life
}

/** A transaction holds this many steps: one sync for each would be paid for nothing. */
const STEPS_TOGETHER = 400
const SCHEDULER: Actor = { kind: 'system', id: 'scheduler' }

/**
 * The demo desk's clock and order of things: whoever acts next, acts, through the commands that people use, and the
 * stage timers fire in between at their own instants.
 */
export class World {
  readonly #clock: { now: number }
  readonly #prefix: string
  readonly #db: ReadableDb
  readonly #pipeline: Pipeline
  readonly #subjects: Subjects
  readonly #heap: Waiting[] = []
  #born = 0
  #commands = 0
  #execute: ((request: CommandRequest) => Result<Answer>) | undefined

  /** `prefix` of all command ids: the same seed makes the same ones. */
  constructor(parts: {
    db: ReadableDb
    pipeline: Pipeline
    subjects: Subjects
    prefix: string
    clock: { now: number }
  }) {
    this.#db = parts.db
    this.#pipeline = parts.pipeline
    this.#subjects = parts.subjects
    this.#prefix = parts.prefix
    this.#clock = parts.clock
  }

  /** UTC ms. */
  get now(): number {
    return this.#clock.now
  }

  /** `life` acts for the first time at `at`, not before now. */
  add(at: number, life: Life): void {
    this.#push({ at: Math.max(Math.round(at), this.now), order: ++this.#born, life })
  }

  /** A command as a person, or the program, gives it. Refusals are part of life; an unexpected one is thrown. */
  try(actor: Actor, name: string, input: object, id = `${this.#prefix}-${++this.#commands}`): Result<Answer> {
    const request = { id, name, input, actor }
    return this.#execute ? this.#execute(request) : this.#pipeline.execute(request)
  }

  act(actor: Actor, name: string, input: object, id?: string): Answer {
    const result = this.try(actor, name, input, id)
    if (!result.ok) throw new Error(`${name} refused: ${JSON.stringify(result.refusal)} ${JSON.stringify(input)}`)
    return result.value
  }

  /** A decision on what the order looks like now. */
  decide(actor: Actor, name: string, order: string, input: object = {}): Answer {
    return this.act(actor, `workOrder.${name}`, { order, base: this.head(order), ...input })
  }

  order(id: string): WorkOrderState {
    return this.#subjects.load<WorkOrderState>({ kind: 'workOrder', id }).state
  }

  head(order: string): string | undefined {
    return this.headOf({ kind: 'workOrder', id: order }) ?? undefined
  }

  /** The last event of a subject; null: it has none. */
  headOf(subject: Subject): string | null {
    return this.#subjects.load(subject).last?.id ?? null
  }

  /** Lives on to `until` (UTC ms); whoever waits for later is never heard of again. */
  async run(until: number, progress: (now: number) => void, signal?: AbortSignal): Promise<boolean> {
    for (;;) {
      if (signal?.aborted) return false
      const done = this.#pipeline.inOne((execute) => {
        this.#execute = execute
        let more = true
        for (let step = 0; more && step < STEPS_TOGETHER; step++) more = this.#step(until)
        return more
      })
      this.#execute = undefined
      if (!done.ok) throw new Error(`demo data refused: ${JSON.stringify(done.refusal)}`)
      progress(this.now)
      if (!done.value) return true
      await pause()
    }
  }

  /** False when nothing happens any more before `until`. */
  #step(until: number): boolean {
    const next = this.#heap[0]
    const due = nextDueAt(this.#db)
    if (due !== undefined && due <= until && due <= (next?.at ?? Infinity)) {
      this.#clock.now = Math.max(this.now, due)
      for (const timer of dueTimers(this.#db, this.now, 100)) this.act(SCHEDULER, 'escalation.fire', { ...timer }, firingId(timer))
      return true
    }
    if (!next || next.at > until) {
      this.#clock.now = until
      return false
    }
    this.#pop()
    this.#clock.now = next.at
    const { done, value } = next.life.next()
    if (!done) this.#push({ ...next, at: Math.max(Math.round(value), this.now) })
    return true
  }

  #push(waiting: Waiting): void {
    const heap = this.#heap
    let at = heap.push(waiting) - 1
    while (at > 0) {
      const parent = (at - 1) >> 1
      if (!before(heap[at], heap[parent])) return
      swap(heap, at, parent)
      at = parent
    }
  }

  #pop(): void {
    const heap = this.#heap
    swap(heap, 0, heap.length - 1)
    heap.pop()
    for (let at = 0; ; ) {
      const [left, right] = [2 * at + 1, 2 * at + 2]
      let first = at
      if (before(heap[left], heap[first])) first = left
      if (before(heap[right], heap[first])) first = right
      if (first === at) return
      swap(heap, at, first)
      at = first
    }
  }
}

function before(a: Waiting | undefined, b: Waiting | undefined): boolean {
  if (!a || !b) return false
  return a.at !== b.at ? a.at < b.at : a.order < b.order
}

function swap(heap: Waiting[], a: number, b: number): void {
  const held = heap[a] as Waiting
  heap[a] = heap[b] as Waiting
  heap[b] = held
}
