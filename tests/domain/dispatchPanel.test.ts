import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { axisOf, busyHours, hoursBetween, marksOf, placeOf, stack, timeAt, xOf } from '../../renderer/desk/dispatch/axis.ts'
import { drawn, edgePull, pushed, SNAP_MS } from '../../renderer/desk/dispatch/dragging.ts'
import { randomRuns } from '../support/random.ts'
import { SETTINGS } from '#shared/domain/setting/settings.ts'
import { fit, panned, scaleBar, tilesOf, tileUrl, toScreen, zoomed } from '../../renderer/desk/dispatch/mapView.ts'

const HOUR = 3_600_000
const DAY = 24 * HOUR

describe('the line of time', () => {
  it('finds the time of each px again, whatever is folded away', () => {
    const stretches = fc.array(fc.tuple(fc.integer({ min: 1, max: 24 }), fc.integer({ min: 0, max: 30 })), { minLength: 1, maxLength: 8 })
    fc.assert(
      fc.property(stretches, fc.integer({ min: 50, max: 4000 }), fc.double({ min: 0, max: 1, noNaN: true }), (lengths, width, share) => {
        let at = 0
        const axis = axisOf(lengths.map(([hours, gap]) => ({ from: (at += gap * HOUR), to: (at += hours * HOUR) })), width)
        const x = share * width * 0.999
        expect(xOf(axis, timeAt(axis, x))).toBeCloseTo(x, 3)
        expect(axis.stretches.some(({ from, to }) => from <= timeAt(axis, x) && timeAt(axis, x) <= to)).toBe(true)
      }),
      randomRuns(300),
    )
  })

  it('draws what crosses midnight on both days, and nothing of what is folded away', () => {
    const axis = axisOf([{ from: 6 * HOUR, to: 22 * HOUR }, { from: DAY + 6 * HOUR, to: DAY + 22 * HOUR }], 320)
    expect(placeOf(axis, { from: 22 * HOUR, to: DAY + 6 * HOUR })).toBeUndefined()
    expect(placeOf(axis, { from: 20 * HOUR, to: DAY + 8 * HOUR })).toEqual({ x: 140, width: 40 })
    expect(placeOf(axis, { from: -DAY, to: 3 * DAY })).toEqual({ x: 0, width: 320 })
    expect(marksOf(axis, hoursBetween(axis, 40)).map((at) => at / HOUR)).toEqual([6, 10, 14, 18, 30, 34, 38, 42])
  })

  it('folds nights that are empty all week, unless something crosses midnight', () => {
    const days = [{ from: 0, to: DAY }, { from: DAY, to: 2 * DAY }]
    const early = { from: DAY + 6.5 * HOUR, to: DAY + 12 * HOUR }
    expect(busyHours(days, [early], [{ from: 17 * HOUR, to: 19.5 * HOUR }])).toEqual({ begins: 6 * HOUR, ends: 20 * HOUR })
    expect(busyHours(days, [early, { from: 20 * HOUR, to: DAY + 4 * HOUR }])).toEqual({ begins: 0, ends: DAY })
  })

  it('stacks bars of one time and lets those that follow share a line', () => {
    const bars = [{ from: 0, to: 4 }, { from: 2, to: 3 }, { from: 3, to: 5 }, { from: 4, to: 6 }]
    expect(stack(bars)).toEqual({ lines: [0, 1, 1, 0], count: 2 })
    expect(stack([]).count).toBe(1)
  })
})

describe('a bar in the hand', () => {
  it('keeps its length when moved, snaps to a quarter, and never vanishes when pulled short', () => {
    const bar = { from: 10 * HOUR, to: 12 * HOUR }
    expect(drawn(bar, 'whole', 13 * HOUR + 100_000, HOUR)).toEqual({ from: 12 * HOUR, to: 14 * HOUR })
    expect(drawn(bar, 'end', 9 * HOUR)).toEqual({ from: 10 * HOUR, to: 10 * HOUR + SNAP_MS })
    expect(drawn(bar, 'begin', 15 * HOUR)).toEqual({ from: 12 * HOUR - SNAP_MS, to: 12 * HOUR })
    expect(pushed(bar, 'end', -5 * HOUR)).toEqual({ from: 10 * HOUR, to: 10 * HOUR + SNAP_MS })
    expect(pushed(bar, 'whole', -SNAP_MS)).toEqual({ from: 10 * HOUR - SNAP_MS, to: 12 * HOUR - SNAP_MS })
  })

  it('pulls the timeline along near its edges only', () => {
    expect([edgePull(500, 0, 1000), edgePull(0, 0, 1000) < 0, edgePull(1000, 0, 1000) > 0]).toEqual([0, true, true])
  })
})

describe('the map', () => {
  const SUZHOU = { lat: 31.3, lon: 120.6 }
  const KUNSHAN = { lat: 31.38, lon: 120.98 }

  it('fits all places with room around them, north up', () => {
    const view = fit([SUZHOU, KUNSHAN], 600, 300)
    const [a, b] = [toScreen(view, SUZHOU), toScreen(view, KUNSHAN)]
    for (const { x, y } of [a, b]) expect([x >= 30, x <= 570, y >= 30, y <= 270]).toEqual([true, true, true, true])
    expect([a.x < b.x, a.y > b.y]).toEqual([true, true])
    expect(Number.isFinite(fit([SUZHOU], 600, 300).scale) && Number.isFinite(fit([], 600, 300).scale)).toBe(true)
  })

  it('comes closer around the point that is held, and goes back', () => {
    const view = fit([SUZHOU, KUNSHAN], 600, 300)
    const before = toScreen(view, SUZHOU)
    const after = toScreen(zoomed(view, 2, before), SUZHOU)
    expect(after.x).toBeCloseTo(before.x, 6)
    expect(after.y).toBeCloseTo(before.y, 6)
    expect(toScreen(panned(view, 10, -5), SUZHOU).x).toBeCloseTo(before.x + 10, 6)
    const bar = scaleBar(view)
    expect(bar.px).toBeLessThanOrEqual(90)
  })

  it('covers the picture with tiles, and asks for each by its numbers', () => {
    const view = fit([SUZHOU, KUNSHAN], 600, 300)
    const tiles = tilesOf(view)
    expect(Math.min(...tiles.map(({ left }) => left))).toBeLessThanOrEqual(0)
    expect(Math.max(...tiles.map(({ left, size }) => left + size))).toBeGreaterThanOrEqual(600)
    expect(Math.max(...tiles.map(({ top, size }) => top + size))).toBeGreaterThanOrEqual(300)
    const isAddress = (url: string): boolean => SETTINGS['dispatch.tileUrl'].schema.safeParse(url).success
    const good = ['', 'https://tiles.example/{z}/{x}/{y}.png', 'http://10.0.0.7:8080/t?z={z}&x={x}&y={y}']
    const bad = ['https://tiles.example/{z}/{x}.png', 'https://{s}.tiles.example/{z}/{x}/{y}.png', 'https://me@tiles.example/{z}/{x}/{y}.png', 'https://地图.example/{z}/{x}/{y}.png']
    expect([good.map(isAddress), bad.map(isAddress)]).toEqual([good.map(() => true), bad.map(() => false)])
    expect(tileUrl('https://tiles.example/{z}/{x}/{y}.png', { zoom: 3, column: 6, row: 2, left: 0, top: 0, size: 256 })).toBe('https://tiles.example/3/6/2.png')
  })
})
