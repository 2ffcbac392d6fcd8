import { describe, expect, it } from 'vitest'
import { features } from '#core/features/index.ts'
import { openApi } from '#core/gateway/openApi.ts'
import { ACTIONS, PERMISSION_SUBJECTS } from '#shared/contract/define.ts'
import { commands, contracts, queries, topics } from '#shared/contract/registry.ts'

const namesOf = (list: readonly { contract: { name: string } }[]): string[] =>
  list.map(({ contract }) => contract.name).sort()

describe('the contract', () => {
  it('names every contract once, by feature and verb', () => {
    const names = contracts.filter(({ kind }) => kind !== 'topic').map(({ name }) => name)
    expect(new Set(names).size).toBe(names.length)
    for (const name of names) expect(name).toMatch(/^[a-z][A-Za-z]*\.[a-z][A-Za-z]*$/)
    expect(commands.size + queries.size + topics.size).toBe(contracts.length)
  })

  it('gives every contract exactly one handler, and no handler is without a contract', () => {
    const handled = features.flatMap((feature) => [...feature.commands, ...(feature.services ?? [])])
    expect(namesOf(handled)).toEqual([...commands.keys()].sort())
    expect(namesOf(features.flatMap((feature) => feature.queries))).toEqual([...queries.keys()].sort())
    expect(namesOf(features.flatMap((feature) => feature.topics ?? []))).toEqual([...topics.keys()].sort())
  })

  it('handles the very contract that is registered under the name', () => {
    for (const feature of features) {
      for (const { contract } of [...feature.commands, ...(feature.services ?? [])]) {
        expect(commands.get(contract.name)).toBe(contract)
      }
      for (const { contract } of feature.queries) expect(queries.get(contract.name)).toBe(contract)
    }
  })

  it('asks for permissions that exist; only signing in and rating by a link are public', () => {
    const open = contracts.filter(({ permission }) => permission === 'public').map(({ name }) => name)
    expect(open.sort()).toEqual(['session.signIn', 'session.welcome', 'survey.answer', 'survey.open'])
    for (const { permission } of contracts) {
      if (permission === 'public') continue
      expect(ACTIONS).toContain(permission.action)
      expect(PERMISSION_SUBJECTS).toContain(permission.subject)
    }
  })

  it('keeps the program’s own commands out of every audience and of the OpenAPI document', () => {
    const own = [...commands.values()].filter(({ audience }) => audience.length === 0).map(({ name }) => name)
    expect(own).toContain('escalation.fire')
    const { paths } = openApi() as { paths: Record<string, unknown> }
    for (const name of own) expect(paths).not.toHaveProperty([`/api/commands/${name}`])
    const contracted = Object.keys(paths).filter((path) => /^\/api\/(commands|queries)\//.test(path))
    expect(contracted).toHaveLength(commands.size + queries.size - own.length)
  })

  it('tells in the document what is served beside it, and who needs a session', () => {
    const { paths, security } = openApi() as { paths: Record<string, Record<string, { security?: [] }>>; security: object[] }
    expect(security).toEqual([{ session: [] }])
    const open = Object.entries(paths).flatMap(([path, methods]) =>
      Object.values(methods).some((method) => method.security?.length === 0) ? [path] : [],
    )
    expect(open.sort()).toEqual([
      '/api/commands/session.signIn',
      '/api/commands/survey.answer',
      '/api/health',
      '/api/queries/session.welcome',
      '/api/queries/survey.open',
      '/api/stream',
    ])
    expect(paths['/api/blobs']).toHaveProperty('post')
    expect(paths['/api/blobs/{hash}']).toHaveProperty('get')
  })

  it('takes no key in any object of an input that the document does not name', () => {
    const { paths } = openApi() as { paths: Record<string, { post?: { requestBody?: { content?: object } } }> }
    const loose: string[] = []
    const look = (place: string, node: unknown): void => {
      if (typeof node !== 'object' || node === null) return
      if ('properties' in node && !('additionalProperties' in node)) loose.push(place)
      for (const [key, child] of Object.entries(node)) look(`${place}.${key}`, child)
    }
    for (const [path, { post }] of Object.entries(paths)) look(path, post?.requestBody?.content)
    const { components } = openApi() as { components: { schemas: Record<string, unknown> } }
    for (const [name, schema] of Object.entries(components.schemas)) if (name.includes('.input.')) look(name, schema)
    expect(loose).toEqual([])
  })

  it('describes itself in a document whose every reference leads somewhere', () => {
    const document = openApi() as { components: { schemas: Record<string, unknown> } }
    const references = new Set(JSON.stringify(document).match(/"\$ref":"[^"]+"/g))
    expect(references.size).toBeGreaterThan(0)
    for (const reference of references) {
      const name = /"#\/components\/schemas\/([^"/]+)"$/.exec(reference)?.[1] ?? reference
      expect(document.components.schemas).toHaveProperty([name])
    }
  })
})
