import { answer } from './answer.ts'
import { compile } from './compile.ts'
import type { Problem, Solution, SolveOptions } from './problem.ts'
import { ready } from './ready.ts'
import { search } from './search.ts'

/** Plans one or several days. Never throws on bad input; `milliseconds` or `iterations` end it, else 2 s. */
export function solve(problem: Problem, options: SolveOptions): Solution {
  const question = ready(problem)
  const compiled = compile(question)
  const limits = options.milliseconds ?? options.iterations
  const found = search(compiled, limits === undefined ? { ...options, milliseconds: DEFAULT_MILLISECONDS } : options)
  return answer(question, compiled, found)
}

const DEFAULT_MILLISECONDS = 2000
