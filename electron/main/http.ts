import { NO_ANSWER, type Reply } from '../messages.ts'

const ANSWER_WITHIN_MS = 300_000

/** @param url of a service center, such as `http://127.0.0.1:4680` */
export async function post(url: string, path: string, body: string | ArrayBuffer, token: string | undefined): Promise<Reply> {
  const type = typeof body === 'string' ? 'application/json' : 'application/octet-stream'
  try {
    const response = await fetch(url + path, {
      method: 'POST',
      headers: { 'content-type': type, ...bearer(token) },
      body,
      // A token goes to nobody else.
      redirect: 'error',
      signal: AbortSignal.timeout(ANSWER_WITHIN_MS),
    })
    return { status: response.status, body: await response.json() }
  } catch {
    return NO_ANSWER
  }
}

export async function download(url: string, hash: string, token: string | undefined): Promise<ArrayBuffer | null> {
  try {
    const signal = AbortSignal.timeout(ANSWER_WITHIN_MS)
    const response = await fetch(`${url}/api/blobs/${hash}`, { headers: bearer(token), redirect: 'error', signal })
    return response.ok ? await response.arrayBuffer() : null
  } catch {
    return null
  }
}

const HEALTH_WITHIN_MS = 8_000

/** Whether a service center of ours answers there. */
export async function answers(url: string): Promise<boolean> {
  try {
    const response = await fetch(`${url}/api/health`, { redirect: 'error', signal: AbortSignal.timeout(HEALTH_WITHIN_MS) })
    const body = (await response.json()) as { readonly ok?: unknown; readonly now?: unknown }
    return response.ok && body.ok === true && typeof body.now === 'number'
  } catch {
    return false
  }
}

const bearer = (token: string | undefined): Record<string, string> =>
  token === undefined ? {} : { authorization: `Bearer ${token}` }
