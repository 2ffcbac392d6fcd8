import { readdirSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parse, type AST } from 'vue-eslint-parser'
import { describe, expect, it } from 'vitest'
import { ACTIONS, PERMISSION_SUBJECTS } from '#shared/contract/define.ts'
import { contracts } from '#shared/contract/registry.ts'
import { NOTIFICATION_KINDS } from '#shared/contract/notification.ts'
import { folds } from '#shared/domain/folds.ts'
import { SETTING_NAMES } from '#shared/domain/setting/settings.ts'
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

const shared = fileURLToPath(new URL('../../shared/', import.meta.url))
const read = (folder: string, wanted: RegExp): { name: string; text: string }[] =>
  readdirSync(join(shared, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => wanted.test(name))
    .map((name) => ({ name: basename(name), text: readFileSync(join(shared, folder, name), 'utf8') }))
const slices = read('i18n', /zh-CN\.ts$/)
/** Every event that the domain declares: the names in its `…Events` interfaces. */
const eventTypes = read('domain', /\.ts$/).flatMap(({ text }) =>
  [...text.matchAll(/interface \w*Events \{\n([\s\S]*?)\n\}/g)].flatMap(([, body = '']) => [...body.matchAll(/^ {2}(\w+):/gm)].map(([, type = '']) => type)),
)

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

  it('name every kind of subject, permission and setting, and what became of each event', () => {
    const wanted = [
      ...Object.keys(folds).map((kind) => `subjectKind.${kind}`),
      ...PERMISSION_SUBJECTS.map((subject) => `rolesPage.subject.${subject}`),
      ...ACTIONS.map((action) => `rolesPage.action.${action}`),
      ...SETTING_NAMES.flatMap((name) => [`setting.${name}.label`, `setting.${name}.hint`]),
    ]
    expect(wanted.filter((key) => chinese[key] === undefined)).toEqual([])
    expect(eventTypes.length).toBeGreaterThan(60)
    expect(eventTypes.filter((type) => chinese[`timeline.${type}`] === undefined && chinese[`event.${type}`] === undefined)).toEqual([])
  })

  it('stand in one slice each: no slice takes the words of another', () => {
    const owners = new Map<string, string[]>()
    for (const { name, text } of slices) {
      for (const [, key = ''] of text.matchAll(/^ {2}(\w+): (?:\{|')/gm)) owners.set(key, [...(owners.get(key) ?? []), name])
    }
    expect(owners.size).toBeGreaterThan(60)
    expect([...owners].filter(([, names]) => names.length > 1)).toEqual([])
  })

  it('stand in the catalogue alone: no English sentence in a template or an attribute that is read', () => {
    const found = sources.filter(({ name }) => name.endsWith('.vue')).flatMap(({ name, text }) => englishIn(name, text))
    expect(found).toEqual([])
  })

  it('are told by code as words of the catalogue: nothing said to people is written where it is said', () => {
    const said = /\b(?:say|alert|confirm|prompt)\(\s*['"`]|\b(?:title|label|text|message|placeholder)\s*[:=]\s*(['"`])(?=[^'"`\n]*[A-Za-z]{2,}\s[A-Za-z]{2,})/
    const found = sources.flatMap(({ name, text }) =>
      withoutComments(text)
        .split('\n')
        .flatMap((line, index) => (said.test(line) ? [`${name}:${index + 1}: ${line.trim()}`] : [])),
    )
    expect(found).toEqual([])
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

/** Attributes that people read or hear. */
const READ_ATTRIBUTES = new Set(['title', 'alt', 'placeholder', 'label', 'text', 'aria-label', 'aria-description', 'aria-roledescription'])
/** Signs and names of keys are the same in every language. */
const isWords = (text: string): boolean => /[A-Za-z]{2,}/.test(text) && !/^(?:(?:Ctrl|Esc|Enter|Shift|Alt|Tab|Home|End|Space|Loopdesk|SHA-256|CSV|XLSX|KB|MB|[A-Z]\b)\W*)+$/.test(text.trim())

/** Text between the tags, and in attributes that are read, which no expression made. */
function englishIn(name: string, source: string): string[] {
  const { templateBody } = parse(source, { ecmaVersion: 'latest', sourceType: 'module', parser: false })
  const found: string[] = []
  const visit = (node: AST.VElement | AST.VText | AST.VExpressionContainer): void => {
    if (node.type === 'VText' && isWords(node.value)) found.push(`${name}:${node.loc.start.line}: ${node.value.trim()}`)
    if (node.type !== 'VElement' || node.name === 'style' || node.name === 'script') return
    for (const attribute of node.startTag.attributes) {
      if (attribute.directive || !READ_ATTRIBUTES.has(attribute.key.name)) continue
      const value = attribute.value?.value ?? ''
      if (isWords(value)) found.push(`${name}:${attribute.loc.start.line}: ${attribute.key.name}="${value}"`)
    }
    node.children.forEach(visit)
  }
  templateBody?.children.forEach(visit)
  return found
}
