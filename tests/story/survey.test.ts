import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { absence } from '#core/features/absence/index.ts'
import { escalation } from '#core/features/escalation/index.ts'
import { insight } from '#core/features/insight/index.ts'
import { notification } from '#core/features/notification/index.ts'
import { setting } from '#core/features/setting/index.ts'
import { survey } from '#core/features/survey/index.ts'
import { SurveySender } from '#core/features/survey/sender.ts'
import { all } from '#core/store/sql.ts'
import type { CommandInput, QueryOutput } from '#shared/contract/registry.ts'
import type { Result } from '#shared/domain/kernel/refusal.ts'
import { refusals } from '#shared/i18n/refusals.ts'
import { HOUR, OrderDesk } from '../support/orderDesk.ts'

const DAY = 24 * HOUR

class SurveyDesk extends OrderDesk {
  #visits = 0

  constructor() {
    super([setting, notification, escalation, absence, insight, survey])
  }

  closed(): string {
    const id = this.diagnosed()
    // Each in hours of its own.
    this.#visits += 1
    this.book(id, 'chen', this.now + 3 * HOUR * this.#visits)
    this.as('zhou', 'workOrder.advance', this.on(id))
    this.work(id)
    this.as('chen', 'workOrder.advance', this.on(id))
    this.finish(id)
    return id
  }

  finish(id: string): void {
    this.sign(id)
    this.as('zhou', 'workOrder.close', this.on(id))
  }

  /** What waits to be sent to customers. */
  messages(): { recipient: string; token: string }[] {
    const rows = all<{ recipient: string; payload: string }>(
      this.spine.db,
      "SELECT recipient, payload FROM outbox WHERE payload LIKE '%\"survey\"%' ORDER BY created_at",
    )
    return rows.map(({ recipient, payload }) => ({ recipient, token: (JSON.parse(payload) as { params: { token: string } }).params.token }))
  }

  async answer(input: CommandInput['survey.answer']): Promise<Result<object>> {
    const { db, pipeline } = this.spine
    const [service] = survey.services ?? []
    return service?.handle(input as never, { db, pipeline } as never) as Result<object> | Promise<Result<object>>
  }

  page(token: string): QueryOutput['survey.open'] {
    const [open] = survey.queries
    return open?.handle({ token } as never, { db: this.spine.db, now: this.now } as never) as QueryOutput['survey.open']
  }
}

describe('a customer is asked for a rating', () => {
  let desk: SurveyDesk
  let sender: SurveySender
  beforeEach(() => {
    desk = new SurveyDesk()
    const { db, pipeline } = desk.spine
    sender = new SurveySender({ db, pipeline, clock: () => desk.now, warn: (message) => expect.unreachable(message) })
    sender.start()
  })
  afterEach(() => {
    sender.stop()
    desk.close()
  })
  const at = async (now: number): Promise<number> => {
    desk.now = now
    sender.tick()
    await sender.idle()
    return desk.messages().length
  }

  it('two hours after the closing, in the daytime, once; not while open again, and not once more within 30 days', async () => {
    const id = desk.closed()
    const closed = desk.now
    expect(await at(closed + 2 * HOUR - 1)).toBe(0)
    expect(await at(closed + 2 * HOUR)).toBe(1)
    expect(await at(closed + 5 * HOUR)).toBe(1)
    expect(desk.messages()[0]?.recipient).toBe(`contact:${id}`)
    expect(JSON.stringify(desk.events(id))).not.toContain(desk.messages()[0]?.token)
    desk.as('shen', 'workOrder.reopen', { ...desk.on(id), to: 'signoff', reason: '又出现' })
    expect(desk.refused('zhou', 'survey.send', { order: id, link: 'a'.repeat(64), byHand: true }).code).toBe('notYetClosed')
    desk.finish(id)
    expect(await at(desk.now + 3 * HOUR)).toBe(1)
    // Closed in the evening: next morning at nine. Opened again meanwhile: not before it is closed again.
    desk.now = closed + DAY + 11 * HOUR
    const late = desk.closed()
    const again = desk.closed()
    const nine = closed + DAY + 23 * HOUR
    expect(await at(nine - 1)).toBe(1)
    desk.as('shen', 'workOrder.reopen', { ...desk.on(again), to: 'signoff', reason: '又出现' })
    expect(await at(nine)).toBe(2)
    expect(desk.messages()[1]?.recipient).toBe(`contact:${late}`)
    desk.finish(again)
    expect(await at(nine + 2 * HOUR)).toBe(3)
    // The program was off for more than a day: nobody is asked so late.
    sender.stop()
    desk.closed()
    sender.start()
    expect(await at(desk.now + DAY + 1)).toBe(3)
  })

  it('and answers by the link once; forged, used and old links are refused with words', async () => {
    const id = desk.closed()
    await at(desk.now + 2 * HOUR)
    const token = desk.messages()[0]?.token ?? ''
    expect(desk.page(token)).toMatchObject({ state: 'open', order: { model: 'BR-VS200', number: desk.order(id).number } })
    expect(desk.page('forged')).toMatchObject({ state: 'unknown', order: null })
    const refusal = async (input: CommandInput['survey.answer']): Promise<string> => {
      const result = await desk.answer(input)
      expect(result.ok).toBe(false)
      return result.ok ? '' : result.refusal.code
    }
    expect(await refusal({ token: 'forged', stars: 5 })).toBe('surveyUnknown')
    expect(await desk.answer({ token, stars: 2, recommend: 3, text: '等了太久' })).toMatchObject({ ok: true })
    expect(await refusal({ token, stars: 5 })).toBe('surveyAnswered')
    expect(desk.page(token).state).toBe('answered')
    expect(desk.order(id).ratings).toMatchObject([{ stars: 2, recommend: 3, channel: 'portal', text: '等了太久' }])
    expect(desk.refused('zhou', 'workOrder.recordSurvey', { order: id, channel: 'phone', stars: 5 }).code).toBe('surveyAnswered')

    const other = desk.closed()
    const made = await survey.services?.[1]?.handle({ order: other } as never, { pipeline: desk.spine.pipeline, principal: desk.principal('zhou') } as never)
    const passed = made?.ok ? (made.value as { token: string }).token : ''
    expect(desk.page(passed).state).toBe('open')
    desk.now += 30 * DAY
    expect(desk.page(passed)).toMatchObject({ state: 'expired', order: null })
    expect(desk.page(token).order).toBeNull()
    expect(await refusal({ token: passed, stars: 5 })).toBe('surveyExpired')
    for (const code of ['surveyUnknown', 'surveyAnswered', 'surveyExpired'] as const) {
      expect(refusals[code]['zh-CN'].length).toBeGreaterThan(10)
    }
  })

  it('is told on when the stars are few, and counts where ratings are counted', async () => {
    const [low, high] = [desk.closed(), desk.closed()]
    desk.as('zhou', 'workOrder.recordSurvey', { order: low, channel: 'phone', stars: 3, recommend: 0 })
    desk.as('zhou', 'workOrder.recordSurvey', { order: high, channel: 'phone', stars: 4 })
    const told = all(desk.spine.db, "SELECT user, order_id FROM notification WHERE kind = 'lowRating' ORDER BY user")
    expect(told).toEqual([{ user: 'shen', order_id: low }])
    expect(all(desk.spine.db, 'SELECT stars FROM order_rating ORDER BY stars')).toEqual([{ stars: 3 }, { stars: 4 }])
    // Told on the telephone: nobody is asked once more.
    expect(await at(desk.now + 2 * HOUR)).toBe(0)
  })
})
