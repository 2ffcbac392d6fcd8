import { describe, expect, it } from 'vitest'
import { dateReader, isDateFormat } from '#core/features/import/dates.ts'

describe('dates of a foreign file', () => {
  it.each([
    ['D/M/YYYY HH:mm', 'UTC', '29/2/2016 01:16', '2016-02-29T01:16:00Z'],
    ['DD.MM.YYYY HH:mm:ss', 'Europe/Berlin', '01.07.2026 12:00:30', '2026-07-01T10:00:30Z'],
    ['M/D/YYYY h:mm A', 'America/New_York', '1/31/2026 12:05 am', '2026-01-31T05:05:00Z'],
    ['YYYY年M月D日 Ah:mm', 'Asia/Shanghai', '2026年3月2日 下午3:05', '2026-03-02T07:05:00Z'],
    ['YYYY-MM-DD HH:mm:ss.S', 'Asia/Shanghai', '2026-03-02 09:00:00.1239', '2026-03-02T01:00:00.123Z'],
    ['ISO', 'Asia/Shanghai', '2026-03-02', '2026-03-01T16:00:00Z'],
    ['ISO', 'Asia/Shanghai', '2026-03-02T09:00:00', '2026-03-02T01:00:00Z'],
    ['ISO', 'Asia/Shanghai', '2026-03-02T09:00:00-05:30', '2026-03-02T14:30:00Z'],
    ['ISO', 'Asia/Shanghai', '2026-03-02 09:00Z', '2026-03-02T09:00:00Z'],
  ])('%s in %s: %s', (format, zone, text, instant) => {
    expect(new Date(dateReader(format, zone)(text) ?? Number.NaN).toISOString()).toBe(new Date(instant).toISOString())
  })

  it('follows the change of the clocks', () => {
    const read = dateReader('YYYY-MM-DD HH:mm', 'Europe/Berlin')
    expect(read('2026-03-29 01:59')).toBe(Date.UTC(2026, 2, 29, 0, 59))
    // Skipped: read as if the clocks had not been changed yet.
    expect(read('2026-03-29 02:30')).toBe(Date.UTC(2026, 2, 29, 1, 30))
    expect(read('2026-03-29 03:00')).toBe(Date.UTC(2026, 2, 29, 1, 0))
    // Twice: the earlier.
    expect(read('2026-10-25 02:30')).toBe(Date.UTC(2026, 9, 25, 0, 30))
    expect(read('2026-10-25 03:00')).toBe(Date.UTC(2026, 9, 25, 2, 0))
  })

  it.each(['31/2/2026 10:00', '1/13/2026 10:00', '1/1/2026 24:00', '1/1/2026 10:60', '1/1/0099 10:00', '1/1/2026', '', '1/1/2026 10:00 '])(
    'refuses %j',
    (text) => expect(dateReader('D/M/YYYY HH:mm', 'UTC')(text)).toBeUndefined(),
  )

  it('knows which formats say a whole date', () => {
    for (const format of ['ISO', 'D/M/YYYY HH:mm', 'M/D/YYYY h:mm A', 'YYYYMMDDHHmmss']) expect(isDateFormat(format)).toBe(true)
    for (const format of ['YYYY-MM-DD', 'D/M/YYYY h:mm', 'D/D/YYYY HH:mm', 'HH:mm', 'D/M/YYYY HH:mm A', '']) {
      expect(isDateFormat(format)).toBe(false)
    }
  })
})
