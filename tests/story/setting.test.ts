import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { readSetting } from '#core/features/setting/read.ts'
import { Stream } from '#core/gateway/stream.ts'
import { LOCAL } from '#core/kernel/access.ts'
import { defaultSettings, SETTING_NAMES, SETTINGS, settingOf } from '#shared/domain/setting/settings.ts'
import { TestDesk } from '../support/desk.ts'

let desk: TestDesk
let admin: string
beforeEach(async () => {
  desk = await TestDesk.demo()
  admin = await desk.signIn('admin')
})
afterEach(() => desk.close())

const change = (input: object, token = admin) => desk.call('command', 'setting.change', input, { token })
const list = async () => {
  const { body } = await desk.call('query', 'setting.list', {}, { token: admin })
  return body['settings'] as { name: string; value: unknown; changed: { at: number; by: object; event: string } | null }[]
}
const one = async (name: string) => (await list()).find((setting) => setting.name === name)

describe('settings', () => {
  it('have a default each, which its own schema accepts', () => {
    for (const name of SETTING_NAMES) expect([name, SETTINGS[name].schema.safeParse(SETTINGS[name].default).success]).toEqual([name, true])
  })

  it('hold their default until they are changed, and then tell who changed them when', async () => {
    expect(await one('board.wipLimits')).toMatchObject({ value: defaultSettings()['board.wipLimits'], changed: null })
    const value = { ...defaultSettings()['board.wipLimits'], diagnosis: 12 }
    expect(await change({ name: 'board.wipLimits', value })).toMatchObject({ status: 200 })
    expect(readSetting(desk.app.db, 'board.wipLimits')).toEqual(value)
    expect(await one('board.wipLimits')).toMatchObject({ value, changed: { at: desk.now, by: { id: 'admin' } } })
  })

  it('keep old and new in the log', async () => {
    await change({ name: 'company.name', value: ' 恒锐机床 ' })
    await change({ name: 'company.name', value: '恒锐' })
    const rows = desk.app.db.raw
      .prepare("SELECT text FROM event WHERE subject = 'settings:default' ORDER BY hlc")
      .all() as { text: string }[]
    expect(rows.map(({ text }) => (JSON.parse(text) as { data: object }).data)).toEqual([
      { name: 'company.name', old: '', new: '恒锐机床' },
      { name: 'company.name', old: '恒锐机床', new: '恒锐' },
    ])
  })

  it('make no event where nothing changes', async () => {
    const { body } = await change({ name: 'wall.sound', value: true })
    expect(body).toEqual({ heads: {} })
    expect((await one('wall.sound'))?.changed).toBeNull()
  })

  it('let the first of two who change one setting win, and do not disturb who changes another', async () => {
    await change({ name: 'company.name', value: '甲', base: null })
    expect(await change({ name: 'company.name', value: '乙', base: null })).toMatchObject({
      status: 409,
      body: { error: { code: 'settingStale' } },
    })
    expect(await change({ name: 'wall.rotationSeconds', value: 20, base: null })).toMatchObject({ status: 200 })
    const base = (await one('company.name'))?.changed?.event
    expect(await change({ name: 'company.name', value: '乙', base })).toMatchObject({ status: 200 })
  })

  it('refuse what could not work, by field', async () => {
    const field = async (name: string, value: unknown) => (await change({ name, value })).body.error
    expect(await field('company.timeZone', 'Moon/Crater')).toMatchObject({ code: 'invalidInput', field: 'value' })
    expect(await field('perceived.limits', { ...defaultSettings()['perceived.limits'], decision: 90 })).toMatchObject({
      field: 'value.decision',
    })
    expect(await field('wall.pages', [])).toMatchObject({ field: 'value' })
    expect(await field('wall.pages', ['board', 'board'])).toMatchObject({ field: 'value' })
    expect(await field('board.wipLimits', { diagnosis: 3 })).toMatchObject({ code: 'invalidInput' })
    expect(await field('moon.phase', 1)).toMatchObject({ code: 'invalidInput', field: 'name' })
    expect((await list()).every(({ changed }) => changed === null)).toBe(true)
  })

  it('are changed by administrators, seen with their story by those who read the configuration, known to all', async () => {
    const dispatcher = await desk.signIn('dispatcher')
    const supervisor = await desk.signIn('supervisor')
    expect(await change({ name: 'wall.sound', value: false }, supervisor)).toMatchObject({ status: 403 })
    expect((await desk.call('query', 'setting.list', {}, { token: supervisor })).status).toBe(200)
    expect((await desk.call('query', 'setting.list', {}, { token: dispatcher })).status).toBe(403)
    expect((await desk.call('query', 'setting.values', {}, { token: dispatcher })).body).toMatchObject({
      values: { 'company.timeZone': 'Asia/Shanghai' },
    })
  })

  it('read as their default where a newer desk wrote what this one does not understand', () => {
    expect(settingOf('wall.rotationSeconds', { every: 'minute' })).toBe(30)
  })

  it('are told to every open screen', async () => {
    const stream = new Stream(desk.app)
    const told = new Promise<string>((resolve) => stream.subscribe(LOCAL, ['setting'], resolve))
    await change({ name: 'company.name', value: '恒锐机床' })
    expect(JSON.parse(await told)).toMatchObject({ topic: 'setting', message: { values: { 'company.name': '恒锐机床' } } })
    stream.close()
  })

  it('have the same rows after a rebuild', async () => {
    await change({ name: 'company.name', value: '恒锐机床' })
    const rows = () => desk.app.db.raw.prepare('SELECT * FROM center_setting').all()
    const before = rows()
    await desk.app.maintenance.rebuild()
    expect(rows()).toEqual(before)
    expect(before).toHaveLength(1)
  })
})
