import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { bearer, GatewayDesk, type Answer } from '../support/gatewayDesk.ts'

let gateway: GatewayDesk
beforeAll(async () => {
  gateway = await GatewayDesk.open()
})
afterAll(() => gateway.close())

const send: GatewayDesk['send'] = (...asked) => gateway.send(...asked)
const command: GatewayDesk['command'] = (...asked) => gateway.command(...asked)

const user = (login: string) => ({ login, displayName: '新同事', roles: ['engineer'] })

describe('bad input', () => {
  const refused: [string, () => Promise<Answer>, number, string, string?][] = [
    ['unknown command', () => command('workOrder.fly', { input: {} }), 404, 'unknownCommand', 'name'],
    [
      'unknown query',
      () => send('/api/queries/workOrder.fly', '{"input":{}}', bearer(gateway.admin)),
      404,
      'unknownQuery',
      'name',
    ],
    ['a query as a command', () => command('user.list', { input: {} }), 404, 'unknownCommand'],
    ['name of Object', () => command('constructor', { input: {} }), 404, 'unknownCommand'],
    [
      'wrong type',
      () => command('user.rename', { input: { user: 'engineer', displayName: 7 } }),
      422,
      'invalidInput',
      'displayName',
    ],
    [
      'missing field',
      () => command('user.rename', { input: { user: 'engineer' } }),
      422,
      'invalidInput',
      'displayName',
    ],
    [
      'unknown role',
      () => command('user.add', { input: { ...user('x.y'), roles: ['king'] } }),
      422,
      'invalidInput',
      'roles.0',
    ],
    ['no input', () => command('user.rename', {}), 422, 'invalidInput'],
    [
      'id that is no UUID',
      () => command('user.add', { id: 'fire:1', input: user('x.y') }),
      422,
      'invalidInput',
      'id',
    ],
    [
      'id of another type',
      () => command('user.add', { id: 7, input: user('x.y') }),
      422,
      'invalidInput',
      'id',
    ],
    [
      'time of another type',
      () => command('user.add', { at: 'now', input: user('x.y') }),
      422,
      'invalidInput',
      'at',
    ],
    [
      'time with a fraction',
      () => command('user.add', { at: 1.5, input: user('x.y') }),
      422,
      'invalidInput',
      'at',
    ],
    ['list as a body', () => command('user.add', []), 400, 'badRequest', 'body'],
    ['null as a body', () => command('user.add', 'null'), 400, 'badRequest', 'body'],
    ['malformed JSON', () => command('user.add', '{"input":'), 400, 'malformedJson', 'body'],
    ['empty body', () => command('user.add', ''), 400, 'badRequest', 'body'],
    [
      'form',
      () => command('user.add', 'input=1', { 'content-type': 'application/x-www-form-urlencoded' }),
      415,
      'unsupportedMediaType',
      'content-type',
    ],
    [
      'text',
      () => command('user.add', '{"input":{}}', { 'content-type': 'text/plain' }),
      415,
      'unsupportedMediaType',
      'content-type',
    ],
    [
      'oversized',
      () => command('user.add', { input: { ...user('x.y'), displayName: 'x'.repeat(300_000) } }),
      413,
      'tooLarge',
      'body',
    ],
    [
      'too long a name',
      () => command('user.add', { input: { ...user('x.y'), displayName: 'x'.repeat(81) } }),
      422,
      'invalidInput',
      'displayName',
    ],
    [
      '10,000 deep',
      () => command('user.add', `{"input":${'['.repeat(10_000)}${']'.repeat(10_000)}}`),
      422,
      'invalidInput',
      'input',
    ],
    [
      'deep in an unknown field',
      () => command('user.add', `{"input":{"x":${'{"a":'.repeat(9_000)}1${'}'.repeat(9_000)}}}`),
      422,
      'invalidInput',
      'input',
    ],
    [
      'prototype',
      () => command('user.add', '{"input":{"__proto__":{"login":"x.y"}}}'),
      400,
      'malformedJson',
      'body',
    ],
    [
      'lone surrogate',
      () => command('user.add', '{"input":{"login":"x.y","displayName":"\\ud800","roles":["admin"]}}'),
      422,
      'invalidInput',
      'displayName',
    ],
    [
      'NUL',
      () => command('user.add', '{"input":{"login":"x.y","displayName":"a\\u0000b","roles":["admin"]}}'),
      422,
      'invalidInput',
      'displayName',
    ],
    [
      'surrogate in an unknown field',
      () =>
        command('user.add', '{"input":{"login":"x.y","displayName":"a","roles":["admin"],"more":"\\udfff"}}'),
      422,
      'invalidInput',
      'more',
    ],
    [
      'misspelt key',
      () => command('user.rename', { input: { user: 'engineer', displayName: 'x', basis: 'A'.repeat(22) } }),
      422,
      'invalidInput',
      'basis',
    ],
    [
      'misspelt key inside',
      () =>
        command('workOrder.setPromise', {
          input: { order: 'o1', base: 'A'.repeat(22), promise: { step: 'x', waitsOn: 'us', by: 1, whom: 'user:x' } },
        }),
      422,
      'invalidInput',
      'promise.whom',
    ],
    [
      'misspelt key of a query',
      () => send('/api/queries/board.page', '{"input":{"filter":{"ownr":"x"}}}', bearer(gateway.admin)),
      422,
      'invalidInput',
      'filter.ownr',
    ],
    ['no token', () => command('user.add', { input: user('x.y') }, {}), 401, 'unauthenticated'],
    [
      'bad token',
      () => command('user.add', { input: user('x.y') }, bearer('x'.repeat(43))),
      401,
      'unauthenticated',
    ],
    [
      'endless token',
      () => command('user.add', { input: user('x.y') }, bearer('x'.repeat(5000))),
      401,
      'unauthenticated',
    ],
    [
      'another scheme',
      () => command('user.add', { input: user('x.y') }, { authorization: 'Basic YTpi' }),
      401,
      'unauthenticated',
    ],
    [
      'forbidden role',
      () => command('user.add', { input: user('x.y') }, bearer(gateway.dispatcher)),
      403,
      'forbidden',
    ],
    [
      'stale version',
      () => command('user.rename', { input: { user: 'engineer', displayName: 'x', base: 'A'.repeat(22) } }),
      409,
      'stale',
      'base',
    ],
    [
      'foreign Host',
      () => command('user.add', { input: user('x.y') }, { ...bearer(gateway.admin), host: 'evil.example' }),
      421,
      'hostRefused',
      'host',
    ],
    [
      'foreign Origin',
      () => command('user.add', { input: user('x.y') }, { ...bearer(gateway.admin), origin: 'https://evil.example' }),
      403,
      'originRefused',
      'origin',
    ],
    [
      'Origin null',
      () => command('user.add', { input: user('x.y') }, { ...bearer(gateway.admin), origin: 'null' }),
      403,
      'originRefused',
      'origin',
    ],
    [
      'Origin of another port',
      () => command('user.add', { input: user('x.y') }, { ...bearer(gateway.admin), origin: 'http://127.0.0.1:1' }),
      403,
      'originRefused',
      'origin',
    ],
    ['unknown address', () => send('/api/nothing', '{}'), 404, 'notFound', 'url'],
    ['way out of the pages', () => send('/..%2f..%2fpackage.json'), 404, 'notFound', 'url'],
  ]

  it.each(refused)('%s', async (_name, ask, status, code, field) => {
    const count = gateway.events()
    const answer = await ask()
    expect(answer.body.error).toMatchObject({ code, ...(field !== undefined && { field }) })
    expect(answer.status).toBe(status)
    expect(answer.body.error?.message).toMatch(/\p{Script=Han}/u)
    expect(JSON.stringify(answer.body)).not.toMatch(/\bat .*\.ts:|node_modules/)
    expect(gateway.events()).toBe(count)
  })

  it('leaves Object as it was', () => {
    expect(({} as Record<string, unknown>)['login']).toBeUndefined()
  })
})
