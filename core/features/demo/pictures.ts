import { crc32, deflateSync } from 'node:zlib'
import type { BlobStore } from '../../store/blobs.ts'
import type { Random } from './random.ts'

export interface Picture {
  readonly blob: string
  readonly size: number
}

const MOST_BYTES = 1_000_000

/** Drawn, not photographed: a scribble for a signature, a grey panel with a plate for evidence. */
export async function draw(blobs: BlobStore, random: Random, kind: 'signature' | 'evidence', count: number): Promise<Picture[]> {
  const pictures: Picture[] = []
  for (let index = 0; index < count; index++) {
    const own = random.fork(`${kind}${index}`)
    const png = kind === 'signature' ? scribble(own) : panel(own)
    const stored = await blobs.put(once(png), MOST_BYTES)
    if (!stored.ok) throw new Error(stored.refusal.code)
    pictures.push({ blob: stored.value.hash, size: stored.value.size })
  }
  return pictures
}

async function* once(bytes: Buffer): AsyncGenerator<Buffer> {
  yield await Promise.resolve(bytes)
}

function scribble(random: Random): Buffer {
  const [width, height] = [320, 120]
  const pixels = Buffer.alloc(width * height, 255)
  let [x, y] = [30, 70]
  let [dx, dy] = [3, -4]
  for (let step = 0; step < 900 && x < width - 20; step++) {
    dx += random.between(-1.1, 1.15)
    dy += random.between(-1.4, 1.4) + (60 - y) * 0.05
    const speed = Math.hypot(dx, dy) || 1
    x = Math.max(8, x + (dx / speed) * 2 + 0.25)
    y = Math.min(height - 8, Math.max(8, y + (dy / speed) * 2))
    for (const [ox, oy] of [[0, 0], [1, 0], [0, 1]] as const) pixels[(Math.floor(y) + oy) * width + Math.floor(x) + ox] = 20
  }
  return png(width, height, pixels)
}

function panel(random: Random): Buffer {
  const [width, height] = [320, 240]
  const pixels = Buffer.alloc(width * height)
  const base = random.whole(120, 180)
  const plate = { x: random.whole(40, 120), y: random.whole(40, 100), w: random.whole(80, 150), h: random.whole(40, 80) }
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const onPlate = x >= plate.x && x < plate.x + plate.w && y >= plate.y && y < plate.y + plate.h
      const line = onPlate && y % 12 === 6 && x > plate.x + 8 && x < plate.x + plate.w - 8
      pixels[y * width + x] = line ? 40 : (onPlate ? 225 : base) - Math.floor((y / height) * 40) + random.whole(0, 6)
    }
  }
  return png(width, height, pixels)
}

/** Eight-bit grey. */
function png(width: number, height: number, pixels: Buffer): Buffer {
  const rows = Buffer.alloc((width + 1) * height)
  for (let y = 0; y < height; y++) pixels.copy(rows, y * (width + 1) + 1, y * width, (y + 1) * width)
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width, 0)
  header.writeUInt32BE(height, 4)
  header[8] = 8
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
  return Buffer.concat([signature, chunk('IHDR', header), chunk('IDAT', deflateSync(rows)), chunk('IEND', Buffer.alloc(0))])
}

function chunk(name: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(name, 'latin1'), data])
  const framed = Buffer.alloc(body.length + 8)
  framed.writeUInt32BE(data.length, 0)
  body.copy(framed, 4)
  framed.writeUInt32BE(crc32(body), body.length + 4)
  return framed
}
