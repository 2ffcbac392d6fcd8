import { computed, ref, shallowRef } from 'vue'
import { defineStore } from 'pinia'
import type { SuggestOption, Visit, WaitingOrder } from '#shared/contract/dispatch.ts'
import type { QueryOutput } from '#shared/contract/registry.ts'
import type { Span } from '#shared/domain/dispatch/problem.ts'
import type { Refusal, Result } from '#shared/domain/kernel/refusal.ts'
import { command, query } from '../../api/client.ts'
import { useClock } from '../../app/clock.ts'
import { useSession } from '../../app/session.ts'
import { useToasts } from '../../ui/toasts.ts'
import { i18n } from '../../words/index.ts'
import { clockTime, timeOnly } from '../../words/time.ts'
import { useDispatch } from './dispatchStore.ts'

/** An order over the timeline, not booked yet: whose row, from when to when, and what speaks against it. */
export interface Ghost extends Span {
  readonly order: string
  readonly number: string
  readonly head: string
  /** The first stands for the row it is on. */
  readonly engineers: readonly string[]
  /** How many it takes. */
  readonly crew: number
  /** The appointment that it would move; absent: a new one. */
  readonly was?: Visit | undefined
  /** Held by the mouse: nothing is asked of the person yet. */
  readonly inHand: boolean
}
type Verdict = QueryOutput['dispatch.tryOut']

/** While somebody draws or keeps a key down, the service center is asked at most so often. */
const ASK_EVERY_MS = 120

/** Puts orders on the timeline: by mouse, by keys, from a suggestion; hard conflicts are not saved, soft ones are shown. */
export const usePlacing = defineStore('placing', () => {
  const clock = useClock()
  const dispatch = useDispatch()
  const session = useSession()
  const toasts = useToasts()
  const { t } = i18n.global
  const ghost = shallowRef<Ghost>()
  const verdict = shallowRef<Verdict>()
  const refusal = ref<Refusal>()
  const busy = ref(false)
  let asked = 0
  let timer: ReturnType<typeof setTimeout> | undefined

  const hard = computed(() => verdict.value?.conflicts.filter((conflict) => conflict.hard) ?? [])
  const soft = computed(() => verdict.value?.conflicts.filter((conflict) => !conflict.hard) ?? [])
  const mayChange = computed(() => session.may('change', 'Appointment'))

  /** Whether it can be taken in hand at all; says why not. */
  function mayHold(visit?: Visit): boolean {
    if (!mayChange.value) toasts.say(t('dispatch.mayNot'), 'red')
    else if (visit?.begun) toasts.say(t('dispatch.begunStays', { number: visit.number }), 'red')
    else return true
    return false
  }

  function start(order: WaitingOrder | Visit, at: Span & { readonly engineers: readonly string[] }, inHand: boolean): void {
    const was = 'id' in order ? order : undefined
    if (!mayHold(was)) return
    const crew = 'crew' in order ? order.crew : order.engineers.length
    ghost.value = { ...at, order: order.order, number: order.number, head: order.head, crew, was, inHand }
    verdict.value = undefined
    refusal.value = undefined
    if (!inHand) ask()
  }

  /** Elsewhere, longer or shorter; what spoke against the former place is forgotten. */
  function put(change: Partial<Pick<Ghost, 'from' | 'to' | 'engineers' | 'inHand'>>): void {
    const before = ghost.value
    if (!before) return
    const after = { ...before, ...change }
    const stays = after.from === before.from && after.to === before.to && after.engineers.join() === before.engineers.join()
    if (stays && after.inHand === before.inHand) return
    ghost.value = after
    if (stays) return
    asked++
    refusal.value = undefined
    verdict.value = undefined
    ask()
  }

  function ask(): void {
    timer ??= setTimeout(() => {
      timer = undefined
      void judge()
    }, ASK_EVERY_MS)
  }
  async function judge(): Promise<Verdict | undefined> {
    clearTimeout(timer)
    timer = undefined
    if (!ghost.value) return undefined
    const mine = ++asked
    const { order, engineers, from, to } = ghost.value
    const answer = await query('dispatch.tryOut', { order, engineers: [...engineers], from, to })
    if (mine !== asked || !ghost.value) return undefined
    if (answer.ok) verdict.value = answer.value
    else refusal.value = answer.refusal
    return verdict.value
  }

  /** The mouse let go: booked at once where nothing speaks against it, else it stays and says why. */
  async function drop(): Promise<void> {
    const held = ghost.value
    if (!held) return
    const { was } = held
    const stays = was?.from === held.from && was.to === held.to && was.engineers.map(({ id }) => id).join() === held.engineers.join()
    if (stays) return cancel()
    ghost.value = { ...held, inHand: false }
    const found = await judge()
    if (found?.possible && soft.value.length === 0) await save()
  }

  /** Enter, or the button: what was shown as soft is accepted with it. */
  async function save(): Promise<void> {
    const held = ghost.value
    if (!held || busy.value) return
    if (!verdict.value && !(await judge())) return
    if (!verdict.value?.possible) return
    busy.value = true
    const answer = await send(held, [...new Set(soft.value.map(({ code }) => code))])
    busy.value = false
    if (!answer.ok) {
      // Somebody was quicker: the ghost stays, the day is read again and says who.
      refusal.value = answer.refusal
      await dispatch.refresh()
      const fresh = dispatch.visitOfOrder(held.order)?.head ?? dispatch.waitingOrder(held.order)?.head
      if (ghost.value?.order === held.order && fresh !== undefined) ghost.value = { ...ghost.value, head: fresh }
      void judge()
      return
    }
    const name = held.engineers.map(nameOf).join(t('list.separator'))
    toasts.say(t(held.was ? 'dispatch.movedDone' : 'dispatch.booked', { number: held.number, name, time: timesOf(held) }))
    dispatch.current = held.order
    dispatch.row = held.engineers[0]
    ghost.value = undefined
    await dispatch.refresh()
  }

  function send({ order, head: base, engineers: chosen, from, to, was }: Ghost, accepted: string[]): Promise<Result<unknown>> {
    const engineers = [...chosen]
    if (!was) return command('dispatch.book', { order, base, engineers, from, to, accepted })
    const sameLength = to - from === was.to - was.from
    if (sameLength) return command('dispatch.move', { order, base, engineers, from, accepted })
    const samePeople = was.engineers.map(({ id }) => id).join() === engineers.join()
    if (samePeople) return command('dispatch.resize', { order, base, from, to, accepted })
    return command('dispatch.book', { order, base, engineers, from, to, accepted })
  }

  /** As a suggestion says. Its doubts were read beside it: only a new one holds it up. */
  async function bookOption(order: WaitingOrder | Visit, option: SuggestOption): Promise<void> {
    start(order, { engineers: [option.engineer.id, ...option.with.map(({ id }) => id)], from: option.from, to: option.to }, false)
    const found = await judge()
    const told = new Set([...option.conflicts, ...option.reasons].map(({ code }) => code))
    if (found?.possible && soft.value.every(({ code }) => told.has(code))) await save()
  }
  function cancel(): void {
    asked++
    clearTimeout(timer)
    timer = undefined
    ghost.value = undefined
    verdict.value = undefined
    refusal.value = undefined
  }

  const nameOf = (id: string): string => dispatch.engineers.find((engineer) => engineer.id === id)?.name ?? id
  /** With the day where it is not today. */
  const timesOf = ({ from, to }: Span): string => `${clockTime(from, clock.minute)}–${timeOnly(to)}`

  return { ghost, verdict, refusal, busy, hard, soft, mayChange, mayHold, start, put, drop, save, cancel, bookOption, nameOf, timesOf }
})
