import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { partiesIn, perceive, runningStage, totalOf, verdictOf } from '#shared/domain/perceivedTime/perceive.ts'
import { bucketOf, EDGES, lastBucketUnder, RATED } from '#shared/domain/perceivedTime/pieces.ts'
import { dayFromIso, dayOf, isoOf, startOf } from '#shared/domain/perceivedTime/days.ts'
import { SETTINGS } from '#shared/domain/setting/settings.ts'
import type { WorkOrderState } from '#shared/domain/workOrder/state.ts'
import { randomRuns } from '../../support/random.ts'
import { anyOrder, arrived, closed, history, HOUR, life, MINUTE, moved, promised, registered, reopened, replied, signed, T0, told } from './orders.ts'

const LIMITS = SETTINGS['perceived.limits'].default
const lengths = (state: WorkOrderState, now = T0 + 1000 * HOUR) =>
  perceive(state).pieces.map(({ piece, from, to }) => [piece, ((to ?? now) - from) / MINUTE, ...(to === null ? ['runs'] : [])])
const verdicts = (state: WorkOrderState, now = T0 + 1000 * HOUR) => RATED.map((stage) => verdictOf(perceive(state), stage, LIMITS, now))

describe('perceived time, by the definition', () => {
  it('cuts a life into pieces that sum to first contact → signature', () => {
    const state = told(...life(10 * MINUTE, 30 * MINUTE, 90 * MINUTE, 20 * HOUR, 25 * HOUR, 27 * HOUR))
    expect(lengths(state)).toEqual([
      ['response', 10],
      ['triage', 20],
      ['decision', 60],
      ['execution', 20 * 60 - 90],
      ['fieldWork', 300],
      ['confirmation', 120],
    ])
    expect(totalOf(perceive(state))).toBe(27 * HOUR)
    expect(verdicts(state)).toEqual(['hit', 'hit', 'hit', 'hit'])
  })

  it('takes a stage that took exactly its limit for missed, one millisecond less for kept', () => {
    const exact = (less: number) => {
      const [a, b, c, d] = [15 * MINUTE - less, 15 * MINUTE, 15 * MINUTE + 2 * HOUR - less, 26 * HOUR + 15 * MINUTE - 2 * less]
      return verdicts(told(...life(a, b, c, d, d + HOUR, d + 5 * HOUR - less)))
    }
    expect(exact(0)).toEqual(['miss', 'miss', 'miss', 'miss'])
    expect(exact(1)).toEqual(['hit', 'hit', 'hit', 'hit'])
  })

  it('lets a running stage be pending inside its limit and miss at the very instant it passes', () => {
    const state = told(registered())
    expect(runningStage(perceive(state))).toEqual({ stage: 'response', since: T0 })
    expect(verdicts(state, T0 + 15 * MINUTE - 1)[0]).toBe('pending')
    expect(verdicts(state, T0 + 15 * MINUTE)[0]).toBe('miss')
    expect(verdicts(state, T0 + 15 * MINUTE).slice(1)).toEqual(['notApplicable', 'notApplicable', 'notApplicable'])
  })

  it('moves a boundary that came too early behind the one before it', () => {
    const state = told(registered(), moved(HOUR, 'intakeReview', 'diagnosis'), moved(2 * HOUR, 'diagnosis', 'partsLock'))
    // Nobody has answered the customer yet: all of it is response.
    expect(lengths(state, T0 + 3 * HOUR)).toEqual([['response', 180, 'runs']])
    const late = told(registered(), moved(HOUR, 'intakeReview', 'diagnosis'), moved(2 * HOUR, 'diagnosis', 'partsLock'), replied(5 * HOUR))
    expect(lengths(late, T0 + 6 * HOUR)).toEqual([
      ['response', 300],
      ['triage', 0],
      ['decision', 0],
      ['execution', 60, 'runs'],
    ])
  })

  it('shows a reply at the telephone as its own channel, of length 0', () => {
    const state = told(registered({ channel: 'phone' }), replied(0))
    expect(perceive(state)).toMatchObject({ atCall: true, pieces: [{ piece: 'response', from: T0, to: T0 }, { piece: 'triage' }] })
    expect(perceive(told(registered(), replied(0))).atCall).toBe(false)
  })

  it('has no ③ for a remote fix; ④ runs from “solved remotely” to the confirmation', () => {
    const state = told(
      registered(),
      replied(5 * MINUTE),
      moved(10 * MINUTE, 'intakeReview', 'diagnosis'),
      moved(70 * MINUTE, 'diagnosis', 'signoff', 'remoteFix'),
      signed(100 * MINUTE, 'remoteConfirmation'),
      closed(100 * MINUTE, 'remoteConfirmed'),
    )
    expect(lengths(state)).toEqual([
      ['response', 5],
      ['triage', 5],
      ['decision', 60],
      ['fieldWork', 0],
      ['confirmation', 30],
    ])
    expect(verdicts(state)).toEqual(['hit', 'hit', 'notApplicable', 'hit'])
    expect(perceive(state).remote).toBe(true)
  })

  it('counts return visits as field work: the last one ends it, the first arrival begins it', () => {
    const state = told(
      ...life(MINUTE, MINUTE, HOUR, 10 * HOUR, 12 * HOUR, 13 * HOUR).slice(0, 8),
      moved(14 * HOUR, 'signoff', 'onsite', 'sendBack'),
      arrived(20 * HOUR),
      moved(30 * HOUR, 'onsite', 'signoff'),
      signed(31 * HOUR),
      closed(31 * HOUR),
    )
    expect(lengths(state).slice(-3)).toEqual([
      ['execution', 540],
      ['fieldWork', 1200],
      ['confirmation', 60],
    ])
  })

  it('goes on with the whole life of a reopened order', () => {
    const first = life(MINUTE, MINUTE, HOUR, 10 * HOUR, 12 * HOUR, 13 * HOUR)
    const again = told(...first, reopened(50 * HOUR, 'onsite'))
    expect(lengths(again, T0 + 51 * HOUR).slice(-1)).toEqual([['fieldWork', 41 * 60, 'runs']])
    const twice = told(...first, reopened(50 * HOUR, 'onsite'), moved(60 * HOUR, 'onsite', 'signoff'), signed(61 * HOUR), closed(61 * HOUR))
    expect(totalOf(perceive(twice))).toBe(61 * HOUR)
    expect(perceive(twice).pieces.filter(({ piece }) => piece === 'fieldWork')).toHaveLength(1)
  })

  it('makes a piece of an imported order not applicable where it lacks a boundary, and keeps the sum', () => {
    const state = told(
      registered({ imported: { source: 'sn' } }),
      history(0, 'intakeReview'),
      history(2 * HOUR, 'diagnosis'),
      history(3 * HOUR, 'onsite'),
      history(9 * HOUR, 'signoff'),
      history(10 * HOUR, 'closed'),
    )
    expect(lengths(state)).toEqual([
      ['unknown', 120],
      ['decision', 60],
      ['unknown', 360],
      ['confirmation', 60],
    ])
    expect(verdicts(state)).toEqual(['notApplicable', 'hit', 'notApplicable', 'hit'])
    expect(totalOf(perceive(state))).toBe(10 * HOUR)
  })

  it('keeps self-resolved, cancelled and merged orders outside the rates', () => {
    const self = told(registered(), closed(3 * HOUR, 'selfResolved', 'intakeReview'))
    expect([perceive(self).outcome, ...verdicts(self)]).toEqual(['selfResolved', 'notApplicable', 'notApplicable', 'notApplicable', 'notApplicable'])
    const gone = told(registered(), ['orderCancelled', 3 * HOUR, { reason: 'x', from: 'intakeReview' }])
    expect(perceive(gone)).toMatchObject({ outcome: 'cancelled', endedAt: T0 + 3 * HOUR, pieces: [] })
    expect(runningStage(perceive(gone))).toBe(null)
  })

  it('remembers that the customer chose the date, until the first arrival', () => {
    const book = (customersDate?: true) => ['appointmentBooked', HOUR, { appointment: 'x', engineer: 'chen', from: 0, to: 1, ...(customersDate && { customersDate }) }] as const
    expect(perceive(told(registered(), book(true))).byWish).toBe(true)
    expect(perceive(told(registered(), book(true), book())).byWish).toBe(false)
    expect(perceive(told(registered(), book(true), arrived(2 * HOUR), book())).byWish).toBe(true)
  })

  it('gives every second to the party it waited on', () => {
    const promise = (waitsOn: 'us' | 'supplier' | 'customer') => ({ step: 's', waitsOn, by: null })
    const state = told(
      registered({ promise: promise('us') }),
      replied(MINUTE),
      moved(MINUTE, 'intakeReview', 'diagnosis', 'forward', promise('us')),
      moved(HOUR, 'diagnosis', 'partsLock', 'forward', promise('us')),
      promised(2 * HOUR, 'supplier'),
      promised(5 * HOUR, 'customer'),
      arrived(9 * HOUR),
    )
    const execution = perceive(state).pieces.find(({ piece }) => piece === 'execution')
    expect(Object.fromEntries(partiesIn(state, execution?.from ?? 0, execution?.to ?? 0))).toEqual({
      us: HOUR,
      supplier: 3 * HOUR,
      customer: 4 * HOUR,
    })
  })
})

describe('perceived time of any order', () => {
  const now = T0 + 500 * HOUR

  it('is contiguous, sums to the total exactly, and each piece sums over its parties', () => {
    fc.assert(
      fc.property(anyOrder, (state) => {
        const { pieces, outcome } = perceive(state)
        if (outcome === 'cancelled' || outcome === 'merged') {
          expect(pieces).toEqual([])
          return
        }
        expect(pieces[0]?.from).toBe(state.firstContactAt)
        let sum = 0
        for (const [index, { from, to }] of pieces.entries()) {
          const next = pieces[index + 1]
          if (next) expect(to).toBe(next.from)
          const end = to ?? Math.max(now, from)
          expect(end).toBeGreaterThanOrEqual(from)
          const parts = [...partiesIn(state, from, end).values()]
          expect(parts.reduce((total, ms) => total + ms, 0)).toBe(end - from)
          for (const ms of parts) expect(ms).toBeGreaterThan(0)
          sum += end - from
        }
        const last = pieces[pieces.length - 1]
        expect(sum).toBe((last?.to ?? Math.max(now, last?.from ?? 0)) - state.firstContactAt)
        if (last?.to !== null) expect(totalOf(perceive(state))).toBe(sum)
      }),
      randomRuns(400, 20_000),
    )
  })

  it('has each named piece once, in their order, and at most the last one running', () => {
    const order = ['response', 'triage', 'decision', 'execution', 'fieldWork', 'confirmation']
    fc.assert(
      fc.property(anyOrder, (state) => {
        const { pieces } = perceive(state)
        const named = pieces.map(({ piece }) => piece).filter((piece) => piece !== 'unknown')
        expect(named).toEqual([...new Set(named)].sort((a, b) => order.indexOf(a) - order.indexOf(b)))
        expect(pieces.slice(0, -1).every(({ to }) => to !== null)).toBe(true)
        if (state.status === 'closed') expect(pieces.every(({ to }) => to !== null)).toBe(true)
      }),
      randomRuns(300, 10_000),
    )
  })

  it('only ever turns from pending to missed as time goes by', () => {
    fc.assert(
      fc.property(anyOrder, fc.array(fc.integer({ min: 0, max: 600 * HOUR }), { minLength: 2, maxLength: 6 }), (state, times) => {
        const perceived = perceive(state)
        for (const stage of RATED) {
          const seen = times.sort((a, b) => a - b).map((at) => verdictOf(perceived, stage, LIMITS, T0 + at))
          const distinct = seen.filter((verdict, index) => verdict !== seen[index - 1])
          expect([[distinct[0]], ['pending', 'miss']]).toContainEqual(distinct)
        }
      }),
      randomRuns(200, 5_000),
    )
  })
})

describe('buckets and days', () => {
  it('counts hits exactly for every limit that may be set', () => {
    fc.assert(
      fc.property(fc.constantFrom(...EDGES), fc.integer({ min: -2, max: 2 }), fc.constantFrom(...EDGES), (edge, off, limit) => {
        const ms = Math.max(0, edge + off)
        expect(bucketOf(ms) <= lastBucketUnder(limit)).toBe(ms < limit)
      }),
      randomRuns(400, 4_000),
    )
    expect([...EDGES].sort((a, b) => a - b)).toEqual(EDGES)
    for (const limit of Object.values(LIMITS)) expect(EDGES).toContain(limit)
  })

  it('knows the day of any instant in any zone, and when a day begins there', () => {
    const zones = ['Asia/Shanghai', 'UTC', 'Asia/Kolkata', 'America/New_York', 'Australia/Lord_Howe', 'Pacific/Apia']
    fc.assert(
      fc.property(fc.integer({ min: Date.UTC(2020, 0), max: Date.UTC(2035, 0) }), fc.constantFrom(...zones), (at, zone) => {
        const day = dayOf(at, zone)
        expect(startOf(day, zone)).toBeLessThanOrEqual(at)
        expect(startOf(day + 1, zone)).toBeGreaterThan(at)
        expect(dayFromIso(isoOf(day))).toBe(day)
      }),
      randomRuns(300, 5_000),
    )
  })
})
