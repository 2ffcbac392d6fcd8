import { machines, master, names } from './resources.ts'
import type { Random } from './random.ts'
import { ADMIN } from './staff.ts'
import type { World } from './world.ts'

export interface Machine {
  readonly id: string
  readonly model: string
  readonly serial: string
  readonly firmware: string
  readonly environment: string
}

export interface Customer {
  readonly id: string
  readonly name: string
  readonly city: string
  readonly contacts: readonly { readonly name: string; readonly phone: string }[]
  readonly address: string
  readonly machines: readonly Machine[]
  /** How much of all work comes from here. */
  readonly weight: number
}

/** The series in which touch screens fail in humid laboratories under one firmware: for R&D to find. */
export const isWeak = ({ model, firmware, environment }: Machine): boolean =>
  model.startsWith('BR-VS6000') && firmware.startsWith('3.2.') && environment === '恒温恒湿实验室'

/**
 * Companies that nobody will find, with numbers that ring nowhere, and the machines that they bought: about `fleet`
 * each, the youngest built in the year before `year`.
 */
export function found(
  world: World,
  random: Random,
  { count, fleet: usual, year }: { count: number; fleet: number; year: number },
): Customer[] {
  const taken = new Set<string>()
  let sold = 0
  return Array.from({ length: count }, (_, index) => {
    const own = random.fork(index)
    let [city, mark] = [own.weighted(names.cities), own.pick(names.marks)]
    while (taken.has(city.name + mark)) [city, mark] = [own.weighted(names.cities), own.pick(names.marks)]
    taken.add(city.name + mark)
    const name = `${city.name}${mark}${own.pick(names.trades)}${own.pick(names.forms)}`
    const address = `${city.name}${own.pick(city.areas)} ${own.whole(1, 299)} 号`
    const contacts = Array.from({ length: own.whole(1, 3) }, (_, n) => ({
      name: own.pick(names.surnames) + own.pick(names.titles),
      phone: `1380000${String(index * 3 + n).padStart(4, '0')}`,
    }))
    const first = contacts[0] as { name: string; phone: string }
    const id = `demo-c${String(index + 1).padStart(3, '0')}`
    world.act(
      ADMIN,
      'customer.register',
      { name, contactName: first.name, contactPhone: first.phone, address, region: city.name, demo: true },
      id,
    )
    const size = Math.min(60, Math.max(1, Math.round(own.around(usual, 0.7))))
    const room = own.weighted(machines.environments)
    const fleet = Array.from({ length: size }, (_, n) => {
      // Most of a customer's machines stand in the same kind of room.
      const environment = own.chance(0.75) ? room.name : own.weighted(machines.environments).name
      sold += 1
      return install(world, own, { id: `${id}-m${n + 1}`, customer: id, environment, year, sold })
    })
    return { id, name, city: city.name, contacts, address, machines: fleet, weight: size * own.between(0.6, 1.4) }
  })
}

function install(
  world: World,
  random: Random,
  { id, customer, environment, year, sold }: { id: string; customer: string; environment: string; year: number; sold: number },
): Machine {
  const { model, code, since } = random.weighted(machines.models)
  const built = random.whole(Math.min(since, year - 1), year - 1)
  const quarter = random.whole(1, 4)
  const firmware = random.weighted(machines.firmware).version
  const month = random.whole(1, 12)
  const serial = `${code}-${built % 100}${String(month).padStart(2, '0')}${String(sold).padStart(4, '0')}`
  const papers = papersOf(random.fork(id), built, month)
  world.act(
    ADMIN,
    'equipment.register',
    { customer, model, serial, firmware, batch: `B${built % 100}Q${quarter}`, ...papers, demo: true },
    id,
  )
  return { id, model, serial, firmware, environment }
}

/** Delivered some weeks after it was built, with the warranty of the time: some machines have outlived theirs. */
function papersOf(random: Random, year: number, month: number): { deliveredOn: string; warrantyUntil: string; location: string } {
  const delivered = new Date(Date.UTC(year, month - 1, random.whole(20, 75)))
  const ends = new Date(delivered)
  ends.setUTCMonth(ends.getUTCMonth() + random.pick([12, 24, 24, 36]))
  const location = random.pick(master.locations)
  return { deliveredOn: dayOf(delivered), warrantyUntil: dayOf(ends), location }
}

const dayOf = (date: Date): string => date.toISOString().slice(0, 10)
