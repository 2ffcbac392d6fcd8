import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { rosterPort } from '#core/connectors/roster/index.ts'
import { instantIn } from '#shared/domain/roster/zoneTime.ts'
import { TableDesk } from '../support/tableDesk.ts'

describe('a roster from a spreadsheet', () => {
  let desk: TableDesk
  beforeAll(() => (desk = new TableDesk()))
  afterAll(() => desk.close())

  const at = (day: string, time: string): number => instantIn('Asia/Shanghai', day, time)

  it('takes leaves, several of an engineer, and names what is wrong with the others', async () => {
    const table =
      '工程师,开始日期,开始时间,结束日期,结束时间\n' +
      '陈立,2026-12-07,,2026-12-08,\n' +
      '陈立,2026-12-21,13:00,2026-12-21,18:00\n' +
      '陈立,2026-12-08,12:00,2026-12-09,\n' +
      '陈立,2026-12-30,,2026-12-29,\n' +
      '无此人,2026-12-30,,2026-12-31,\n' +
      '陈立,2027-01-04,25:00,2027-01-05,\n'
    // The dry run says all of it and writes nothing.
    const tried = await desk.check('leaves', table)
    expect(tried.counts).toMatchObject({ create: 3, error: 3 })
    const leaves = (): [number, number][] =>
      rosterPort.read(desk.app.db, { from: at('2026-12-01', '00:00'), to: at('2027-02-01', '00:00') }, ['chen.li']).flatMap(({ absences }) => absences.map(({ from, to }): [number, number] => [from, to]))
    expect(leaves()).toEqual([])
    const done = await desk.take('leaves', table)
    expect(done.counts).toMatchObject({ create: 2, error: 4 })
    const said = (await desk.said(done)).join('\n')
    expect(said).toMatch(/第 4 行.*重叠.*2026-12-07|第 4 行.*2026-12-07.*重叠/)
    expect(said).toMatch(/第 5 行 · 结束日期：休假的结束 2026-12-29 24:00 不晚于开始 2026-12-30 00:00/)
    expect(said).toMatch(/第 7 行 · 开始时间：“25:00”不是时间/)
    expect(leaves()).toEqual([
      [at('2026-12-07', '00:00'), at('2026-12-09', '00:00')],
      [at('2026-12-21', '13:00'), at('2026-12-21', '18:00')],
    ])
    expect((await desk.take('leaves', table)).counts).toMatchObject({ create: 0, skip: 2 })
    // What stands already is seen by the dry run.
    expect((await desk.said(await desk.check('leaves', '工程师,开始日期,结束日期\n陈立,2026-12-21,2026-12-22\n'))).join()).toMatch(/重叠/)
  })

  it('takes what makes sense, and says row by row why the rest does not', async () => {
    const skills = await desk.take('skills', '技能\nPLC\n视觉\nｐｌｃ\n')
    expect(skills.counts).toMatchObject({ create: 2 })
    const profiles = await desk.take(
      'engineerProfiles',
      '工程师,技能,级别,证书号,有效期,出发地,纬度,经度,服务区域,区域半径,加班上限,午休分钟\n' +
        '陈立,PLC,3,ZS-1,2027-01-31,园区,31.32,120.72,苏州,60,60,45\n' +
        'chen.li,视觉-L2,,,,,,,,,,\n' +
        '陈立,焊接,1,,,,,,,,,\n' +
        '陈立,PLC-L1,9,,,,,,,,,\n' +
        '无此人,PLC,1,,,,,,,,,\n' +
        '周敏,PLC,1,,,,,,,,,\n',
    )
    expect(profiles.counts).toMatchObject({ create: 1, update: 1, error: 4 })
    expect((await desk.said(profiles)).join('\n')).toMatch(/第 4 行 · 技能：技能目录里没有“焊接”/)
    const shifts = await desk.take(
      'shifts',
      '工程师,日期,上班时间,下班时间\n' +
        '陈立,2026-10-22,22:00,6:00\n' +
        '陈立,2026-10-23,08:00,08:00\n' +
        '陈立,2026-10-23,05:00,07:00\n' +
        '陈立,2026-10-25,25:00,26:00\n' +
        '陈立,2026-10-26,16:00,24:00\n',
    )
    expect(shifts.counts).toMatchObject({ create: 3, error: 2 })
    expect((await desk.said(shifts)).join('\n')).toMatch(/第 4 行.*2026-10-22 22:00–10-23 06:00/)
    const [chen] = rosterPort.read(desk.app.db, { from: at('2026-10-22', '00:00'), to: at('2026-10-28', '00:00') }, ['chen.li'])
    expect(chen?.shifts.map(({ from, to }) => [from, to])).toEqual([
      [at('2026-10-22', '22:00'), at('2026-10-23', '06:00')],
      [at('2026-10-23', '08:00'), at('2026-10-24', '08:00')],
      [at('2026-10-26', '16:00'), at('2026-10-27', '00:00')],
    ])
    expect(chen).toMatchObject({ overtimeMin: 60, home: { name: '园区', lat: 31.32 }, territory: { radiusKm: 60 }, lunch: { minutes: 45 } })
    expect(chen?.skills.map(({ level, certificate }) => [level, certificate]).sort()).toEqual([[2, ''], [3, 'ZS-1']])
  })
})
