/** Whether the random suites run at their full count (`npm run test:long`). */
export const isLongRun = process.env.LOOPDESK_LONG === '1'

/** One seed a run, printed by `npm test`; LOOPDESK_SEED repeats it. */
export const seed = Number(process.env.LOOPDESK_SEED ?? Date.now() % 2 ** 31)

/**
 * Settings for `fc.assert`: the run's seed, and `short` cases in `npm test`, `long` in `npm run test:long`.
 */
export function randomRuns(short = 200, long = short * 20): { seed: number; numRuns: number } {
  return { seed, numRuns: isLongRun ? long : short }
}
