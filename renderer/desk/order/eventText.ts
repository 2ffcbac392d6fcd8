import type { TimelineEntry } from '#shared/contract/workOrderQueries.ts'
import type { WorkOrderEventType } from '#shared/domain/workOrder/events.ts'
import type { IconName } from '../../design/icons.ts'
import { i18n } from '../../words/index.ts'
import { fieldName } from '../../words/refusal.ts'
import { stepText } from '../../words/step.ts'
import { dateTime } from '../../words/time.ts'

const { t, te } = i18n.global

const ICONS: Partial<Record<WorkOrderEventType, IconName>> = {
  orderRegistered: 'plus',
  fieldsChanged: 'edit',
  firstReplied: 'phone',
  stageChanged: 'forward',
  orderClosed: 'check',
  orderCancelled: 'close',
  orderReopened: 'history',
  orderFrozen: 'frozen',
  orderThawed: 'frozen',
  promiseSet: 'clock',
  handoverOffered: 'people',
  handoverAnswered: 'people',
  ownerAssigned: 'person',
  noteAdded: 'note',
  inquiryReceived: 'phone',
  complaintReceived: 'broken',
  timerFired: 'broken',
  knownDefectMarked: 'defect',
  orderLinked: 'link',
  orderMerged: 'link',
  attachmentAdded: 'attach',
  appointmentBooked: 'calendar',
  arrivalRecorded: 'check',
  signatureCaptured: 'sign',
}
export const eventIcon = (type: string): IconName => ICONS[type as WorkOrderEventType] ?? 'info'

/** An event in one sentence; its data are put into words by what they mean. */
export function eventText({ type, data }: TimelineEntry, nameOf: (id: string) => string): string {
  const entered = record(data['entered'])
  const changes = Array.isArray(data['changes']) ? data['changes'].map((change) => fieldName(String(record(change)['field']))) : []
  const promise = record(data['promise'])
  const words: Record<string, string> = {
    number: String(data['number'] ?? ''),
    stage: wordOf('stage', entered['stage'] ?? data['to'] ?? data['from']),
    from: wordOf('stage', data['from']),
    fields: changes.join(t('list.separator')),
    step: stepText(String(promise['step'] ?? ''), typeof promise['key'] === 'string' ? promise['key'] : null),
    party: wordOf('party', promise['waitsOn']),
    name: nameOf(String(data['owner'] ?? data['engineer'] ?? data['to'] ?? '')),
    file: String(data['name'] ?? ''),
    channel: wordOf('channel', data['channel']),
    level: String(data['level'] ?? ''),
    role: wordOf('role', data['role']),
    time: typeof data['from'] === 'number' ? dateTime(data['from'], data['from']) : '',
    by: wordOf('thawedBy', data['by']),
  }
  const variant = variantOf(type, data)
  const key = variant !== undefined && te(`timeline.${type}_${variant}`) ? `timeline.${type}_${variant}` : `timeline.${type}`
  return te(key) ? t(key, words) : t('timeline.unknown', { type })
}

/** What somebody wrote: a note, a reason, what the customer said. */
export function eventQuote({ data, personal }: TimelineEntry): string {
  const said = personal?.['text'] ?? data['reason'] ?? data['note']
  return typeof said === 'string' ? said : ''
}

/** One event reads differently by how it happened. */
function variantOf(type: string, data: TimelineEntry['data']): string | undefined {
  const telling: Record<string, string> = { stageChanged: 'how', noteAdded: 'kind', handoverAnswered: 'accepted', orderClosed: 'how', signatureCaptured: 'kind', knownDefectMarked: 'defect' }
  const name = telling[type]
  return name === undefined ? undefined : String(data[name])
}

const record = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {}

const wordOf = (group: string, value: unknown): string => {
  const key = `${group}.${String(value)}`
  return te(key) ? t(key) : String(value ?? '')
}
