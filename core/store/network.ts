import { existsSync, readFileSync, realpathSync, statfsSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { DataFolderError } from './errors.ts'

/** `f_type` of statfs(2) on Linux: file locks and shared memory across machines are not to be trusted there. */
const NETWORK_TYPES = new Map<number, string>([
  [0x6969, 'nfs'],
  [0xff534d42, 'cifs'],
  [0xfe534d42, 'smb2'],
  [0x517b, 'smb'],
  [0x01021997, '9p'],
  [0x564c, 'ncp'],
  [0x5346414f, 'afs'],
  [0x6b414653, 'afs'],
  [0x73757245, 'coda'],
  [0x00c36400, 'ceph'],
  [0x0bd00bd0, 'lustre'],
  [0x47504653, 'gpfs'],
  [0x01161970, 'gfs2'],
  [0x7461636f, 'ocfs2'],
  [0x786f4256, 'vboxsf'],
])
const FUSE = 0x65735546
/** FUSE carries local file systems too; only these reach over a network. */
const NETWORK_FUSE = /^fuse\.(sshfs|rclone|s3fs|glusterfs|davfs2?|gvfsd-fuse|smbnetfs|curlftpfs|ceph|juicefs|goofys)$/

/** The name of a network file system, or null. `mounts` is the text of /proc/self/mounts. */
export function networkFileSystem(path: string, type: number, mounts: string): string | null {
  // statfs gives a signed word on some machines.
  const unsigned = type >>> 0
  if (unsigned !== FUSE) return NETWORK_TYPES.get(unsigned) ?? null
  const kind = mountOf(path, mounts)
  return NETWORK_FUSE.test(kind) ? kind : null
}

/** File system type of the longest mount point above `path`. */
function mountOf(path: string, mounts: string): string {
  let best = { point: '', kind: '' }
  for (const line of mounts.split('\n')) {
    const [, escaped = '', kind = ''] = line.split(' ')
    const point = escaped.replace(/\\(\d{3})/g, (_, octal: string) => String.fromCharCode(parseInt(octal, 8)))
    const within = point === '/' || path === point || path.startsWith(`${point}/`)
    if (within && point.length >= best.point.length) best = { point, kind }
  }
  return best.kind
}

/** `\\server\share`, also as `//server/share` and behind `\\?\UNC\`; `\\?\C:\` is local. */
export const isUncPath = (path: string): boolean =>
  /^[\\/]{2}\?[\\/]UNC[\\/]/i.test(path) || /^[\\/]{2}[^\\/?.]+[\\/]/.test(path)

/** The folder itself, or the nearest above it that exists. */
export function nearestFolder(folder: string): string {
  let existing = resolve(folder)
  while (!existsSync(existing)) existing = dirname(existing)
  return existing
}

/** Throws `folderOnNetwork` where the folder, or the nearest one above it that exists, lies on another machine. */
export function refuseNetworkFolder(folder: string): void {
  // On Windows the real path of a mapped drive is its UNC path.
  const real = realpathSync.native(nearestFolder(folder))
  if (process.platform === 'win32') {
    if (isUncPath(real)) throw new DataFolderError('folderOnNetwork', { folder, kind: 'SMB' })
    return
  }
  if (process.platform !== 'linux') return
  const kind = networkFileSystem(real, statfsSync(real).type, readFileSync('/proc/self/mounts', 'utf8'))
  if (kind !== null) throw new DataFolderError('folderOnNetwork', { folder, kind })
}
