/**
 * Every rate of METRICS from the raw events of a data folder: a second program that shares nothing with the product but
 * the log. `node tests/independent/figures.mjs FOLDER FROM TO [NOW]` prints them; the story test compares them.
 */
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import Database from 'better-sqlite3'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR
const ORDER_OF_STAGES = ['intakeReview', 'diagnosis', 'partsLock', 'scheduling', 'onsite', 'signoff']
/** Upper edges of the classes of age, days. */
const AGES = [1, 3, 7, 14, 30]
const LIMITS = { response: 15 * MINUTE, decision: 2 * HOUR, execution: 24 * HOUR, confirmation: 4 * HOUR }

/** Events in the order of truth, each id once. */
export function readEvents(folder) {
  const db = new Database(join(folder, 'loopdesk.db'), { readonly: true })
  const seen = new Set()
  const events = []
  const money = new Map(db.prepare("SELECT origin, seq, text FROM event_part WHERE name = 'money'").all().map((row) => [`${row.origin} ${row.seq}`, row.text]))
  for (const { text } of db.prepare('SELECT text FROM event ORDER BY hlc, origin, seq').iterate()) {
    const event = JSON.parse(text)
    const part = money.get(`${event.origin} ${event.seq}`)
    if (part !== undefined) event.money = moneyIn(JSON.parse(part))
    if (seen.has(event.id)) continue
    seen.add(event.id)
    events.push(event)
  }
  db.close()
  return events
}

/** The part itself, whatever it is wrapped in. */
const moneyIn = (part) => part.data ?? part

const clocks = new Map()
/** `2026-11-22` and the hour, as a wall clock of the zone shows them. */
function clockOf(at, zone) {
  const key = `${zone} ${Math.floor(at / (15 * MINUTE))}`
  let told = clocks.get(key)
  if (!told) {
    const parts = new Intl.DateTimeFormat('en-CA', { timeZone: zone, dateStyle: 'short', timeStyle: 'short', hourCycle: 'h23' }).formatToParts(at)
    const of = (type) => parts.find((part) => part.type === type).value
    clocks.set(key, (told = { day: `${of('year')}-${of('month')}-${of('day')}`, hour: Number(of('hour')) }))
  }
  return told
}

/** One order's life, told by its events. */
function lifeOf(events) {
  const life = {
    fields: {}, stays: [], arrivals: [], signature: null, closed: null, how: null, status: 'open', reopened: 0, asked: 0,
    complaints: { overtime: 0, other: 0 }, ratings: [], offers: [], offer: null, booked: null, wish: false, waits: [],
    reply: null, owner: null, registered: null, fired: new Map(), ended: null,
  }
  // Facts that came before the registration wait for it; it decides where the order begins.
  const first = events.findIndex(({ type }) => type === 'orderRegistered')
  if (first < 0) return null
  let promise = null
  const lastStay = () => life.stays.at(-1)
  const leave = (at) => {
    const stay = lastStay()
    if (stay && stay.to === null) stay.to = Math.max(at, stay.from)
  }
  const enter = (entered, at, how) => life.stays.push({ stage: entered.stage, from: Math.max(at, lastStay()?.to ?? at), to: null, how })
  const endOffer = (at) => {
    if (life.offer !== null) life.offers.push({ from: life.offer.at, to: Math.max(life.offer.at, at) })
    life.offer = null
  }
  const stands = (from) => life.status === 'open' && lastStay()?.stage === from
  for (const { type, data, at, actor } of events) {
    switch (type) {
      case 'orderRegistered':
        Object.assign(life, { registered: at, contact: data.firstContactAt, channel: data.channel, imported: data.imported !== undefined })
        life.fields = { ...data.fields, ...life.fields }
        life.owner ??= data.owner
        promise ??= data.promise
        if (data.entered) enter(data.entered, at, 'registered')
        break
      case 'fieldsChanged':
        for (const { field, new: value } of data.changes) {
          if (value === undefined) delete life.fields[field]
          else life.fields[field] = value
        }
        break
      case 'firstReplied':
        life.reply ??= at
        break
      case 'stageChanged':
        if (!stands(data.from)) break
        leave(at)
        if (data.promise) promise = data.promise
        enter(data.entered, at, data.how)
        break
      case 'orderClosed':
        if (!stands(data.from)) break
        leave(at)
        Object.assign(life, { status: 'closed', closed: lastStay()?.to ?? at, how: data.how })
        promise = null
        endOffer(at)
        break
      case 'orderCancelled':
      case 'orderMerged':
        if (life.status !== 'open') break
        leave(at)
        life.status = type === 'orderMerged' ? 'merged' : 'cancelled'
        life.ended = lastStay()?.to ?? life.registered
        promise = null
        endOffer(at)
        break
      case 'orderReopened':
        if (life.status !== 'closed') break
        Object.assign(life, { status: 'open', closed: null, how: null, signature: null })
        life.reopened += 1
        promise = data.promise ?? null
        enter(data.entered, at, 'reopened')
        break
      case 'promiseSet':
        promise = data.promise
        break
      case 'handoverOffered':
        endOffer(at)
        life.offer = { at, to: data.to }
        break
      case 'handoverAnswered':
        if (life.offer?.to !== actor.id) break
        if (data.accepted) life.owner = life.offer.to
        endOffer(at)
        break
      case 'handoverWithdrawn':
        endOffer(at)
        break
      case 'ownerAssigned':
        life.owner = data.owner
        endOffer(at)
        break
      case 'inquiryReceived':
        life.asked += 1
        break
      case 'complaintReceived':
        life.complaints[data.cause] += 1
        break
      case 'surveyAnswered':
        life.ratings.push({ at, stars: data.stars })
        break
      case 'appointmentBooked':
        life.booked = { id: data.appointment, engineer: data.engineer }
        if (life.arrivals.length === 0) life.wish = data.customersDate === true
        break
      case 'appointmentCancelled':
        if (life.booked?.id === data.appointment) life.booked = null
        break
      case 'arrivalRecorded':
        life.arrivals.push({ at: data.arrivedAt, engineer: data.engineer })
        break
      case 'signatureCaptured':
        life.signature = data.signedAt
        break
      case 'timerFired':
        if (!life.fired.has(`${data.visit} ${data.timer}`)) {
          life.fired.set(`${data.visit} ${data.timer}`, { at, stage: lastStay()?.stage })
        }
        break
      case 'historyRecorded': {
        if (data.fields) Object.assign(life.fields, data.fields)
        if (data.owner !== undefined) life.owner = data.owner
        if (data.reopened) life.reopened += 1
        if (data.to === 'closed') {
          leave(at)
          Object.assign(life, { status: 'closed', closed: at })
        } else if (data.to !== null && !(life.status === 'open' && lastStay()?.stage === data.to)) {
          leave(at)
          life.stays.push({ stage: data.to, from: at, to: null, how: 'imported' })
          Object.assign(life, { status: 'open', closed: null, how: null })
        }
        break
      }
      default:
        continue
    }
    if (life.registered === null) continue
    const party = promise ? promise.waitsOn : life.status === 'closed' ? 'customer' : life.imported ? 'unknown' : 'us'
    const wait = life.waits.at(-1)
    if (wait?.party === party) continue
    if (wait && wait.from >= at) wait.party = party
    else life.waits.push({ from: at, party })
  }
  return life
}

/** METRICS, "Perceived time": the pieces between the boundaries that were reached, [name, from, to | null]. */
function piecesOf(life) {
  const { stays, arrivals, status } = life
  if (status === 'cancelled' || status === 'merged') return []
  const last = stays.at(-1)
  const place = (stage) => ORDER_OF_STAGES.indexOf(stage)
  const reached = last ? place(last.stage) : 0
  const isClosed = status === 'closed'
  const lateSignoff = stays.findLast(({ stage }) => stage === 'signoff')
  const isSigned = life.signature !== null && lateSignoff !== undefined && life.signature >= lateSignoff.from && last?.stage === 'signoff'
  const remote = last?.stage === 'signoff' && last.how === 'remoteFix' && arrivals.length === 0
  const never = Symbol('never')
  const still = Symbol('still')
  const else_ = (isPast) => (isPast || isClosed ? never : still)
  const end = isSigned ? life.signature : isClosed ? life.closed : still
  const arrived = arrivals.length > 0 ? Math.min(...arrivals.map(({ at }) => at)) : null
  const answers = [arrived, remote ? last.from : null, typeof end === 'number' ? end : null].filter((at) => at !== null)
  const reply = life.reply ?? (life.imported ? never : answers.length > 0 ? Math.min(...answers) : else_(false))
  let concluded = else_(reached > 1)
  for (const [index, stay] of stays.entries()) {
    if (stay.stage !== 'diagnosis' || stay.to === null) continue
    const next = stays[index + 1]
    if (next ? next.how === 'reopened' || place(next.stage) > 1 : isClosed) {
      concluded = stay.to
      break
    }
  }
  const marks = [
    ['response', reply],
    ['triage', stays.find(({ stage }) => stage === 'diagnosis')?.from ?? else_(reached > 1)],
    ['decision', concluded],
    ['execution', arrived ?? else_(remote || reached === 5 || (life.imported && reached >= 4))],
    ['fieldWork', reached === 5 && last ? last.from : else_(false)],
    ['confirmation', end],
  ]
  const pieces = []
  let from = life.contact
  let skipped = false
  let skippedFrom = 0
  for (const [index, [name, at]] of marks.entries()) {
    if (at === never) {
      if (!skipped) skippedFrom = index
      skipped = true
      continue
    }
    const called = !skipped ? name : remote && skippedFrom === 3 ? 'fieldWork' : 'unknown'
    if (at === still) return [...pieces, [called, from, null]]
    pieces.push([called, from, Math.max(from, at)])
    from = Math.max(from, at)
    skipped = false
  }
  return Object.assign(pieces, { remote })
}

function partiesOf(life, from, to) {
  const parts = {}
  const begins = [{ from: -Infinity, party: life.imported ? 'unknown' : 'us' }, ...life.waits]
  for (const [index, { from: begin, party }] of begins.entries()) {
    const ms = Math.min(to, begins[index + 1]?.from ?? Infinity) - Math.max(from, begin)
    if (ms > 0) parts[party] = (parts[party] ?? 0) + ms
  }
  return parts
}

/** The present bill of an order, and what finance verified of it. */
function bookkeep(bills, order, { type, data, money }) {
  const bill = bills.get(order)
  if (type === 'orderBilled' && !bill) bills.set(order, { id: data.bill, gross: money.lines.reduce((sum, line) => sum + line.gross, 0), verified: null, skipped: false })
  if (!bill || bill.id !== data.bill) return
  if (type === 'orderVerified' && bill.verified === null) Object.assign(bill, { verified: money.gross, skipped: data.skipped.length > 0 })
  // What was not verified yet is withdrawn whole: there is no bill any more.
  if (type === 'billReversed' && bill.verified === null) bills.delete(order)
}

/** What takes an engineer off the roster; a later word of the same kind ends what stood until then. */
function keepAway({ gone }, { type, data, at }) {
  const stop = (why) => {
    for (const span of gone) if (span.why === why && span.to > at) span.to = at
  }
  const role = type === 'rolesChanged' ? [data.old, data.new].map((roles) => roles.includes('engineer')) : [false, false]
  if (type === 'absenceSet' || type === 'absenceEnded') stop('leave')
  if (type === 'absenceSet') gone.push({ why: 'leave', from: data.from, to: data.to })
  if (type === 'userEnabled' || type === 'userDisabled') stop('shut')
  if (type === 'userDisabled') gone.push({ why: 'shut', from: at, to: Infinity })
  if (role[0] !== role[1]) stop('role')
  if (role[0] && !role[1]) gone.push({ why: 'role', from: at, to: Infinity })
}

function keepRoster({ cycles, single, idle }, { type, data }) {
  if (type === 'rotationAdded') cycles.set(data.rotation.id, { ...data.rotation })
  if (type === 'rotationEnded' && cycles.has(data.rotation)) {
    cycles.get(data.rotation).until = data.until
    if (data.until < cycles.get(data.rotation).from) cycles.delete(data.rotation)
  }
  if (type === 'shiftAdded' || type === 'shiftMoved') {
    const isTaken = [...single].some(([id, other]) => id !== data.shift && other.from < data.to && data.from < other.to)
    if (!isTaken) single.set(data.shift, { day: data.day, from: data.from, to: data.to })
  }
  if (type === 'shiftRemoved') single.delete(data.shift)
  if (type === 'rotationDaySkipped') idle[data.skip ? 'add' : 'delete'](data.day)
}

/** Days on which a shift begins that has begun by now and is not wholly on leave, walked day by day. */
function shiftDays(roster, { from, to, now }) {
  let days = 0
  let since = null
  for (const { cycles, single, idle, gone } of roster.values()) {
    for (const { from: first } of cycles.values()) if (since === null || first < since) since = first
    for (const { day } of single.values()) if (since === null || day < since) since = day
    for (let day = from; day <= to; day = after(day)) {
      const shifts = [...single.values()].filter((shift) => shift.day === day)
      for (const cycle of cycles.values()) {
        const place = Math.round((Date.parse(day) - Date.parse(cycle.from)) / DAY)
        if (place < 0 || (cycle.until !== null && day > cycle.until) || idle.has(day)) continue
        for (const shift of cycle.shifts) {
          if (place % cycle.cycleDays !== shift.day) continue
          const [hour, minute] = shift.start.split(':').map(Number)
          const begin = startOf(day, cycle.zone) + hour * HOUR + minute * MINUTE
          shifts.push({ from: begin, to: begin + shift.minutes * MINUTE })
        }
      }
      // A shift is off where no instant of it is left: looked at minute by minute.
      const isLeft = ({ from: begin, to: end }) => {
        for (let at = begin; at < end; at += MINUTE) if (!gone.some((span) => span.from <= at && at < span.to)) return true
        return false
      }
      if (shifts.some((shift) => shift.from <= now && isLeft(shift))) days += 1
    }
  }
  const ahead = clockOf(now + 2 * DAY, 'UTC').day
  const last = to < ahead ? to : ahead
  if (since === null || since > last || from > last) return { days: 0, since: null }
  return { days, since: since > from ? since : from }
}

const middle = (sorted) =>
  sorted.length === 0 ? null : sorted.length % 2 === 1 ? sorted[sorted.length >> 1] : (sorted[sorted.length / 2 - 1] + sorted[sorted.length / 2]) / 2
const part = (some, whole) => (whole === 0 ? null : some / whole)

/** Every order of a log, as the figures need it. */
export function readOrders(events, zone) {
  const bySubject = new Map()
  const teams = new Map()
  const bills = new Map()
  const roster = new Map()
  const workerOf = (id) => roster.get(id) ?? roster.set(id, { cycles: new Map(), single: new Map(), idle: new Set(), gone: [] }).get(id)
  for (const event of events) {
    const { kind, id } = event.subject
    if (kind === 'finance') bookkeep(bills, id, event)
    if (kind === 'workOrder') bySubject.set(id, [...(bySubject.get(id) ?? []), event])
    if (kind === 'user' && event.type === 'profileChanged' && event.data.team) teams.set(id, event.data.team.new)
    if (kind === 'user') keepAway(workerOf(id), event)
    if (kind === 'engineerProfile' || kind === 'shiftMonth') keepRoster(workerOf(id.split('/')[0]), event)
  }
  const text = (life, field) => (typeof life.fields[field] === 'string' ? life.fields[field] : '')
  const orders = [...bySubject].flatMap(([id, list]) => {
    const life = lifeOf(list)
    if (!life || life.registered === null) return []
    const lead = life.booked?.engineer ?? life.arrivals.at(-1)?.engineer ?? null
    const machine = text(life, 'equipment') || (text(life, 'serial') && `${text(life, 'model')}|${text(life, 'serial')}`)
    return [
      {
        id, life, lead,
        pieces: piecesOf(life),
        bill: bills.get(id) ?? null,
        trouble: machine && text(life, 'faultSymptom') ? `${machine}#${text(life, 'faultSymptom')}` : null,
        isOut: life.status === 'cancelled' || life.status === 'merged',
        group: {
          team: text(life, 'team') || teams.get(lead ?? life.owner) || '-',
          model: text(life, 'model') || '-',
          region: text(life, 'region') || text(life, 'site') || '-',
          provider: text(life, 'provider') || '-',
        },
      },
    ]
  })
  const troubles = new Map()
  for (const order of orders) {
    if (order.trouble !== null && !order.isOut) troubles.set(order.trouble, [...(troubles.get(order.trouble) ?? []), order])
  }
  return { orders, roster, teams, troubles, zone }
}

/** The rates of a period; `chosen`: {dimension: value}. Days `YYYY-MM-DD`, both included. */
export function figuresOf({ orders, roster, teams, troubles, zone }, { from, to, now, chosen = {} }) {
  const isWithin = (at) => at !== null && clockOf(at, zone).day >= from && clockOf(at, zone).day <= to
  const mine = orders.filter(({ group }) => Object.entries(chosen).every(([name, value]) => group[name] === value))
  const valid = mine.filter(({ isOut }) => !isOut)
  const born = valid.filter(({ life }) => isWithin(life.registered))
  const closed = valid.filter(({ life }) => isWithin(life.closed))
  const isClosed = ({ life }) => life.closed !== null
  const isFixed = (order) => {
    const { life, trouble } = order
    const again = (troubles.get(trouble) ?? []).some(
      (other) => other !== order && other.life.registered >= life.closed && other.life.registered < life.closed + 30 * DAY,
    )
    return life.arrivals.length <= 1 && life.reopened === 0 && !again
  }
  const isRemote = ({ pieces }) => pieces.remote === true
  const spans = closed.map(({ life }) => Math.max(0, life.closed - life.contact)).sort((a, b) => a - b)

  // Stays within the period, up to now. Its first instant and its end are found by asking the calendar.
  const begin = startOf(from, zone)
  const end = Math.min(startOf(after(to), zone), now + 1)
  const meets = (span) => span.from < end && (span.to === null ? begin < end : span.to > begin)
  const opened = valid.filter(({ life }) => openSpans(life).some(meets))
  const stuck = valid.filter(({ life }) => {
    const stays = [...life.stays, ...life.offers, ...(life.offer ? [{ from: life.offer.at, to: null }] : [])]
    return stays.some(({ from: since, to: until }) => (until === null || until - since >= 2 * DAY) && meets({ from: since + 2 * DAY, to: until }))
  })
  const stars = valid.flatMap(({ life }) => life.ratings.filter(({ at }) => isWithin(at)).map((rating) => rating.stars))
  const promoters = stars.filter((n) => n === 5).length
  const detractors = stars.filter((n) => n <= 3).length
  const led = closed.filter(({ lead }) => lead !== null).length
  const names = Object.keys(chosen)
  const isTold = names.length === 0 || (names.length === 1 && names[0] === 'team')
  const isOfTeam = (engineer) => names.length === 0 || (teams.get(engineer) || '-') === chosen.team
  const onShift = isTold ? shiftDays(new Map([...roster].filter(([engineer]) => isOfTeam(engineer))), { from, to, now }) : null
  const rosterLed = onShift === null ? led : onShift.since === null ? 0 : closed.filter( ({ lead, life }) => lead !== null && clockOf(life.closed, zone).day >= onShift.since).length
  const sum = (list, of) => list.reduce((total, each) => total + of(each), 0)
  const count = (list, is) => list.filter(is).length

  const rates = {
    created: born.length,
    cancelled: count(mine, ({ life }) => life.status === 'cancelled' && isWithin(life.registered)),
    merged: count(mine, ({ life }) => life.status === 'merged' && isWithin(life.registered)),
    closedSince: count(born, isClosed),
    closedSoon: count(born, ({ life }) => life.closed !== null && life.closed - life.registered < 30 * DAY),
    closedLoopRate: part(count(born, isClosed), born.length),
    closedSoonRate: part(count(born, ({ life }) => life.closed !== null && life.closed - life.registered < 30 * DAY), born.length),
    inquiries: sum(born, ({ life }) => life.asked),
    secondInquiries: part(sum(born, ({ life }) => life.asked), born.length),
    complained: count(born, ({ life }) => life.complaints.overtime + life.complaints.other > 0),
    overtime: count(born, ({ life }) => life.complaints.overtime > 0),
    otherCause: count(born, ({ life }) => life.complaints.other > 0),
    complaintRate: part(count(born, ({ life }) => life.complaints.overtime + life.complaints.other > 0), born.length),
    open: opened.length,
    stuck: stuck.length,
    stuckRate: part(stuck.length, opened.length),
    closed: closed.length,
    meanCloseMs: part(sum(spans, (ms) => ms), spans.length),
    medianCloseMs: middle(spans),
    p80CloseMs: spans[Math.ceil(spans.length * 0.8) - 1] ?? null,
    fixed: count(closed, isFixed),
    fixedRate: part(count(closed, isFixed), closed.length),
    remote: count(closed, isRemote),
    remoteFixed: count(closed, (order) => isRemote(order) && isFixed(order)),
    provisional: count(closed, ({ life }) => life.closed > now - 30 * DAY),
    rated: stars.length,
    promoters,
    passives: count(stars, (n) => n === 4),
    detractors,
    nps: stars.length === 0 ? null : (100 * (promoters - detractors)) / stars.length,
    meanStars: part(sum(stars, (n) => n), stars.length),
    led,
    engineerDays: onShift === null ? null : onShift.days,
    rosterFrom: onShift?.since ?? null,
    rosterLed,
    perEngineerDay: onShift === null ? null : part(rosterLed, onShift.days),
  }

  const billed = closed.filter(({ bill }) => bill !== null).map(({ bill }) => bill)
  const isWrong = ({ verified, gross, skipped }) => verified !== null && (verified !== gross || skipped)
  rates.revenue =
    billed.length === 0
      ? null
      : {
          billed: billed.length,
          wrong: count(billed, isWrong),
          differenceFen: sum(billed, ({ verified, gross }) => (verified === null ? 0 : Math.abs(verified - gross))),
          rate: count(billed, isWrong) / billed.length,
        }

  const breaches = {}
  for (const { life } of valid) {
    for (const { at, stage } of life.fired.values()) {
      if (!isWithin(at)) continue
      const cell = `${stage} ${clockOf(at, zone).hour}`
      breaches[cell] = (breaches[cell] ?? 0) + 1
    }
  }
  const ages = {}
  for (const { life } of valid) {
    if (life.status !== 'open') continue
    // Imported without stages: it stands where orders begin.
    const cell = `${life.stays.at(-1)?.stage ?? ORDER_OF_STAGES[0]} ${AGES.filter((days) => now - life.contact >= days * DAY).length}`
    ages[cell] = (ages[cell] ?? 0) + 1
  }
  const outcomes = {
    selfResolved: count(closed, ({ life }) => life.how === 'selfResolved'),
    cancelled: count(mine, ({ life }) => life.status === 'cancelled' && isWithin(life.ended)),
    merged: count(mine, ({ life }) => life.status === 'merged' && isWithin(life.ended)),
  }
  return { rates, breaches, ages, perceived: { ...perceivedOf(valid, isWithin, { begin, end, now }), outcomes } }
}

function perceivedOf(orders, isWithin, { begin, end, now }) {
  const told = orders.filter(({ life }) => life.how !== 'selfResolved')
  /** @type {Record<string, number[]>} */
  const lengths = {}
  const stages = Object.fromEntries(
    Object.entries(LIMITS).map(([stage, limit]) => {
      const all = told.flatMap(({ pieces }) => pieces.filter(([name]) => name === stage))
      const ended = all.filter(([, , to]) => isWithin(to))
      const running = all.filter(([, , to]) => to === null).map(([, from]) => from)
      const openMisses = running.filter((from) => from + limit >= begin && from + limit < end).length
      const late = ended.filter(([, from, to]) => to - from >= limit).length
      const pending = running.filter((from) => now - from < limit).length
      const isKept = ([, from, to]) => to - from < limit
      const over = (is, kept) => told.filter((order) => is(order.life) && order.pieces.some((piece) => piece[0] === stage && isWithin(piece[2]) && isKept(piece) === kept)).length
      const atCall = stage === 'response' ? over(({ channel, reply, contact }) => channel === 'phone' && reply !== null && reply <= contact, true) : 0
      const byWish = stage === 'execution' ? over(({ wish }) => wish, false) : 0
      lengths[stage] = ended.map(([, from, to]) => to - from)
      return [stage, { hits: ended.length - late, misses: late + openMisses, pending, atCall, byWish, sumMs: ended.reduce((ms, [, from, to]) => ms + to - from, 0) }]
    }),
  )
  const closed = told.filter(({ life, pieces }) => isWithin(life.closed) && pieces.length > 0 && pieces.at(-1)[2] !== null)
  const rated = closed.filter(({ pieces }) => pieces.some(([name]) => name in LIMITS))
  const allFour = rated.filter(({ pieces }) => pieces.every(([name, from, to]) => !(name in LIMITS) || to - from < LIMITS[name]))
  const waits = {}
  for (const { life, pieces } of closed) {
    for (const [name, from, to] of pieces) {
      for (const [party, ms] of Object.entries(partiesOf(life, from, to))) waits[`${name}.${party}`] = (waits[`${name}.${party}`] ?? 0) + ms
    }
  }
  lengths.total = closed.map(({ pieces }) => pieces.at(-1)[2] - pieces[0][1])
  const totalMs = lengths.total.reduce((sum, ms) => sum + ms, 0)
  return { stages, lengths, allFour: { hits: allFour.length, orders: rated.length }, total: { orders: closed.length, sumMs: totalMs }, waits }
}

/** When the order was open: its stays, without the time between a closing and a reopening. */
function openSpans({ stays, registered, status, closed }) {
  if (stays.length === 0) return [{ from: registered, to: status === 'open' ? null : (closed ?? registered) }]
  const spans = []
  for (const { from, to } of stays) {
    const last = spans.at(-1)
    if (last && from <= last.to) last.to = to
    else spans.push({ from, to: to ?? (status === 'open' ? null : Math.max(from, closed ?? from)) })
  }
  return spans
}

const after = (day) => new Date(Date.parse(`${day}T00:00:00Z`) + DAY).toISOString().slice(0, 10)

/** The first instant of a day in a zone: looked for among quarters of an hour around midnight UTC. */
function startOf(day, zone) {
  const middleOfIt = Date.parse(`${day}T00:00:00Z`)
  for (let at = middleOfIt - 15 * HOUR; at < middleOfIt + 15 * HOUR; at += 15 * MINUTE) if (clockOf(at, zone).day >= day) return at
  throw new Error(`no day ${day} in ${zone}`)
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const [folder, from, to, now = Date.now()] = process.argv.slice(2)
  const orders = readOrders(readEvents(folder), 'Asia/Shanghai')
  process.stdout.write(`${JSON.stringify(figuresOf(orders, { from, to, now: Number(now) }), null, 2)}\n`)
}
