import { ref } from 'vue'
import { defineStore } from 'pinia'
import type { Card } from '#shared/contract/board.ts'
import type { OrderDetails } from '#shared/contract/workOrderQueries.ts'
import type { Result } from '#shared/domain/kernel/refusal.ts'
import type { StageId } from '#shared/domain/workOrder/stages.ts'
import { command, query } from '../../api/client.ts'
import { i18n } from '../../words/index.ts'
import { refusalText } from '../../words/refusal.ts'
import { useToasts } from '../../ui/toasts.ts'
import { useBoard } from './boardStore.ts'
import { useSelection } from './selection.ts'

/** What this person did last, and how to know that nobody has gone on from there. */
type Step = { readonly order: string; readonly number: string } & (
  | { readonly kind: 'move'; readonly from: StageId; readonly to: StageId; readonly enteredAt: number }
  | { readonly kind: 'field'; readonly field: string; readonly old: string | null; readonly now: string | null }
)
const MOST = 20

/**
 * Takes back one's own last moves by commands that the workflow allows: the log keeps both, the way there and the way
 * back with its reason. What others have gone on from stays.
 */
export const useUndo = defineStore('undo', () => {
  const board = useBoard()
  const selection = useSelection()
  const toasts = useToasts()
  const { t } = i18n.global
  const steps = ref<readonly Step[]>([])
  let busy = false

  const remember = (step: Step): void => {
    steps.value = [...steps.value, step].slice(-MOST)
  }
  /** Whether there is something to take back: an order that is open in another stage than before. */
  function rememberMove(before: Card, after: Card): boolean {
    if (before.status !== 'open' || after.status !== 'open' || before.stage === after.stage) return false
    const { id: order, number, stage: to, enteredAt } = after
    remember({ kind: 'move', order, number, from: before.stage, to, enteredAt })
    return true
  }

  async function undo(): Promise<void> {
    const step = steps.value.at(-1)
    if (busy) return
    if (!step) return toasts.say(t('undo.nothing'))
    busy = true
    board.act(step.order)
    const answer = await query('workOrder.get', { order: step.order })
    const details = answer.ok ? answer.value.order : null
    if (!answer.ok) toasts.say(refusalText(answer.refusal), 'red')
    else if (details) {
      // Whatever comes of it, the same step is not tried for ever.
      steps.value = steps.value.slice(0, -1)
      await takeBack(step, details)
    }
    board.acted()
    busy = false
  }

  async function takeBack(step: Step, details: OrderDetails): Promise<void> {
    const { card } = details
    if (card.status !== 'open') return toasts.say(t('undo.closed', { number: card.number }), 'red')
    const goneOn = step.kind === 'move' ? card.stage !== step.to || card.enteredAt !== step.enteredAt : (details.fields[step.field] ?? null) !== step.now
    if (goneOn) return toasts.say(t('undo.goneOn', { number: card.number }), 'red')
    const sent = await (step.kind === 'move' ? moveBack(step, details) : changeBack(step, details))
    if (sent === undefined) return
    if (!sent.ok) return toasts.say(t('undo.refused', { number: card.number, why: refusalText(sent.refusal) }), 'red')
    const fresh = await query('workOrder.get', { order: step.order })
    if (!fresh.ok || !fresh.value.order) return
    board.apply([fresh.value.order.card])
    const { stage } = fresh.value.order.card
    toasts.say(step.kind === 'move' ? t('undo.done', { number: card.number, stage: t(`stage.${stage}`) }) : t('undo.restored', { number: card.number }))
    if (selection.opened === undefined) selection.stand(step.order)
  }

  async function moveBack(step: Extract<Step, { kind: 'move' }>, { card, moves }: OrderDetails): Promise<Result<unknown> | undefined> {
    const input = { order: step.order, base: card.head, to: step.from, reason: t('undo.reason') }
    switch (moves.find(({ to }) => to === step.from)?.how) {
      case 'sendBack':
        return command('workOrder.sendBack', input)
      case 'forward':
        return command('workOrder.advance', input)
      case 'remoteFix':
        return command('workOrder.fixRemotely', input)
      default:
        toasts.say(t('undo.noWay', { number: card.number, from: t(`stage.${step.to}`), to: t(`stage.${step.from}`) }), 'red')
        return undefined
    }
  }

  const changeBack = ({ order, field, old }: Extract<Step, { kind: 'field' }>, { card }: OrderDetails): Promise<Result<unknown>> =>
    command('workOrder.changeFields', { order, base: card.head, fields: { [field]: old } })

  return { steps, remember, rememberMove, undo }
})
