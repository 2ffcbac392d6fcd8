import { STAGES, type StageId } from '#shared/domain/workOrder/stages.ts'
import type { Cell } from './cells.ts'

/** Names a cell where cards are dropped: its stage, and its lane where the board is cut. */
export const placeId = ({ stage, lane }: Pick<Cell, 'stage' | 'lane'>): string => (lane === null ? stage : `${stage} ${lane}`)

export function placeOf(id: unknown): { readonly stage: StageId; readonly lane: string | null } | undefined {
  const [name = '', lane] = String(id).split(' ')
  const stage = STAGES.find((each) => each === name)
  return stage && { stage, lane: lane ?? null }
}
