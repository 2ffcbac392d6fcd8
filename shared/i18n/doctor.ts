/** What doctor finds, and what to do about it. Both languages side by side; `{name}` is filled from the params. */
export const doctorWords = {
  allWell: {
    'zh-CN': '一切正常：{what}。',
    en: 'All well: {what}.',
  },
  spaceLow: {
    'zh-CN': '数据磁盘只剩 {free}。请清理空间：满盘后新的操作会被拒绝。',
    en: 'Only {free} left on the disk of the data. Free some space: on a full disk every new step is refused.',
  },
  folderOpenToOthers: {
    'zh-CN': '{file} 可被本机其他账户读取。请收紧权限（仅本账户可读）。',
    en: '{file} can be read by other accounts of this computer. Restrict it to the account of the service.',
  },
  walLarge: {
    'zh-CN': '日志缓存文件已有 {size}。请检查是否有程序长时间占着数据不放，必要时重启服务。',
    en: 'The write-ahead file has grown to {size}. Look for a program that keeps reading for very long; restart the service if need be.',
  },
  clockBehind: {
    'zh-CN': '本机时钟比最后一条记录慢 {behind}。请校准时钟；新记录仍会排在后面，但时间会不准。',
    en: 'The clock of this computer is {behind} behind the last event. Set it right; new events still come after, but with wrong times.',
  },
  backupOld: {
    'zh-CN': '最近一次成功的备份：{when}。请检查备份设置，或现在就备份。',
    en: 'Last good backup: {when}. Check the backup settings or make one now.',
  },
  backupFailed: {
    'zh-CN': '最近一次自动备份失败：{message}。请解决后再备份。',
    en: 'The last automatic backup failed: {message}. Solve that and make a backup.',
  },
  blobsOrphaned: {
    'zh-CN': '有 {count} 个附件文件没有任何记录引用（如 {example}）。多为上传中断，无害，可保留。',
    en: '{count} attachment files are named by no event (such as {example}). Mostly uploads that were broken off; harmless.',
  },
  blobsMissing: {
    'zh-CN': '有 {count} 个附件文件丢失（如 {example}）。请从备份恢复。',
    en: '{count} attachment files are missing (such as {example}). Bring them back from a backup.',
  },
  databaseDamaged: {
    'zh-CN': '数据库检查不通过：{message}。请停止使用，并从备份 {backup} 恢复到新文件夹。',
    en: 'The database check failed: {message}. Stop using it and restore the backup {backup} into a new folder.',
  },
  schemaWrong: {
    'zh-CN': '数据库结构与程序不符：{message}。可能被别的工具改过，请运行 verify。',
    en: 'The database schema is not as it should be: {message}. Another tool may have changed it; run verify.',
  },
  signatureInvalid: {
    'zh-CN': '{origin} 在 {seq} 处的签名无效。记录可能被改动，请运行 verify。',
    en: 'The signature of {origin} at {seq} is not valid. The log may have been changed; run verify.',
  },
  projectionWrong: {
    'zh-CN': '表 {table} 中 {subject} 的行与记录不符。请运行 rebuild。',
    en: 'The rows of {subject} in table {table} do not follow from the log. Run rebuild.',
  },
  rebuildPending: {
    'zh-CN': '数据表正在重建，列表暂时可能不全。请等它完成，或运行 rebuild。',
    en: 'Rows are being rebuilt; lists may be incomplete until then. Let it finish, or run rebuild.',
  },
} as const satisfies Record<string, { 'zh-CN': string; en: string }>

export type DoctorCode = keyof typeof doctorWords
