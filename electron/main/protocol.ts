import { createHash } from 'node:crypto'
import { readFile, realpath } from 'node:fs/promises'
import { extname, join, sep } from 'node:path'
import { protocol, type Session } from 'electron'
import { DESK, NOTICE, pagePath, SCHEME } from './addresses.ts'

/** Only what the build puts out; anything else is not served. */
const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
  '.wasm': 'application/wasm',
  '.json': 'application/json',
}

/** Components set `style` attributes; style sheets and scripts come from the program alone. */
const PAGE_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "style-src-attr 'unsafe-inline'",
  // Of a network, tiles of the map alone: `guardSession` lets nothing else through, by what is set at the moment.
  "img-src 'self' data: blob: https: http:",
  "font-src 'self'",
  "connect-src 'self'",
  "media-src 'self' blob:",
  "worker-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-src 'none'",
  "frame-ancestors 'none'",
  "object-src 'none'",
].join('; ')

/** Must run before the program is ready. */
export function registerScheme(): void {
  protocol.registerSchemesAsPrivileged([{ scheme: SCHEME, privileges: { standard: true, secure: true, supportFetchAPI: true } }])
}

/** @param notice the message that fills a window, by the first part of its address */
export function servePages(session: Session, pages: string, notice: (key: string) => { html: string; style: string } | undefined): void {
  session.protocol.handle(SCHEME, async (request) => {
    const url = new URL(request.url)
    if (request.method !== 'GET') return refused(405)
    if (url.href.startsWith(`${NOTICE}/`)) {
      const message = notice(url.pathname.split('/')[1] ?? '')
      return message ? noticePage(message) : refused(404)
    }
    return url.href.startsWith(`${DESK}/`) ? page(pages, url.pathname) : refused(404)
  })
}

async function page(pages: string, pathname: string): Promise<Response> {
  const path = pagePath(pathname)
  const type = path === null ? undefined : types[extname(path)]
  if (path === null || type === undefined) return refused(404)
  try {
    const [folder, file] = await Promise.all([realpath(pages), realpath(join(pages, path))])
    // A link in the folder must not lead out of it.
    if (!file.startsWith(folder + sep)) return refused(404)
    return answer(await readFile(file), type, PAGE_POLICY)
  } catch {
    return refused(404)
  }
}

function noticePage({ html, style }: { html: string; style: string }): Response {
  const hash = createHash('sha256').update(style).digest('base64')
  return answer(html, 'text/html; charset=utf-8', `default-src 'none'; style-src 'sha256-${hash}'; form-action ${NOTICE}; base-uri 'none'; frame-ancestors 'none'`)
}

function answer(body: string | Buffer<ArrayBuffer>, type: string, policy: string): Response {
  return new Response(body, {
    headers: {
      'content-type': type,
      'content-security-policy': policy,
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'cross-origin-opener-policy': 'same-origin',
      'cache-control': 'no-cache',
    },
  })
}

const refused = (status: number): Response => new Response(null, { status })
