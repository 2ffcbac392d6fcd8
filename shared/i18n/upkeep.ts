/** What a backup or a check of the data folder found, in both languages side by side. */
export const upkeepWords = {
  backedUp: {
    'zh-CN': '已备份到 {file}，含 {events} 条记录、{blobs} 个文件。',
    en: 'Backed up to {file}: {events} events, {blobs} files.',
  },
  verified: {
    'zh-CN': '{chains} 条链共 {events} 条记录，前后相接，与签名一致，没有被改动的迹象。',
    en: 'All {events} events in {chains} chains follow each other and agree with their signatures; nothing was changed.',
  },
  badLog: {
    'zh-CN': '记录表的保护不完整（{reason}）。请保留数据文件夹原样，联系支持人员。',
    en: 'What protects the log is not whole ({reason}). Leave the data folder as it is and ask for support.',
  },
  firstBad: {
    'zh-CN': '来源 {origin} 的第 {seq} 条记录不对（{reason}）。请保留数据文件夹原样，联系支持人员。',
    en: 'Event {seq} of origin {origin} is wrong ({reason}). Leave the data folder as it is and ask for support.',
  },
} as const satisfies Record<string, { 'zh-CN': string; en: string }>
