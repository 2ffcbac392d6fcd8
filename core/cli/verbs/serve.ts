import { randomBytes } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { createApp, type App } from '../../app.ts'
import { isDemo, makeDemo } from '../../features/session/demo.ts'
import { firstAdmin } from '../../features/session/firstAdmin.ts'
import { listenProblem, type HttpOptions } from '../../gateway/http.ts'
import { logger } from '../../gateway/logger.ts'
import { openAtUsualPort, openService, type Service } from '../../gateway/service.ts'
import type { Host } from '../../kernel/host.ts'
import { codeOf } from '../../store/errors.ts'
import { databaseFile } from '../../store/open.ts'
import { clearSuccessor, finishSuccession } from '../../store/succession.ts'
import { UsageError, whole, type Arguments } from '../arguments.ts'
import { interruptible } from '../interrupt.ts'
import { Refused, type Output } from '../output.ts'

/** Runs until SIGINT or SIGTERM. */
export async function serve({ values, data }: Arguments, output: Output): Promise<number> {
  const options = httpOptions(values)
  const problem = listenProblem(options)
  if (problem !== undefined)
    throw new Refused({ code: problem, field: 'host', params: { host: options.host ?? '' } })
  const demo = (values.demo ?? false) && !values.real
  const stopped = signal().then(() => 'stop' as const)
  succeed(data)
  if (demo && !existsSync(databaseFile(data))) await fillFirst(data, output)
  const first = openCenter(data)
  try {
    if (values.real && isDemo(first.app.db)) throw new Refused({ code: 'demoFolder', params: { folder: data } })
    const password = await letSomebodyIn(first.app, demo)
    await first.listen(options)
    if (password !== undefined) tellPassword(password, output)
  } catch (error) {
    first.app.close()
    throw error
  }
  const url = first.url()
  output.result({ ok: true, url, data }, () => {
    output.say(`闭环台已启动：${url}`, `Loopdesk is running: ${url}`)
    output.say(`数据在 ${data}，按 Ctrl+C 停止`, `Its data is in ${data}; Ctrl+C stops it`)
  })
  const port = Number(new URL(url).port)
  let center = first
  for (;;) {
    const said = await Promise.race([stopped, center.reopened])
    await center.close()
    if (said === 'stop') return 0
    // Bookmarks and open pages come back to where they were.
    center = openCenter(data)
    await center.listen({ ...options, port })
  }
}

/** The first start of a demo shows a service center at work. */
async function fillFirst(data: string, output: Output): Promise<void> {
  output.say('首次启动，正在准备演示数据…', 'First start: preparing the demo data …')
  const { seedDemo, SMALL_DEMO } = await import('../../features/demo/seedDemo.ts')
  const done = await interruptible((stop) =>
    seedDemo({ data, ...SMALL_DEMO, progress: output.progress, signal: stop }),
  )
  if (!done.ok) throw new Refused(done.refusal)
}

/** Returns the one-time password of an administrator made just now. */
async function letSomebodyIn(app: App, demo: boolean): Promise<string | undefined> {
  // A desk that was made a demo stays one until it goes live.
  if (demo || isDemo(app.db)) {
    const done = await makeDemo(app)
    if (!done) logger.warn('people work on this desk: it is served without demo accounts')
    return undefined
  }
  const password = randomBytes(12).toString('base64url')
  return (await firstAdmin(app, password)) ? password : undefined
}

/** On stderr: what a script keeps of stdout holds no secret. */
function tellPassword(password: string, { locale }: Output): void {
  process.stderr.write(
    locale === 'en'
      ? `First administrator: login admin, one-time password ${password} (to be changed at the first sign-in)\n`
      : `首位管理员：登录名 admin，一次性密码 ${password}（首次登录后须修改）\n`,
  )
}

interface OpenCenter {
  readonly app: App
  /** Settles when another folder is to be opened in the place of this one. */
  readonly reopened: Promise<'again'>
  listen(options: HttpOptions): Promise<void>
  url(): string
  close(): Promise<void>
}

/** The service center of the folder as it is now: the one that was there, or its successor. */
function openCenter(data: string): OpenCenter {
  const { promise, resolve } = Promise.withResolvers<'again'>()
  succeed(data)
  const host: Host = { reopen: () => resolve('again'), seed }
  const app = createApp({ data, program: 'serve', warn: (message) => logger.warn(message), host })
  let service: Service | undefined
  return {
    app,
    reopened: promise,
    async listen(options) {
      service = await open(app, data, options)
      app.start()
    },
    url: () => service?.url ?? '',
    async close() {
      await service?.close()
      app.close()
    },
  }
}

/** A folder that cannot be renamed after all stays what it is. */
function succeed(data: string): void {
  try {
    finishSuccession(data)
  } catch (error) {
    if (!existsSync(data)) throw error
    clearSuccessor(data)
    logger.error({ err: error }, 'the data folder could not be succeeded')
  }
}

async function seed(data: string, progress: (part: number) => void): Promise<void> {
  const { seedDemo, SMALL_DEMO } = await import('../../features/demo/seedDemo.ts')
  const done = await seedDemo({ data, ...SMALL_DEMO, progress: (now, total) => progress(total > 0 ? now / total : 0) })
  if (!done.ok) throw new Refused(done.refusal)
}

async function open(app: App, data: string, options: HttpOptions): Promise<Service> {
  try {
    return await (options.port === undefined ? openAtUsualPort(app, data, options) : openService(app, data, options))
  } catch (error) {
    const code = codeOf(error)
    const address = `${options.host ?? ''}${options.port === undefined ? '' : `:${options.port}`}`
    if (/^E(ADDRINUSE|ADDRNOTAVAIL|ACCES|NOTFOUND)$/.test(code)) {
      throw new Refused({ code: 'addressTaken', field: 'port', params: { address, reason: code } })
    }
    throw error
  }
}

function httpOptions(values: Arguments['values']): HttpOptions {
  const { cert, key, port } = values
  if ((cert === undefined) !== (key === undefined)) throw new UsageError('--cert and --key belong together')
  return {
    host: values.host ?? '127.0.0.1',
    ...(port !== undefined && { port: whole('port', port, { min: 0, max: 65_535, or: 0 }) }),
    names: values.name ?? [],
    behindProxy: values['behind-proxy'] ?? false,
    ...(cert !== undefined &&
      key !== undefined && { tls: { cert: readPem('cert', cert), key: readPem('key', key) } }),
  }
}

function readPem(name: string, file: string): Buffer {
  try {
    return readFileSync(file)
  } catch {
    throw new UsageError(`--${name}: ${file} cannot be read`)
  }
}

const signal = (): Promise<void> =>
  new Promise((resolve) => {
    process.once('SIGINT', () => resolve())
    process.once('SIGTERM', () => resolve())
  })
