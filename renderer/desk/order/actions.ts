import type { Action as Permission } from '#shared/contract/define.ts'
import type { Card } from '#shared/contract/board.ts'
import type { IconName } from '../../design/icons.ts'

/** Everything that can be done to an order: its key, whom it is offered to and when. The service center decides. */
export interface OrderAction {
  readonly name: ActionName
  /** Empty: done where the thing itself stands, a file, a visit, a link. */
  readonly keys: string
  readonly icon: IconName
  readonly needs: Permission
  /** Whether it makes sense for the order as it stands. */
  readonly fits: (card: Card) => boolean
  /** Gives the order away (`useOffered`). */
  readonly gives?: true
}

const open = (card: Card): boolean => card.status === 'open'
const anywhere = (): boolean => true
const inStage =
  (...stages: Card['stage'][]) =>
  (card: Card): boolean =>
    open(card) && stages.includes(card.stage)

const LIST = [
  { name: 'forward', keys: 'F', icon: 'forward', needs: 'decide', fits: open },
  { name: 'move', keys: 'M', icon: 'board', needs: 'decide', fits: open },
  { name: 'sendBack', keys: 'Z', icon: 'back', needs: 'decide', fits: (card) => open(card) && card.stage !== 'intakeReview' },
  { name: 'remoteFix', keys: 'R', icon: 'check', needs: 'decide', fits: inStage('diagnosis') },
  { name: 'selfSolved', keys: 'E', icon: 'check', needs: 'end', fits: inStage('intakeReview') },
  { name: 'reply', keys: 'Y', icon: 'phone', needs: 'change', fits: inStage('intakeReview', 'diagnosis') },
  { name: 'lockParts', keys: 'K', icon: 'part', needs: 'decide', fits: inStage('partsLock') },
  { name: 'release', keys: 'L', icon: 'frozen', needs: 'release', fits: (card) => open(card) && card.frozen },
  { name: 'book', keys: 'T', icon: 'calendar', needs: 'decide', fits: inStage('scheduling', 'onsite') },
  { name: 'planVisit', keys: 'Shift+T', icon: 'clock', needs: 'decide', fits: inStage('diagnosis', 'partsLock', 'scheduling', 'onsite') },
  { name: 'dropAppointment', keys: '', icon: 'close', needs: 'decide', fits: open },
  { name: 'arrival', keys: 'V', icon: 'check', needs: 'change', fits: inStage('onsite', 'scheduling') },
  { name: 'attach', keys: 'U', icon: 'attach', needs: 'change', fits: anywhere },
  { name: 'dropFile', keys: '', icon: 'close', needs: 'change', fits: anywhere },
  { name: 'sign', keys: 'S', icon: 'sign', needs: 'change', fits: inStage('signoff') },
  { name: 'note', keys: 'N', icon: 'note', needs: 'change', fits: anywhere },
  { name: 'acknowledge', keys: 'Shift+A', icon: 'check', needs: 'change', fits: (card) => open(card) && card.breached },
  { name: 'promise', keys: 'P', icon: 'clock', needs: 'decide', fits: open },
  { name: 'waitCustomer', keys: 'W', icon: 'paused', needs: 'decide', fits: open },
  { name: 'handover', keys: 'H', icon: 'people', needs: 'decide', fits: open, gives: true },
  { name: 'people', keys: 'D', icon: 'people', needs: 'change', fits: open },
  { name: 'assign', keys: 'A', icon: 'person', needs: 'release', fits: open },
  { name: 'inquiry', keys: 'I', icon: 'phone', needs: 'change', fits: anywhere },
  { name: 'complaint', keys: 'X', icon: 'broken', needs: 'change', fits: anywhere },
  { name: 'rate', keys: '', icon: 'note', needs: 'change', fits: (card) => card.status === 'closed' },
  { name: 'link', keys: 'J', icon: 'link', needs: 'change', fits: anywhere },
  { name: 'unlink', keys: '', icon: 'close', needs: 'change', fits: anywhere },
  { name: 'merge', keys: 'Shift+G', icon: 'link', needs: 'end', fits: open },
  { name: 'reopen', keys: 'O', icon: 'history', needs: 'end', fits: (card) => card.status === 'closed' },
  { name: 'cancel', keys: 'Q', icon: 'close', needs: 'end', fits: open },
] as const satisfies readonly (Omit<OrderAction, 'name'> & { readonly name: string })[]

export type ActionName = (typeof LIST)[number]['name']
export const ACTIONS: readonly OrderAction[] = LIST
export const actionNamed = (name: ActionName): OrderAction | undefined => ACTIONS.find((action) => action.name === name)
