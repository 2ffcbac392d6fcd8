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
    const response = await fetch(`${url}/api/blobs/${hash}`, { headers: bearer(token), signal })
    return response.ok ? await response.arrayBuffer() : null
  } catch {
    return null
  }
}

const bearer = (token: string | undefined): Record<string, string> =>
  token === undefined ? {} : { authorization: `Bearer ${token}` }
