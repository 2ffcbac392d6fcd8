// Regenerates resources/calendars/*.json: `node build/calendars.mjs [FIRST LAST]`, years 2023 to 2026 by default.
// The 法定节假日 and 调休 tables are fixed when the calendar is made: chinese-days silently calls every day of a
// year that it does not know a plain weekday, so such a year is refused. Raise `version` with the data.
import { writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import chineseDays from 'chinese-days'

const folder = join(dirname(fileURLToPath(import.meta.url)), '..', 'resources', 'calendars')
const [first, last] = process.argv.length > 2 ? process.argv.slice(2).map(Number) : [2023, 2026]
if (!Number.isInteger(first) || !Number.isInteger(last) || last < first) {
  console.error('usage: node build/calendars.mjs [FIRST LAST]')
  process.exit(2)
}

/** The days of a year that differ from its weekdays, by date. */
function specialDays(year) {
  const days = {}
  for (let ms = Date.UTC(year, 0, 1); ms < Date.UTC(year + 1, 0, 1); ms += 86_400_000) {
    const date = new Date(ms).toISOString().slice(0, 10)
    const detail = chineseDays.getDayDetail(date)
    // A tabled day is named "National Day,国庆节,3", any other by its weekday alone.
    const name = detail.name.split(',')[1]
    if (name === undefined) continue
    days[date] = detail.work ? { kind: 'workday', name: `${name}调休` } : { kind: 'holiday', name }
  }
  const holidays = Object.values(days).filter((day) => day.kind === 'holiday').length
  // A known year tables more than 20 of them; a year without is unknown, not without holidays.
  if (holidays < 20) {
    console.error(`chinese-days does not know ${year}: ${holidays} holidays; nothing was written`)
    process.exit(1)
  }
  return days
}

const knownYears = Array.from({ length: last - first + 1 }, (_, i) => first + i)
const office = [['09:00', '12:00'], ['13:00', '18:00']]
const always = [['00:00', '24:00']]
const weekOf = (pieces, days) =>
  Object.fromEntries([1, 2, 3, 4, 5, 6, 7].map((day) => [day, days.includes(day) ? pieces : []]))

const calendars = [
  {
    id: 'china-office',
    version: 1,
    zone: 'Asia/Shanghai',
    week: weekOf(office, [1, 2, 3, 4, 5]),
    days: Object.assign({}, ...knownYears.map(specialDays)),
    knownYears,
  },
  {
    id: 'always',
    version: 1,
    zone: 'Asia/Shanghai',
    week: weekOf(always, [1, 2, 3, 4, 5, 6, 7]),
    days: {},
    // No holiday closes it, so nothing about any year is unknown.
    knownYears: Array.from({ length: 2100 - 1990 + 1 }, (_, i) => 1990 + i),
  },
]

/** One line for a day or a list of years, so that a change reads well in a diff. */
function format(calendar) {
  const { week, days, knownYears: years, ...head } = calendar
  const lines = (entries) =>
    Object.entries(entries)
      .map(([key, value]) => `    "${key}": ${JSON.stringify(value)}`)
      .join(',\n')
  const block = (entries) => (Object.keys(entries).length === 0 ? '{}' : `{\n${lines(entries)}\n  }`)
  return `{
  "id": "${head.id}",
  "version": ${head.version},
  "zone": "${head.zone}",
  "week": ${block(week)},
  "days": ${block(days)},
  "knownYears": ${JSON.stringify(years)}
}
`
}

for (const calendar of calendars) {
  writeFileSync(join(folder, `${calendar.id}.json`), format(calendar))
  console.log(`${calendar.id}: ${Object.keys(calendar.days).length} special days`)
}
