import type { OutputOf } from '#shared/contract/define.ts'
import type { myDay } from '#shared/contract/dispatch.ts'
import type { Say, Saying } from '#shared/domain/dispatch/say.ts'
import { addDays, instantIn } from '#shared/domain/roster/zoneTime.ts'
import { partsNeeded } from '#shared/domain/workOrder/parts.ts'
import { readState } from '../../kernel/readState.ts'
import { all, one, type ReadableDb } from '../../store/sql.ts'
import { peopleOf } from '../people.ts'
import { readSetting } from '../setting/read.ts'
import { dayAt } from '../today.ts'
import { readPanel } from './panel.ts'

type MyDay = OutputOf<typeof myDay>
type MyVisit = MyDay['visits'][number]

/** What one engineer does on a day: where, with whom to speak, what to take along, and what was changed of it. */
export function readMyDay(db: ReadableDb, now: number, engineer: string, asked: string | undefined): MyDay {
  const day = asked ?? dayAt(db, now)
  const zone = readSetting(db, 'company.timeZone')
  const span = { from: instantIn(zone, day, '00:00'), to: instantIn(zone, addDays(day, 1), '00:00') }
  const { engineers, visits } = readPanel(db, now, { span, text: '', engineers: [engineer], ways: true })
  const own = engineers[0]
  const ways = new Map(own?.travel.map((leg) => [leg.toVisit, leg]))
  return {
    now,
    zone,
    day,
    engineer: peopleOf(db)(engineer),
    shifts: own?.shifts ?? [],
    lunches: own?.lunches ?? [],
    leave: own?.leave ?? [],
    visits: visits.map((visit): MyVisit => {
      const way = ways.get(visit.id)
      const isKnown = visit.place !== null && own?.base !== null
      return {
        ...visit,
        ...whereAndWho(db, visit.order),
        travelMs: way ? way.to - way.from : isKnown ? 0 : null,
        leaveBy: way?.from ?? null,
      }
    }),
    changes: changesFor(db, engineer, instantIn(zone, addDays(dayAt(db, now), -1), '00:00')),
  }
}

/** An order's own words come before the customer's. */
function whereAndWho(db: ReadableDb, order: string): Pick<MyVisit, 'address' | 'contactName' | 'contactPhone' | 'parts'> {
  const { state } = readState(db, 'workOrder', order)
  const customer = one<{ address: string; contact_name: string; contact_phone: string }>(
    db,
    'SELECT c.address, c.contact_name, c.contact_phone FROM work_order AS w JOIN customer AS c ON c.id = w.customer WHERE w.id = ?',
    order,
  )
  const said = (field: string): string | undefined => state.personal[field] || undefined
  const nameOf = (part: string): string => one<{ name: string }>(db, 'SELECT name FROM part_stock WHERE part = ? ORDER BY warehouse LIMIT 1', part)?.name ?? part
  return {
    address: said('siteAddress') ?? customer?.address ?? '',
    contactName: said('contactName') ?? customer?.contact_name ?? '',
    contactPhone: said('contactPhone') ?? customer?.contact_phone ?? '',
    parts: (partsNeeded(state) ?? []).map(({ part, quantity }) => ({ part, name: nameOf(part), quantity })),
  }
}

/** As he was told of them since then. */
function changesFor(db: ReadableDb, engineer: string, since: number): MyDay['changes'] {
  const rows = all<{ order_id: string | null; number: string | null; params: string; created_at: number }>(
    db,
    `SELECT n.order_id, w.number, n.params, n.created_at FROM notification AS n LEFT JOIN work_order AS w ON w.id = n.order_id
     WHERE n.user = ? AND n.kind IN ('planChanged', 'rosterChanged') AND n.created_at >= ? ORDER BY n.created_at DESC, n.id DESC LIMIT 50`,
    engineer,
    since,
  )
  return rows.map(({ order_id, number, params, created_at }) => ({ at: created_at, order: order_id, number: number ?? '', what: sayOf(JSON.parse(params) as Told) }))
}

interface Told {
  readonly what: Saying
  readonly day?: string
  readonly fromAt?: number
  readonly toAt?: number
  readonly wasFrom?: number
}

function sayOf({ what, day, fromAt = 0, toAt = 0, wasFrom = 0 }: Told): Say {
  if (day !== undefined) return { code: what, params: { day } }
  if (what === 'taken') return { code: 'taken', params: { from: wasFrom } }
  return { code: what, params: { from: fromAt, to: toAt, ...((what === 'moved' || what === 'shiftMoved') && { wasFrom }) } }
}
