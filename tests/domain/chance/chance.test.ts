import { describe, expect, it } from 'vitest'
import { calibrationOf, replayChance } from '#shared/domain/chance/calibration.ts'
import { learnChance, type Past } from '#shared/domain/chance/model.ts'
import { expectAfter, type Lesson } from '#shared/domain/pace/expect.ts'
import { Random } from '#core/features/demo/random.ts'

const HOUR = 3_600_000
const DAY = 24 * HOUR
const ZONE = 'Asia/Shanghai'
const MONDAY = Date.UTC(2026, 2, 2, 1)
const LIMIT = 8 * HOUR

/** Work goes on from 9 to 18 in Shanghai alone; one symptom takes three times as long as the other. */
function worked(random: Random, count: number): Past[] {
  return Array.from({ length: count }, () => {
    const slow = random.chance(0.5)
    const from = MONDAY + Math.floor(random.between(0, 120)) * DAY + Math.floor(random.between(0, 10) * HOUR)
    let left = random.around(slow ? 6 : 2, 0.8) * HOUR
    let at = from
    while (left > 0) {
      const ofDay = (at - MONDAY) % DAY
      const open = 9 * HOUR - ofDay
      if (open <= 0) at += DAY - ofDay
      else if (left <= open) [at, left] = [at + left, 0]
      else [at, left] = [at + open + 15 * HOUR, left - open]
    }
    return { symptom: slow ? 'slow' : 'fast', model: random.pick(['A', 'B']), from, to: at }
  })
}

describe('the chance of a miss', () => {
  const past = worked(new Random('chance'), 2500)
  const learning = { zone: ZONE, limitMs: LIMIT, until: MONDAY + 140 * DAY }

  it('is what came, on history that it has not seen', () => {
    const held = replayChance(past, learning, MONDAY + 85 * DAY)
    expect(held?.forecasts).toBeGreaterThan(1000)
    expect(held?.error).toBeLessThan(0.05)
    expect(held?.brier).toBeLessThan(0.75 * (held?.blindBrier ?? 0))
    for (const { forecasts, given, came } of held?.bins ?? []) {
      if (forecasts >= 60) expect(Math.abs(given - came)).toBeLessThan(0.15)
    }
  })

  it('grows with what is left undone and knows night, symptom and the passed limit', () => {
    const model = learnChance(past, learning)
    const begin = MONDAY + 130 * DAY
    const asked = (symptom: string, spent: number, left: number, from = begin): number =>
      model?.chance({ symptom, model: 'A', from, now: from + spent, due: from + spent + left }) ?? Number.NaN
    expect(asked('slow', HOUR, 4 * HOUR)).toBeGreaterThan(asked('fast', HOUR, 4 * HOUR) + 0.2)
    expect(asked('slow', HOUR, 2 * HOUR)).toBeGreaterThan(asked('slow', HOUR, 6 * HOUR))
    // From 18:00 on, nobody works: eight hours of night are worth less than three of the day.
    expect(asked('slow', HOUR, 8 * HOUR, begin + 9 * HOUR)).toBeGreaterThan(asked('slow', HOUR, 3 * HOUR))
    expect(asked('fast', LIMIT, 0)).toBe(1)
    for (const spent of [0, 40 * DAY]) {
      const chance = asked('unheard of', spent, HOUR)
      expect(chance).toBeGreaterThan(0)
      expect(chance).toBeLessThan(1)
    }
  })

  it('is not given from a handful of orders, and zero orders break nothing', () => {
    expect(learnChance(past.slice(0, 29), learning)).toBeNull()
    expect(learnChance([], learning)).toBeNull()
    expect(replayChance([], learning, MONDAY)).toBeNull()
    expect(calibrationOf([])).toBeNull()
  })

  it('survives clocks that jumped and lengths of zero', () => {
    const odd: Past[] = [...past.slice(0, 60), ...past.slice(0, 40).map((each) => ({ ...each, to: each.from })), { symptom: '', model: '', from: MONDAY + DAY, to: MONDAY }]
    const chance = learnChance(odd, learning)?.chance({ symptom: '', model: '', from: MONDAY, now: MONDAY + HOUR, due: MONDAY + 2 * HOUR }) ?? -1
    expect(chance).toBeGreaterThan(0)
    expect(chance).toBeLessThan(1)
  })
})

describe('what is expected', () => {
  const lessons = (count: number, length: number, rest: number): Lesson[] =>
    Array.from({ length: count }, (_, index) => ({ length: length + index, rest: rest + 10 * index }))

  it('comes from the closest kind of which 30 lasted as long', () => {
    const all = lessons(300, 100, 1000)
    const alike = lessons(30, 500, 5000)
    const asked = { symptomAndModel: alike, symptom: lessons(29, 500, 9000), all }
    expect(expectAfter(asked, 0)).toMatchObject({ likeness: 'symptomAndModel', orders: 30, median: 5140, p80: 5230 })
    // One of the thirty had ended by then.
    expect(expectAfter(asked, 500)?.likeness).toBe('all')
    expect(expectAfter({ ...asked, all: [] }, 500)).toBeNull()
  })

  it('never lies in the past, and says where an order is beyond all before it', () => {
    const all = lessons(100, 100, 90)
    const beyond = expectAfter({ symptomAndModel: [], symptom: [], all }, 1e9)
    expect(beyond).toMatchObject({ beyond: true, orders: 30, likeness: 'all' })
    expect(beyond?.median).toBeGreaterThanOrEqual(0)
    expect(expectAfter({ symptomAndModel: [], symptom: [], all: lessons(29, 1, 1) }, 0)).toBeNull()
  })
})
