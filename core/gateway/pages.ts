import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import fastifyStatic from '@fastify/static'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Refusal } from '#shared/domain/kernel/refusal.ts'

const BUILT = fileURLToPath(new URL('../../dist/renderer/', import.meta.url))

/** The built screens; an address inside them that is no file gets the first page, which knows its way. */
export async function addPages(
  server: FastifyInstance,
  folder: string = BUILT,
  refuse: (request: FastifyRequest, reply: FastifyReply, refusal: Refusal) => object,
): Promise<void> {
  const built = existsSync(join(folder, 'index.html'))
  if (built) {
    await server.register(fastifyStatic, {
      root: folder,
      wildcard: true,
      setHeaders(response, path) {
        // Files under assets/ carry their hash in their name.
        response.header(
          'cache-control',
          /[\\/]assets[\\/]/.test(path) ? 'public, max-age=31536000, immutable' : 'no-cache',
        )
      },
    })
  }
  server.setNotFoundHandler((request, reply) => {
    const [path = ''] = request.url.split('?')
    const isPage = request.method === 'GET' && !path.startsWith('/api/') && !/\.\w+$/.test(path)
    if (!isPage) return reply.send(refuse(request, reply, { code: 'notFound', field: 'url' }))
    // The wall and the customer's rating have pages of their own, which any display or phone opens in a moment.
    const own = /^\/(wall|rate)\/?$/.exec(path)?.[1] ?? 'index'
    if (built) return reply.sendFile(`${own}.html`)
    return reply.type('text/plain; charset=utf-8').send('The pages are not built yet: npm run build\n')
  })
}
