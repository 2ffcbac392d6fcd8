import { readFileSync } from 'node:fs'

/** What the demo desk is made of, as data in `resources/demo/`. */
const read = (name: string): unknown =>
  JSON.parse(readFileSync(new URL(`../../../resources/${name}.json`, import.meta.url), 'utf8'))

export interface Fault {
  readonly category: string
  readonly symptom: string
  readonly weight: number
  /** Share solved from afar. */
  readonly remote: number
  readonly parts: readonly string[]
  readonly partShare: number
  readonly skill: string
  /** Work on site. */
  readonly hours: number
  readonly steps: readonly string[]
  readonly conclusions: readonly string[]
  readonly causes: readonly string[]
  readonly solutions: readonly string[]
}

export const names = read('demo/names') as {
  readonly cities: readonly { name: string; weight: number; areas: readonly string[] }[]
  readonly marks: readonly string[]
  readonly trades: readonly string[]
  readonly forms: readonly string[]
  readonly surnames: readonly string[]
  readonly given: readonly string[]
  readonly titles: readonly string[]
}

export const machines = read('demo/machines') as {
  readonly models: readonly { model: string; code: string; weight: number; since: number }[]
  readonly firmware: readonly { version: string; weight: number }[]
  readonly environments: readonly { name: string; weight: number }[]
  readonly skills: readonly string[]
  readonly parts: readonly { part: string; name: string; unit: string; start: number; reorder: number; lot: number }[]
  readonly warehouses: readonly { code: string; name: string; share: number }[]
}

export const faults = read('demo/faults') as readonly Fault[]

export const master = read('demo/master') as {
  /** Each after the one above it; those who work in a city are chosen for orders there. */
  readonly providers: readonly { id: string; name: string; parent: string | null; cities: readonly string[] }[]
  readonly knownDefects: readonly {
    id: string
    title: string
    model: string
    symptoms: readonly string[]
    firmware: string | null
    advice: string
  }[]
  readonly locations: readonly string[]
}

export const roster = read('demo/roster') as {
  readonly skills: readonly { id: string; name: string }[]
  /** Degrees; an address begins with the name of one. */
  readonly areas: readonly { name: string; lat: number; lon: number }[]
  /** Where engineers set out from, and whose team they are. */
  readonly bases: readonly Base[]
}
export interface Base {
  readonly name: string
  readonly team: string
  readonly territory: string
  readonly radiusKm: number
  readonly lat: number
  readonly lon: number
  readonly weight: number
}

/** Where an address is, to its part of the city. */
export const areaOf = (address: string) => roster.areas.find(({ name }) => address.startsWith(name))

type Topic = 'notes' | 'replies' | 'inquiries' | 'cancel' | 'reopen' | 'release' | 'waiting' | 'handover'

export const phrases = read('demo/phrases') as Readonly<Record<Topic, readonly string[]>> & {
  readonly complaints: Readonly<Record<'overtime' | 'other', readonly string[]>>
  readonly sendBack: Readonly<Record<'intakeReview' | 'diagnosis' | 'scheduling' | 'partsLock' | 'onsite', readonly string[]>>
}

/** Days that are holidays or worked although they are not of the week's usual ones. */
export const calendar = read('calendars/china-office') as {
  readonly days: Readonly<Record<string, { readonly kind: 'holiday' | 'workday' }>>
}
