import type { CommandInput } from '#shared/contract/registry.ts'
import type { Customer } from './fleet.ts'
import { master } from './resources.ts'
import type { Random } from './random.ts'
import { user, type Staff } from './staff.ts'
import { DAY } from './workHours.ts'
import type { World } from './world.ts'

/** Providers and the defects that are known; every id is said, so that the orders of the tale keep theirs. */
export function plantMaster(world: World, staff: Staff): void {
  const supervisor = user(staff.of.supervisor[0] ?? 'supervisor')
  for (const { id, name, parent } of master.providers) {
    world.act(supervisor, 'provider.register', { name, parent, demo: true }, id)
  }
  for (const { id, ...defect } of master.knownDefects) {
    world.act(user(staff.of.technicalLead[0] ?? 'lead'), 'knownDefect.register', { ...defect, demo: true }, id)
  }
}

type Terms = Pick<CommandInput['contract.register'], 'kind' | 'coverage' | 'responseHours' | 'notes'> & { readonly code: string }

const KINDS: readonly (Terms & { readonly weight: number })[] = [
  { weight: 5, code: 'WB', kind: 'maintenance', coverage: 'contract', responseHours: 4, notes: '含每年两次保养，人工与常用备件不另收费。' },
  { weight: 3, code: 'KJ', kind: 'framework', coverage: 'chargeable', responseHours: 24, notes: '按次计费，单价见合同附件。' },
  { weight: 2, code: 'YB', kind: 'warrantyExtension', coverage: 'warranty', responseHours: 8, notes: '延保期内与原厂保修同等。' },
]

/** About half of the customers have a contract: most of them for some machines, some about to end, a few that ended. */
export function plantContracts(world: World, staff: Staff, random: Random, customers: readonly Customer[], until: number): void {
  const supervisor = user(staff.of.supervisor[0] ?? 'supervisor')
  customers.forEach((customer, index) => {
    const own = random.fork(index)
    if (!own.chance(0.55)) return
    const { weight: _weight, code, ...terms } = own.weighted(KINDS)
    const ends = until + own.whole(-90, 360) * DAY
    const to = dayOf(ends)
    const from = dayOf(ends - 364 * DAY)
    const some = own.chance(0.4) ? customer.machines.slice(0, 3).map(({ id }) => id) : null
    const number = `${code}-${from.slice(0, 4)}-${String(index + 1).padStart(3, '0')}`
    const input = { customer: customer.id, number, from, to, machines: some, ...terms, demo: true }
    world.act(supervisor, 'contract.register', input, `demo-k${String(index + 1).padStart(3, '0')}`)
  })
}

/** Who does the work in a city, for a third of what is done there. */
export function providerFor({ city }: Customer, random: Random): string | undefined {
  const near = master.providers.find(({ cities }) => cities.includes(city))
  return near && random.chance(0.33) ? near.id : undefined
}

const dayOf = (at: number): string => new Date(at).toISOString().slice(0, 10)
