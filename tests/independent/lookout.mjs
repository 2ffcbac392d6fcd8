/**
 * What METRICS says of expected completion and of fault patterns, from the raw events: part of the second program, which
 * shares nothing with the product but the log. The story tests compare them.
 */
const YEAR = 366 * 86_400_000
const FEWEST = 30

const textOf = ({ life }, field) => (typeof life.fields[field] === 'string' ? life.fields[field].trim() : '')

/** Stays of closed orders that had ended: how long they took, and how long from their begin until the closing. */
function lessonsOf(orders, stage, now) {
  return orders.flatMap((order) => {
    const { life } = order
    if (life.status !== 'closed' || life.how === 'selfResolved') return []
    return life.stays
      .filter((stay) => stay.stage === stage && stay.to !== null && stay.to >= now - YEAR && life.closed <= now)
      .map(({ from, to }) => ({ order, took: to - from, rest: Math.max(0, life.closed - from) }))
  })
}

const rank = (sorted, share) => sorted[Math.ceil(sorted.length * share) - 1]

/** When the signature of an open order that is not frozen is expected, UTC ms; null where fewer than 30 teach anything. */
export function expectationOf(orders, order, now) {
  const stay = order.life.stays.at(-1)
  if (order.life.status !== 'open' || !stay) return null
  const spent = Math.max(0, now - stay.from)
  const all = lessonsOf(orders, stay.stage, now)
  const [symptom, model] = ['faultSymptom', 'model'].map((field) => textOf(order, field))
  const alike = symptom === '' ? [] : all.filter((lesson) => textOf(lesson.order, 'faultSymptom') === symptom)
  const closest = model === '' ? [] : alike.filter((lesson) => textOf(lesson.order, 'model') === model)
  const told = (left, likeness, beyond) => {
    const sorted = left.map((ms) => Math.max(0, ms)).sort((a, b) => a - b)
    const mean = Math.round(sorted.reduce((sum, ms) => sum + ms, 0) / sorted.length)
    return { at: now + rank(sorted, 0.5), p80: now + rank(sorted, 0.8), mean: now + mean, orders: sorted.length, likeness, beyond }
  }
  for (const [likeness, lessons] of [['symptomAndModel', closest], ['symptom', alike], ['all', all]]) {
    const left = lessons.filter(({ took }) => took > spent).map(({ rest }) => rest - spent)
    if (left.length >= FEWEST) return told(left, likeness, false)
  }
  const longest = [...all].sort((a, b) => b.took - a.took).slice(0, FEWEST)
  if (longest.length < FEWEST) return null
  return told(longest.map(({ rest }) => rest - longest.at(-1).took), 'all', true)
}

function choose(n, k) {
  if (k < 0 || k > n) return 0n
  let product = 1n
  for (let i = 1n; i <= BigInt(k); i++) product = (product * (BigInt(n) - BigInt(k) + i)) / i
  return product
}
const SCALE = 10n ** 40n
/** Fisher's exact test in whole numbers: at least `both` of `within` among the `marked` of `all`. */
function chanceOf({ both, within, marked, all }) {
  let sum = 0n
  for (let k = both; k <= Math.min(within, marked); k++) sum += choose(marked, k) * choose(all - marked, within - k)
  return Number((sum * SCALE) / choose(all, within)) / Number(SCALE)
}

const belongs = (order, { trait, value, series }) => {
  const own = textOf(order, trait)
  if (!series) return own === value
  return trait === 'model' ? own.replace(/[A-Za-z]+$/, '') === value : own.startsWith(value) && /\d/.test(own.slice(value.length))
}

function suffers(order, { level, category, symptom, solution }, parts) {
  if (textOf(order, 'faultCategory') !== category) return false
  if (level === 'category') return true
  if (textOf(order, 'faultSymptom') !== symptom) return false
  return level === 'symptom' || (level === 'part' ? (parts.get(order.id)?.has(solution) ?? false) : textOf(order, 'solution') === solution)
}

/**
 * A finding counted anew: orders with the fault among such machines' and among the rest, how many times as often, and
 * the exact test, in which a machine counts twice for a symptom at most.
 * @param parts numbers of the parts issued, by order
 * @param from, to first contact in `[from, to)`, UTC ms
 */
export function findingOf(orders, parts, { fault, conditions }, { from, to }) {
  const own = orders
    .filter(({ life, isOut }) => !isOut && life.contact >= from && life.contact < to)
    .sort((a, b) => a.life.contact - b.life.contact || (a.id < b.id ? -1 : 1))
  const count = (list) => {
    const such = list.filter((order) => conditions.every((condition) => belongs(order, condition)))
    const marked = list.filter((order) => suffers(order, fault, parts))
    const both = such.filter((order) => suffers(order, fault, parts)).length
    return { both, within: such.length, marked: marked.length, all: list.length }
  }
  const { both, within, marked, all } = count(own)
  const rest = { with: marked - both, of: all - within }
  const seen = new Map()
  const thin = own.filter((order) => {
    const machine = textOf(order, 'equipment')
    if (machine === '') return true
    const key = [machine, textOf(order, 'faultCategory'), textOf(order, 'faultSymptom')].join('|')
    seen.set(key, (seen.get(key) ?? 0) + 1)
    return seen.get(key) <= 2
  })
  return {
    orders: { with: both, of: within, restWith: rest.with, restOf: rest.of },
    lift: rest.with === 0 ? null : both / within / (rest.with / rest.of),
    p: chanceOf(count(thin)),
  }
}

/** Numbers of the parts that left the store with the closing, by order. */
export function partsIssued(events) {
  const parts = new Map()
  for (const { subject, type, data } of events) {
    if (subject.kind !== 'workOrder' || type !== 'orderClosed') continue
    parts.set(subject.id, new Set([...(parts.get(subject.id) ?? []), ...(data.issued ?? []).map(({ part }) => part)]))
  }
  return parts
}
