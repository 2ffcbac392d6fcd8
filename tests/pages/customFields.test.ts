import { readFileSync } from 'node:fs'
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { workflowSchema } from '#shared/domain/workflow/definition.ts'
import { chromium } from '../support/runtimes.ts'
import { Screens } from './support.ts'

const workflow = workflowSchema.parse(
  JSON.parse(readFileSync(new URL('../../resources/workflows/default.json', import.meta.url), 'utf8')),
)

describe.skipIf(!chromium.path)('a field that an administrator added', () => {
  let screens: Screens
  let order = ''
  beforeAll(async () => {
    screens = await Screens.open()
    const { desk } = screens.desk
    const call = async (login: string, name: string, input: object) => {
      const { status, body } = await desk.call('command', name, input, { token: await desk.signIn(login), id: randomUUID() })
      if (status !== 200) throw new Error(JSON.stringify(body))
      return body
    }
    const access = {
      id: 'siteAccess',
      label: { 'zh-CN': '进厂方式', en: 'Site access' },
      type: 'choice',
      choices: [
        { value: 'badge', label: { 'zh-CN': '凭证件', en: 'By badge' } },
        { value: 'escort', label: { 'zh-CN': '专人陪同', en: 'Escorted' } },
      ],
    }
    const cleanRoom = { id: 'cleanRoom', label: { 'zh-CN': '洁净室', en: 'Clean room' }, type: 'boolean' }
    const stages = workflow.stages.map((stage) =>
      stage.id === 'intakeReview' ? { ...stage, fields: [...stage.fields, 'siteAccess', 'cleanRoom'], required: [...stage.required, 'siteAccess'] } : stage,
    )
    const definition = { ...workflow, version: workflow.version + 1, customFields: [access, cleanRoom], stages }
    await call('admin', 'configuration.publishWorkflow', { definition })
    order = (await call('dispatcher', 'workOrder.register', { customer: { name: '苏州远望' }, channel: 'phone' }))['order'] as string
  })
  afterAll(() => screens?.close())

  it('is shown and filled by what it is, by one who may not read the configuration', async () => {
    const page = await screens.signedIn('dispatcher', { path: `/board?order=${order}` })
    const drawer = page.locator('[data-drawer]')
    await drawer.getByText('进厂方式').waitFor()
    await drawer.getByRole('button', { name: '修改进厂方式' }).click()
    await drawer.locator('#field-siteAccess').selectOption('escort')
    await drawer.getByRole('button', { name: '保存' }).click()
    await drawer.locator('.value', { hasText: '专人陪同' }).waitFor()
    await drawer.locator('[data-pen=siteAccess]:focus').waitFor()
    await drawer.getByRole('button', { name: '修改洁净室' }).click()
    await drawer.locator('#field-cleanRoom').selectOption('yes')
    await drawer.getByRole('button', { name: '保存' }).click()
    await drawer.locator('.row', { hasText: '洁净室' }).locator('.value', { hasText: '是' }).waitFor()
    await drawer.getByRole('tab', { name: '审计' }).click()
    await drawer.getByRole('row').filter({ hasText: '进厂方式' }).filter({ hasText: '专人陪同' }).waitFor()
    expect(screens.problems).toEqual([])
  })
})
