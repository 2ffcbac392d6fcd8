import { ref, shallowRef } from 'vue'
import { defineStore } from 'pinia'
import type { Card } from '#shared/contract/board.ts'
import type { OrderDetails } from '#shared/contract/workOrderQueries.ts'
import type { Refusal, Result } from '#shared/domain/kernel/refusal.ts'
import { STAGES, type StageId } from '#shared/domain/workOrder/stages.ts'
import { command, query } from '../../api/client.ts'
import { usePeople } from '../../app/people.ts'
import { useSession } from '../../app/session.ts'
import { learnFields } from '../../words/customFields.ts'
import { i18n } from '../../words/index.ts'
import { refusalText } from '../../words/refusal.ts'
import { exactTime } from '../../words/time.ts'
import { useToasts } from '../../ui/toasts.ts'
import { useBoard } from '../board/boardStore.ts'
import { useMoved } from '../board/moved.ts'
import { useSelection } from '../board/selection.ts'
import { actionNamed, type ActionName } from './actions.ts'
import { eventText } from './eventText.ts'
import { FORMS, type Command } from './forms.ts'
import { useOffered } from './offered.ts'

/** Of what others did meanwhile the last few are told. */
const MOST_TOLD = 3

/** What is being asked of the person: an action's boxes, the fields missing for a move, or where to move to. */
export type Asking =
  | { readonly kind: 'form'; readonly action: ActionName; readonly preset: Readonly<Record<string, string>> }
  | { readonly kind: 'missing'; readonly fields: readonly string[]; readonly then: Command; readonly done: ActionName }
  | { readonly kind: 'move' | 'book' | 'planVisit' | 'attach' | 'sign' }

/** Carries out what is done to orders, from wherever it was asked: card, drawer, key, drop. */
export const useActions = defineStore('actions', () => {
  const session = useSession()
  const board = useBoard()
  const selection = useSelection()
  const toasts = useToasts()
  const { moved } = useMoved()
  const asking = shallowRef<Asking>()
  const order = shallowRef<OrderDetails>()
  const busy = ref(false)
  const refusal = ref<Refusal>()
  /** What others did to the order since the person looked at it, where that made a step too late. */
  const meanwhile = ref<readonly string[]>([])
  const people = usePeople()
  const may = useOffered()
  const { t } = i18n.global
  /** A move that waits for what was missing: it goes on once that is there, unless the person turns away. */
  let goal: { readonly order: string; readonly then: Command; readonly done: ActionName } | undefined

  async function fetch(id: string): Promise<OrderDetails | undefined> {
    const answer = await query('workOrder.get', { order: id })
    if (!answer.ok) {
      toasts.say(refusalText(answer.refusal), 'red')
      return undefined
    }
    if (!answer.value.order) return undefined
    learnFields(answer.value.order.customFields)
    board.apply([answer.value.order.card])
    return answer.value.order
  }

  function start(name: ActionName, id: string, preset: Readonly<Record<string, string>> = {}): Promise<void> {
    goal = undefined
    return begin(name, id, preset)
  }
  /** Does what a move waits for; the move follows by itself. */
  function pursue(way: ActionName, then: Command, done: ActionName): Promise<void> {
    const id = order.value?.card.id
    if (id === undefined) return Promise.resolve()
    goal = { order: id, then, done }
    return begin(way, id)
  }

  async function begin(name: ActionName, id: string, preset: Readonly<Record<string, string>> = {}): Promise<void> {
    const action = actionNamed(name)
    if (busy.value || !action) return
    const details = await fetch(id)
    if (!details) return
    if (action.gives && session.may(action.needs, 'WorkOrder') && !may.mayGive(details.card)) {
      return toasts.say(refusalText({ code: 'notYourOrders' }), 'red')
    }
    if (details.card.readOnly || !session.may(action.needs, 'WorkOrder') || !action.fits(details.card)) {
      const stage = t(details.card.status === 'open' ? `stage.${details.card.stage}` : `status.${details.card.status}`)
      const code = session.may(action.needs, 'WorkOrder') ? 'client.notNow' : 'client.notAllowed'
      return toasts.say(t(code, { action: t(`act.${name}.verb`), stage }), 'red')
    }
    order.value = details
    refusal.value = undefined
    meanwhile.value = []
    if (name === 'forward') return void (await run(forwardOf(details.card), 'forward'))
    if (name === 'remoteFix') {
      return void (await run({ name: 'workOrder.fixRemotely', input: sight(details.card) }, 'remoteFix'))
    }
    if (name === 'acknowledge') return acknowledge(details)
    if (name === 'lockParts') return void (await run({ name: 'workOrder.lockParts', input: sight(details.card) }, 'lockParts'))
    if (name === 'move' || name === 'book' || name === 'planVisit' || name === 'attach' || name === 'sign') asking.value = { kind: name }
    else if (FORMS[name]) asking.value = { kind: 'form', action: name, preset }
  }

  /** Takes note of what broke in this stage, so that the next level is not called. */
  async function acknowledge({ card, timers, visits }: OrderDetails): Promise<void> {
    const here = visits.at(-1)?.id
    const broken = timers.filter(({ visit, fired, settled }) => visit === here && fired.length > 0 && settled === null)
    if (broken.length === 0) return void toasts.say(t('act.acknowledge.none', { number: card.number }))
    for (const { visit, key: timer } of broken) {
      if (!(await run({ name: 'workOrder.acknowledgeEscalation', input: { order: card.id, visit, timer } }, 'acknowledge'))) return
    }
  }

  const sight = (card: Card) => ({ order: card.id, base: card.head })
  const forwardOf = (card: Card): Command =>
    card.stage === 'signoff'
      ? { name: 'workOrder.close', input: sight(card) }
      : { name: 'workOrder.advance', input: sight(card) }

  /** A card was dropped on a column, or one was chosen in the move menu. */
  async function moveTo(card: Card, to: StageId): Promise<void> {
    const by = STAGES.indexOf(to) - STAGES.indexOf(card.stage)
    if (by === 0) return
    if (by < 0) return start('sendBack', card.id, { to })
    board.moving.set(card.id, to)
    const details = await fetch(card.id)
    if (details) {
      order.value = details
      refusal.value = undefined
      const remote = details.card.stage === 'diagnosis' && to === 'signoff'
      const input = { ...sight(details.card), to }
      await run({ name: remote ? 'workOrder.fixRemotely' : 'workOrder.advance', input }, remote ? 'remoteFix' : 'forward')
    }
    board.moving.delete(card.id)
  }

  /**
   * Sends a command about the order in hand. What is missing is asked for at once; a refusal stays beside the boxes,
   * or is said where there are none. `isWhole`: nothing of the same kind is to follow at once.
   */
  async function run(what: Command, done: ActionName, isWhole = true): Promise<boolean> {
    busy.value = true
    if (order.value) board.act(order.value.card.id)
    const answer = (await command(what.name, what.input as never)) as Result<unknown>
    busy.value = false
    if (answer.ok) return finish(done, isWhole)
    board.acted()
    const { code, params } = answer.refusal
    if (code === 'missingFields' && Array.isArray(params?.['fields'])) {
      asking.value = { kind: 'missing', fields: params['fields'] as string[], then: what, done }
      return false
    }
    refusal.value = answer.refusal
    if (!asking.value) toasts.say(refusalText(answer.refusal), 'red')
    // Somebody was first: look again, keep what was typed, and say who did what.
    if (code === 'stale' && order.value) {
      void tellMeanwhile(order.value.card)
      order.value = (await fetch(order.value.card.id)) ?? order.value
    }
    return false
  }

  /** What happened to an order since it was looked at. */
  async function tellMeanwhile({ id, head }: Card): Promise<void> {
    await people.load()
    const answer = await query('workOrder.timeline', { order: id })
    if (!answer.ok) return
    const { entries } = answer.value
    const since = entries.slice(entries.findIndex(({ event }) => event === head) + 1).slice(-MOST_TOLD)
    meanwhile.value = since.map((entry) => {
      const name = entry.actor.kind === 'user' ? entry.actor.name : t(`actor.${entry.actor.kind}`)
      return t('order.meanwhile', { name, time: exactTime(entry.at), what: eventText(entry, people.nameOf) })
    })
  }

  /** A command that needs no boxes, from where its thing stands. */
  function runOn(details: OrderDetails, what: Command, done: ActionName): Promise<boolean> {
    order.value = details
    return run(what, done)
  }

  async function finish(done: ActionName, isWhole: boolean): Promise<boolean> {
    const before = order.value?.card
    const id = before?.id
    asking.value = undefined
    refusal.value = undefined
    const after = id === undefined ? undefined : await fetch(id)
    board.acted()
    if (!after) return true
    const { card } = after
    // The keyboard stays on the order, wherever it went.
    if (selection.opened === undefined) selection.stand(card.id)
    const undo = before && moved(before, card)
    const where = card.status === 'open' ? t(`stage.${card.stage}`) : t(`status.${card.status}`)
    const froze = card.frozen && (done === 'forward' || done === 'lockParts')
    if (froze) toasts.say(t('act.froze', { number: card.number }), 'red', undo)
    else toasts.say(t(`act.${done}.done`, { number: card.number, stage: where }), 'plain', undo)
    if (isWhole && !froze) void goOn(after, done)
    return true
  }
  async function goOn(details: OrderDetails, done: ActionName): Promise<void> {
    const next = goal
    goal = undefined
    if (!next || next.order !== details.card.id || next.done === done) return
    order.value = details
    await run({ ...next.then, input: { ...next.then.input, base: details.card.head } } as Command, next.done)
  }

  /** Fills what is missing, then takes the step that asked for it, on the sight that the filling left. */
  async function fillAndGo(fields: Record<string, unknown>, then: Command, done: ActionName): Promise<void> {
    const details = order.value
    if (!details) return
    refusal.value = undefined
    if (Object.keys(fields).length > 0 && !(await changeFields(details, fields))) return
    const now = order.value
    if (!now) return
    await run({ ...then, input: { ...then.input, base: now.card.head } } as Command, done)
  }

  /** Says why not in `refusal`; true when the fields are changed. */
  async function changeFields(details: OrderDetails, fields: Record<string, unknown>): Promise<boolean> {
    busy.value = true
    const answer = await command('workOrder.changeFields', { ...sight(details.card), fields: fields as never })
    busy.value = false
    refusal.value = answer.ok ? undefined : answer.refusal
    if (!answer.ok && answer.refusal.code === 'stale') void tellMeanwhile(details.card)
    const fresh = await fetch(details.card.id)
    if (fresh && order.value?.card.id === fresh.card.id) order.value = fresh
    return answer.ok
  }

  function close(): void {
    goal = undefined
    asking.value = undefined
    refusal.value = undefined
    meanwhile.value = []
  }
  return { asking, order, busy, refusal, meanwhile, start, pursue, moveTo, run, runOn, fillAndGo, changeFields, close }
})
