import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { shortHours } from '#shared/domain/dispatch/skillGaps.ts'
import type { Level, SkillNeed } from '#shared/domain/roster/types.ts'
import { randomRuns } from '../../support/random.ts'

const need = (skill: string, level: Level): SkillNeed => ({ skill, level })
const group = fc.record({
  skills: fc.uniqueArray(fc.record({ skill: fc.constantFrom('plc', 'weld', 'optics'), level: fc.constantFrom<Level>(1, 2, 3) }), { minLength: 1, maxLength: 2, selector: ({ skill }) => skill }),
  hours: fc.integer({ min: 0, max: 40 }),
})

describe('hours short of a skill', () => {
  it('gives each hour of a person once: who holds level 3 is busy with level 1 too', () => {
    const demand = [
      { skills: [need('plc', 3)], hours: 20 },
      { skills: [need('plc', 1)], hours: 40 },
    ]
    const supply = [
      { skills: [need('plc', 3)], hours: 28 },
      { skills: [need('plc', 1)], hours: 20 },
    ]
    // 28 h hold level 3 and 48 h level 1: each for itself would do, together 12 h are missing.
    expect([...shortHours(demand, supply)]).toEqual([['plc\n3', 12]])
    expect([...shortHours(demand, [])]).toEqual([['plc\n1', 40], ['plc\n3', 20]])
    expect([...shortHours([], supply)]).toEqual([])
  })

  it('is as small as can be, whatever one plans (Hall’s deficiency)', () => {
    fc.assert(
      fc.property(fc.array(group, { maxLength: 5 }), fc.array(group, { maxLength: 4 }), (demand, supply) => {
        const short = [...shortHours(demand, supply).values()].reduce((sum, hours) => sum + hours, 0)
        const able = (person: (typeof supply)[number], order: (typeof demand)[number]): boolean =>
          order.skills.every(({ skill, level }) => person.skills.some((held) => held.skill === skill && held.level >= level))
        let worst = 0
        for (let set = 1; set < 2 ** demand.length; set++) {
          const orders = demand.filter((_, index) => set & (1 << index))
          const asked = orders.reduce((sum, { hours }) => sum + hours, 0)
          const there = supply.filter((person) => orders.some((order) => able(person, order))).reduce((sum, { hours }) => sum + hours, 0)
          worst = Math.max(worst, asked - there)
        }
        expect(short).toBeCloseTo(worst, 2)
      }),
      randomRuns(300),
    )
  })
})
