import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { registration } from '#core/features/registration/index.ts'
import { usualSymptoms } from '#shared/contract/registration.ts'
import { OrderDesk } from '../support/orderDesk.ts'
import { ask } from '../support/queries.ts'

describe('a machine that is known', () => {
  it('is the same however a Chinese keyboard writes its serial', () => {
    const desk = new OrderDesk()
    const machine = (serial: string) => desk.order(desk.register({ equipment: { model: 'BR-VS400', serial } })).fields['equipment']
    const known = machine('VS4K-0117')
    expect(['vs4k-0117', 'ＶＳ４Ｋ－０１１７', ' VS4K-0117 '].map(machine)).toEqual([known, known, known])
    expect(machine('VS4K-0118')).not.toBe(known)
    desk.close()
  })
})

describe('symptoms that were reported lately', () => {
  let desk: OrderDesk
  beforeEach(() => (desk = new OrderDesk()))
  afterEach(() => desk.close())
  const queries = new Map(registration.queries.map((query) => [query.contract.name, query]))
  const found = async (input: object): Promise<string[]> => {
    const { symptoms } = await ask({ db: desk.spine.db, queries, now: desk.now }, usualSymptoms, input)
    return symptoms.map(({ symptom }) => symptom)
  }

  it('are found by a piece, by initials and by pinyin, those of the model first', async () => {
    const report = (faultSymptom: string, model: string, serial: string): string =>
      desk.register({ equipment: { model, serial }, fields: { faultSymptom, faultCategory: '触控显示' } })
    report('触摸无响应', 'BR-VS6000', 'S1')
    report('回零失败', 'BR-VS400', 'S2')
    report('回零失败', 'BR-VS400', 'S3')
    expect(await found({})).toEqual(['回零失败', '触摸无响应'])
    expect(await found({ model: 'BR-VS6000' })).toEqual(['触摸无响应', '回零失败'])
    expect(await found({ text: 'cmwxy' })).toEqual(['触摸无响应'])
    expect(await found({ text: 'huiling' })).toEqual(['回零失败'])
    expect(await found({ text: '失败' })).toEqual(['回零失败'])
    expect(await found({ text: 'zzz' })).toEqual([])
  })
})
