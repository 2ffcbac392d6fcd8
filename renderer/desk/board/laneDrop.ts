import { NONE, type Card } from '#shared/contract/board.ts'
import { command } from '../../api/client.ts'
import { useSession } from '../../app/session.ts'
import { useToasts } from '../../ui/toasts.ts'
import { i18n } from '../../words/index.ts'
import { refusalText } from '../../words/refusal.ts'
import { useActions } from '../order/actionStore.ts'
import { useBoard } from './boardStore.ts'
import { laneOf } from './cells.ts'
import { useMoved } from './moved.ts'
import { useUndo } from './undo.ts'

/** A card was dropped in another lane of its column: what the lane stands for changes, by the command that changes it. */
export function useLaneDrop(): (card: Card, lane: string) => void {
  const actions = useActions()
  const board = useBoard()
  const session = useSession()
  const toasts = useToasts()
  const undo = useUndo()
  const { undoAction } = useMoved()
  const { t } = i18n.global

  async function change(card: Card, field: 'priority' | 'provider', value: string | null, name: string): Promise<void> {
    board.act(card.id)
    const answer = await command('workOrder.changeFields', { order: card.id, base: card.head, fields: { [field]: value } })
    if (answer.ok) {
      const old = field === 'priority' ? card.priority : (card.provider?.id ?? null)
      undo.remember({ kind: 'field', order: card.id, number: card.number, field, old, now: value })
      toasts.say(t('lane.changed', { number: card.number, field: t(`field.${field}`), name }), 'plain', undoAction())
    } else toasts.say(refusalText(answer.refusal), 'red')
    board.acted()
  }

  return (card, lane) => {
    const { by } = board
    if (by === null || laneOf(card, by) === lane) return
    const name = board.lanes.find(({ value }) => value === lane)?.name ?? ''
    if (by === 'priority') void change(card, 'priority', lane, t(`priority.${lane}`))
    else if (by === 'provider') void change(card, 'provider', lane === NONE ? null : lane, lane === NONE ? t('lane.none.provider') : name)
    else if (by === 'customer' || lane === NONE) toasts.say(t(`lane.fixed.${by}`), 'red')
    else if (by === 'engineer') void actions.start('book', card.id)
    else if (session.may('release', 'WorkOrder')) void actions.start('assign', card.id, { owner: lane })
    else void actions.start('handover', card.id, { to: lane })
  }
}
