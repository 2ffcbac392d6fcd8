import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { parentPort, workerData } from 'node:worker_threads'
import { WebSocketServer } from 'ws'
import { createApp } from '#core/app.ts'
import { makeDemo } from '#core/features/session/demo.ts'
import { openService } from '#core/gateway/service.ts'
import { DEMO_PASSWORD } from '#shared/domain/user/demo.ts'
import { BOARD_START, call, fillBoard, type Opened } from './boardDesk.ts'

/** Hands back what it is sent, and serves an empty page from which to ask it. */
async function openEcho(): Promise<string> {
  const server = createServer((_request, response) => response.setHeader('content-type', 'text/html').end('<!doctype html><p>echo'))
  new WebSocketServer({ server }).on('connection', (socket) => socket.on('message', (data) => socket.send(data)))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

const { folder, count } = workerData as { folder: string; count: number }
let now = BOARD_START
const app = createApp({ data: folder, clock: () => now, warn: () => undefined })
await makeDemo(app)
fillBoard(app, count)
now += 2 * 3_600_000
app.start()
await app.idle()
const { url, close } = await openService(app, folder)
const { token } = await call<{ token: string }>(url, 'commands/session.signIn', { login: 'supervisor', password: DEMO_PASSWORD })
parentPort?.on('message', async () => {
  await close()
  app.close()
  process.exit()
})
parentPort?.postMessage({ url, token, echo: await openEcho() } satisfies Opened)
