import type { Coordinates, Span, Visit } from '#shared/domain/roster/types.ts'
import { skillFinder } from '#shared/domain/skill/need.ts'
import { all, one, type ReadableDb } from '../../store/sql.ts'
import { durationsOf } from './durations.ts'

interface Row {
  id: string
  number: string
  symptom: string
  model: string
  customer: string | null
  equipment: string | null
  site: string | null
  lat: number | null
  lon: number | null
  skills: string | null
  minutes: number | null
  crew: number | null
  windows: string | null
}

const PLACE = `
  LEFT JOIN equipment_place AS machine ON machine.id = w.equipment
  LEFT JOIN customer_place AS site ON site.id = w.customer`

const VISITS = `
  SELECT w.id, w.number, w.symptom, w.model, w.customer, w.equipment, c.name AS site,
    coalesce(machine.lat, site.lat) AS lat, coalesce(machine.lon, site.lon) AS lon,
    need.skills, need.minutes, need.crew, need.windows
  FROM json_each(:orders) AS asked JOIN work_order AS w ON w.id = asked.value
  LEFT JOIN customer AS c ON c.id = w.customer
  LEFT JOIN visit_need AS need ON need.order_id = w.id ${PLACE}`

const AFTER = `
  SELECT v.order_id AS "order", v.after_id AS after FROM json_each(:orders) AS asked
  JOIN visit_after AS v ON v.order_id = asked.value ORDER BY 1, 2`

/** What the visits for these orders ask, in no order; one that nobody registered is left out. */
export function readVisits(db: ReadableDb, orders: readonly string[]): Visit[] {
  const params = { orders: JSON.stringify(orders) }
  const catalogue = all<{ id: string; name: string }>(db, 'SELECT id, name FROM skill')
  const skillOf = once(skillFinder(catalogue))
  const learntOf = durationsOf(db)
  const after = new Map<string, string[]>()
  for (const row of all<{ order: string; after: string }>(db, AFTER, params)) {
    after.set(row.order, [...(after.get(row.order) ?? []), row.after])
  }
  return all<Row>(db, VISITS, params).map((row) => {
    const learnt = learntOf(row.symptom, row.model)
    const named = row.skills === null ? [] : (JSON.parse(row.skills) as string[])
    const needs = {
      minutes: row.minutes,
      crew: row.crew ?? 1,
      after: after.get(row.id) ?? [],
      windows: row.windows === null ? [] : (JSON.parse(row.windows) as Span[]),
    }
    return {
      order: row.id,
      number: row.number,
      place: row.lat === null || row.lon === null ? null : { lat: row.lat, lon: row.lon },
      siteName: row.site ?? '',
      customer: row.customer,
      equipment: row.equipment,
      needs,
      minutes: row.minutes ?? learnt.medianMin,
      learnt,
      skills: named.flatMap((text) => skillOf(text) ?? []),
      unknownSkills: named.filter((text) => !skillOf(text)),
    }
  })
}

/** A day's orders name the same few skills. */
function once<Value>(find: (text: string) => Value): (text: string) => Value {
  const known = new Map<string, Value>()
  return (text) => {
    if (!known.has(text)) known.set(text, find(text))
    return known.get(text) as Value
  }
}

const PLACE_OF = `
  SELECT coalesce(machine.lat, site.lat) AS lat, coalesce(machine.lon, site.lon) AS lon FROM work_order AS w ${PLACE}
  WHERE w.id = ?`

/** Where the job of an order is done: where its machine stands, else its customer's site. */
export function placeOfOrder(db: ReadableDb, order: string): Coordinates | null {
  const row = one<{ lat: number | null; lon: number | null }>(db, PLACE_OF, order)
  return row && row.lat !== null && row.lon !== null ? { lat: row.lat, lon: row.lon } : null
}
