import type { Ready } from './ready.ts'
import { validBegin } from './ready.ts'

const MINUTE = 60_000

export interface Qualified {
  /** The rounds that may have a visit, and the same as a table visit × round. */
  readonly roundsFor: Int32Array[]
  readonly may: Uint8Array
  /** visit × round, in ms of travel: liking, and change of the engineer. Absent where no job asks. */
  readonly roundCost: Float64Array | undefined
  /** visit × round: 1 where the engineer is the one it had. */
  readonly stays: Uint8Array | undefined
  /** visit × round: begins that certificates allow. Absent where none ends within the horizon. */
  readonly validFrom: Float64Array | undefined
  readonly validTo: Float64Array | undefined
}

/** Who may do what. */
export function qualify(ready: Ready, firstVisit: Int32Array): Qualified {
  const { jobs, rounds, engineers, problem } = ready
  const R = rounds.length
  const visits = firstVisit[jobs.length] as number
  const may = new Uint8Array(visits * R)
  const roundsFor: Int32Array[] = []
  const table = (fill: number): Float64Array => new Float64Array(visits * R).fill(fill)
  const asks = jobs.some(({ job }) => job.liking) || (problem.weights.change > 0 && jobs.some(({ job }) => job.current))
  const roundCost = asks ? table(0) : undefined
  const stays = asks ? new Uint8Array(visits * R) : undefined
  let validFrom: Float64Array | undefined
  let validTo: Float64Array | undefined
  jobs.forEach(({ job, durationMs, crew }, j) => {
    const v0 = firstVisit[j] as number
    const v1 = firstVisit[j + 1] as number
    if (v0 === v1) return
    const named = job.engineers && new Set(job.engineers)
    const had = problem.weights.change > 0 && job.current ? new Set(job.current.engineers) : undefined
    const who = engineers.map((engineer) => !named || named.has(engineer.id))
    const mine: number[] = []
    rounds.forEach((round, r) => {
      const engineer = engineers[round.engineer]
      if (!engineer || !who[round.engineer] || round.from > round.to) return
      const span = { from: round.from, to: round.to - durationMs }
      const valid = validBegin(engineer, job, durationMs, span)
      if (span.from > span.to || valid === null || valid === 'expired') return
      mine.push(r)
      const dated = valid.from > span.from || valid.to < span.to
      if (dated && !validFrom) {
        validFrom = table(-Infinity)
        validTo = table(Infinity)
      }
      for (let v = v0; v < v1; v++) {
        may[v * R + r] = 1
        if (dated && validFrom && validTo) {
          validFrom[v * R + r] = valid.from
          validTo[v * R + r] = valid.to
        }
        if (roundCost && stays) {
          const liking = (job.liking?.[engineer.id] ?? 0) * MINUTE
          const stay = had?.has(engineer.id) ?? false
          stays[v * R + r] = stay ? 1 : 0
          roundCost[v * R + r] = (liking + (had && !stay ? problem.weights.change * MINUTE : 0)) / crew
        }
      }
    })
    for (let v = v0; v < v1; v++) roundsFor.push(Int32Array.from(mine))
  })
  return { may, roundsFor, roundCost, stays, validFrom, validTo }
}
