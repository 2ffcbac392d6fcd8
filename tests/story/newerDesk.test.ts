import { afterEach, beforeEach, expect, it } from 'vitest'
import { verifyFolder } from '#core/maintenance/folder.ts'
import { GENESIS, hashText, type Envelope, type WireEvent } from '#core/store/eventLog.ts'
import { canonical } from '#shared/domain/kernel/canonical.ts'
import type { SubjectKind } from '#shared/domain/kernel/event.ts'
import { openLogDesk, type LogDesk } from '../support/logDesk.ts'
import { orderEvent, registered } from '../support/orders.ts'
import { dumpProjections, rebuilt } from '../support/projections.ts'

/** A desk with a later version of the program knows kinds of subjects that this one does not (DESIGN §4). */
let desk: LogDesk
beforeEach(() => {
  desk = openLogDesk()
})
afterEach(() => desk.close())

const surveyed = (at: number): WireEvent => {
  const envelope: Envelope = {
    id: 'survey-of-a-newer-desk',
    origin: 'N-newer',
    seq: 1,
    hlc: at * 2048,
    at,
    recordedAt: at,
    subject: { kind: 'survey' as SubjectKind, id: 's1' },
    base: null,
    type: 'surveyAnswered',
    version: 1,
    data: { stars: 5 },
    actor: { kind: 'user', id: 'li' },
    cause: 'newer',
    prevHash: GENESIS.toString('base64url'),
  }
  const text = canonical(envelope)
  return { text, hash: hashText(text), parts: [] }
}

it('stores events of a kind of subject that it does not know, passes them on, and goes on with the others', () => {
  desk.append([registered('o1', { at: desk.now })])
  const survey = surveyed(desk.now)
  expect(desk.app.pipeline.receive([survey])).toBe(1)
  expect(desk.app.pipeline.receive([survey])).toBe(0)
  expect(desk.wires('N-newer')).toEqual([survey])
  desk.append([orderEvent('o1', 'noteAdded', { kind: 'internal', mentions: [], length: 1 })])
  const rows = dumpProjections(desk.app)
  expect(rebuilt(desk.app)).toEqual(rows)
  expect(verifyFolder(desk.app.folder)).toMatchObject({ firstBad: null, events: expect.any(Number) as number })
})
