import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ImportDesk, HEADER, rowOf } from '../support/importDesk.ts'
import { randomRuns } from '../support/random.ts'

const STATES = ['新建', '处理中', '等备件', '已解决', '关闭']
const DAY = 24 * 60

/** Rows of several orders in any mixture; within an order time does not run backwards. Some rows are alike in all. */
const history = fc
  .array(
    fc.record({
      order: fc.integer({ min: 1, max: 6 }),
      later: fc.constantFrom(0, 0, 1, 90, DAY),
      state: fc.constantFrom(...STATES, '-100'),
      fault: fc.constantFrom('-', '触控失灵', '不开机'),
      reopens: fc.boolean(),
    }),
    { minLength: 1, maxLength: 40 },
  )
  .map((steps) => {
    const clocks = new Map<number, { minute: number; reopened: number }>()
    return steps.map(({ order, later, state, fault, reopens }) => {
      const clock = clocks.get(order) ?? { minute: 0, reopened: 0 }
      clock.minute += later
      clock.reopened += reopens ? 1 : 0
      clocks.set(order, clock)
      const time = new Date(Date.UTC(2026, 2, 1) + clock.minute * 60_000).toISOString().slice(0, 16).replace('T', ' ')
      return rowOf(`A-${order}`, time, state, { fault, reopened: String(clock.reopened) })
    })
  })

/** What happens before the whole file is read at last. */
const mishap = fc.oneof(
  fc.record({ kind: fc.constant('part' as const), rows: fc.nat(40) }),
  fc.record({ kind: fc.constant('asOf' as const), minute: fc.nat(10 * DAY) }),
  fc.record({ kind: fc.constant('stopped' as const), batches: fc.nat(3) }),
)

const textOf = (rows: readonly string[]): string => [HEADER, ...rows].join('\n')

describe('an import that is cut short, in any way and as often as one likes', () => {
  it('ends where one run ends', async () => {
    await fc.assert(
      fc.asyncProperty(history, fc.array(mishap, { maxLength: 4 }), async (rows, mishaps) => {
        const straight = new ImportDesk()
        const broken = new ImportDesk()
        try {
          const expected = await straight.imported(textOf(rows))
          let added = 0
          for (const trouble of mishaps) {
            if (trouble.kind === 'part') added += (await broken.imported(textOf(rows.slice(0, trouble.rows)))).events
            else if (trouble.kind === 'asOf') {
              added += (await broken.imported(textOf(rows), { asOf: Date.UTC(2026, 1, 28, 16) + trouble.minute * 60_000 })).events
            } else {
              const before = broken.events().length
              const stop = new AbortController()
              let left = trouble.batches
              const progress = (): void => {
                if (left-- <= 0) stop.abort()
              }
              await broken.import(textOf(rows), { signal: stop.signal, progress, batch: 3 })
              added += broken.events().length - before
            }
          }
          const summary = await broken.imported(textOf(rows))
          expect(added + summary.events).toBe(expected.events)
          expect({ ...summary, events: 0, rejectsFile: null }).toEqual({ ...expected, events: 0, rejectsFile: null })
          expect(broken.events()).toEqual(straight.events())
          expect(new Set(straight.events()).size).toBe(expected.events)
          expect(broken.orders()).toEqual(straight.orders())
          expect(await broken.imported(textOf(rows))).toMatchObject({ events: 0 })
        } finally {
          straight.close()
          broken.close()
        }
      }),
      randomRuns(15),
    )
  })
})
