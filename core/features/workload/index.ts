import { workloadNow } from '#shared/contract/workload.ts'
import type { OutputOf } from '#shared/contract/define.ts'
import { dayOf, startOf } from '#shared/domain/perceivedTime/days.ts'
import { NONE } from '#shared/contract/board.ts'
import type { Role } from '#shared/domain/user/fold.ts'
import { STAGES } from '#shared/domain/workOrder/stages.ts'
import { query, type Feature } from '../../kernel/feature.ts'
import { all, type ReadableDb } from '../../store/sql.ts'
import { awayAt } from '../roster/away.ts'
import { readSetting } from '../setting/read.ts'

type Workload = OutputOf<typeof workloadNow>

/** No appointment is longer. */
const LONGEST_MS = 7 * 86_400_000

export const workload: Feature = {
  name: 'workload',
  commands: [],
  queries: [query(workloadNow, (_input, { db, now }) => readWorkload(db, now))],
  projections: [],
}

function readWorkload(db: ReadableDb, now: number): Workload {
  const owned = countsBy(db, 'owner')
  const booked = countsBy(db, 'engineer')
  const passed = passedBy(db, 'owner', now)
  const today = appointmentsToday(db, now)
  const ids = new Set([...owned.keys(), ...booked.keys(), ...today.keys()])
  ids.delete(NONE)
  return {
    now,
    people: accountsOf(db, now)
      .filter(({ id }) => ids.has(id))
      .map(({ id, name, roles, absent }) => ({
        id,
        name,
        roles: JSON.parse(roles) as Role[],
        open: owned.get(id)?.open ?? 0,
        broken: (owned.get(id)?.breached ?? 0) + (passed.get(id) ?? 0),
        booked: booked.get(id)?.open ?? 0,
        today: today.get(id) ?? 0,
        absent: absent === 1,
      }))
      .sort((a, b) => b.broken - a.broken || b.open - a.open || b.today - a.today || (a.id < b.id ? -1 : 1)),
    teams: teamsOf(db, now),
    unowned: owned.get(NONE)?.open ?? 0,
  }
}

interface Count {
  readonly value: string
  readonly open: number
  readonly breached: number
}

/** The board's live counts by owner, engineer or provider; a handful of rows a person. */
function countsBy(db: ReadableDb, dimension: 'owner' | 'engineer' | 'provider'): Map<string, Count> {
  const rows = all<Count>(
    db,
    'SELECT value, sum(open) AS open, sum(breached) AS breached FROM board_count WHERE dimension = ? GROUP BY value',
    dimension,
  )
  return new Map(rows.map((row) => [row.value, row]))
}

/** Promises that passed where the stage's timer has not fired, along the index of promises. */
function passedBy(db: ReadableDb, column: 'owner' | 'provider', now: number): Map<string, number> {
  const passed = new Map<string, number>()
  for (const stage of STAGES) {
    const rows = all<{ value: string | null; n: number }>(
      db,
      `SELECT ${column} AS value, count(*) AS n FROM work_order INDEXED BY work_order_promised
       WHERE status = 'open' AND stage = ? AND promise_by <= ? AND breached = 0 GROUP BY ${column}`,
      stage,
      now,
    )
    for (const { value, n } of rows) if (value !== null) passed.set(value, (passed.get(value) ?? 0) + n)
  }
  return passed
}

/** Appointments of each engineer that touch the natural day of the company's zone; one of several days counts once. */
function appointmentsToday(db: ReadableDb, now: number): Map<string, number> {
  const zone = readSetting(db, 'company.timeZone')
  const day = dayOf(now, zone)
  const from = startOf(day, zone)
  const rows = all<{ engineer: string; n: number }>(
    db,
    `SELECT u.id AS engineer, count(DISTINCT s.appointment) AS n FROM user_account AS u
     JOIN engineer_slot AS s ON s.engineer = u.id AND s.from_at >= ? AND s.from_at < ? AND s.to_at > ?
     GROUP BY u.id`,
    from - LONGEST_MS,
    startOf(day + 1, zone),
    from,
  )
  return new Map(rows.map(({ engineer, n }) => [engineer, n]))
}

const accountsOf = (db: ReadableDb, now: number) =>
  all<{ id: string; name: string; roles: string; absent: number }>(
    db,
    `SELECT id, display_name AS name, roles, ${awayAt('user_account.id', ':now')} AS absent
     FROM user_account`,
    { now },
  )

function teamsOf(db: ReadableDb, now: number): Workload['teams'] {
  const given = countsBy(db, 'provider')
  const passed = passedBy(db, 'provider', now)
  return all<{ id: string; name: string }>(db, 'SELECT id, name FROM service_provider')
    .flatMap(({ id, name }) => {
      const count = given.get(id)
      return count ? [{ id, name, open: count.open, broken: count.breached + (passed.get(id) ?? 0) }] : []
    })
    .sort((a, b) => b.broken - a.broken || b.open - a.open || (a.id < b.id ? -1 : 1))
}
