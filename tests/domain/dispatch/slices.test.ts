import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { slicesOf } from '#shared/domain/dispatch/slices.ts'
import { randomRuns } from '../../support/random.ts'

const place = fc.record({ engineers: fc.uniqueArray(fc.constantFrom('a', 'b', 'c'), { minLength: 1, maxLength: 2 }), from: fc.integer({ min: 0, max: 8 }), length: fc.integer({ min: 1, max: 3 }) }).map(({ engineers, from, length }) => ({ engineers, from, to: from + length }))
const changes = fc.array(fc.record({ before: fc.option(place), after: fc.option(place) }), { maxLength: 12 }).map((list) => list.map((each, n) => ({ order: `o${n}`, ...each })))
type Change = { order: string; before: { engineers: string[]; from: number; to: number } | null; after: { engineers: string[]; from: number; to: number } | null }

/** Whether `change` takes time that `other` holds until it is moved. */
const takesFrom = ({ after }: Change, { before }: Change): boolean =>
  after !== null && before !== null && after.from < before.to && before.from < after.to && after.engineers.some((each) => before.engineers.includes(each))

describe('a plan in parts', () => {
  it('has each change once, and nobody takes time before it is given back', () => {
    fc.assert(
      fc.property(changes, fc.array(fc.tuple(fc.nat(11), fc.nat(11)), { maxLength: 4 }), fc.integer({ min: 1, max: 4 }), (all, pairs, most) => {
        const links = pairs.map(([a, b]) => [`o${a}`, `o${b}`] as const)
        const slices = slicesOf(all, links, most)
        expect(slices.flat().map(({ order }) => order).sort()).toEqual(all.map(({ order }) => order).sort())
        const partOf = new Map(slices.flatMap((slice, n) => slice.map(({ order }) => [order, n] as const)))
        for (const change of all) for (const other of all) {
          if (change !== other && takesFrom(change, other)) expect(partOf.get(other.order)).toBeLessThanOrEqual(partOf.get(change.order) ?? -1)
        }
        for (const [a, b] of links) if (partOf.has(a) && partOf.has(b)) expect(partOf.get(a)).toBe(partOf.get(b))
      }),
      randomRuns(300),
    )
  })

  it('is large only where the changes hang together', () => {
    const hour = (order: string, before: number | null, after: number): Change => {
      const at = (from: number) => ({ engineers: ['a'], from, to: from + 1 })
      return { order, before: before === null ? null : at(before), after: at(after) }
    }
    const free = Array.from({ length: 20 }, (_, n) => hour(`n${n}`, null, n))
    expect(slicesOf(free, [], 8).map((slice) => slice.length)).toEqual([8, 8, 4])
    // A chain goes from its free end on; a ring goes at once.
    expect(slicesOf([hour('x', 1, 2), hour('y', 2, 3), hour('z', 3, 4)], [], 1).map((slice) => slice.map(({ order }) => order))).toEqual([['z'], ['y'], ['x']])
    expect(slicesOf([hour('x', 1, 2), hour('y', 2, 3), hour('z', 3, 1)], [], 1)).toHaveLength(1)
  })
})
