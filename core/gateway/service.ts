import { randomBytes } from 'node:crypto'
import type { App } from '../app.ts'
import { codeOf } from '../store/errors.ts'
import { removeEndpoint, writeEndpoint } from '../store/endpoint.ts'
import { isLoopback } from './hosts.ts'
import { serveHttp, type HttpOptions, type HttpService } from './http.ts'
import { Stream } from './stream.ts'

export interface Service {
  /** Where people reach it. */
  readonly url: string
  readonly stream: Stream
  close(): Promise<void>
}

/** Bookmarks and links of wall displays last where the port stays the same. */
const USUAL_PORT = 4680

/** At the port of every day, or at another one where that is not free. */
export async function openAtUsualPort(app: App, folder: string, options: HttpOptions = {}): Promise<Service> {
  try {
    return await openService(app, folder, { ...options, port: USUAL_PORT })
  } catch (error) {
    if (codeOf(error) !== 'EADDRINUSE') throw error
    return openService(app, folder, { ...options, port: 0 })
  }
}

/**
 * Opens a running service center to the outside, and its endpoint file to the owner of the data folder. Where the
 * address is not this machine's own, the owner's programs get a second listener that is.
 */
export async function openService(app: App, folder: string, options: HttpOptions = {}): Promise<Service> {
  const token = randomBytes(32).toString('base64url')
  const stream = new Stream(app)
  const opened: HttpService[] = []
  const close = async (): Promise<void> => {
    removeEndpoint(folder)
    stream.close()
    for (const service of opened.splice(0).reverse()) await service.close()
  }
  try {
    const isPlainLocal = isLoopback(options.host ?? '127.0.0.1') && !options.tls
    const main = await serveHttp(app, stream, isPlainLocal ? { ...options, localToken: token } : options)
    opened.push(main)
    const local = isPlainLocal ? main : await serveHttp(app, stream, { localToken: token })
    if (local !== main) opened.push(local)
    writeEndpoint(folder, { pid: process.pid, url: local.url, token, startedAt: app.clock() })
    return { url: main.url, stream, close }
  } catch (error) {
    await close()
    throw error
  }
}
