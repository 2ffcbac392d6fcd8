import type { Lane } from '../kernel/feature.ts'

/** What a reading thread is started with. */
export interface ReaderData {
  readonly folder: string
  /** The zone by whose days the rows of this folder are summed. */
  readonly zone: string
  readonly lane: Lane
}
