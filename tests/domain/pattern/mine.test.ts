import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Random } from '#core/features/demo/random.ts'
import { falseDiscovery, fisherGreater } from '#shared/domain/pattern/exact.ts'
import { minePatterns, type FieldMachine, type PatternCase } from '#shared/domain/pattern/mine.ts'
import { isLongRun, randomRuns } from '../../support/random.ts'

const MODELS = ['BR-VS2000', 'BR-VS4000', 'BR-VS4000S', 'BR-VS6000', 'BR-VS6000X']
const ROOMS = ['常温车间', '恒温恒湿实验室', '洁净室', '多粉尘车间']
const FIRMWARE = ['3.0.2', '3.1.5', '3.2.0', '3.2.1', '3.3.1']
const FAULTS = [
  { category: '触控显示', symptom: '触摸无响应' },
  { category: '触控显示', symptom: '触控漂移' },
  { category: '成像光源', symptom: '图像模糊' },
  ...['平台异响', '平台卡滞', '回零失败', '定位超差'].map((symptom) => ({ category: '运动平台', symptom })),
  ...['程序闪退', '授权失效', '升级失败', '数据丢失'].map((symptom) => ({ category: '软件', symptom })),
]

/** Orders of a fleet whose faults have nothing to do with anything; `weak` is the share of a planted pattern. */
function history(seed: string, count: number, weak = 0): { cases: PatternCase[]; machines: FieldMachine[] } {
  const random = new Random(seed)
  const machines = Array.from({ length: Math.round(count / 3) }, (_, index) => ({
    machine: `m${index}`,
    model: random.pick(MODELS),
    environment: random.pick(ROOMS),
    firmware: random.pick(FIRMWARE),
    batch: `B${random.whole(22, 25)}Q${random.whole(1, 4)}`,
  }))
  const isWeak = ({ model, firmware, environment }: FieldMachine): boolean =>
    model.startsWith('BR-VS6000') && firmware.startsWith('3.2.') && environment === '恒温恒湿实验室'
  const frail = machines.filter(isWeak)
  const cases = Array.from({ length: count }, (_, index) => {
    const planted = random.chance(weak)
    const { machine, ...traits } = random.pick(planted ? frail : machines)
    const { category, symptom } = random.pick(planted ? FAULTS.slice(0, 2) : FAULTS)
    // Each symptom is ended in one of three ways, whatever the machine.
    const parts = random.chance(0.4) ? [`P-${random.whole(1, 3)}`] : []
    return { order: `o${index}`, machine, ...traits, category, symptom, solution: `${symptom}·${random.whole(1, 3)}`, parts }
  })
  return { cases, machines }
}

describe('the exact test', () => {
  it('gives the values of a published table', () => {
    // Fisher's tea: 3 of 4 guessed right is 17/70, all four 1/70.
    expect(fisherGreater({ both: 3, within: 4, marked: 4, all: 8 })).toBeCloseTo(17 / 70, 12)
    expect(fisherGreater({ both: 4, within: 4, marked: 4, all: 8 })).toBeCloseTo(1 / 70, 12)
    expect(fisherGreater({ both: 0, within: 4, marked: 4, all: 8 })).toBe(1)
  })

  it('is the sum over all tables as extreme, whatever the margins', () => {
    const choose = (n: number, k: number): number => (k < 0 || k > n ? 0 : Array.from({ length: k }, (_, i) => (n - i) / (i + 1)).reduce((a, b) => a * b, 1))
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 40 }), fc.nat(40), fc.nat(40), fc.nat(40), (all, a, b, c) => {
        const within = a % (all + 1)
        const marked = b % (all + 1)
        const both = c % (Math.min(within, marked) + 1)
        let sum = 0
        for (let k = both; k <= Math.min(within, marked); k++) sum += choose(within, k) * choose(all - within, marked - k)
        expect(fisherGreater({ both, within, marked, all })).toBeCloseTo(sum / choose(all, marked), 9)
      }),
      randomRuns(100),
    )
  })

  it('is corrected as Benjamini and Hochberg do', () => {
    const found = falseDiscovery([0.01, 0.04, 0.03, 0.005].map((p) => ({ p })), 4)
    expect(found.map(({ q }) => Number(q.toFixed(4)))).toEqual([0.02, 0.02, 0.04, 0.04])
  })
})

describe('fault patterns', () => {
  it('find the planted combination, at its own level, and nothing else', async () => {
    const { cases, machines } = history('planted', 1500, 0.06)
    const { patterns } = await minePatterns(cases, machines)
    expect(patterns).toHaveLength(1)
    expect(patterns[0]).toMatchObject({
      fault: { level: 'category', category: '触控显示' },
      conditions: [
        { trait: 'model', value: 'BR-VS6000', series: true },
        { trait: 'environment', value: '恒温恒湿实验室', series: false },
        { trait: 'firmware', value: '3.2.', series: true },
      ],
    })
    expect(patterns[0]?.lift).toBeGreaterThan(2)
    expect(patterns[0]?.machineLift).toBeGreaterThan(1.5)
    expect(patterns[0]?.q).toBeLessThan(0.05)
  })

  it('are told by what ended them, where that alone stands out', async () => {
    const { cases, machines } = history('a bad part', 1500)
    // Whatever is wrong with the images of the 2000, there it is the lamp that is put in; elsewhere anything.
    const lamps = cases.map((each) =>
      each.symptom === '图像模糊' && each.model === 'BR-VS2000' ? { ...each, solution: '更换光源', parts: ['LAMP-7'] } : each,
    )
    const { patterns } = await minePatterns(lamps, machines)
    expect(patterns.length).toBeGreaterThan(0)
    for (const { fault, conditions } of patterns) {
      expect(fault).toMatchObject({ category: '成像光源', symptom: '图像模糊' })
      expect([['solution', '更换光源'], ['part', 'LAMP-7']]).toContainEqual([fault.level, fault.solution])
      expect(conditions).toEqual([{ trait: 'model', value: 'BR-VS2000', series: false }])
    }
  })

  it('find nothing where nothing is', async () => {
    let alarms = 0
    const runs = isLongRun ? 200 : 8
    for (let run = 0; run < runs; run++) {
      const { cases, machines } = history(`nothing ${run}`, 600)
      alarms += (await minePatterns(cases, machines)).patterns.length > 0 ? 1 : 0
    }
    // One in twenty is what the control allows; a short run shows none.
    expect(alarms).toBeLessThanOrEqual(isLongRun ? runs / 20 : 0)
  })

  it('are no machine that fails again and again', async () => {
    const { cases, machines } = history('lemon', 600)
    const lemon = machines[0] as FieldMachine
    const again = Array.from({ length: 30 }, (_, index): PatternCase => ({ ...lemon, order: `l${index}`, category: '触控显示', symptom: '触摸无响应', solution: '', parts: [] }))
    expect((await minePatterns([...cases, ...again], machines)).patterns).toEqual([])
  })

  it('come from nothing, one order, and orders that say nothing without a word', async () => {
    const empty: PatternCase = { order: 'o', machine: null, model: '', environment: '', firmware: '', batch: '', category: '', symptom: '', solution: '', parts: [] }
    for (const cases of [[], [empty], Array.from({ length: 50 }, () => empty)]) {
      expect(await minePatterns(cases, [])).toEqual({ patterns: [], tests: 0, cases: cases.length })
    }
  })
})
