import { existsSync } from 'node:fs'
import { request } from 'node:http'
import type {
  CommandInput,
  CommandName,
  CommandOutput,
  QueryInput,
  QueryName,
  QueryOutput,
} from '#shared/contract/registry.ts'
import type { Refusal } from '#shared/domain/kernel/refusal.ts'
import { createApp } from '../app.ts'
import { LOCAL } from '../kernel/access.ts'
import { dispatch } from '../gateway/dispatch.ts'
import { liveEndpoint } from '../store/attach.ts'
import type { Endpoint } from '../store/endpoint.ts'
import { DataFolderError } from '../store/errors.ts'
import { databaseFile } from '../store/open.ts'
import { Refused } from './output.ts'

/** The service center of a data folder, as its owner: the running one, or one opened for this verb alone. */
export interface Center {
  command<Name extends CommandName>(name: Name, input: CommandInput[Name]): Promise<CommandOutput[Name]>
  query<Name extends QueryName>(name: Name, input: QueryInput[Name]): Promise<QueryOutput[Name]>
  close(): void
}

type Ask = (
  kind: 'command' | 'query',
  name: string,
  input: unknown,
) => Promise<{ status: number; body: object }>

/** The running service center of the folder; undefined: nobody has it open. */
export function runningCenter(folder: string): Center | undefined {
  const endpoint = liveEndpoint(folder)
  return endpoint
    ? centerOf(
        (kind, name, input) => post(endpoint, kind, name, input),
        () => undefined,
      )
    : undefined
}

/** @throws DataFolderError where the folder holds nothing, or another program that does not answer has it */
export function reachCenter(folder: string, program: string): Center {
  const running = runningCenter(folder)
  if (running) return running
  needData(folder)
  return ownCenter(folder, program)
}

/** The same where a new desk may be begun. */
export function ownCenter(folder: string, program: string): Center {
  const running = runningCenter(folder)
  if (running) return running
  const app = createApp({ data: folder, program })
  return centerOf(
    (kind, name, input) => dispatch(app, { kind, name, input, principal: LOCAL, audience: 'local' }),
    () => app.close(),
  )
}

/** A verb that works on what is there must not leave an empty desk behind where a path was mistyped. */
export function needData(folder: string): void {
  if (!existsSync(databaseFile(folder))) throw new DataFolderError('folderMissing', { folder })
}

function centerOf(ask: Ask, close: () => void): Center {
  const call = async (kind: 'command' | 'query', name: string, input: unknown): Promise<unknown> => {
    const { status, body } = await ask(kind, name, input)
    if (status !== 200) throw new Refused((body as { error: Refusal }).error)
    return body
  }
  return {
    command: (name, input) => call('command', name, input) as Promise<never>,
    query: (name, input) => call('query', name, input) as Promise<never>,
    close,
  }
}

/** Not fetch: that gives up after five minutes, and a large log takes longer to rebuild. */
function post(endpoint: Endpoint, kind: 'command' | 'query', name: string, input: unknown): ReturnType<Ask> {
  const url = new URL(`/api/${kind === 'command' ? 'commands' : 'queries'}/${name}`, endpoint.url)
  return new Promise((resolve, reject) => {
    const headers = { 'content-type': 'application/json', authorization: `Bearer ${endpoint.token}` }
    const asked = request(url, { method: 'POST', headers }, (response) => {
      const chunks: Buffer[] = []
      response.on('data', (chunk: Buffer) => chunks.push(chunk))
      response.on('error', reject)
      response.on('end', () => {
        resolve({
          status: response.statusCode ?? 0,
          body: JSON.parse(Buffer.concat(chunks).toString()) as object,
        })
      })
    })
    asked.on('error', (error) =>
      reject(new Refused({ code: 'serviceSilent', params: { url: endpoint.url, reason: error.message } })),
    )
    asked.end(JSON.stringify({ input }))
  })
}
