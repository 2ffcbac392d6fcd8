import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { cpSync, existsSync, readdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createApp } from '#core/app.ts'
import { seedDemo } from '#core/features/demo/seedDemo.ts'
import { isDemo } from '#core/features/session/demo.ts'
import { verifyFolder } from '#core/maintenance/folder.ts'
import { successorOf } from '#core/store/succession.ts'
import { newFolder, removeFolders } from '../support/folders.ts'

const program = fileURLToPath(new URL('./goLive.ts', import.meta.url))
const ORDERS = 8

describe('kill -9 while the demo data is thrown away', () => {
  const template = join(newFolder(), 'desk')
  let took = 0
  beforeAll(async () => {
    await seedDemo({ data: template, orders: ORDERS, months: 1, seed: 5 })
    // Once without a kill: how long it takes from the command on.
    took = (await goLive(copyOf(template), 'keep', Infinity)).took
  }, 60_000)
  afterAll(removeFolders)

  /** Kills so many ms after the command was given; how far it came, and how long it took. */
  async function goLive(folder: string, demoFolder: string, killAfter: number): Promise<{ said: string; took: number }> {
    const child = spawn(process.execPath, [program, folder, demoFolder], { stdio: ['ignore', 'pipe', 'inherit'] })
    let said = ''
    let began = 0
    let kill: NodeJS.Timeout | undefined
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      said += text
      if (began > 0 || !said.includes('begin')) return
      began = performance.now()
      if (killAfter < Infinity) kill = setTimeout(() => child.kill('SIGKILL'), killAfter)
    })
    await once(child, 'close')
    clearTimeout(kill)
    return { said, took: performance.now() - began }
  }

  it('leaves the demo as it was, or the new desk whole; never half of each', { timeout: 120_000 }, async () => {
    const seen = { demo: 0, real: 0 }
    const KILLS = 10
    for (let kill = 0; kill < KILLS; kill++) {
      const folder = copyOf(template)
      const { said } = await goLive(folder, kill % 2 === 0 ? 'keep' : 'delete', (took * kill) / (KILLS - 4))
      const app = createApp({ data: folder })
      const count = (table: string) => app.db.raw.prepare<[], number>(`SELECT count(*) FROM ${table}`).pluck().get()
      const mode = isDemo(app.db) ? 'demo' : 'real'
      seen[mode] += 1
      const orders = count('work_order')
      const admins = app.db.raw.prepare<[], string>("SELECT id FROM user_account WHERE instr(roles, '\"admin\"') > 0").pluck().all()
      expect([kill, mode, orders, admins]).toEqual([kill, mode, ...(mode === 'demo' ? [ORDERS, ['admin']] : [0, ['boss']])])
      if (mode === 'real') expect(count('credential')).toBe(1)
      // What was answered with yes stays so.
      if (said.includes('answered 200')) expect(mode).toBe('real')
      app.close()
      expect(verifyFolder(folder)).toMatchObject({ ok: true })
      expect(existsSync(successorOf(folder))).toBe(false)
      const beside = readdirSync(dirname(folder)).filter((name) => name !== 'desk')
      expect(beside.filter((name) => !name.startsWith('desk.demo-'))).toEqual([])
      if (mode === 'demo') expect(beside).toEqual([])
    }
    // Both ends were met: the kills are spread over the whole of it.
    expect(seen.demo).toBeGreaterThan(0)
    expect(seen.real).toBeGreaterThan(0)
  })
})

function copyOf(template: string): string {
  const folder = join(newFolder(), 'desk')
  cpSync(template, folder, { recursive: true })
  return folder
}
