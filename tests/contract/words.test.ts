import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { contracts } from '#shared/contract/registry.ts'
import { NOTIFICATION_KINDS } from '#shared/contract/notification.ts'
import { workflowSchema } from '#shared/domain/workflow/definition.ts'
import { BUILT_IN_FIELDS, FACTS } from '#shared/domain/workOrder/fields.ts'
import { ROLES } from '#shared/domain/user/fold.ts'
import { CHANNELS, PARTIES, PRIORITIES, STAGES, STATUSES } from '#shared/domain/workOrder/stages.ts'
import { en } from '#shared/i18n/en.ts'
import { refusals } from '#shared/i18n/refusals.ts'
import { zhCN } from '#shared/i18n/zh-CN.ts'

const workflow = workflowSchema.parse(
  JSON.parse(readFileSync(new URL('../../resources/workflows/default.json', import.meta.url), 'utf8')),
)
const root = fileURLToPath(new URL('../../renderer/', import.meta.url))
const sources = readdirSync(root, { recursive: true, encoding: 'utf8' })
  .filter((name) => /\.(vue|ts)$/.test(name))
  .map((name) => ({ name, text: readFileSync(join(root, name), 'utf8') }))

const HAN = /\p{Script=Han}/u

function flatten(words: object, path = ''): Record<string, string> {
  return Object.fromEntries(
    Object.entries(words).flatMap(([key, value]: [string, unknown]) =>
      typeof value === 'string' ? [[path + key, value]] : Object.entries(flatten(value as object, `${path}${key}.`)),
    ),
  )
}
const chinese = flatten(zhCN)
const english = flatten(en)
const placeholders = (text: string): string[] => [...text.matchAll(/\{(\w+)\}/g)].map((match) => match[1] ?? '').sort()

describe('the words of the screens', () => {
  it('say the same things in both languages, with the same values in them', () => {
    expect(Object.keys(english).sort()).toEqual(Object.keys(chinese).sort())
    for (const [key, text] of Object.entries(chinese)) expect([key, placeholders(english[key] ?? '')]).toEqual([key, placeholders(text)])
  })

  it('stand in the catalogue alone: no Chinese in a page outside comments', () => {
    const found = sources.flatMap(({ name, text }) =>
      withoutComments(text)
        .split('\n')
        .flatMap((line, index) => (HAN.test(line) ? [`${name}:${index + 1}: ${line.trim()}`] : [])),
    )
    expect(found).toEqual([])
  })

  it('exist wherever a page asks for them by name', () => {
    const asked = sources.flatMap(({ name, text }) =>
      [...text.matchAll(/\bt\(\s*'([\w.-]+)'/g)].map((match) => ({ name, key: match[1] ?? '' })),
    )
    expect(asked.length).toBeGreaterThan(100)
    expect(asked.filter(({ key }) => chinese[key] === undefined)).toEqual([])
  })

  it('name every stage, field, fact, role, party, channel and kind of notice', () => {
    const wanted = [
      ...STAGES.map((stage) => `stage.${stage}`),
      ...STATUSES.map((status) => `status.${status}`),
      ...PRIORITIES.map((priority) => `priority.${priority}`),
      ...PARTIES.flatMap((party) => [`party.${party}`, `partyShort.${party}`]),
      ...CHANNELS.map((channel) => `channel.${channel}`),
      ...ROLES.map((role) => `role.${role}`),
      ...BUILT_IN_FIELDS.map(({ id }) => `field.${id}`),
      ...FACTS.flatMap((fact) => [`field.${fact}`, `fact.${fact}`]),
      ...NOTIFICATION_KINDS.map((kind) => `notices.${kind}`),
    ]
    expect(wanted.filter((key) => chinese[key] === undefined)).toEqual([])
  })

  it('say the steps of the shipped workflow as it says them itself', () => {
    for (const { id, nextStep, frozenStep } of workflow.stages) {
      for (const [name, step] of Object.entries({ nextStep, frozenStep })) {
        const key = `step.${id}.${name}`
        expect([key, chinese[key], english[key]]).toEqual([key, step?.label['zh-CN'], step?.label.en])
      }
    }
  })

  it('ask only for what is in the contract', () => {
    const names = new Set(contracts.map(({ name }) => name))
    const asked = sources.flatMap(({ name, text }) =>
      [...text.matchAll(/\b(?:query|command|subscribe)\(\s*'([\w.]+)'|\bname: '(workOrder\.\w+)'/g)].map((match) => ({ name, asks: match[1] ?? match[2] ?? '' })),
    )
    expect(asked.length).toBeGreaterThan(20)
    expect(asked.filter(({ asks }) => !names.has(asks))).toEqual([])
  })

  it('tell every refusal in both languages', () => {
    for (const [code, words] of Object.entries(refusals)) {
      expect([code, HAN.test(words['zh-CN'])]).toEqual([code, true])
      expect([code, HAN.test(words.en)]).toEqual([code, false])
    }
  })
})

function withoutComments(text: string): string {
  return text
    .replace(/\/\*[\s\S]*?\*\//g, (comment) => comment.replace(/[^\n]/g, ' '))
    .replace(/<!--[\s\S]*?-->/g, (comment) => comment.replace(/[^\n]/g, ' '))
    .replace(/(^|\s)\/\/.*$/gm, '')
}
