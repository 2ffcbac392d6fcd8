import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createApp } from '#core/app.ts'
import { configOf } from '#core/features/configuration/config.ts'
import { readWire } from '#core/store/eventLog.ts'
import { LOCAL } from '#core/kernel/access.ts'
import type { SlaPolicy } from '#shared/domain/sla/policy.ts'
import type { Calendar } from '#shared/domain/sla/types.ts'
import type { WorkflowDefinition } from '#shared/domain/workflow/definition.ts'
import { resource } from '../domain/sla/support.ts'
import { TestDesk } from '../support/desk.ts'

let desk: TestDesk
beforeEach(() => {
  desk = new TestDesk()
})
afterEach(() => desk.close())

const policy = resource('policies/default-sla.json') as SlaPolicy
const workflow = resource('workflows/default.json') as WorkflowDefinition
const office = resource('calendars/china-office.json') as Calendar

const publish = (what: string, definition: unknown) =>
  desk.call('command', `configuration.publish${what}`, { definition }, { principal: LOCAL })
const config = () => configOf({ load: (kind, id) => desk.app.subjects.load({ kind, id }) })
const definitionRows = () => desk.app.db.raw.prepare('SELECT * FROM definition ORDER BY kind, id, version').all()

describe('what a new data folder starts with', () => {
  it('are the workflow, the SLA policy and the calendars that the program ships', () => {
    const { sla } = config()
    expect(config().workflow.stages).toHaveLength(6)
    expect(sla.policy.timers.map(({ key }) => key)).toContain('diagnosis')
    expect(sla.calendar('china-office')?.zone).toBe('Asia/Shanghai')
    expect(sla.calendar('china-office', 7)).toBeUndefined()
  })

  it('is published once, and as the same events on every desk', () => {
    const texts = (): string[] =>
      readWire(desk.app.db, desk.app.log.origin, 0, 1000)
        .map(({ text }) => JSON.parse(text) as { id: string; type: string })
        .filter(({ type }) => type === 'definitionPublished')
        .map(({ id }) => id)
    const first = texts()
    expect(first).toHaveLength(4)
    desk.app.close()
    const again = createApp({ data: desk.folder, clock: () => desk.now })
    expect(again.log.head.seq).toBe(desk.app.log.head.seq)
    again.close()
    desk = new TestDesk()
    expect(texts()).toEqual(first)
  })

  it('stays as an administrator changed it', async () => {
    await publish('SlaPolicy', { ...policy, version: 2, timers: [] })
    desk.app.close()
    desk = new TestDesk(desk.folder)
    expect(config().sla.policy).toMatchObject({ version: 2, timers: [] })
  })
})

describe('publishing', () => {
  it('keeps every version readable', async () => {
    expect(await publish('Calendar', { ...office, version: 2, days: {} })).toMatchObject({ status: 200, body: { version: 2 } })
    expect(config().sla.calendar('china-office')?.days).toEqual({})
    expect(Object.keys(config().sla.calendar('china-office', 1)?.days ?? {}).length).toBeGreaterThan(50)
    const { body } = await desk.call('query', 'configuration.list', { kind: 'calendar' }, { principal: LOCAL })
    expect(body).toMatchObject({
      definitions: [
        { id: 'always', version: 1 },
        { id: 'china-office', version: 2, publishedAt: desk.now },
        { id: 'china-office', version: 1 },
      ],
    })
    const get = (version?: number) =>
      desk.call('query', 'configuration.get', { kind: 'calendar', id: 'china-office', version }, { principal: LOCAL })
    expect((await get()).body).toMatchObject({ definition: { version: 2, content: { days: {} } } })
    expect((await get(1)).body).toMatchObject({ definition: { version: 1 } })
    expect((await get(3)).body).toEqual({ definition: null })
  })

  it('lets only the first of two who changed the same version win', async () => {
    expect(await publish('Workflow', { ...workflow, version: 2 })).toMatchObject({ status: 200 })
    expect(await publish('Workflow', { ...workflow, version: 2 })).toMatchObject({
      status: 409,
      body: { error: { code: 'definitionStale', field: 'definition.version' } },
    })
  })

  it('refuses what could not run, by field', async () => {
    const [timer] = policy.timers
    const of = (change: object) => ({ ...policy, version: 2, timers: [{ ...timer, ...change }] })
    const code = async (change: object) => (await publish('SlaPolicy', of(change))).body.error
    expect(await code({ stage: 'lunch' })).toMatchObject({ code: 'timerStageUnknown', field: 'definition.timers.0.stage' })
    expect(await code({ clock: 'working', calendarId: 'moon' })).toMatchObject({
      code: 'unknownCalendar',
      field: 'definition.timers.0.calendarId',
    })
    expect(await code({ levels: [] })).toMatchObject({ code: 'invalidInput', field: 'definition.timers.0.levels' })
    const broken = { ...workflow, version: 2, stages: workflow.stages.slice(1) }
    expect((await publish('Workflow', broken)).body.error?.field).toMatch(/^definition\.stages/)
    expect(config().sla.policy.version).toBe(1)
    expect(config().workflow.version).toBe(1)
  })

  it('is for administrators', async () => {
    desk.close()
    desk = await TestDesk.demo()
    const token = await desk.signIn('supervisor')
    const definition = { ...policy, version: 2 }
    expect(await desk.call('command', 'configuration.publishSlaPolicy', { definition }, { token })).toMatchObject({ status: 403 })
    expect((await desk.call('query', 'configuration.list', {}, { token })).status).toBe(200)
  })

  it('gives the same rows after a rebuild', async () => {
    await publish('Calendar', { ...office, version: 2, days: {} })
    const before = definitionRows()
    await desk.app.maintenance.rebuild()
    expect(definitionRows()).toEqual(before)
    expect(before).toHaveLength(5)
  })
})
