import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readState } from '#core/kernel/readState.ts'
import type { WorkOrderState } from '#shared/domain/workOrder/state.ts'
import { openLogDesk, type LogDesk } from '../support/logDesk.ts'
import { isLongRun, randomRuns } from '../support/random.ts'
import { orderEvent, registered } from '../support/orders.ts'

const FIELDS = ['contactName', 'contactPhone', 'siteAddress'] as const
const person = fc.constantFrom('c1', 'c2')
const values = fc.dictionary(fc.constantFrom(...FIELDS), fc.constantFrom('甲', '乙', null), { minKeys: 1 })

const step = fc.oneof(
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('change' as const), of: person, values }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('erase' as const), of: person }) },
  /** The other desk hears of all but some of what happened so far, in an order of its own. */
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('hear' as const), skip: fc.nat(5), turn: fc.nat(1000) }) },
)
type Step = typeof step extends fc.Arbitrary<infer S> ? S : never

/** What is known and what was erased at the end: of each field, its last change and whose it was. */
function expected(steps: readonly Step[]): Pick<WorkOrderState, 'personal' | 'erased'> {
  const personal: Record<string, string> = {}
  const erased: string[] = []
  for (const field of FIELDS) {
    const last = steps.findLastIndex((taken) => taken.kind === 'change' && field in taken.values)
    const change = steps[last]
    if (change?.kind !== 'change') continue
    const value = change.values[field]
    if (typeof value !== 'string') continue
    const gone = steps.some((taken, index) => index > last && taken.kind === 'erase' && taken.of === change.of)
    if (gone) erased.push(field)
    else personal[field] = value
  }
  return { personal, erased: erased.sort() }
}

function write(desk: LogDesk, taken: Exclude<Step, { kind: 'hear' }>): void {
  desk.now += 1000
  if (taken.kind === 'erase') {
    const subject = { kind: 'customer', id: taken.of } as const
    return desk.append([{ subject, type: 'personErased', version: 1, data: { reason: '本人要求' } }])
  }
  const given = Object.entries(taken.values)
  const changes = given.map(([field, value]) => ({ field, ...(value === null && { cleared: true as const }) }))
  const data = Object.fromEntries(given.map(([field, value]) => [field, { old: null, new: value ?? null }]))
  desk.append([orderEvent('o1', 'fieldsChanged', { changes }, { personal: { of: `customer:${taken.of}`, data } })])
}

function hear(to: LogDesk, from: LogDesk, skip: number, turn: number): void {
  const held = from.origins().flatMap((origin) => from.wires(origin))
  const mixed = held.map((wire, index) => ({ wire, key: ((index + 1) * 7919 * (turn + 1)) % 1009 }))
  mixed.sort((a, b) => a.key - b.key)
  const picked = mixed.slice(Math.min(skip, mixed.length)).map(({ wire }) => wire)
  for (let i = 0; i < picked.length; i += 3) to.app.pipeline.receive(picked.slice(i, i + 3))
}

describe('erasing one of several persons of an order', () => {
  it('erases the fields that were of that person alone, whatever is heard of first', () => {
    fc.assert(
      fc.property(fc.array(step, { minLength: 3, maxLength: 14 }), fc.nat(1000), (steps, turn) => {
        const desk = openLogDesk()
        const other = openLogDesk(desk.now + 500)
        try {
          desk.append([registered('o1', { at: desk.now })])
          for (const taken of steps) {
            if (taken.kind === 'hear') hear(other, desk, taken.skip, taken.turn)
            else write(desk, taken)
          }
          hear(other, desk, 0, turn)
          for (const { app } of [desk, other]) {
            const folded = app.subjects.load<WorkOrderState>({ kind: 'workOrder', id: 'o1' }).state
            expect(folded).toMatchObject(expected(steps))
            expect(folded).toEqual(readState(app.db, 'workOrder', 'o1').state)
          }
        } finally {
          desk.close()
          other.close()
        }
      }),
      randomRuns(40, 400),
    )
  }, isLongRun ? 600_000 : 60_000)
})
