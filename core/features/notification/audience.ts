import type { StoredEvent } from '#shared/domain/kernel/event.ts'
import { whoIsCalled } from '#shared/domain/workOrder/called.ts'
import type { WorkOrderEvent } from '#shared/domain/workOrder/events.ts'
import type { Role } from '#shared/domain/user/fold.ts'
import { one, type ReadableDb } from '../../store/sql.ts'
import { peopleOf } from '../escalation/people.ts'
import type { News } from './news.ts'
import { ownerNewsOf } from './ownerNews.ts'
import { shiftNewsOf } from './shiftNews.ts'

/** Empty: nobody needs telling. Who did it himself is never told. */
export function newsOf(stored: StoredEvent, db: ReadableDb, now: number): readonly News[] {
  const news = firstNewsOf(stored, db, now)
  const ofOwners = stored.subject.kind === 'workOrder' ? ownerNewsOf(stored as WorkOrderEvent) : []
  return news ? [news, ...ofOwners] : ofOwners
}

function firstNewsOf(stored: StoredEvent, db: ReadableDb, now: number): News | undefined {
  if (stored.subject.kind === 'shiftHandover') return shiftNewsOf(stored, db)
  if (stored.subject.kind !== 'workOrder') return undefined
  const event = stored as WorkOrderEvent
  const order = event.subject.id
  const others = (users: readonly string[]): News['users'] =>
    [...new Set(users)].filter((user) => user !== event.actor.id).map((user) => ({ user }))
  switch (event.type) {
    case 'timerFired': {
      const { visit, timer, level, dueAt, role, fellUpTo, channels = [] } = event.data
      return {
        kind: 'escalation',
        users: event.data.called,
        params: { visit, timer, level, dueAt, role, ...(fellUpTo !== undefined && { fellUpTo }) },
        channels: channels.filter((channel) => channel === 'chat' || channel === 'sms'),
      }
    }
    case 'promiseBroken':
      return { kind: 'promiseBroken', users: event.data.called, params: { by: event.data.by }, channels: [] }
    case 'handoverOffered':
      // Of a whole shift one notice tells.
      if (event.data.shift !== undefined) return undefined
      return { kind: 'handover', users: others([event.data.to]), params: { from: event.actor.id }, channels: [] }
    case 'handoverAnswered': {
      const { accepted, offeredBy } = event.data
      if (offeredBy === undefined) return undefined
      const kind = accepted ? 'handoverAccepted' : 'handoverDeclined'
      return { kind, users: others([offeredBy]), params: { by: event.actor.id }, channels: [] }
    }
    case 'noteAdded':
      if (event.data.mentions.length === 0) return undefined
      return { kind: 'mention', users: others(event.data.mentions), params: { by: event.actor.id }, channels: ['chat'] }
    case 'orderFrozen': {
      const [first] = event.data.shortages
      return {
        kind: 'frozen',
        users: others([...ownerOf(db, order), ...onDuty(db, now, 'supervisor'), ...onDuty(db, now, 'partsKeeper')]),
        params: { shortages: event.data.shortages.length, part: first?.part ?? '' },
        channels: ['chat'],
      }
    }
    case 'complaintReceived':
      return {
        kind: 'complaint',
        users: others([...ownerOf(db, order), ...onDuty(db, now, 'supervisor')]),
        params: { cause: event.data.cause },
        channels: ['chat'],
      }
    case 'surveyAnswered':
      // METRICS, "NPS": who gives so few stars speaks against us.
      if (event.data.stars > 3) return undefined
      return {
        kind: 'lowRating',
        users: others([...ownerOf(db, order), ...onDuty(db, now, 'supervisor')]),
        params: { stars: event.data.stars },
        channels: ['chat'],
      }
    default:
      return undefined
  }
}

function ownerOf(db: ReadableDb, order: string): string[] {
  const owner = one<{ owner: string | null }>(db, 'SELECT owner FROM work_order WHERE id = ?', order)?.owner
  return owner === null || owner === undefined ? [] : [owner]
}

const onDuty = (db: ReadableDb, now: number, role: Role): string[] =>
  whoIsCalled(role, peopleOf(db), now, null).called.map(({ user }) => user)
