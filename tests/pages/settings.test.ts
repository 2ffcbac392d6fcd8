import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { chromium } from '../support/runtimes.ts'
import { Screens } from './support.ts'

let screens: Screens
beforeAll(async () => {
  if (chromium.path) screens = await Screens.open()
})
afterAll(async () => {
  await screens?.close()
  expect(screens?.problems ?? []).toEqual([])
})

const at = (path: string, login = 'admin'): Promise<Page> => screens.signedIn(login, { path })
const setting = (name: string): string => `[data-setting="${name}"]`

describe.skipIf(!chromium.path)('settings', () => {
  it('are saved one by one, say who changed them, and reach every open screen', async () => {
    const page = await at('/settings/company')
    const other = await at('/settings/company', 'supervisor')
    const box = page.locator(`${setting('company.name')} input`)
    await box.fill('恒锐机床')
    await page.locator(`${setting('company.name')} button.main`).click()
    await page.locator(setting('company.name')).getByText('管理员').waitFor()
    await other.locator(`${setting('company.name')} input`).and(other.locator('[disabled]')).waitFor()
    await other.waitForFunction(() => document.querySelector<HTMLInputElement>('[data-setting="company.name"] input')?.value === '恒锐机床')
  })

  it('tell beside the field what cannot be, and keep a change back when somebody else was faster', async () => {
    const page = await at('/settings/board')
    const limit = page.getByLabel('技术判定的在制上限')
    await limit.fill('0')
    await page.getByText('请填 1 到 9999 的整数').waitFor()
    expect(await page.locator(`${setting('board.wipLimits')} button.main`).isDisabled()).toBe(true)
    await limit.fill('12')
    const stages = { intakeReview: null, diagnosis: 5, partsLock: null, scheduling: null, onsite: null, signoff: null }
    screens.desk.as('admin', 'setting.change', { name: 'board.wipLimits', value: stages })
    await page.getByText('您修改期间').waitFor()
    await page.getByRole('button', { name: '放弃修改' }).click()
    await page.waitForFunction(() => document.querySelector<HTMLInputElement>('[aria-label="技术判定的在制上限"]')?.value === '5')
  })

  it('publish a policy as its next version, with the changes in words', async () => {
    const page = await at('/settings/sla')
    await page.locator('[data-timer=diagnosis] input').first().fill('3')
    await page.getByText('技术判定 · 级 1：2 时 → 3 时').waitFor()
    await page.getByRole('button', { name: '发布第 2 版' }).click()
    await page.getByText('第 2 版已发布').waitFor()
    expect(await page.getByLabel('版本').inputValue()).toBe('2')
    await page.getByLabel('版本').selectOption('1')
    await page.getByText('这是旧版本').waitFor()
    expect(await page.locator('[data-timer=diagnosis] input').count()).toBe(0)
  })

  it('publish required fields; what may not be is said in the words of the check', async () => {
    const page = await at('/settings/workflow')
    await page.getByLabel('待初审：联系人必填').check()
    await page.getByText('待初审 · 联系人：不必填 → 必填').waitFor()
    // Somebody else publishes meanwhile.
    const { body } = await screens.desk.desk.call('query', 'configuration.get', { kind: 'workflow', id: 'default' }, { token: await screens.desk.desk.signIn('admin') })
    const { content } = (body as { definition: { content: object } }).definition
    screens.desk.as('admin', 'configuration.publishWorkflow', { definition: { ...content, version: 2 } as never })
    await page.getByRole('button', { name: '发布第 2 版' }).click()
    await page.getByText('刚有人发布了第 2 版').waitFor()
    await page.reload()
    await page.getByLabel('待初审：联系人必填').check()
    await page.getByRole('button', { name: '发布第 3 版' }).click()
    await page.getByText('第 3 版已发布').waitFor()
  })

  it('take holidays from a pasted table, show what changes, and publish them', async () => {
    const page = await at('/settings/calendar')
    await page.locator('[data-import]').click()
    await page.getByRole('dialog').locator('textarea').fill('日期,安排,名称\n2027-01-01,放假,元旦\n2027-02-20\t调休\t春节调休\n2027-13-01 放假')
    await page.getByText('第 4 行没有读懂').waitFor()
    await page.getByText('读到 2 天，其中新增或改变 2 天').waitFor()
    await page.getByRole('button', { name: '放进表里（2 天）' }).click()
    await page.locator('[data-day="2027-01-01"]').waitFor()
    await page.getByText('2027-02-20：按平常 → 调休上班 春节调休').waitFor()
    await page.getByLabel('去掉 2027-02-20').click()
    await page.getByRole('button', { name: '发布第 2 版' }).click()
    await page.getByText('第 2 版已发布').waitFor()
    await expect.poll(() => page.locator('[data-day]').count()).toBe(1)
  })

  it('back up now and tell of it', async () => {
    const page = await at('/settings/backup')
    await page.getByText('还没有备份过').waitFor()
    await page.getByRole('button', { name: '立即备份' }).click()
    await page.getByText('已备份到').waitFor()
    await page.getByText('还没有备份过').waitFor({ state: 'hidden' })
  })

  it('are closed to those who may not read them', async () => {
    const page = await at('/settings/company', 'dispatcher')
    await page.getByText('这一页不对您的岗位开放').waitFor()
    const supervisor = await at('/settings/users', 'supervisor')
    await supervisor.getByText('这一页不对您的岗位开放').waitFor()
  })

  it('greet newcomers by the name and in the language of the company', async () => {
    screens.desk.as('admin', 'setting.change', { name: 'company.language', value: 'en' })
    screens.desk.as('admin', 'setting.change', { name: 'company.name', value: 'Hengrui' })
    const page = await screens.page()
    await page.getByText('Hengrui').waitFor()
    await page.getByRole('button', { name: 'Sign in' }).waitFor()
    screens.desk.as('admin', 'setting.change', { name: 'company.language', value: 'zh-CN' })
    screens.desk.as('admin', 'setting.change', { name: 'company.name', value: '' })
  })

  it('read in English when English is chosen, at once', async () => {
    const page = await at('/settings/company')
    await page.getByRole('button', { name: '管理员的菜单' }).click()
    await page.getByRole('menuitem', { name: 'English' }).click()
    await page.getByRole('heading', { name: 'Time zone' }).waitFor()
    expect(await page.locator('html').getAttribute('lang')).toBe('en')
  })
})

describe.skipIf(!chromium.path)('users', () => {
  it('are added with a password that is shown once and must be changed', async () => {
    const page = await at('/settings/users')
    await page.locator('[data-add]').click()
    const dialog = page.getByRole('dialog', { name: '添加用户' })
    await dialog.getByRole('button', { name: /首次密码/ }).click()
    await dialog.getByText('请填写姓名。').waitFor()
    await dialog.getByLabel('姓名').fill('王敏')
    await dialog.getByLabel('登录名').fill('wang.min')
    await page.keyboard.press('Control+Enter')
    const password = (await page.locator('[data-password]').textContent()) ?? ''
    expect(password).toMatch(/^(?:[a-z2-9]{4}-){3}[a-z2-9]{4}$/)
    await page.getByRole('dialog', { name: '首次密码' }).getByRole('button', { name: '知道了' }).click()
    await page.locator('[data-user="wang.min"]').getByText('待改密码').waitFor()

    const fresh = await screens.page()
    await fresh.locator('form input').first().fill('wang.min')
    await fresh.locator('form input[type=password]').fill(password)
    await fresh.keyboard.press('Enter')
    await fresh.getByText('请更改密码').waitFor()
  })

  it('are renamed, given roles, disabled with a reason and enabled again', async () => {
    const page = await at('/settings/users?user=li.wei')
    const panel = page.locator('[data-user-panel]')
    await panel.getByLabel('姓名').fill('李伟明')
    await panel.getByLabel('备件员').check()
    await panel.getByRole('button', { name: '保存' }).click()
    await page.locator('[data-user="li.wei"]').getByText('李伟明').waitFor()
    await page.locator('[data-user="li.wei"]').getByText('工程师、备件员').waitFor()
    await panel.locator('[data-disable]').click()
    await panel.getByRole('button', { name: '停用账户' }).click()
    await panel.getByText('请写明原因').waitFor()
    await panel.getByLabel('停用原因').fill('离职')
    await panel.getByRole('button', { name: '停用账户' }).click()
    await panel.locator('[data-enable]').click()
    await panel.locator('[data-disable]').waitFor()
  })

  it('keep the last administrator', async () => {
    const page = await at('/settings/users?user=admin')
    const panel = page.locator('[data-user-panel]')
    await panel.locator('[data-disable]').click()
    await panel.getByLabel('停用原因').fill('试试')
    await panel.getByRole('button', { name: '停用账户' }).click()
    await panel.getByText('这是最后一位管理员').waitFor()
  })

  it('have their sessions ended one by one, and are unlocked', async () => {
    const { desk } = screens.desk
    await desk.signIn('parts')
    for (let n = 0; n < 5; n++) await desk.call('command', 'session.signIn', { login: 'rnd', password: 'wrong' })
    const page = await at('/settings/users?user=parts')
    await page.getByRole('button', { name: '退出这次登录' }).click()
    await page.getByText('现在没有登录').waitFor()
    await page.locator('[data-user=rnd]').getByText('已锁定').waitFor()
    await page.locator('[data-user=rnd] button').click()
    await page.locator('[data-unlock]').click()
    await page.locator('[data-user=rnd]').getByText('已锁定').waitFor({ state: 'hidden' })
  })

  it('show what each role may do', async () => {
    const page = await at('/settings/roles')
    const row = page.getByRole('row', { name: /放行冻结/ })
    await expect.poll(() => row.locator('.icon').count()).toBe(3)
  })
})
