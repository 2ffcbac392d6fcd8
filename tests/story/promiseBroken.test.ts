import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { Attention } from '#core/kernel/attention.ts'
import { PromiseWatch } from '#core/scheduler/promiseWatch.ts'
import { HandoverDesk } from '../support/handoverDesk.ts'
import { HOUR, MINUTE } from '../support/orderDesk.ts'

describe('a promise that passes', () => {
  let desk: HandoverDesk
  let watch: PromiseWatch
  const warnings: string[] = []
  const open = (): PromiseWatch => {
    const { db, pipeline } = desk.spine
    const warn = (message: string): void => void warnings.push(message)
    return new PromiseWatch({ db, pipeline, clock: () => desk.now, attention: new Attention(), warn })
  }
  beforeEach(async () => {
    desk = new HandoverDesk()
    watch = open()
    watch.start()
    await watch.idle()
  })
  afterEach(() => {
    watch.stop()
    desk.close()
    expect(warnings).toEqual([])
  })

  const promised = (by: number): string => {
    const id = desk.register()
    desk.as('zhou', 'workOrder.setPromise', { ...desk.on(id), promise: { step: '回电', waitsOn: 'customer', by } })
    return id
  }
  const sleepUntil = async (at: number): Promise<void> => {
    desk.now = at
    watch.tick()
    await watch.idle()
  }
  const told = (user: string) => desk.told(user).filter(({ kind }) => kind === 'promiseBroken')
  const broken = (id: string) => desk.events(id).filter(({ type }) => type === 'promiseBroken')

  it('is told to the owner once, at its instant, and again only when a new one is broken', async () => {
    const by = desk.now + HOUR
    const id = promised(by)
    await sleepUntil(by - 1)
    expect(told('zhou')).toEqual([])
    await sleepUntil(by)
    await sleepUntil(by + 5 * MINUTE)
    expect(told('zhou')).toEqual([{ kind: 'promiseBroken', order_id: id, params: { by } }])
    expect(broken(id)).toMatchObject([{ at: by, data: { by, owner: 'zhou' }, actor: { kind: 'system' } }])
    // Nobody has acted by it.
    expect(desk.order(id).lastActAt).toBeLessThan(by)
    desk.as('zhou', 'workOrder.setPromise', { ...desk.on(id), promise: { step: '再回电', waitsOn: 'customer', by: by + 2 * HOUR } })
    await sleepUntil(by + 2 * HOUR)
    expect(told('zhou').map(({ params }) => params)).toEqual([{ by }, { by: by + 2 * HOUR }])
  })

  it('is told after a stop, also where another desk told it meanwhile; ended and kept ones are silent', async () => {
    const by = desk.now + HOUR
    const [missed, elsewhere, ended, kept] = [promised(by), promised(by), promised(by), promised(by)]
    watch.stop()
    desk.as('shen', 'workOrder.cancel', { ...desk.on(ended), reason: '误报' })
    desk.as('zhou', 'workOrder.setPromise', { ...desk.on(kept), promise: { step: '回电', waitsOn: 'customer', by: by + 9 * HOUR } })
    const spare = desk.now
    desk.now = by
    const told2 = desk.spine.pipeline.execute({
      id: `broken:${elsewhere}:${by}`,
      name: 'promise.break',
      input: { order: elsewhere, by },
      actor: { kind: 'system', id: 'scheduler' },
    })
    expect(told2.ok).toBe(true)
    desk.now = spare
    watch = open()
    watch.start()
    await sleepUntil(by + 8 * HOUR)
    expect([missed, elsewhere, ended, kept].map((id) => broken(id).length)).toEqual([1, 1, 0, 0])
    expect(told('zhou')).toHaveLength(2)
  })

  it('is told to the deputy of an owner on leave', async () => {
    const by = desk.now + HOUR
    const id = promised(by)
    desk.as('zhou', 'absence.setOwn', { from: desk.now, to: by + HOUR, deputy: 'han' })
    await sleepUntil(by)
    expect(told('han')).toEqual([{ kind: 'promiseBroken', order_id: id, params: { by, insteadOf: 'zhou' } }])
    expect(told('zhou')).toEqual([])
  })
})
