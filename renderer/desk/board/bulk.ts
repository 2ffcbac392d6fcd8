import type { Action as Permission } from '#shared/contract/define.ts'
import type { Card } from '#shared/contract/board.ts'
import type { CommandInput } from '#shared/contract/registry.ts'
import { PARTIES, PRIORITIES } from '#shared/domain/workOrder/stages.ts'
import type { FormField, FormValues } from '../order/forms.ts'
import { promiseOf } from '../order/forms.ts'

type Action = CommandInput['workOrder.bulk']['action']

/** One thing that can be done to many orders. `words`: its verb in the catalogue. */
export interface BulkAction {
  readonly name: string
  readonly words: string
  readonly needs: Permission
  readonly fits: (card: Card) => boolean
  /** Gives the orders away (`useOffered`). */
  readonly gives?: true
  readonly fields: (now: number) => readonly FormField[]
  readonly action: (values: FormValues) => Action
  readonly danger?: true
}

/** The service center takes so many at once. */
export const MOST = 200
const HOUR = 3_600_000
const open = (card: Card): boolean => card.status === 'open' && !card.readOnly
const text = (values: FormValues, name: string): string => String(values[name] ?? '').trim()
const reason: FormField = { name: 'reason', kind: 'text' }
const none = (): readonly FormField[] => []

export const BULK: readonly BulkAction[] = [
  { name: 'forward', words: 'act.forward.verb', needs: 'decide', fits: (card) => open(card) && card.stage !== 'signoff', fields: none, action: () => ({ name: 'advance' }) },
  { name: 'close', words: 'act.forward.close', needs: 'decide', fits: (card) => open(card) && card.stage === 'signoff', fields: none, action: () => ({ name: 'close' }) },
  { name: 'lockParts', words: 'act.lockParts.verb', needs: 'decide', fits: (card) => open(card) && card.stage === 'partsLock', fields: none, action: () => ({ name: 'lockParts' }) },
  {
    name: 'priority',
    words: 'bulk.priority',
    needs: 'change',
    fits: open,
    fields: () => [{ name: 'priority', kind: 'choice', choices: PRIORITIES, words: 'priority', initial: 'high' }],
    action: (values) => ({ name: 'changeFields', fields: { priority: text(values, 'priority') } }),
  },
  {
    name: 'handover',
    words: 'act.handover.verb',
    needs: 'decide',
    fits: open,
    gives: true,
    fields: () => [
      { name: 'to', label: 'handoverTo', kind: 'person' },
      { name: 'note', kind: 'text', optional: true },
    ],
    action: (values) => ({ name: 'offerHandover', to: text(values, 'to'), ...(text(values, 'note') !== '' && { note: text(values, 'note') }) }),
  },
  {
    name: 'assign',
    words: 'act.assign.verb',
    needs: 'release',
    fits: open,
    fields: () => [
      { name: 'owner', kind: 'person' },
      { ...reason, optional: true },
    ],
    action: (values) => ({ name: 'reassign', owner: text(values, 'owner'), ...(text(values, 'reason') !== '' && { reason: text(values, 'reason') }) }),
  },
  {
    name: 'promise',
    words: 'act.promise.verb',
    needs: 'decide',
    fits: open,
    fields: (now) => [
      { name: 'step', kind: 'line' },
      { name: 'waitsOn', kind: 'choice', choices: PARTIES, words: 'party', initial: 'us' },
      { name: 'who', kind: 'person', when: (values) => values['waitsOn'] === 'us' },
      { name: 'by', kind: 'instant', initial: now + 4 * HOUR },
    ],
    action: (values) => ({ name: 'setPromise', promise: promiseOf(values, PARTIES.find((party) => party === values['waitsOn']) ?? 'us') }),
  },
  {
    name: 'note',
    words: 'act.note.verb',
    needs: 'change',
    fits: () => true,
    fields: () => [{ name: 'text', kind: 'text' }],
    action: (values) => ({ name: 'addNote', kind: 'internal', text: text(values, 'text') }),
  },
  { name: 'release', words: 'act.release.verb', needs: 'release', fits: (card) => open(card) && card.frozen, fields: () => [reason], action: (values) => ({ name: 'release', reason: text(values, 'reason') }) },
  { name: 'sendBack', words: 'act.sendBack.verb', needs: 'decide', fits: (card) => open(card) && card.stage !== 'intakeReview', fields: () => [reason], action: (values) => ({ name: 'sendBack', reason: text(values, 'reason') }) },
  { name: 'cancel', words: 'act.cancel.verb', needs: 'decide', fits: open, fields: () => [reason], action: (values) => ({ name: 'cancel', reason: text(values, 'reason') }), danger: true },
]
