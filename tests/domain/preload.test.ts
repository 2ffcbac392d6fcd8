import { describe, expect, it, vi } from 'vitest'
import { contracts } from '#shared/contract/registry.ts'
import { channels, type Frame } from '../../electron/messages.ts'
import { createBridge } from '../../electron/preload/bridge.ts'

function bridge() {
  const sent: { channel: string; payload: unknown }[] = []
  let hear: (event: unknown, payload: unknown) => void = () => undefined
  const ipc = {
    invoke: vi.fn(async (channel: string, payload: unknown) => {
      sent.push({ channel, payload })
      return { status: 200, body: {} }
    }),
    send: (channel: string, payload: unknown) => void sent.push({ channel, payload }),
    on: (channel: string, listener: typeof hear) => {
      if (channel === channels.frame) hear = listener
    },
  }
  return { loopdesk: createBridge(ipc, { os: 'test' }), ipc, sent, hear: (payload: unknown) => hear({}, payload) }
}

const deskNames = (kind: string): string[] =>
  contracts.filter((one) => one.kind === kind && one.audience.includes('desk')).map(({ name }) => name)

describe('window.loopdesk', () => {
  it('names exactly what the contract has for desks', () => {
    const { names } = bridge().loopdesk
    for (const kind of ['command', 'query', 'topic'] as const) {
      expect([...names[kind]].sort()).toEqual(deskNames(kind).sort())
      expect(names[kind].length).toBeGreaterThan(0)
    }
  })

  it('has nothing beside the contract, its blobs, five things of the window and a few facts', () => {
    const { loopdesk } = bridge()
    expect(Object.keys(loopdesk).sort()).toEqual(['download', 'invoke', 'names', 'platform', 'shell', 'subscribe', 'upload'])
    expect(Object.keys(loopdesk.shell).sort()).toEqual(['address', 'notify', 'onAsked', 'print', 'setLanguage'])
  })

  it('keeps what was asked of the page until it listens, in its order', () => {
    const hears = new Map<string, (event: unknown, payload: unknown) => void>()
    const ipc = { invoke: vi.fn(), send: vi.fn(), on: (channel: string, listener: (event: unknown, payload: unknown) => void) => hears.set(channel, listener) }
    const { shell } = createBridge(ipc, {})
    for (const ref of ['A-1', 'A-2']) hears.get(channels.asked)?.({}, { kind: 'order', ref })
    const heard: unknown[] = []
    shell.onAsked((asked) => heard.push(asked))
    hears.get(channels.asked)?.({}, { kind: 'badLink' })
    expect(heard).toEqual([{ kind: 'order', ref: 'A-1' }, { kind: 'order', ref: 'A-2' }, { kind: 'badLink' }])
  })

  it('passes on of a message its three fields alone', () => {
    const { loopdesk, sent } = bridge()
    loopdesk.shell.notify({ title: 't', body: 'b', order: null, icon: 'file:///etc/passwd' } as never)
    expect(sent.at(-1)).toEqual({ channel: channels.notify, payload: { title: 't', body: 'b', order: null } })
  })

  it('carries every name of the contract', async () => {
    const { loopdesk, sent } = bridge()
    for (const kind of ['command', 'query'] as const) {
      for (const name of loopdesk.names[kind]) {
        expect((await loopdesk.invoke({ kind, name, input: {} })).status).toBe(200)
        expect(sent.at(-1)).toMatchObject({ channel: channels.invoke, payload: { kind, name } })
      }
    }
  })

  it.each([
    ['command', 'user.notePassword', 'unknownCommand'],
    ['command', 'board.page', 'unknownCommand'],
    ['query', 'session.signIn', 'unknownQuery'],
    ['query', '__proto__', 'unknownQuery'],
    ['topic', 'board', 'unknownCommand'],
  ])('refuses %s %s before it leaves the page', async (kind, name, code) => {
    const { loopdesk, ipc } = bridge()
    const reply = await loopdesk.invoke({ kind: kind as 'command', name, input: {} })
    expect(reply).toMatchObject({ status: 404, body: { error: { code, field: 'name' } } })
    expect(ipc.invoke).not.toHaveBeenCalled()
  })

  it('sends on nothing that a call does not have', async () => {
    const { loopdesk, sent } = bridge()
    const call = { kind: 'query', name: 'session.welcome', input: {}, principal: { local: true }, token: 'x' } as const
    await loopdesk.invoke(call)
    expect(Object.keys(sent[0]?.payload as object).sort()).toEqual(['at', 'id', 'input', 'kind', 'name'])
  })

  it('hands a frame to its own subscriber alone, without the event, until it unsubscribes', () => {
    const { loopdesk, sent, hear } = bridge()
    const first: Frame[] = []
    const second: unknown[][] = []
    loopdesk.subscribe(['board'], (frame) => first.push(frame))
    const stop = loopdesk.subscribe(['board'], (...args) => second.push(args))
    const frame = { topic: 'board', message: { cards: [] } }
    hear({ subscriber: 2, frame })
    expect(first).toEqual([])
    expect(second).toEqual([[frame]])
    stop()
    stop()
    hear({ subscriber: 2, frame })
    expect(second).toHaveLength(1)
    expect(sent.filter(({ channel }) => channel === channels.unsubscribe)).toEqual([
      { channel: channels.unsubscribe, payload: { subscriber: 2 } },
    ])
  })

  it('subscribes to no topic outside the contract', () => {
    const { loopdesk, sent } = bridge()
    expect(() => loopdesk.subscribe(['board', 'secrets'], () => undefined)).toThrow('secrets')
    expect(sent).toEqual([])
  })
})
