import { resolve, sep } from 'node:path'
import type { LiveTask } from '#shared/contract/live.ts'
import type { LiveTaskId } from '#shared/domain/live/steps.ts'
import { slaPolicySchema } from '#shared/domain/sla/policy.ts'
import { calendarSchema } from '#shared/domain/sla/calendar.ts'
import type { UserRow } from '#shared/contract/user.ts'
import type { Role } from '#shared/domain/user/fold.ts'
import { backupStateOf, type BackupSetting } from '../../maintenance/backupState.ts'
import { readSetting as readLocal } from '../../store/settings.ts'
import { one, type ReadableDb } from '../../store/sql.ts'
import { readCredential } from '../session/credentials.ts'
import { isDemo } from '../session/demo.ts'
import { readSetting } from '../setting/read.ts'
import { listAccounts } from '../user/accounts.ts'

const DAY = 86_400_000
/** From October on the holidays of the next year are known and worth asking for. */
const NEXT_YEAR_FROM_MONTH = 10
const NAMES_SHOWN = 4

const isThere = (db: ReadableDb, from: string): boolean => one(db, `SELECT 1 FROM ${from} LIMIT 1`) !== undefined

interface Facts {
  readonly db: ReadableDb
  readonly folder: string
  readonly now: number
  readonly people: readonly UserRow[]
  readonly called: readonly Role[]
  readonly years: { readonly current: number; readonly month: number; readonly known: readonly number[] }
}

/** Names of colleagues, the first few of them. */
const names = (people: readonly UserRow[]): string =>
  people.slice(0, NAMES_SHOWN).map(({ displayName }) => displayName).join('、') + (people.length > NAMES_SHOWN ? '…' : '')

const listed = (people: readonly UserRow[]) => ({ n: people.length, names: names(people) })

/** Each by what is the case now: nobody ticks them by hand. */
const TASKS: Readonly<Record<LiveTaskId, (facts: Facts) => Omit<LiveTask, 'id'>>> = {
  realData: ({ db }) => plain(!isDemo(db)),
  companyName: ({ db }) => plain(readSetting(db, 'company.name') !== ''),
  customers: ({ db }) => plain(isThere(db, 'customer')),
  machines: ({ db }) => plain(isThere(db, 'equipment')),
  parts: ({ db }) => plain(isThere(db, 'part_stock')),
  engineers: ({ people }) => plain(people.some(({ roles }) => roles.includes('engineer'))),
  passwords: ({ people, db }) => {
    const without = people.filter(({ id }) => !readCredential(db, id))
    return { done: people.length > 1 && without.length === 0, params: listed(without) }
  },
  secondAdmin: ({ people, db }) => {
    const admins = people.filter(({ roles, id }) => roles.includes('admin') && readCredential(db, id))
    return { done: admins.length >= 2, params: { n: admins.length } }
  },
  rolesFilled: ({ people, called }) => {
    const empty = called.filter((role) => !people.some(({ roles }) => roles.includes(role)))
    return { done: empty.length === 0, params: { roles: empty.join() } }
  },
  contactPhones: ({ people, called }) => {
    const reached = people.filter(({ roles }) => roles.some((role) => called.includes(role)))
    const silent = reached.filter(({ phone }) => phone === '')
    return { done: reached.length > 0 && silent.length === 0, params: listed(silent) }
  },
  deputies: ({ people, called, now }) => {
    const away = people.filter(
      ({ roles, absence }) => absence !== null && absence.to > now && absence.from < now + 14 * DAY && absence.deputy === null && roles.some((role) => called.includes(role)),
    )
    const lonely = called.filter((role) => people.filter(({ roles }) => roles.includes(role)).length === 1)
    return { done: away.length === 0 && lonely.length === 0 && people.length > 1, params: { ...listed(away), roles: lonely.join() } }
  },
  calendarYear: ({ years }) => ({ done: years.known.includes(years.current), params: { year: years.current } }),
  nextYear: ({ years }) => ({
    done: years.month < NEXT_YEAR_FROM_MONTH || years.known.includes(years.current + 1),
    params: { year: years.current + 1 },
  }),
  backupPlace: ({ db, folder }) => {
    const place = readLocal<BackupSetting>(db, 'backup')?.folder
    return plain(place !== undefined && !`${resolve(place)}${sep}`.startsWith(`${resolve(folder)}${sep}`))
  },
  backupDone: ({ db, now }) => {
    const { at, failure } = backupStateOf(db)
    return plain(at !== null && now - at < 2 * DAY && failure === null)
  },
  wallToken: ({ db }) => plain(isThere(db, 'wall_token')),
  firstOrder: ({ db }) => plain(isThere(db, 'work_order WHERE demo = 0 AND imported = 0')),
}

const plain = (done: boolean): Omit<LiveTask, 'id'> => ({ done, params: {} })

export function tasksOf(db: ReadableDb, folder: string, now: number): LiveTask[] {
  const zone = readSetting(db, 'company.timeZone')
  const [year = 0, month = 0] = new Intl.DateTimeFormat('sv-SE', { timeZone: zone, year: 'numeric', month: '2-digit' }).format(now).split('-').map(Number)
  const facts: Facts = {
    db,
    folder,
    now,
    people: listAccounts(db).filter(({ disabled }) => !disabled),
    called: calledRoles(db),
    years: { current: year, month, known: knownYears(db) },
  }
  return (Object.keys(TASKS) as LiveTaskId[]).map((id) => ({ id, ...TASKS[id](facts) }))
}

const NEWEST = 'SELECT content FROM definition WHERE kind = ? AND id = ? ORDER BY version DESC LIMIT 1'
const newest = (db: ReadableDb, kind: string, id: string): unknown => {
  const row = one<{ content: string }>(db, NEWEST, kind, id)
  return row && (JSON.parse(row.content) as unknown)
}

/** Whom the ladders call. */
function calledRoles(db: ReadableDb): Role[] {
  const policy = slaPolicySchema.safeParse(newest(db, 'slaPolicy', 'default'))
  return policy.success ? [...new Set(policy.data.timers.flatMap(({ levels }) => levels.map(({ call }) => call.role)))] : []
}

/** The calendar of the company: its years are those that the working clock can trust. */
const OFFICE_CALENDAR = 'china-office'

function knownYears(db: ReadableDb): readonly number[] {
  const calendar = calendarSchema.safeParse(newest(db, 'calendar', OFFICE_CALENDAR))
  return calendar.success ? calendar.data.knownYears : []
}
