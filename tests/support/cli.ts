import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { vi } from 'vitest'
import { runLine } from '#core/cli/line.ts'

const MAIN = fileURLToPath(new URL('../../core/cli/main.ts', import.meta.url))

export interface Ended {
  code: number
  stdout: string
  stderr: string
  /** The last line of stdout. */
  json: {
    ok?: boolean
    error?: { code: string; message: string; params?: Record<string, unknown> }
  } & Record<string, unknown>
}

/** `loopdesk ARGS --json`, to its end, within this process: everything but the start of a program. */
export async function loopdesk(...args: string[]): Promise<Ended> {
  return withJson(await here([...args, '--json']))
}

/** `loopdesk ARGS --json`, to its end, as a program of its own. */
export const loopdeskAsProgram = async (...args: string[]): Promise<Ended> => withJson(await loopdeskInWords(...args, '--json'))

/** A verb in words, to its end, as a program of its own. */
export async function loopdeskInWords(...args: string[]): Promise<Told> {
  const child = start(args)
  const [code] = (await once(child.process, 'close')) as [number]
  return { code, stdout: child.stdout(), stderr: child.stderr() }
}

type Told = Omit<Ended, 'json'>

const withJson = (told: Told): Ended => ({ ...told, json: JSON.parse(told.stdout.trimEnd().split('\n').at(-1) ?? '') as Ended['json'] })

const ENGLISH = { LANG: 'en_US.UTF-8', LC_ALL: 'en_US.UTF-8' }

async function here(args: readonly string[]): Promise<Told> {
  const before = { LANG: process.env['LANG'], LC_ALL: process.env['LC_ALL'] }
  const told = { stdout: '', stderr: '' }
  const ears = (['stdout', 'stderr'] as const).map((name) =>
    vi.spyOn(process[name], 'write').mockImplementation((text) => {
      told[name] += String(text)
      return true
    }),
  )
  Object.assign(process.env, ENGLISH)
  try {
    return { code: await runLine(args), ...told }
  } finally {
    for (const [name, value] of Object.entries(before)) {
      if (value === undefined) delete process.env[name]
      else process.env[name] = value
    }
    for (const ear of ears) ear.mockRestore()
  }
}

export interface Served {
  url: string
  process: ChildProcess
  stderr(): string
  /** SIGTERM; resolves with the exit code. */
  stop(): Promise<number | null>
}

/** `loopdesk serve`, once it has said its address. */
export async function serveDesk(...args: string[]): Promise<Served> {
  const child = start(['serve', '--port', '0', '--json', ...args])
  const ended = once(child.process, 'close') as Promise<[number | null]>
  while (!child.stdout().includes('\n')) {
    const done = await Promise.race([
      once(child.process.stdout, 'data').then(() => false),
      ended.then(() => true),
    ])
    if (done) throw new Error(`serve ended: ${child.stdout()}${child.stderr()}`)
  }
  const { url } = JSON.parse(child.stdout()) as { url: string }
  return {
    url,
    process: child.process,
    stderr: child.stderr,
    async stop() {
      child.process.kill('SIGTERM')
      const [code] = await ended
      return code
    },
  }
}

function start(args: readonly string[]) {
  const env = { ...process.env, ...ENGLISH }
  const child = spawn(process.execPath, [MAIN, ...args], { env, stdio: ['ignore', 'pipe', 'pipe'] })
  let stdout = ''
  let stderr = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text))
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text))
  return { process: child, stdout: () => stdout, stderr: () => stderr }
}
