#!/usr/bin/env node
/**
 * Judges a plan. A program of its own: it knows the question and the answer as data alone and shares no code with the
 * planner. `node bench/dispatch/checker.mjs FILE` reads {problem, solution} as JSON, where problem.travel[from][to]
 * stands for travelMs, prints each breach on a line and exits 1 if there is one.
 */
import { readFileSync } from 'node:fs'
import { pathToFileURL } from 'node:url'

const EPS = 1e-6

/** Every breach of what a plan must never do, as text. */
export function breaches(problem, solution) {
  const wrong = []
  const say = (...words) => wrong.push(words.join(' '))
  const travel = (a, b) =>
    a === b ? 0 : typeof problem.travelMs === 'function' ? problem.travelMs(a, b) : problem.travel[a][b]
  const jobs = new Map()
  for (const job of problem.jobs) if (!jobs.has(job.id)) jobs.set(job.id, job)
  const engineers = new Map()
  for (const engineer of problem.engineers) if (!engineers.has(engineer.id)) engineers.set(engineer.id, engineer)
  const now = problem.now ?? -Infinity
  const doneBy = new Map()
  const perEngineer = new Map()
  const pinTight = new Set(solution.remarks.filter(({ code }) => code === 'pinsTooTight').map(({ id }) => id))

  for (const round of solution.rounds) {
    const engineer = engineers.get(round.engineer)
    if (!engineer) {
      say('round of nobody', round.engineer)
      continue
    }
    // The shift is one of his, or several that overlap as one.
    const parts = engineer.shifts.filter(({ from, to }) => from >= round.shift.from && to <= round.shift.to && from <= to)
    if (!parts.some(({ from }) => from === round.shift.from) || !parts.some(({ to }) => to === round.shift.to)) {
      say(round.engineer, 'has no such shift')
    }
    const stops = round.stops.map((stop) => ({ ...stop, spec: jobs.get(stop.job) }))
    const overtime = Math.max(0, engineer.overtimeMs ?? 0)
    let place = engineer.start
    let clock = Math.max(round.shift.from, now)
    let load = 0
    const rests = [...round.breaks].map((rest) => ({ ...rest, used: false })).sort((a, b) => a.from - b.from)
    for (const stop of stops) {
      const { spec } = stop
      const who = `${round.engineer}/${stop.job}`
      if (!spec) {
        say(who, 'is no job')
        continue
      }
      const isPin = spec.pinned !== undefined
      const begun = isPin && spec.pinned.from <= now
      const length = begun ? Math.max(spec.durationMs, now - spec.pinned.from) : spec.durationMs
      if (Math.abs(stop.finish - stop.start - length) > EPS) say(who, 'has a wrong length')
      if (isPin && (stop.start !== spec.pinned.from || !spec.pinned.engineers.includes(round.engineer))) say(who, 'left its pin')
      if (!isPin && stop.start < now - EPS) say(who, 'begins in the past')
      if (!isPin && spec.windows.length > 0) {
        const good = spec.windows.some(({ from, to }) => from - EPS <= stop.start && stop.start <= to + EPS)
        if (!good) say(who, 'begins outside its windows')
      }
      if (!isPin && spec.engineers && !spec.engineers.includes(round.engineer)) say(who, 'is not for him')
      for (const need of spec.skills ?? []) {
        const held = engineer.skills.filter(({ skill, level }) => skill === need.skill && level >= need.level)
        if (!covered(held, stop.start, stop.finish)) say(who, 'is not qualified:', need.skill, need.level)
      }
      for (const absence of engineer.absences ?? []) {
        if (absence.from < stop.finish - EPS && stop.start < absence.to - EPS && absence.from < absence.to) say(who, 'is absent')
      }
      for (const rest of rests) {
        if (rest.from < stop.finish - EPS && stop.start < rest.to - EPS) say(who, 'works in his break')
      }
      // What had begun before now is not bound by it.
      if (stop.start < clock - EPS && !(begun && stop === stops[0])) say(who, 'overlaps what was before')
      const way = travel(place, spec.place)
      if (Math.abs(way - stop.travelMs) > EPS && stop.travelMs !== way) say(who, 'has a wrong way')
      if (!isPin || (!pinTight.has(stop.job) && !begun)) {
        const off = [...rests, ...(engineer.absences ?? [])]
        if (!reachable(clock, way, stop.start, off)) say(who, 'cannot be there in time')
      }
      if (stop.start < round.shift.from - EPS) say(who, 'begins before the shift')
      if (stop.finish > round.shift.to + overtime + EPS && !begun) say(who, 'lasts beyond the shift and its overtime')
      clock = stop.finish
      place = spec.place
      load += spec.load ?? 0
      const placed = doneBy.get(stop.job) ?? []
      placed.push({ engineer: round.engineer, start: stop.start, finish: stop.finish })
      doneBy.set(stop.job, placed)
      const own = perEngineer.get(round.engineer) ?? []
      own.push(stop)
      perEngineer.set(round.engineer, own)
    }
    const onlyPins = stops.every(({ spec }) => spec?.pinned)
    if (load > (engineer.capacity ?? Infinity) + EPS && !onlyPins) say(round.engineer, 'carries too much')
    if (stops.length > (engineer.maxJobs ?? Infinity) && !onlyPins) say(round.engineer, 'has too many jobs')
    const last = stops.at(-1)?.spec
    if (last && !last.pinned) {
      const way = engineer.end === undefined ? 0 : travel(place, engineer.end)
      const late = rests.filter(({ from }) => from >= clock - EPS).reduce((sum, { from, to }) => sum + to - from, 0)
      if (clock + way + late > round.shift.to + overtime + EPS) say(round.engineer, 'is back too late')
    }
  }

  for (const [id, placed] of doneBy) {
    const job = jobs.get(id)
    const crew = job?.crew ?? 1
    if (placed.length !== crew || new Set(placed.map(({ engineer }) => engineer)).size !== crew) say(id, 'has a wrong crew')
    if (placed.some(({ start }) => start !== placed[0].start)) say(id, 'is not begun together')
    for (const before of job?.after ?? []) {
      const other = doneBy.get(before)
      if (!jobs.has(before) || (job.pinned && (!other || jobs.get(before).pinned))) continue
      if (!other) say(id, 'is done without', before)
      else if (Math.max(...other.map(({ finish }) => finish)) > placed[0].start + EPS) say(id, 'begins before', before, 'is done')
    }
  }
  for (const [engineer, stops] of perEngineer) {
    stops.sort((a, b) => a.start - b.start)
    stops.forEach((stop, i) => {
      if (i > 0 && stop.start < stops[i - 1].finish - EPS) say(engineer, 'is in two places')
    })
  }
  const out = new Set(solution.unserved.map(({ job }) => job))
  if (out.size !== solution.unserved.length) say('left out twice')
  for (const id of jobs.keys()) if (doneBy.has(id) === out.has(id)) say(id, 'is neither done nor left out, or both')
  for (const { job, reason } of solution.unserved) if (!reason) say(job, 'has no reason')
  return wrong
}

/** Whether what is held covers the time without a gap. */
function covered(held, from, to) {
  let clock = from
  for (const { from: begin = -Infinity, until = Infinity } of [...held].sort((a, b) => (a.from ?? -Infinity) - (b.from ?? -Infinity))) {
    if (begin <= clock + EPS && until > clock) clock = until
  }
  return held.length > 0 && (clock >= to - EPS || (from === to && held.some(({ from: b = -Infinity, until = Infinity }) => b <= from && from <= until)))
}

/** Whether the way fits in one piece between what is off, from `clock` on. */
function reachable(clock, way, start, off) {
  const sorted = off.filter(({ to }) => to > clock + EPS).sort((a, b) => a.from - b.from)
  let at = clock
  for (const { from, to } of sorted) {
    if (from >= start - EPS) break
    if (at + way <= from + EPS) return true
    at = Math.max(at, to)
  }
  return at + way <= start + EPS
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const { problem, solution } = JSON.parse(readFileSync(process.argv[2] ?? 0, 'utf8'))
  const wrong = breaches(problem, solution)
  for (const line of wrong) console.log(line)
  console.log(wrong.length === 0 ? 'no breach' : `${wrong.length} breaches`)
  process.exitCode = wrong.length === 0 ? 0 : 1
}
