// A served demo that goes live, made to be killed: says `begin` before the command, `answered` after it, `open` once reopened.
import { writeSync } from 'node:fs'
import { createApp } from '#core/app.ts'
import { dispatch } from '#core/gateway/dispatch.ts'
import { LOCAL } from '#core/kernel/access.ts'
import { finishSuccession } from '#core/store/succession.ts'

const [folder = '', demoFolder = 'keep'] = process.argv.slice(2)
const { promise, resolve } = Promise.withResolvers<void>()
const host = { reopen: () => resolve(), seed: () => Promise.resolve() }
const app = createApp({ data: folder, host })
app.start()
writeSync(1, 'begin\n')
const input = {
  admin: { login: 'boss', displayName: '王总', password: 'correct horse 9' },
  demoFolder,
  confirmation: 'clear the demo data',
}
const { status } = await dispatch(app, { kind: 'command', name: 'live.goReal', input, principal: LOCAL, audience: 'local' })
writeSync(1, `answered ${status}\n`)
await promise
app.close()
finishSuccession(folder)
writeSync(1, 'succeeded\n')
createApp({ data: folder, host }).close()
writeSync(1, 'open\n')
