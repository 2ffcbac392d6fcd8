import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { dispatch } from '#core/gateway/dispatch.ts'
import { LOCAL } from '#core/kernel/access.ts'
import { reportOf } from '#core/kernel/askedThread.ts'
import type { RegisteredQuery } from '#core/kernel/feature.ts'
import { StalePage } from '#core/kernel/place.ts'
import type { InsightFigures } from '#shared/contract/insight.ts'
import { MONDAY, openLogDesk, type LogDesk } from '../support/logDesk.ts'
import { registered } from '../support/orders.ts'

let desk: LogDesk
beforeEach(() => (desk = openLogDesk()))
afterEach(() => desk.close())

const period = { from: '2026-03-01', to: '2026-03-07' }
const ask = async (name: string, input: object) => dispatch(desk.app, { kind: 'query', name, input, principal: LOCAL, audience: 'local' })
const created = async (): Promise<number> => ((await ask('insight.summary', period)).body as { figures: InsightFigures }).figures.created

/** From here on whoever asks on the writer's thread fails. */
function forbidHere(name: string): void {
  const queries = desk.app.queries as Map<string, RegisteredQuery>
  const query = queries.get(name) as RegisteredQuery
  queries.set(name, { ...query, handle: () => { throw new Error('on the thread that writes') } })
}

describe('what goes wrong in a thread', () => {
  it('comes out as it went in: a refusal as one, trouble of the folder by its code', async () => {
    const carried = async (error: Error): Promise<unknown> => structuredClone(await reportOf(1, () => { throw error }))
    expect(await carried(new StalePage())).toMatchObject({ kind: 'refused', refusal: { code: 'stalePage', field: 'after' } })
    const damaged = Object.assign(new Error('database disk image is malformed'), { code: 'SQLITE_CORRUPT' })
    expect(await carried(damaged)).toMatchObject({ kind: 'failed', code: 'SQLITE_CORRUPT' })
  })
})

describe('a running service', () => {
  it('answers long questions in a thread beside the writer, with all that was committed before', async () => {
    desk.append([registered('a', { at: MONDAY })])
    // A program that only imports or reports has no such thread.
    expect(await created()).toBe(1)
    desk.app.start()
    forbidHere('insight.summary')
    expect(await created()).toBe(1)
    for (let n = 2; n < 6; n++) {
      desk.append([registered(`o${n}`, { at: MONDAY })])
      expect(await created()).toBe(n)
    }
    // Several at once each get their own answer.
    const [summary, trend, board] = await Promise.all([
      created(),
      ask('insight.trend', { from: '2026-03-02', to: '2026-03-02' }),
      ask('rescue.board', {}),
    ])
    expect(summary).toBe(5)
    expect(trend.body).toMatchObject({ steps: [{ from: '2026-03-02', created: 5 }] })
    expect(board.status).toBe(200)
  }, 60_000)

  it('reads for the daily report and for a move that saves an order there too', async () => {
    desk.append([registered('a', { at: MONDAY })])
    desk.app.start()
    for (const name of ['report.preview', 'rescue.order']) forbidHere(name)
    const give = async (name: string, input: object) => dispatch(desk.app, { kind: 'command', name, input, principal: LOCAL, audience: 'local' })
    expect(await give('report.make', {})).toMatchObject({ status: 200, body: { number: 'UW-20260302-1' } })
    expect((await ask('report.get', {})).body).toMatchObject({ report: { number: 'UW-20260302-1', limitsToday: 1 } })
    const { lastEvent } = desk.app.db.raw.prepare("SELECT id AS lastEvent FROM event WHERE subject = 'workOrder:a'").get() as { lastEvent: string }
    // Of nothing past nothing is known: refused by what the thread found.
    expect((await give('rescue.apply', { order: 'a', base: lastEvent, kind: 'callCustomer' })).body).toMatchObject({ error: { code: 'moveGone' } })
  }, 60_000)

  it('fails what was asked when it is closed, and leaves nothing running', async () => {
    desk.app.start()
    const asked = ask('insight.summary', period)
    desk.app.close()
    expect((await asked).body).toMatchObject({ error: { code: 'serviceStopped' } })
  }, 60_000)
})
