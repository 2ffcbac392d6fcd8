import { answer } from './answer.ts'
import { compile } from './compile.ts'
import type { Problem, Solution, SolveOptions } from './problem.ts'
import { ready } from './ready.ts'
import { search } from './search.ts'

/** Plans one or several days. Never throws on bad input: what cannot be done is in `unserved` with its reason. */
export function solve(problem: Problem, options: SolveOptions): Solution {
  const question = ready(problem)
  const compiled = compile(question)
  return answer(question, compiled, search(compiled, options))
}
