import { describe, expect, it } from 'vitest'
import { readCall, readHash, readSubscription, readUpload } from '../../../electron/main/calls.ts'

const id = '6f0d7a52-7d1f-4e0b-9a55-0d2c86a4f1aa'

describe('what a window may send', () => {
  it('goes on as it is when it fits the contract', () => {
    const call = { kind: 'command', name: 'session.signIn', input: { login: 'a', password: 'b' }, id, at: 1 }
    expect(readCall(call)).toEqual({ call })
  })

  it.each([
    ['no object', 'board.page'],
    ['nothing', undefined],
    ['another kind', { kind: 'topic', name: 'board', input: {} }],
    ['a field too many', { kind: 'query', name: 'board.page', input: {}, principal: { local: true } }],
    ['an id that is no UUID', { kind: 'command', name: 'session.signOut', input: {}, id: 'fire:1' }],
    ['a time that is no number', { kind: 'command', name: 'session.signOut', input: {}, at: 'now' }],
  ])('is refused: %s', (_what, payload) => {
    expect(readCall(payload)).toMatchObject({ code: 'badRequest' })
  })

  it('is refused when its name is not the desk’s', () => {
    expect(readCall({ kind: 'command', name: 'user.notePassword', input: {} })).toEqual({
      code: 'unknownCommand',
      name: 'user.notePassword',
    })
    expect(readCall({ kind: 'query', name: 'toString', input: {} })).toMatchObject({ code: 'unknownQuery' })
  })

  it('is refused when it is larger than the HTTP door takes', () => {
    const input = { login: '长'.repeat(90_000), password: '' }
    expect(readCall({ kind: 'command', name: 'session.signIn', input })).toMatchObject({ code: 'tooLarge' })
  })

  it('becomes plain JSON, and what cannot is refused', () => {
    const loop: Record<string, unknown> = {}
    loop['self'] = loop
    expect(readCall({ kind: 'query', name: 'board.page', input: loop })).toMatchObject({ code: 'badRequest' })
    expect(readCall({ kind: 'query', name: 'board.page', input: new Map([['a', 1]]) })).toEqual({
      call: { kind: 'query', name: 'board.page', input: {} },
    })
  })

  it('subscribes to known topics with a plain number', () => {
    expect(readSubscription({ subscriber: 1, topics: ['board'] })).toEqual({ subscriber: 1, topics: ['board'] })
    expect(readSubscription({ subscriber: 1, topics: ['board', 'other'] })).toBeUndefined()
    expect(readSubscription({ subscriber: -1, topics: ['board'] })).toBeUndefined()
  })

  it('uploads bytes and asks for hashes, nothing else', () => {
    expect(readUpload(new ArrayBuffer(3))?.byteLength).toBe(3)
    expect(readUpload('text')).toBeUndefined()
    expect(readHash('a'.repeat(64))).toBe('a'.repeat(64))
    expect(readHash(`../${'a'.repeat(61)}`)).toBeUndefined()
  })
})
