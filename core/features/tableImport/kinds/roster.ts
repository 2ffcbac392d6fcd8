import type { Span } from '#shared/domain/roster/types.ts'
import { addDays, instantIn } from '#shared/domain/roster/zoneTime.ts'
import { skillFinder, levelOf } from '#shared/domain/skill/need.ts'
import { nameKey } from '#shared/domain/tableImport/normal.ts'
import type { TableRow } from '#shared/domain/tableImport/row.ts'
import { all, one } from '../../../store/sql.ts'
import { readSetting } from '../../setting/read.ts'
import { Issues, valuesOf, type PlanContext, type Planner, type RowPlan, type Step } from '../plan.ts'

/** The login of an engineer by login or name; otherwise why not. */
function engineerOf(row: TableRow, issues: Issues, { known }: PlanContext): string | RowPlan {
  const name = valuesOf(row).text('engineer') ?? ''
  const login = known.logins.get(name.toLowerCase())
  if (login !== undefined) return login
  const people = known.people.get(nameKey(name)) ?? []
  if (people.length > 1) return issues.refuse('engineer', 'severalOwners', { name })
  return people[0] ?? issues.refuse('engineer', 'unknownOwner', { name })
}

const skillsOf = ({ db }: PlanContext) => all<{ id: string; name: string }>(db, 'SELECT id, name FROM skill')

export const skills: Planner = {
  key: (row) => nameKey(valuesOf(row).text('name') ?? ''),

  plan(row, context) {
    const name = valuesOf(row).text('name') ?? ''
    const issues = new Issues(row.line)
    if (skillsOf(context).some((each) => nameKey(each.name) === nameKey(name))) return { action: 'skip', steps: [], issues: issues.list }
    const steps: Step[] = [{ id: `imp.${context.job}.${row.line}`, name: 'skill.register', input: { name } }]
    return { action: 'create', steps, issues: issues.list }
  },
}

const CLOCK = /^([01]?\d|2[0-4])[:：]([0-5]\d)$/

/** HH:mm; undefined: it is none. */
function clockOf(text: string): string | undefined {
  const [, hour = '', minute = ''] = CLOCK.exec(text) ?? []
  if (hour === '' || (hour === '24' && minute !== '00')) return undefined
  return `${hour.padStart(2, '0')}:${minute}`
}

/** Degrees within a limit; undefined: it is no such number. */
function degrees(text: string, most: number): number | undefined {
  const value = Number(text)
  return /^-?\d{1,3}(\.\d+)?$/.test(text) && Math.abs(value) <= most ? value : undefined
}

/** One skill of an engineer a row, and what is said of him besides. */
export const engineerProfiles: Planner = {
  key(row) {
    const { text } = valuesOf(row)
    return `${nameKey(text('engineer') ?? '')}\n${nameKey(text('skill') ?? '')}`
  },

  plan(row, context) {
    const { load, options, job } = context
    const issues = new Issues(row.line)
    const { text, number } = valuesOf(row)
    const engineer = engineerOf(row, issues, context)
    if (typeof engineer !== 'string') return engineer
    const state = load('engineerProfile', engineer)
    const input: Record<string, unknown> = {}
    const skillName = text('skill')
    if (skillName !== undefined) {
      const need = skillFinder(skillsOf(context))(skillName)
      if (!need) return issues.refuse('skill', 'skillUnknown', { name: skillName })
      const said = number('level')
      if (said !== undefined && (said < 1 || said > 3)) return issues.refuse('level', 'wrongLevel', { value: said })
      const level = said === undefined ? need.level : levelOf(String(said))
      const held = { skill: need.skill, level, certificate: text('certificate') ?? '', validUntil: text('validUntil') ?? null }
      input['skills'] = [...state.skills.filter(({ skill }) => skill !== need.skill), held]
    }
    const [lat, lon] = [text('lat'), text('lon')]
    if (lat !== undefined || lon !== undefined) {
      const place = { lat: degrees(lat ?? '', 90), lon: degrees(lon ?? '', 180) }
      if (place.lat === undefined) return issues.refuse('lat', 'wrongDegrees', { value: lat ?? '', max: 90 })
      if (place.lon === undefined) return issues.refuse('lon', 'wrongDegrees', { value: lon ?? '', max: 180 })
      input['home'] = { ...place, name: text('home') ?? state.home?.name ?? '' }
    }
    const [territory, radiusKm] = [text('territory'), number('radiusKm')]
    if (radiusKm !== undefined) input['territory'] = { name: territory ?? state.territory?.name ?? '', radiusKm }
    if (territory !== undefined && radiusKm === undefined) issues.warn('radiusKm', 'territoryWithoutRadius', { name: territory })
    if (text('vehicle') !== undefined) input['vehicle'] = text('vehicle')
    if (number('overtimeMin') !== undefined) input['overtimeMin'] = number('overtimeMin')
    const minutes = number('lunchMin')
    if (minutes !== undefined) {
      const [from, to] = [clockOf(text('lunchFrom') ?? '11:30'), clockOf(text('lunchTo') ?? '13:30')]
      if (from === undefined) return issues.refuse('lunchFrom', 'wrongClock', { value: text('lunchFrom') ?? '' })
      if (to === undefined) return issues.refuse('lunchTo', 'wrongClock', { value: text('lunchTo') ?? '' })
      input['lunch'] = { from, to, minutes }
    }
    if (state.known && (options.existing === 'keep' || Object.keys(input).length === 0)) {
      return { action: 'skip', steps: [], issues: issues.list }
    }
    const steps: Step[] = [{ id: `imp.${job}.${row.line}`, name: 'roster.setProfile', input: { engineer, ...input } }]
    return { action: state.known ? 'update' : 'create', steps, issues: issues.list }
  },
}

type Cells = ReturnType<typeof valuesOf>['text']

interface TimeKind {
  readonly command: 'roster.addShift' | 'roster.addLeave'
  /** Finds what stands already: engineer, from, to. */
  readonly same: string
  /** Where the cell is empty. */
  readonly start: string
  readonly end: string
  readonly spanOf: (text: Cells, clock: { readonly start: string; readonly end: string }, zone: string, issues: Issues) => Span | RowPlan
}

/** A time of an engineer a row: what stands already is passed over, what overlaps is refused by the command itself. */
function timePlan(row: TableRow, context: PlanContext, { command, same, spanOf, ...usual }: TimeKind): RowPlan {
  const { db, job } = context
  const issues = new Issues(row.line)
  const { text } = valuesOf(row)
  const engineer = engineerOf(row, issues, context)
  if (typeof engineer !== 'string') return engineer
  const [start, end] = [clockOf(text('start') ?? usual.start), clockOf(text('end') ?? usual.end)]
  if (start === undefined || start === '24:00') return issues.refuse('start', 'wrongClock', { value: text('start') ?? '' })
  if (end === undefined) return issues.refuse('end', 'wrongClock', { value: text('end') ?? '' })
  const span = spanOf(text, { start, end }, readSetting(db, 'company.timeZone'), issues)
  if (!('from' in span)) return span
  const { from, to } = span
  if (one(db, same, engineer, from, to)) return { action: 'skip', steps: [], issues: issues.list }
  const steps: Step[] = [{ id: `imp.${job}.${row.line}`, name: command, input: { engineer, from, to } }]
  return { action: 'create', steps, issues: issues.list }
}

/** The end of a day is the begin of the next. */
const endAt = (zone: string, day: string, end: string): number => (end === '24:00' ? instantIn(zone, addDays(day, 1), '00:00') : instantIn(zone, day, end))

const keyOf = (row: TableRow, day: string): string => {
  const { text } = valuesOf(row)
  return `${nameKey(text('engineer') ?? '')}\n${text(day) ?? ''}\n${text('start') ?? ''}`
}

const SHIFT: TimeKind = {
  command: 'roster.addShift',
  same: 'SELECT 1 FROM single_shift WHERE engineer = ? AND from_at = ? AND to_at = ?',
  start: '',
  end: '',
  spanOf(text, { start, end }, zone) {
    const day = text('day') ?? ''
    const last = end <= start ? addDays(day, 1) : day
    return { from: instantIn(zone, day, start), to: endAt(zone, last, end) }
  },
}
export const shifts: Planner = { key: (row) => keyOf(row, 'day'), plan: (row, context) => timePlan(row, context, SHIFT) }

const LEAVE: TimeKind = {
  command: 'roster.addLeave',
  same: 'SELECT 1 FROM engineer_leave WHERE engineer = ? AND from_at = ? AND to_at = ?',
  start: '00:00',
  end: '24:00',
  spanOf(text, { start, end }, zone, issues) {
    const [first, last] = [text('from') ?? '', text('to') ?? '']
    const span = { from: instantIn(zone, first, start), to: endAt(zone, last, end) }
    return span.to > span.from ? span : issues.refuse('to', 'leaveTurned', { from: `${first} ${start}`, to: `${last} ${end}` })
  },
}
export const leaves: Planner = { key: (row) => keyOf(row, 'from'), plan: (row, context) => timePlan(row, context, LEAVE) }
