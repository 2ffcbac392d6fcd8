import { describe, expect, it } from 'vitest'
import { readDays, yearsOf } from '#shared/domain/sla/dayTable.ts'

describe('a table of holidays', () => {
  it('is read however people write days, kinds and columns', () => {
    const { days, bad } = readDays(
      [
        '\ufeff日期,安排,名称',
        '2027-01-01,放假,元旦',
        '2027/2/6\t休\t春节',
        '2027.2.7 holiday Spring Festival',
        '2027年2月20日，补班，春节调休',
        '"2027-10-01","法定节假日","国庆节"',
        '',
        '2027-10-10 上班',
      ].join('\r\n'),
    )
    expect(bad).toEqual([])
    expect(days).toEqual({
      '2027-01-01': { kind: 'holiday', name: '元旦' },
      '2027-02-06': { kind: 'holiday', name: '春节' },
      '2027-02-07': { kind: 'holiday', name: 'Spring Festival' },
      '2027-02-20': { kind: 'workday', name: '春节调休' },
      '2027-10-01': { kind: 'holiday', name: '国庆节' },
      '2027-10-10': { kind: 'workday' },
    })
    expect(yearsOf(days)).toEqual([2027])
  })

  it('names the lines that it did not understand', () => {
    const { days, bad } = readDays('2027-02-30 放假\n2027-03-01 出差\n明天 放假\n2027-03-02 放假')
    expect(Object.keys(days)).toEqual(['2027-03-02'])
    expect(bad.map(({ line }) => line)).toEqual([1, 2, 3])
  })
})
