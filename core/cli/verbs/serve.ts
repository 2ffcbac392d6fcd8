import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { createApp, type App } from '../../app.ts'
import { firstAdmin } from '../../features/session/firstAdmin.ts'
import { makeDemo } from '../../features/session/demo.ts'
import { listenProblem, type HttpOptions } from '../../gateway/http.ts'
import { openService } from '../../gateway/service.ts'
import { UsageError, whole, type Arguments } from '../arguments.ts'
import { Refused, type Output } from '../output.ts'

/** Runs until SIGINT or SIGTERM. */
export async function serve({ values, data, json }: Arguments, output: Output): Promise<void> {
  const options = httpOptions(values)
  const problem = listenProblem(options)
  if (problem !== undefined) throw new Refused({ code: problem, field: 'host', params: { host: options.host ?? '' } })
  const stopped = signal()
  const app = createApp({ data })
  try {
    const password = await prepare(app, values.demo ?? false)
    const service = await openService(app, data, options)
    app.start()
    if (password !== undefined) {
      output.say(`首位管理员：登录名 admin，一次性密码 ${password}（首次登录后须修改）`, `First administrator: login admin, one-time password ${password} (to be changed at the first sign-in)`)
    }
    output.result({ ok: true, url: service.url, data }, () => {
      output.say(`闭环台已启动：${service.url}`, `Loopdesk is running: ${service.url}`)
      output.say(`数据：${data}，按 Ctrl+C 停止`, `Data: ${data}, Ctrl+C stops it`)
    })
    if (json && password !== undefined) process.stderr.write(`admin ${password}\n`)
    await stopped
    await service.close()
  } finally {
    app.close()
  }
}

/** Somebody must be able to sign in; returns the one-time password of an administrator made just now. */
async function prepare(app: App, demo: boolean): Promise<string | undefined> {
  if (demo) {
    await makeDemo(app)
    return undefined
  }
  const password = randomBytes(12).toString('base64url')
  return (await firstAdmin(app, password)) ? password : undefined
}

function httpOptions(values: Arguments['values']): HttpOptions {
  if ((values.cert === undefined) !== (values.key === undefined)) throw new UsageError('--cert and --key belong together')
  return {
    host: values.host ?? '127.0.0.1',
    port: whole('port', values.port, { min: 0, max: 65_535, or: 0 }),
    names: values.name ?? [],
    behindProxy: values['behind-proxy'] ?? false,
    ...(values.cert !== undefined &&
      values.key !== undefined && { tls: { cert: readFileSync(values.cert), key: readFileSync(values.key) } }),
  }
}

const signal = (): Promise<void> =>
  new Promise((resolve) => {
    process.once('SIGINT', () => resolve())
    process.once('SIGTERM', () => resolve())
  })
