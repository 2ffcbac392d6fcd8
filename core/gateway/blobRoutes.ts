import type { Readable } from 'node:stream'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Refusal, Result } from '#shared/domain/kernel/refusal.ts'
import type { App } from '../app.ts'
import { may, type Principal } from '../kernel/access.ts'

/** Photos and short videos of a job; what is longer belongs elsewhere. */
const LARGEST_BYTES = 200 * 1024 * 1024
/** What browsers may show in place. Everything else is handed over as a file: a page or an SVG could hold a script. */
const SHOWN = /^(image\/(png|jpeg|gif|webp|avif)|application\/pdf)$/

interface Doors {
  admit(request: FastifyRequest): Result<Principal>
  refuse(request: FastifyRequest, reply: FastifyReply, refusal: Refusal): object
}

/** `POST /api/blobs` takes one file as its body and answers its hash; `GET /api/blobs/HASH?type=image/png` gives it. */
export async function addBlobs(server: FastifyInstance, app: App, { admit, refuse }: Doors): Promise<void> {
  await server.register(async (scope) => {
    // Bytes go to the disk as they come: none of these routes parses a body.
    scope.removeAllContentTypeParsers()
    scope.addContentTypeParser('*', { bodyLimit: LARGEST_BYTES }, (_request, _payload, done) => done(null))

    scope.post('/api/blobs', { bodyLimit: LARGEST_BYTES }, async (request, reply) => {
      const caller = admit(request)
      if (!caller.ok) return refuse(request, reply, caller.refusal)
      if (!may(caller.value, { action: 'change', subject: 'WorkOrder' }))
        return refuse(request, reply, { code: 'forbidden' })
      const stored = await app.blobs.put(request.raw as Readable as AsyncIterable<Uint8Array>, LARGEST_BYTES)
      if (!stored.ok) return refuse(request, reply, stored.refusal)
      return stored.value
    })

    scope.get<{ Params: { hash: string }; Querystring: { type?: string; name?: string } }>(
      '/api/blobs/:hash',
      async (request, reply) => {
        const caller = admit(request)
        if (!caller.ok) return refuse(request, reply, caller.refusal)
        if (!may(caller.value, { action: 'read', subject: 'WorkOrder' }))
          return refuse(request, reply, { code: 'forbidden' })
        const { hash } = request.params
        const size = app.blobs.sizeOf(hash)
        if (size === null) return refuse(request, reply, { code: 'notFound', field: 'hash' })
        const { type = '', name = hash } = request.query
        const shown = SHOWN.test(type)
        return reply
          .header('content-type', shown ? type : 'application/octet-stream')
          .header('content-length', size)
          .header(
            'content-disposition',
            `${shown ? 'inline' : 'attachment'}; filename*=UTF-8''${fileName(name)}`,
          )
          .header('content-security-policy', "default-src 'none'; sandbox")
          .header('cache-control', 'private, max-age=31536000, immutable')
          .send(app.blobs.read(hash))
      },
    )
  })
}

/** RFC 8187. A lone surrogate has no percent form. */
const fileName = (name: string): string =>
  encodeURIComponent(name.slice(0, 120).toWellFormed()).replace(/['()*]/g, '_')
