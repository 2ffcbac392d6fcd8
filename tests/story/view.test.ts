import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { QueryOutput } from '#shared/contract/registry.ts'
import { TestDesk } from '../support/desk.ts'

const BOARD = { page: 'board', content: { filter: { priority: 'urgent', breached: true }, lanes: 'owner' } } as const

describe('views of a page', () => {
  let desk: TestDesk
  const tokens: Record<string, string> = {}
  beforeAll(async () => {
    desk = await TestDesk.demo()
    for (const login of ['dispatcher', 'supervisor', 'admin', 'finance']) tokens[login] = await desk.signIn(login)
  })
  afterAll(() => desk.close())

  const does = (login: string, name: string, input: unknown) => desk.call('command', name, input, { token: tokens[login] ?? '' })
  const list = async (login: string) =>
    (await desk.call('query', 'view.list', { page: 'board' }, { token: tokens[login] ?? '' })).body as unknown as QueryOutput['view.list']
  const namesOf = async (login: string) => (await list(login)).views.map(({ name }) => name)
  async function saved(login: string, name: string, shared = false): Promise<string> {
    const { status, body } = await does(login, 'view.save', { name, shared, what: BOARD })
    expect(status).toBe(200)
    return body['id'] as string
  }

  it('are found again by their owner alone, or by everybody where they are shared', async () => {
    await saved('dispatcher', '我的紧急单')
    await saved('supervisor', '全组超时', true)
    expect(await namesOf('dispatcher')).toEqual(['全组超时', '我的紧急单'])
    expect(await namesOf('finance')).toEqual(['全组超时'])
    const [shared] = (await list('finance')).views
    expect(shared).toMatchObject({ ...BOARD, shared: true, owner: { id: 'supervisor' } })
  })

  it('are changed and removed by their owner, shared ones by administrators too', async () => {
    const id = await saved('dispatcher', '待派工', true)
    const renamed = { view: id, name: '改名', shared: true, what: BOARD }
    expect((await does('supervisor', 'view.save', renamed)).body.error?.code).toBe('notYourView')
    expect((await does('supervisor', 'view.remove', { view: id })).body.error?.code).toBe('notYourView')
    expect((await does('dispatcher', 'view.save', { ...renamed, name: '今天派工' })).status).toBe(200)
    expect((await list('supervisor')).views.find((view) => view.id === id)).toMatchObject({ name: '今天派工', owner: { id: 'dispatcher' } })
    expect((await does('admin', 'view.remove', { view: id })).status).toBe(200)
    expect(await namesOf('dispatcher')).not.toContain('今天派工')
    expect((await does('dispatcher', 'view.remove', { view: id })).body.error?.code).toBe('unknownView')
    // What somebody keeps to himself is not told by name, whatever is tried.
    const own = await saved('dispatcher', '给自己看')
    expect((await does('admin', 'view.save', { view: own, name: '别的', what: BOARD })).body.error).toMatchObject({ code: 'unknownView' })
  })

  it('bear different names, one person’s', async () => {
    await saved('finance', '待核')
    expect((await does('finance', 'view.save', { name: '待核', what: BOARD })).body.error).toMatchObject({ code: 'viewNameTaken', field: 'name' })
    expect((await does('finance', 'view.save', { view: 'never-was', name: '别的', what: BOARD })).body.error?.code).toBe('unknownView')
    const nonsense = { page: 'board', content: { filter: { colour: 'red' }, lanes: null } }
    expect((await does('finance', 'view.save', { name: '错的', what: nonsense })).body.error?.code).toBe('invalidInput')
  })

  it('open a page for the person who chose them, until they are gone', async () => {
    const id = await saved('supervisor', '早会')
    expect((await does('supervisor', 'view.chooseDefault', { page: 'board', view: id })).status).toBe(200)
    expect((await list('supervisor')).chosen).toBe(id)
    expect((await list('dispatcher')).chosen).toBeNull()
    // Another's own view is as good as none.
    expect((await does('dispatcher', 'view.chooseDefault', { page: 'board', view: id })).body.error?.code).toBe('unknownView')
    await does('supervisor', 'view.remove', { view: id })
    expect((await list('supervisor')).chosen).toBeNull()
  })
})
