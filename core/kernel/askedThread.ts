import { Worker } from 'node:worker_threads'
import { refuse, type Refusal } from '#shared/domain/kernel/refusal.ts'
import { codeOf } from '../store/errors.ts'
import type { Principal } from './access.ts'

/** A question that was admitted and whose input was checked. */
export interface Asked {
  readonly name: string
  readonly input: unknown
  /** UTC ms. */
  readonly now: number
  readonly principal: Principal
}
export type AskedJob = Asked & { readonly id: number }

type Report =
  | { readonly id: number; readonly kind: 'done'; readonly value: unknown }
  | { readonly id: number; readonly kind: 'refused'; readonly refusal: Refusal }
  /** `code`: what an error loses on its way out of a thread, and by which trouble of the folder is told from a bug. */
  | { readonly id: number; readonly kind: 'failed'; readonly error: Error; readonly code: string }

/** A refusal travels out of a query as an exception; the gateway tells it like any other. */
export class Refused extends Error {
  readonly refusal
  constructor(refusal: Refusal) {
    super(refusal.code)
    this.refusal = refusal
  }
}

/** In the thread: the answer to a question as it goes back. */
export async function reportOf(id: number, work: () => unknown): Promise<Report> {
  try {
    return { id, kind: 'done', value: await work() }
  } catch (error) {
    if (error instanceof Error && 'refusal' in error) return { id, kind: 'refused', refusal: error.refusal as Refusal }
    return { id, kind: 'failed', error: error instanceof Error ? error : new Error(String(error)), code: codeOf(error) }
  }
}

interface Waiting {
  readonly resolve: (value: unknown) => void
  readonly reject: (error: Error) => void
}

/**
 * A thread that is asked questions. It begins with the first one; where it breaks, whatever it was asked fails, and the
 * next question begins another.
 */
export class AskedThread {
  readonly #file: URL
  readonly #data: unknown
  readonly #heard: (news: unknown) => void
  readonly #waiting = new Map<number, Waiting>()
  #worker: Worker | undefined
  #ids = 0
  #isClosed = false

  /** @param heard what the thread says by itself */
  constructor(file: URL, data: unknown, heard: (news: unknown) => void = () => undefined) {
    this.#file = file
    this.#data = data
    this.#heard = heard
  }

  /** Rejects with a refusal, or with what broke the thread. */
  ask(asked: Asked): Promise<unknown> {
    if (this.#isClosed) return Promise.reject(stopped())
    const worker = (this.#worker ??= this.#begin())
    const id = ++this.#ids
    // A program that has nothing else to do waits for its answers, and not for the thread.
    worker.ref()
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject })
      worker.postMessage({ ...asked, id } satisfies AskedJob)
    })
  }

  /** What still runs is given up. */
  close(): void {
    this.#isClosed = true
    const worker = this.#worker
    this.#worker = undefined
    this.#fail(stopped())
    void worker?.terminate()
  }

  #begin(): Worker {
    const worker = new Worker(this.#file, { workerData: this.#data })
    worker.on('message', (message: Report | { readonly news: unknown }) => {
      if ('news' in message) {
        if (!this.#isClosed) this.#heard(message.news)
      } else this.#answered(worker, message)
    })
    const broke = (error: Error): void => {
      if (this.#worker !== worker) return
      this.#worker = undefined
      this.#fail(error)
    }
    worker.on('error', broke)
    worker.on('exit', (code) => broke(new Error(`the thread ended with ${code}`)))
    return worker
  }

  #answered(worker: Worker, report: Report): void {
    const waiting = this.#waiting.get(report.id)
    this.#waiting.delete(report.id)
    if (this.#waiting.size === 0) worker.unref()
    if (report.kind === 'done') waiting?.resolve(report.value)
    else waiting?.reject(report.kind === 'refused' ? new Refused(report.refusal) : Object.assign(report.error, { code: report.code }))
  }

  #fail(error: Error): void {
    const all = [...this.#waiting.values()]
    this.#waiting.clear()
    for (const { reject } of all) reject(error)
  }
}

const stopped = (): Refused => new Refused(refuse('serviceStopped').refusal)
