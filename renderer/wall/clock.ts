import { reactive } from 'vue'

const TICK_MS = 1000
/** A tick that comes so late, or a clock that moved so far, tells of sleep or of a clock set otherwise. */
const GAP_MS = 5000

/**
 * The time of the service center. Between its answers the time that passed is measured by a clock that nobody sets, so
 * that daylight saving, a corrected or a wrong clock of this machine change nothing on the wall.
 * @param woken called after sleep or a jump of the machine's clock: what is shown may be old
 */
export function startClock(woken: () => void) {
  const clock = reactive({ now: Date.now(), correct })
  let base = { server: Date.now(), measured: performance.now() }
  let last = { date: Date.now(), measured: performance.now() }

  function correct(server: number): void {
    base = { server, measured: performance.now() }
    clock.now = server
  }
  setInterval(() => {
    const seen = { date: Date.now(), measured: performance.now() }
    const passed = seen.measured - last.measured
    const jumped = Math.abs(seen.date - last.date - passed) > GAP_MS
    last = seen
    clock.now = Math.round(base.server + seen.measured - base.measured)
    if (jumped || passed > GAP_MS) woken()
  }, TICK_MS)
  return clock
}
