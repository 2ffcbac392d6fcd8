import { Worker } from 'node:worker_threads'
import type { Refusal } from '#shared/domain/kernel/refusal.ts'
import { LANES, type Lane } from '../kernel/feature.ts'
import type { ReaderData, ReaderJob, ReaderReport } from './job.ts'

interface Waiting {
  readonly resolve: (value: unknown) => void
  readonly reject: (error: Error) => void
}

/** A refusal travels out of a query as an exception. */
class Refused extends Error {
  readonly refusal
  constructor(refusal: Refusal) {
    super(refusal.code)
    this.refusal = refusal
  }
}

/**
 * Long questions beside the writer: a thread for each lane, begun with its first question, on a connection that cannot
 * write. What was committed before a question was asked is in its answer. A thread that breaks fails what it was asked,
 * and the next question begins another.
 */
export class Reader {
  readonly #data: ReaderData
  readonly #lanes: ReadonlyMap<Lane, ReaderLane>

  constructor(data: ReaderData) {
    this.#data = data
    this.#lanes = new Map(LANES.map((lane) => [lane, new ReaderLane(this.#data)]))
  }

  /** Rejects with what broke the thread, or with a refusal. */
  ask(lane: Lane, job: Omit<ReaderJob, 'id'>): Promise<unknown> {
    return (this.#lanes.get(lane) as ReaderLane).ask(job)
  }

  /** What still runs is given up. */
  close(): void {
    for (const lane of this.#lanes.values()) lane.close()
  }
}

class ReaderLane {
  readonly #data: ReaderData
  readonly #waiting = new Map<number, Waiting>()
  #worker: Worker | undefined
  #ids = 0

  constructor(data: ReaderData) {
    this.#data = data
  }

  ask(job: Omit<ReaderJob, 'id'>): Promise<unknown> {
    const worker = (this.#worker ??= this.#begin())
    const id = ++this.#ids
    // A program that has nothing else to do waits for its answers, and not for the thread.
    worker.ref()
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject })
      worker.postMessage({ ...job, id } satisfies ReaderJob)
    })
  }

  close(): void {
    const worker = this.#worker
    this.#worker = undefined
    this.#fail(new Refused({ code: 'serviceStopped' }))
    void worker?.terminate()
  }

  #begin(): Worker {
    const worker = new Worker(new URL('./worker.ts', import.meta.url), { workerData: this.#data })
    worker.on('message', (report: ReaderReport) => this.#heard(worker, report))
    const broke = (error: Error): void => {
      if (this.#worker !== worker) return
      this.#worker = undefined
      this.#fail(error)
    }
    worker.on('error', broke)
    worker.on('exit', (code) => broke(new Error(`the reading thread ended with ${code}`)))
    return worker
  }

  #heard(worker: Worker, report: ReaderReport): void {
    const waiting = this.#waiting.get(report.id)
    this.#waiting.delete(report.id)
    if (this.#waiting.size === 0) worker.unref()
    if (report.kind === 'done') waiting?.resolve(report.value)
    else waiting?.reject(report.kind === 'refused' ? new Refused(report.refusal) : report.error)
  }

  #fail(error: Error): void {
    const all = [...this.#waiting.values()]
    this.#waiting.clear()
    for (const { reject } of all) reject(error)
  }
}
