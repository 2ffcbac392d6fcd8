/**
 * Any event of the log in words: one sentence, what somebody wrote, and what became of what. The screens and the
 * exported tables say the same.
 */
export interface Words {
  t(key: string, params?: Readonly<Record<string, string | number>>): string
  te(key: string): boolean
  /** A person, or another subject, by id. */
  nameOf(id: string): string
  /** A field by id, those of an administrator too. */
  fieldName(field: string): string
  /** UTC ms. */
  time(at: number): string
  span(ms: number): string
  /** A next step in the language of the reader, where it is one of the workflow. */
  step(text: string, key: string | null): string
}

export interface ToldEvent {
  readonly type: string
  readonly data: Readonly<Record<string, unknown>>
  /** Null: erased by law. */
  readonly personal?: Readonly<Record<string, unknown>> | null | undefined
}

export interface ToldChange {
  readonly field: string
  readonly old: string
  readonly new: string
}

type Data = Readonly<Record<string, unknown>>
const record = (value: unknown): Data => (typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Data) : {})
const text = (value: unknown): string => (typeof value === 'string' || typeof value === 'number' ? String(value) : '')

/** The data that tells how it happened, where an event reads differently by that. */
const TELLING: Readonly<Record<string, string>> = {
  stageChanged: 'how',
  noteAdded: 'kind',
  handoverAnswered: 'accepted',
  orderClosed: 'how',
  signatureCaptured: 'kind',
  knownDefectMarked: 'defect',
  passwordChanged: 'by',
}

/** The key of an event's words: those of an order's timeline first. */
function eventKey({ type, data }: ToldEvent, { te }: Pick<Words, 'te'>): string | undefined {
  const telling = TELLING[type]
  const variants = telling === undefined ? [type] : [`${type}_${String(data[telling])}`, type]
  return variants.flatMap((name) => [`timeline.${name}`, `event.${name}`]).find(te)
}

export function eventSentence(event: ToldEvent, words: Words): string {
  const { t, te, nameOf } = words
  const { type, data } = event
  const wordOf = (group: string, value: unknown): string => (te(`${group}.${String(value)}`) ? t(`${group}.${String(value)}`) : text(value))
  const entered = record(data['entered'])
  const promise = record(data['promise'])
  const changes = Array.isArray(data['changes']) ? data['changes'].map((change) => words.fieldName(text(record(change)['field']))) : []
  const setting = text(data['name'])
  const params: Record<string, string> = {
    number: text(data['number']),
    stage: wordOf('stage', entered['stage'] ?? data['to'] ?? data['from']),
    from: wordOf('stage', data['from']),
    fields: changes.join(t('list.separator')),
    step: words.step(text(promise['step']), typeof promise['key'] === 'string' ? promise['key'] : null),
    party: wordOf('party', promise['waitsOn']),
    name: type === 'appointmentBooked' || !('name' in data) ? nameOf(text(data['owner'] ?? data['engineer'] ?? data['to'])) : text(data['name']),
    file: text(data['name']),
    channel: wordOf('channel', data['channel']),
    level: text(data['level']),
    role: wordOf('role', data['role']),
    time: typeof data['from'] === 'number' ? words.time(data['from']) : '',
    by: wordOf('thawedBy', data['by']),
    version: text(data['version']),
    quantity: text(data['quantity']),
    stars: text(data['stars']),
    model: text(data['model']),
    serial: text(data['serial']),
    setting: te(`setting.${setting}.label`) ? t(`setting.${setting}.label`) : setting,
  }
  const key = eventKey(event, words)
  return key === undefined ? t('timeline.unknown', { type }) : t(key, params)
}

/** What somebody wrote: a note, a reason, what the customer said. */
export function eventQuote({ data, personal }: ToldEvent): string {
  const said = personal?.['text'] ?? data['reason'] ?? data['note']
  return typeof said === 'string' ? said : ''
}

/** Old and new of everything that the event says it changed, in words. A personal value that is not shown is left out. */
export function eventChanges(event: ToldEvent, words: Words): ToldChange[] {
  const { type, data, personal } = event
  const told = (field: string, old: unknown, fresh: unknown, label = fieldLabel(field, words)): ToldChange => ({
    field: label,
    old: valueText(field, old, words),
    new: valueText(field, fresh, words),
  })
  if (type === 'settingChanged') return settingChanges(text(data['name']), data['old'], data['new'], words)
  if (type === 'stageChanged') return [told('stage', data['from'], record(data['entered'])['stage'])]
  if (type === 'definitionPublished') return [told('version', Number(data['version']) - 1 || null, data['version'])]
  const changes: ToldChange[] = []
  for (const change of Array.isArray(data['changes']) ? data['changes'] : []) {
    const { field, old, new: fresh } = record(change)
    const name = text(field)
    if (old !== undefined || fresh !== undefined) changes.push(told(name, old, fresh))
  }
  for (const [field, value] of [...Object.entries(data), ...Object.entries(personal ?? {})]) {
    const pair = record(value)
    if ('old' in pair && 'new' in pair) changes.push(told(field, pair['old'], pair['new']))
  }
  if ('old' in data && 'new' in data) changes.push(told(FIELD_OF[type] ?? 'name', data['old'], data['new']))
  return changes
}

/** What `old` and `new` of an event are, where their names do not say it. */
const FIELD_OF: Readonly<Record<string, string>> = { rolesChanged: 'roles', customerRenamed: 'name', stockCounted: 'onHand' }

export function fieldLabel(field: string, { t, te, fieldName }: Pick<Words, 't' | 'te' | 'fieldName'>): string {
  if (te(`field.${field}`)) return t(`field.${field}`)
  return te(`auditField.${field}`) ? t(`auditField.${field}`) : fieldName(field)
}

/** Fields that hold the id of somebody or something. */
const NAMED = new Set(['owner', 'deputy', 'engineer', 'collaborators', 'mentions', 'by', 'to', 'customer', 'equipment', 'machines', 'provider', 'parent', 'defect', 'knownDefect', 'order', 'into', 'after', 'skill', 'crew'])
/** Fields whose values are words of the screen. */
const GROUPS: Readonly<Record<string, string>> = { roles: 'role', waitsOn: 'party', skillsNeeded: 'skill', skills: 'skill', kind: 'contractKind' }
/** Any time since 2001, UTC ms; no count in the log is as large. */
const EARLIEST_TIME = 1e12

/** A value as people read it; empty for none. */
export function valueText(field: string, value: unknown, words: Words): string {
  const { t, te } = words
  if (value === null || value === undefined || value === '') return ''
  if (Array.isArray(value)) return value.map((each) => valueText(field, each, words)).join(t('list.separator'))
  if (typeof value === 'boolean') return t(value ? 'state.yes' : 'state.no')
  if (typeof value === 'number') return value >= EARLIEST_TIME ? words.time(value) : String(value)
  if (typeof value === 'string') {
    const key = `${GROUPS[field] ?? field}.${value}`
    if (te(key)) return t(key)
    return NAMED.has(field) ? words.nameOf(value) : value
  }
  const pairs = Object.entries(value).filter(([, each]) => each !== null && each !== undefined && each !== '')
  return pairs.map(([name, each]) => `${fieldLabel(name, words)}${t('auditPage.colon')}${valueText(name, each, words)}`).join(t('list.separator'))
}

/** A setting of several values tells only those that differ. */
function settingChanges(name: string, old: unknown, fresh: unknown, words: Words): ToldChange[] {
  const { t, te } = words
  const label = te(`setting.${name}.label`) ? t(`setting.${name}.label`) : name
  const wordOf = (key: string): string =>
    [`setting.${name}.${key}`, `stage.${key}`, `language.${key}`].flatMap((each) => (te(each) ? [t(each)] : []))[0] ?? key
  const valueOf = (value: unknown): string => {
    if (Array.isArray(value)) return value.map((each) => wordOf(text(each))).join(t('list.separator'))
    if (typeof value === 'string') return wordOf(value)
    return name === 'perceived.limits' && typeof value === 'number' ? words.span(value) : valueText(name, value, words)
  }
  const [was, is] = [record(old), record(fresh)]
  const keys = [...new Set([...Object.keys(was), ...Object.keys(is)])].filter((key) => JSON.stringify(was[key]) !== JSON.stringify(is[key]))
  if (keys.length === 0) return [{ field: label, old: valueOf(old), new: valueOf(fresh) }]
  return keys.map((key) => ({ field: wordOf(key), old: valueOf(was[key]), new: valueOf(is[key]) }))
}
