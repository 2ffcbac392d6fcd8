import { randomBytes } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { createApp, type App } from '../../app.ts'
import { makeDemo } from '../../features/session/demo.ts'
import { firstAdmin } from '../../features/session/firstAdmin.ts'
import { listenProblem, type HttpOptions } from '../../gateway/http.ts'
import { logger } from '../../gateway/logger.ts'
import { openService, type Service } from '../../gateway/service.ts'
import { codeOf } from '../../store/errors.ts'
import { databaseFile } from '../../store/open.ts'
import { UsageError, whole, type Arguments } from '../arguments.ts'
import { interruptible } from '../interrupt.ts'
import { Refused, type Output } from '../output.ts'

/** Bookmarks last where the port stays the same; another one is taken when it is not free. */
const USUAL_PORT = 4680

/** Runs until SIGINT or SIGTERM. */
export async function serve({ values, data }: Arguments, output: Output): Promise<number> {
  const options = httpOptions(values)
  const problem = listenProblem(options)
  if (problem !== undefined)
    throw new Refused({ code: problem, field: 'host', params: { host: options.host ?? '' } })
  const stopped = signal()
  if (values.demo && !existsSync(databaseFile(data))) await fillFirst(data, output)
  const app = createApp({ data, program: 'serve', warn: (message) => logger.warn(message) })
  try {
    const password = await letSomebodyIn(app, values.demo ?? false)
    const service = await open(app, data, options)
    app.start()
    if (password !== undefined) tellPassword(password, output)
    output.result({ ok: true, url: service.url, data }, () => {
      output.say(`闭环台已启动：${service.url}`, `Loopdesk is running: ${service.url}`)
      output.say(`数据在 ${data}，按 Ctrl+C 停止`, `Its data is in ${data}; Ctrl+C stops it`)
    })
    await stopped
    await service.close()
    return 0
  } finally {
    app.close()
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
  if (demo) {
    const isDemo = await makeDemo(app)
    if (!isDemo) logger.warn('people work on this desk: it is served without demo accounts')
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

async function open(app: App, data: string, options: HttpOptions): Promise<Service> {
  try {
    return await openService(app, data, { ...options, port: options.port ?? USUAL_PORT })
  } catch (error) {
    const code = codeOf(error)
    if (code === 'EADDRINUSE' && options.port === undefined)
      return openService(app, data, { ...options, port: 0 })
    const address = `${options.host ?? ''}:${options.port ?? USUAL_PORT}`
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
