import * as z from 'zod'
import { contracts } from '#shared/contract/registry.ts'
import { OTHER_PATHS } from './openApiPaths.ts'

type Schemas = Record<string, object>

let document: object | undefined

/** The contract as an OpenAPI 3.1 document, made once. Commands that the program keeps to itself are left out. */
export function openApi(): object {
  return (document ??= build())
}

function build(): object {
  const paths: Record<string, object> = { ...OTHER_PATHS }
  const schemas: Schemas = {}
  for (const contract of contracts) {
    if (contract.kind === 'topic' || contract.audience.length === 0) continue
    const isCommand = contract.kind === 'command'
    const input = schema(contract.name, contract.input, 'input', schemas)
    const body = isCommand
      ? {
          type: 'object',
          required: ['input'],
          additionalProperties: false,
          properties: {
            id: {
              type: 'string',
              format: 'uuid',
              description: 'A repetition under the same id gets the first answer.',
            },
            at: { type: 'integer', description: 'When it happened, UTC ms; absent: now.' },
            input,
          },
        }
      : { type: 'object', required: ['input'], additionalProperties: false, properties: { input } }
    const isPublic = contract.permission === 'public'
    paths[`/api/${isCommand ? 'commands' : 'queries'}/${contract.name}`] = {
      post: {
        operationId: contract.name,
        tags: [contract.name.slice(0, contract.name.indexOf('.'))],
        summary: contract.summary,
        ...(contract.permission !== 'public' && {
          'x-permission': `${contract.permission.action}:${contract.permission.subject}`,
        }),
        'x-audience': contract.audience,
        ...(isPublic && { security: [] }),
        requestBody: { required: true, content: json(body) },
        responses: {
          200: {
            description: 'The result.',
            content: json(schema(contract.name, contract.output, 'output', schemas)),
          },
          default: { description: 'A refusal.', content: json({ $ref: '#/components/schemas/Refusal' }) },
        },
      },
    }
  }
  return {
    openapi: '3.1.0',
    info: { title: 'Loopdesk', version: '1' },
    security: [{ session: [] }],
    paths,
    components: {
      securitySchemes: { session: { type: 'http', scheme: 'bearer' } },
      schemas: {
        ...schemas,
        Refusal: {
          type: 'object',
          required: ['error'],
          properties: {
            error: {
              type: 'object',
              required: ['code', 'message'],
              properties: {
                code: { type: 'string', description: 'Stable.' },
                message: { type: 'string', description: 'In the language of Accept-Language.' },
                field: { type: 'string' },
                params: { type: 'object' },
              },
            },
          },
        },
      },
    },
  }
}

const json = (content: object): object => ({ 'application/json': { schema: content } })

/**
 * `any` where a schema has no JSON form: the document stays useful where a single field says less. What a schema
 * refers to inside itself moves to the components, where a reference of the whole document finds it.
 */
function schema(contract: string, type: z.ZodType, io: 'input' | 'output', components: Schemas): object {
  const made = z.toJSONSchema(type, { io, unrepresentable: 'any' })
  const own = `${contract}.${io}.`
  const text = JSON.stringify(made).replaceAll('"#/$defs/', `"#/components/schemas/${own}`)
  const { $schema, $defs, ...rest } = JSON.parse(text) as { $schema?: string; $defs?: Schemas }
  void $schema
  for (const [name, part] of Object.entries($defs ?? {})) components[`${own}${name}`] = part
  return rest
}
