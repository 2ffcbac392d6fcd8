import type { CommandInput, CommandName } from '#shared/contract/registry.ts'
import type { RescueMove } from '#shared/contract/rescue.ts'
import type { Actor } from '#shared/domain/kernel/event.ts'
import { accept, type Refusal, type Result } from '#shared/domain/kernel/refusal.ts'
import type { WorkOrderState } from '#shared/domain/workOrder/state.ts'
import { randomUUID } from 'node:crypto'
import type { Answer, Pipeline } from '../../kernel/pipeline.ts'
import { headOf, readState } from '../../kernel/readState.ts'
import { one, type ReadableDb } from '../../store/sql.ts'
import type { Move } from './move.ts'
import { partsFromElsewhere } from './moves.ts'

const HOUR = 3_600_000

/** Thrown within the transaction, so that half a move is none. */
class MoveRefused extends Error {
  readonly refusal: Refusal
  constructor(refusal: Refusal) {
    super(refusal.code)
    this.refusal = refusal
  }
}

interface Doing {
  readonly db: ReadableDb
  readonly pipeline: Pipeline
  readonly actor: Actor
  readonly now: number
  readonly state: WorkOrderState
  readonly due: number
  readonly words: Readonly<Record<'callCustomer' | 'remoteFix', string>>
}

/** Does a move in one transaction, through the commands that people use. */
export function applyMove({ db, pipeline, actor, now, state, due, words }: Doing, move: Move): Result<Answer> {
  try {
    const done = pipeline.inOne((execute) => {
      const heads: Record<string, string> = {}
      const give = <Name extends CommandName>(name: Name, input: CommandInput[Name]): void => {
        const result = execute({ id: randomUUID(), name, input, actor })
        if (!result.ok) throw new MoveRefused(result.refusal)
        Object.assign(heads, result.value.heads)
      }
      const on = (order: string): { order: string; base: string } => ({ order, base: lastOf(db, order) })
      const promise = (step: string, by: number): void =>
        give('workOrder.setPromise', { ...on(state.id), promise: { step, waitsOn: 'us', who: `user:${actor.id}`, by } })
      STEPS[move.kind]({ give, on, promise, move, state, db, now, due, words })
      return { heads }
    })
    return done.ok ? accept(done.value) : done
  } catch (error) {
    if (error instanceof MoveRefused) return { ok: false, refusal: error.refusal }
    throw error
  }
}

interface Steps extends Pick<Doing, 'db' | 'now' | 'state' | 'due' | 'words'> {
  give<Name extends CommandName>(name: Name, input: CommandInput[Name]): void
  on(order: string): { order: string; base: string }
  promise(step: string, by: number): void
  readonly move: Move
}

const STEPS: Readonly<Record<RescueMove['kind'], (steps: Steps) => void>> = {
  callCustomer({ give, promise, state, now, due, words }) {
    if (state.firstRepliedAt === null) give('workOrder.recordFirstReply', { order: state.id, by: 'call' })
    else promise(words.callCustomer, Math.min(due, now + HOUR / 2))
  },
  remoteFix({ give, on, promise, state, now, due, words }) {
    give('workOrder.changeFields', { ...on(state.id), fields: { serviceMode: 'remote' } })
    promise(words.remoteFix, Math.max(now, Math.min(due, now + HOUR)))
  },
  substitute({ give, on, state, db }) {
    const partsNeeded = partsFromElsewhere(db, state)
    if (!partsNeeded) throw new MoveRefused({ code: 'moveGone' })
    give('workOrder.changeFields', { ...on(state.id), fields: { partsNeeded } })
  },
  otherEngineer({ give, on, state, move: { engineer, crew, from, to } }) {
    if (!engineer || from === null || to === null) throw new MoveRefused({ code: 'moveGone' })
    give('workOrder.bookAppointment', { ...on(state.id), engineer: engineer.id, crew: crew.map(({ id }) => id), from, to })
  },
  swap({ give, on, state, db, move: { engineer, from, to, other } }) {
    const held = state.appointment
    if (!held || !other || !engineer || from === null || to === null) throw new MoveRefused({ code: 'moveGone' })
    // Whoever moved the other visit since it was looked at is not overruled.
    const theirs = readState(db, 'workOrder', other.order).state.appointment
    if (theirs?.from !== from || theirs.engineer !== engineer.id || held.from !== other.from) throw new MoveRefused({ code: 'moveGone' })
    give('workOrder.cancelAppointment', { ...on(other.order), reason: state.number })
    give('workOrder.bookAppointment', { ...on(state.id), engineer: engineer.id, from, to })
    give('workOrder.bookAppointment', { ...on(other.order), engineer: held.engineer, from: other.from, to: other.to })
  },
}

const lastOf = (db: ReadableDb, order: string): string =>
  one<{ head: string }>(db, `SELECT ${headOf("'workOrder:' || ?")} AS head`, order)?.head ?? ''
