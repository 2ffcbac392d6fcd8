import { AskedThread, type Asked } from '../kernel/askedThread.ts'
import { LANES, type Lane } from '../kernel/feature.ts'
import type { ReaderData } from './job.ts'

/**
 * Long questions beside the writer: a thread for each lane, on a connection that cannot write. What was committed before
 * a question was asked is in its answer.
 */
export class Reader {
  readonly #lanes: ReadonlyMap<Lane, AskedThread>

  constructor(data: Omit<ReaderData, 'lane'>) {
    const file = new URL('./worker.ts', import.meta.url)
    this.#lanes = new Map(LANES.map((lane) => [lane, new AskedThread(file, { ...data, lane } satisfies ReaderData)]))
  }

  /** Rejects with what broke the thread, or with a refusal. */
  ask(lane: Lane, asked: Asked): Promise<unknown> {
    return (this.#lanes.get(lane) as AskedThread).ask(asked)
  }

  /** What still runs is given up. */
  close(): void {
    for (const lane of this.#lanes.values()) lane.close()
  }
}
