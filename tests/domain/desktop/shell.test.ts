import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { AlarmClock } from '../../../electron/main/alarmClock.ts'
import { noticeHtml } from '../../../electron/main/notice.ts'
import { readOptions } from '../../../electron/main/options.ts'
import { readWindowState, writeWindowState } from '../../../electron/main/windowState.ts'

describe('the alarm clock', () => {
  beforeEach(() => void vi.useFakeTimers({ now: 1_000_000 }))
  afterEach(() => void vi.useRealTimers())

  it('rings when something is due, and again only when told of the next', () => {
    const ring = vi.fn()
    const clock = new AlarmClock(ring)
    clock.setNextDue(Date.now() + 90_000)
    vi.advanceTimersByTime(89_999)
    expect(ring).not.toHaveBeenCalled()
    vi.advanceTimersByTime(1)
    expect(ring).toHaveBeenCalledTimes(1)
    clock.setNextDue(null)
    vi.advanceTimersByTime(3_600_000)
    expect(ring).toHaveBeenCalledTimes(1)
  })

  it('notices within half a minute that the clock was set forward', () => {
    const ring = vi.fn()
    new AlarmClock(ring).setNextDue(Date.now() + 3_600_000)
    vi.setSystemTime(Date.now() + 3_600_000)
    vi.advanceTimersByTime(30_000)
    expect(ring).toHaveBeenCalledTimes(1)
  })

  it('does not ring without end for what stays due', () => {
    const ring = vi.fn()
    new AlarmClock(ring).setNextDue(Date.now() - 1)
    vi.advanceTimersByTime(5_000)
    expect(ring.mock.calls.length).toBeLessThanOrEqual(6)
  })

  it('is silent once stopped', () => {
    const ring = vi.fn()
    const clock = new AlarmClock(ring)
    clock.setNextDue(Date.now() + 10)
    clock.stop()
    vi.advanceTimersByTime(60_000)
    expect(ring).not.toHaveBeenCalled()
  })
})

describe('where the window was', () => {
  const folder = mkdtempSync(join(tmpdir(), 'loopdesk-window-'))
  const file = join(folder, 'deep', 'window.json')
  const display = { x: 0, y: 0, width: 1920, height: 1080 }
  const state = { x: 100, y: 80, width: 1200, height: 800, maximized: false }
  afterEach(() => rmSync(join(folder, 'deep'), { recursive: true, force: true }))

  it('is remembered', () => {
    writeWindowState(file, state)
    expect(readWindowState(file, [display])).toEqual(state)
  })

  it.each([
    ['on a display that is gone', { x: 2500 }],
    ['above the display', { y: -60 }],
    ['below the display', { y: 1070 }],
    ['with a corner only', { x: 1900 }],
  ])('is forgotten when it lies %s', (_where, place) => {
    writeWindowState(file, { ...state, ...place })
    expect(readWindowState(file, [display])).toBeNull()
  })

  it('is forgotten when the file makes no sense', () => {
    writeWindowState(file, state)
    for (const text of ['', '{"x":"1"}', JSON.stringify({ ...state, width: -5 })]) {
      writeFileSync(file, text)
      expect(readWindowState(file, [display])).toBeNull()
    }
  })
})

describe('the arguments', () => {
  const env = { HOME: '/home/wang', XDG_DATA_HOME: '/home/wang/.local/share' }

  it('name the data folder, before the environment and the usual place', () => {
    expect(readOptions(['.', '--data', '/d', '--demo'], env, 'linux')).toEqual({ data: '/d', demo: true, locale: 'zh-CN' })
    expect(readOptions(['--data=/d'], { LOOPDESK_DATA: '/e' }, 'linux').data).toBe('/d')
    expect(readOptions([], { LOOPDESK_DATA: '/e' }, 'linux').data).toBe('/e')
    expect(readOptions([], env, 'linux').data).toBe('/home/wang/.local/share/loopdesk')
  })

  it('leave Chromium its own', () => {
    const options = readOptions(['--no-sandbox', '--remote-debugging-port=0', '--data', '/d'], env, 'linux')
    expect(options).toEqual({ data: '/d', demo: false, locale: 'zh-CN' })
  })
})

describe('a notice', () => {
  it('shows texts as texts', () => {
    const choice = { name: 'again', label: '再试一次', choose: () => undefined }
    const { html } = noticeHtml({ title: '<b>', text: '"a" & \'b\' <script>', choices: [choice] }, 'zh-CN')
    expect(html).not.toMatch(/<b>|<script/)
    expect(html).toContain('<a href="/choice/again">再试一次</a>')
  })
})
