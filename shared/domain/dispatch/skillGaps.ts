import type { SkillNeed } from '../roster/types.ts'

/** Hours of orders that ask the same skills. */
export interface Demand {
  readonly skills: readonly SkillNeed[]
  readonly hours: number
}
/** Hours of people who hold the same skills. */
interface Supply {
  readonly skills: readonly SkillNeed[]
  readonly hours: number
}

export const skillKey = ({ skill, level }: SkillNeed): string => `${skill}\n${level}`

/**
 * Hours that find nobody, by skill and level: each hour of each person is given once, to an order all of whose skills he
 * holds, so that as many hours as possible are served (a maximum flow, Ford and Fulkerson, Canadian Journal of
 * Mathematics 8, 1956). Orders that many can do are served first, hence what is left lacks what is scarce; it counts for
 * that skill of the order which fewest hours hold. A gap that is told is there whatever one plans.
 */
export function shortHours(demand: readonly Demand[], supply: readonly Supply[]): Map<string, number> {
  const people = grouped(supply)
  const orders = grouped(demand).map((order) => ({ ...order, holders: people.flatMap((each, index) => (order.skills.every((need) => holds(each, need)) ? [index] : [])) }))
  const hoursOf = (holders: readonly number[]): number => holders.reduce((sum, index) => sum + (people[index]?.hours ?? 0), 0)
  orders.sort((a, b) => hoursOf(b.holders) - hoursOf(a.holders) || (a.key < b.key ? -1 : 1))
  const free = people.map(({ hours }) => hours)
  const given = orders.map(() => new Map<number, number>())
  const short = new Map<string, number>()
  orders.forEach((order, own) => {
    let left = order.hours
    while (left > TINY) {
      const moved = give(own, left, orders, free, given)
      if (moved <= TINY) break
      left -= moved
    }
    if (left <= TINY) return
    const heldHours = (need: SkillNeed): number => people.reduce((sum, each) => sum + (holds(each, need) ? each.hours : 0), 0)
    const scarcest = [...order.skills].sort((a, b) => heldHours(a) - heldHours(b) || (skillKey(a) < skillKey(b) ? -1 : 1))[0]
    if (scarcest) short.set(skillKey(scarcest), (short.get(skillKey(scarcest)) ?? 0) + left)
  })
  return short
}

/** A thousandth of an hour is none. */
const TINY = 0.001

/** Gives an order hours of somebody who is free, or makes somebody free whose orders others can do; tells how many. */
function give(own: number, wanted: number, orders: readonly { readonly holders: readonly number[] }[], free: number[], given: Map<number, number>[]): number {
  /** By person: the order that would take him, and by order: the person it would give up. */
  const takes = new Map<number, number>()
  const givesUp = new Map<number, number>([[own, -1]])
  const open = [own]
  for (let order = open.shift(); order !== undefined; order = open.shift()) {
    for (const person of orders[order]?.holders ?? []) {
      if (takes.has(person)) continue
      takes.set(person, order)
      if ((free[person] ?? 0) > TINY) return along(person, wanted, takes, givesUp, free, given)
      given.forEach((hours, other) => {
        if (givesUp.has(other) || (hours.get(person) ?? 0) <= TINY) return
        givesUp.set(other, person)
        open.push(other)
      })
    }
  }
  return 0
}

function along(last: number, wanted: number, takes: ReadonlyMap<number, number>, givesUp: ReadonlyMap<number, number>, free: number[], given: Map<number, number>[]): number {
  const steps: { order: number; person: number; givesUp: number }[] = []
  for (let person = last; person >= 0; ) {
    const order = takes.get(person) as number
    const before = givesUp.get(order) as number
    steps.push({ order, person, givesUp: before })
    person = before
  }
  const hours = Math.min(wanted, free[last] ?? 0, ...steps.flatMap((step) => (step.givesUp < 0 ? [] : [given[step.order]?.get(step.givesUp) ?? 0])))
  for (const step of steps) {
    const own = given[step.order] as Map<number, number>
    own.set(step.person, (own.get(step.person) ?? 0) + hours)
    if (step.givesUp >= 0) own.set(step.givesUp, (own.get(step.givesUp) ?? 0) - hours)
  }
  free[last] = (free[last] ?? 0) - hours
  return hours
}

const holds = ({ skills }: Supply, { skill, level }: SkillNeed): boolean => skills.some((held) => held.skill === skill && held.level >= level)

/** Those with the same skills as one. */
function grouped(list: readonly Demand[]): { readonly key: string; readonly skills: readonly SkillNeed[]; readonly hours: number }[] {
  const groups = new Map<string, { key: string; skills: readonly SkillNeed[]; hours: number }>()
  for (const { skills, hours } of list) {
    const key = skills.map(skillKey).sort().join('\n')
    const known = groups.get(key)
    if (known) known.hours += hours
    else groups.set(key, { key, skills, hours })
  }
  return [...groups.values()]
}
