import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, describe, expect, it } from 'vitest'
import type { WireEvent } from '#core/store/eventLog.ts'
import { MONDAY, openLogDesk, type LogDesk } from '../support/logDesk.ts'
import { dumpProjections, rebuilt } from '../support/projections.ts'
import { randomDraft } from '../support/randomEvents.ts'
import { isLongRun, randomRuns } from '../support/random.ts'

const DESKS = 3
const place = fc.nat(DESKS - 1)

/** One thing that happens: a command on a desk, or a desk hearing of some of what another holds. */
const step = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      kind: fc.constant('command' as const),
      desk: place,
      drafts: fc.array(randomDraft, { minLength: 1, maxLength: 4 }),
      /** The same command may be repeated on another desk, and decide differently there. */
      id: fc.option(fc.nat(5)),
      /** Clocks go forward and are set back, each on its own. */
      ms: fc.integer({ min: -5_000, max: 60_000 }),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('exchange' as const),
      from: place,
      to: place,
      /** Which of the events, in what order, some of them twice. */
      picks: fc.array(fc.nat(200), { minLength: 1, maxLength: 12 }),
      cold: fc.boolean(),
    }),
  },
)

/** Folders of desks that were opened and closed once: copied for each case, because making one takes longer. */
const home = mkdtempSync(join(tmpdir(), 'loopdesk-any-order-'))
const folders = Array.from({ length: DESKS }, (_, n) => {
  const folder = join(home, `desk-${n}`)
  openLogDesk(MONDAY + n * 1000, folder).app.close()
  return folder
})
afterAll(() => rmSync(home, { recursive: true }))

let tries = 0

function openDesks(): LogDesk[] {
  tries += 1
  return folders.map((folder, n) => {
    const copy = join(home, `try-${tries}-${n}`)
    cpSync(folder, copy, { recursive: true })
    return openLogDesk(MONDAY + n * 1000, copy)
  })
}

/** Plays the steps on desks that start empty, then tells everybody everything, in an order of its own. */
function play(desks: readonly LogDesk[], steps: readonly (typeof step extends fc.Arbitrary<infer S> ? S : never)[], shuffle: number): void {
  for (const taken of steps) {
    if (taken.kind === 'command') {
      const desk = desks[taken.desk] as LogDesk
      desk.now += taken.ms
      const id = taken.id === null ? undefined : `try${tries}-repeated-${taken.id}`
      desk.append(taken.drafts, id === undefined || desk.has(id) ? {} : { id })
    } else {
      const from = desks[taken.from] as LogDesk
      const held = from.origins().flatMap((origin) => from.wires(origin))
      const picked = taken.picks.flatMap((pick) => held[pick % Math.max(held.length, 1)] ?? [])
      hear(desks[taken.to] as LogDesk, picked, taken.cold)
    }
  }
  for (const to of desks) {
    for (const from of desks) {
      const held = from.origins().flatMap((origin) => from.wires(origin))
      const mixed = held.map((wire, index) => ({ wire, key: ((index + 1) * 7919 * (shuffle + 1)) % 1009 }))
      mixed.sort((a, b) => a.key - b.key)
      for (let i = 0; i < mixed.length; i += 9) hear(to, mixed.slice(i, i + 9).map(({ wire }) => wire), i % 2 === 0)
    }
  }
}

function hear(desk: LogDesk, wires: readonly WireEvent[], cold: boolean): void {
  if (cold) desk.app.subjects.forget()
  desk.app.pipeline.receive(wires)
}

describe('events of several desks', () => {
  it('give the same rows in any order and any batches, and after a rebuild', () => {
    fc.assert(
      fc.property(fc.array(step, { minLength: 5, maxLength: 40 }), fc.nat(1000), (steps, shuffle) => {
        const desks = openDesks()
        try {
          play(desks, steps, shuffle)
          const [first, ...others] = desks.map((desk) => dumpProjections(desk.app))
          for (const rows of others) expect(rows).toEqual(first)
          for (const desk of desks) expect(rebuilt(desk.app)).toEqual(first)
        } finally {
          for (const desk of desks) desk.close()
        }
      }),
      randomRuns(60, 600),
    )
  }, isLongRun ? 900_000 : 60_000)
})
