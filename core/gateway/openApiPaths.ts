const refusal = {
  description: 'A refusal.',
  content: { 'application/json': { schema: { $ref: '#/components/schemas/Refusal' } } },
}
const bytes = { schema: { type: 'string', format: 'binary' } }
const answer = (description: string, schema: object): object => ({
  description,
  content: { 'application/json': { schema } },
})

/** What is served beside commands and queries. The document's own security holds where none is named. */
export const OTHER_PATHS: Readonly<Record<string, object>> = {
  '/api/blobs': {
    post: {
      operationId: 'putBlob',
      tags: ['blobs'],
      summary: 'Stores one file, the body as it is, by the hash of its content; an order refers to it afterwards.',
      'x-permission': 'change:WorkOrder',
      requestBody: { required: true, content: { '*/*': bytes } },
      responses: {
        200: answer('Where it is found.', {
          type: 'object',
          required: ['hash', 'size'],
          properties: {
            hash: { type: 'string', pattern: '^[0-9a-f]{64}$', description: 'SHA-256 of the content.' },
            size: { type: 'integer', description: 'Bytes.' },
          },
        }),
        default: refusal,
      },
    },
  },
  '/api/blobs/{hash}': {
    get: {
      operationId: 'getBlob',
      tags: ['blobs'],
      summary: 'The bytes of a stored file. Pictures and PDF are shown in place, all else is handed over as a file.',
      'x-permission': 'read:WorkOrder',
      parameters: [
        { name: 'hash', in: 'path', required: true, schema: { type: 'string', pattern: '^[0-9a-f]{64}$' } },
        { name: 'type', in: 'query', schema: { type: 'string' }, description: 'As what it is shown: image/png …' },
        { name: 'name', in: 'query', schema: { type: 'string' }, description: 'Name under which it is saved.' },
      ],
      responses: {
        200: { description: 'The file.', content: { '*/*': bytes } },
        default: refusal,
      },
    },
  },
  '/api/health': {
    get: {
      operationId: 'health',
      tags: ['service'],
      summary: 'Whether the service answers.',
      security: [],
      responses: {
        200: answer('It does.', {
          type: 'object',
          required: ['ok', 'now'],
          properties: { ok: { const: true }, now: { type: 'integer', description: 'UTC ms by the desk’s clock.' } },
        }),
      },
    },
  },
  '/api/stream': {
    get: {
      operationId: 'stream',
      tags: ['service'],
      summary: 'A WebSocket that tells what changed.',
      description:
        'First message to it: `{"token": "…"}`, answered with `{"signedIn": user}`. Then, as often as wished, ' +
        '`{"subscribe": [topics]}`, answered with `{"subscribed", "refused"}`; the last counts. It tells ' +
        '`{"topic", "message"}`, or `{"topic", "reload": true}` where too much changed to tell. Closed with 4400 after ' +
        'a message that is none of these, 4401 without a valid session, 4429 when the listener is too slow.',
      security: [],
      responses: { 101: { description: 'A WebSocket.' }, default: refusal },
    },
  },
}
