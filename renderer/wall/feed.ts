import { reactive, shallowRef } from 'vue'
import type { QueryOutput } from '#shared/contract/registry.ts'
import { onSessionLost, query, subscribe, useToken } from '../api/client.ts'

export type WallBoard = QueryOutput['wall.board']

/** Asked anew at least so often, whatever is heard. */
const POLL_MS = 15_000
/** A burst of changes is asked for once. */
const GATHER_MS = 1_000
const FIRST_WAIT_MS = 1_000
const LONGEST_WAIT_MS = 15_000
/** A link that was taken back may be given again, as after a restored backup. */
const REFUSED_WAIT_MS = 60_000

/**
 * What the board shows, asked for over and over: when the service center tells of a change, when the next promise
 * passes, and every quarter of a minute. Whatever fails is tried again, for weeks if need be.
 */
export function startFeed(token: string | undefined, took: (board: WallBoard) => void, reconnected: () => void) {
  const board = shallowRef<WallBoard>()
  /** `refused`: the link is not, or no longer, good; nothing is shown under it. */
  const state = reactive({ link: 'trying' as 'trying' | 'good' | 'refused', failures: 0 })
  let timer: ReturnType<typeof setTimeout> | undefined
  let due = 0
  let asking = false

  /** The earliest wish counts; a later one never puts it off. */
  function askIn(wait: number): void {
    const at = performance.now() + wait
    if (timer !== undefined && due <= at) return
    clearTimeout(timer)
    due = at
    timer = setTimeout(() => void ask(), wait)
  }

  async function ask(): Promise<void> {
    timer = undefined
    if (asking) return askIn(GATHER_MS)
    asking = true
    const answer = await query('wall.board', {})
    asking = false
    if (answer.ok) {
      const back = state.failures > 0 || state.link === 'refused'
      // The stream was closed with the link; it opens again with it.
      if (state.link === 'refused' && token !== undefined) useToken(token)
      Object.assign(state, { link: 'good', failures: 0 })
      board.value = answer.value
      took(answer.value)
      if (back) reconnected()
      const [next] = answer.value.next
      // Half a second later, so that the clocks of both sides agree that it has passed.
      const untilNext = next ? next.by - answer.value.now + 500 : POLL_MS
      return askIn(Math.max(GATHER_MS, Math.min(POLL_MS, untilNext)))
    }
    if (answer.refusal.code === 'unauthenticated' || answer.refusal.code === 'forbidden') return refuse()
    state.failures += 1
    askIn(Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** (state.failures - 1)))
  }

  function refuse(): void {
    state.link = 'refused'
    board.value = undefined
    clearTimeout(timer)
    timer = undefined
    askIn(REFUSED_WAIT_MS)
  }

  if (token !== undefined) useToken(token)
  onSessionLost(refuse)
  subscribe(
    'wall',
    () => askIn(GATHER_MS),
    (connected) => {
      // Connected: something may have been missed. Cut off: find out at once whether the service center is there.
      askIn(0)
      if (connected && state.failures > 0) reconnected()
    },
  )
  window.addEventListener('online', () => askIn(0))
  document.addEventListener('visibilitychange', () => askIn(0))
  askIn(0)
  return { board, state, hurry: () => askIn(0) }
}
