import type { Card } from '#shared/contract/board.ts'
import { useSettings } from '../../app/settings.ts'
import type { ToastAction } from '../../ui/toasts.ts'
import { useToasts } from '../../ui/toasts.ts'
import { i18n } from '../../words/index.ts'
import { useBoard } from './boardStore.ts'
import { useUndo } from './undo.ts'

/** What follows a move of one's own: it can be taken back, and a column that is fuller than it should be says so. */
export function useMoved() {
  const board = useBoard()
  const settings = useSettings()
  const toasts = useToasts()
  const undo = useUndo()
  const { t } = i18n.global

  const undoAction = (): ToastAction => ({ words: t('undo.verb'), keys: 'Ctrl Z', run: () => void undo.undo() })

  /** How to take it back; undefined: it cannot be. */
  function moved(before: Card, after: Card): ToastAction | undefined {
    if (!undo.rememberMove(before, after)) return undefined
    void warn(after)
    return undoAction()
  }
  async function warn({ stage }: Card): Promise<void> {
    const limit = settings.values['board.wipLimits'][stage]
    if (limit === null) return
    await board.recount()
    const { whole } = board.head(stage)
    if (whole > limit) toasts.say(t('board.overTold', { stage: t(`stage.${stage}`), n: whole, limit }), 'amber')
  }
  return { moved, undoAction }
}
