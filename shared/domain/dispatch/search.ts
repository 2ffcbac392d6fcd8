import type { Compiled } from './compile.ts'
import type { SolveOptions } from './problem.ts'
import { Trial } from './trial.ts'

/** A plan as node chains: nodes of each round in order. */
export interface Found {
  readonly chains: readonly (readonly number[])[]
  readonly begins: Float64Array
  readonly cost: number
  readonly iterations: number
}

/**
 * Temperatures at the beginning and at the end, of the mean way to a near neighbour. Begun cooler, whole clusters stay
 * in the wrong round for good (C205 ended 16 % off).
 */
const HOT = 10
const COLD = 0.005
/** While somebody is left out who might not have to be: the temperature, and for how much of the time at the most. */
const SERVE = 10
const SERVE_MOST = 0.5
const SERVE_PATIENCE = 0.15
/** The clock is looked at once in so many iterations. */
const CLOCK_EVERY = 64
const PROGRESS_STEPS = 100
/** Where neither time nor iterations are given. */
const DEFAULT_ITERATIONS = 20_000

/** Simulated annealing over trials; the temperature falls with the time or the iterations that are used up. */
export function search(c: Compiled, options: SolveOptions): Found {
  const { clock, milliseconds = Infinity } = options
  const most = options.iterations ?? (clock && milliseconds < Infinity ? Infinity : DEFAULT_ITERATIONS)
  const trial = new Trial(c, options.seed)
  const begun = clock?.() ?? 0
  trial.fill()
  let bestCost = trial.cost()
  let best = snapshot(trial)
  let current = bestCost
  let iterations = 0
  let told = 0
  let lastUsed = 0
  let temperature = 0
  let phase: 'serve' | 'anneal' = 'serve'
  let annealFrom = 0
  let missing = trial.undone(() => 1)
  let missingSince = 0
  const scale = nearWay(c)
  while (trial.possible > 0) {
    if (iterations % CLOCK_EVERY === 0) {
      const used = Math.max(iterations / most, clock ? (clock() - begun) / milliseconds : 0)
      if (used >= 1 || options.cancelled?.()) break
      if (phase === 'serve') {
        temperature = scale * SERVE
        if (missing === 0 || used > SERVE_MOST || used - missingSince > SERVE_PATIENCE) {
          phase = 'anneal'
          annealFrom = used
          trial.forgive()
        }
      }
      if (phase === 'anneal') {
        temperature = scale * HOT * Math.pow(COLD / HOT, (used - annealFrom) / (1 - annealFrom))
      }
      if (options.onProgress && used * PROGRESS_STEPS >= told) {
        told = Math.floor(used * PROGRESS_STEPS) + 1
        options.onProgress({ used, iterations, cost: bestCost / 60_000, unserved: missing })
      }
      lastUsed = used
    }
    iterations += 1
    const change = trial.step()
    if (change < -temperature * Math.log(trial.random.next())) {
      trial.keep()
      current += trial.plainChange
      if (current < bestCost - 1e-6) {
        // Added up anew: many small sums drift.
        current = trial.cost()
        if (current < bestCost - 1e-6) {
          bestCost = current
          best = snapshot(trial)
          const now = trial.undone(() => 1)
          if (now < missing) missingSince = lastUsed
          missing = now
        }
      }
    } else trial.undo()
    if (phase === 'serve') trial.blame()
  }
  return { ...best, cost: bestCost, iterations }
}

function snapshot({ c, state }: Trial): { chains: number[][]; begins: Float64Array } {
  const chains: number[][] = []
  for (let r = 0; r < c.rounds; r++) {
    const chain: number[] = []
    const end = c.end[r] as number
    for (let n = state.next[c.start[r] as number] as number; n !== end; n = state.next[n] as number) chain.push(n)
    chains.push(chain)
  }
  return { chains, begins: state.begin.slice() }
}

/** What a small detour costs here: temperatures follow it, so that any unit behaves alike. */
function nearWay(c: Compiled): number {
  let sum = 0
  let count = 0
  for (let v = 0; v < c.visits; v++) {
    const row = (c.enter[v] as number) * c.places
    const ways: number[] = []
    for (let other = 0; other < c.visits; other++) {
      if (other !== v) ways.push(c.time[row + (c.enter[other] as number)] as number)
    }
    ways.sort((a, b) => a - b)
    for (const way of ways.slice(0, 5)) {
      sum += way
      count += 1
    }
  }
  return count === 0 || sum === 0 ? 1 : sum / count
}
