import type { TimelineEntry } from '#shared/contract/workOrderQueries.ts'
import type { WorkOrderEventType } from '#shared/domain/workOrder/events.ts'
import { eventSentence } from '#shared/i18n/eventWords.ts'
import type { IconName } from '../../design/icons.ts'
import { screenWords } from '../../words/eventWords.ts'

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
  surveyAnswered: 'note',
  surveySent: 'note',
  timerFired: 'broken',
  promiseBroken: 'broken',
  knownDefectMarked: 'defect',
  orderLinked: 'link',
  orderMerged: 'link',
  attachmentAdded: 'attach',
  appointmentBooked: 'calendar',
  arrivalRecorded: 'check',
  signatureCaptured: 'sign',
}
export const eventIcon = (type: string): IconName => ICONS[type as WorkOrderEventType] ?? 'info'

/** An event in one sentence, as the audit and the files say it too. */
export const eventText = (event: Pick<TimelineEntry, 'type' | 'data'>, nameOf: (id: string) => string): string => eventSentence(event, screenWords(nameOf))

/** What the events of something still to be done mean for the order, each in a sentence; timers and such go unsaid. */
export const happening = (events: readonly Pick<TimelineEntry, 'type' | 'data'>[], nameOf: (id: string) => string): string[] =>
  events.filter(({ type }) => type !== 'timerFired').map((event) => eventText(event, nameOf))

/** Whom a note mentions. */
export const mentionsOf = ({ data }: TimelineEntry): string[] =>
  Array.isArray(data['mentions']) ? data['mentions'].filter((id): id is string => typeof id === 'string') : []
