/**
 * What a person reads when something is refused: what happened, what was kept, what to do (LOOK, "Words"). Both
 * languages side by side, so that none is forgotten. `{name}` is filled from the refusal's params.
 */
export const refusals = {
  unknownCommand: {
    'zh-CN': '没有名为“{name}”的操作，数据未改动。请更新程序后再试。',
    en: 'There is no operation named “{name}”. Nothing was changed. Please update the program.',
  },
  invalidInput: {
    'zh-CN': '填写的内容不符合要求，数据未改动。请检查标出的一项。',
    en: 'The input is not valid. Nothing was changed. Please check the marked field.',
  },
  uncleanText: {
    'zh-CN': '文字里有无法保存的字符，数据未改动。请删去后重试。',
    en: 'The text holds characters that cannot be stored. Nothing was changed. Please remove them.',
  },
  commandIdReused: {
    'zh-CN': '同一个操作编号已用于别的内容，数据未改动。请刷新后重做。',
    en: 'This operation id was used for something else. Nothing was changed. Please reload and do it again.',
  },
  stale: {
    'zh-CN': '这张工单刚被别人改过，你的修改没有保存。请看过最新内容后再决定。',
    en: 'Somebody changed this order a moment ago; yours was not saved. Please look again and decide.',
  },
  folderLocked: {
    'zh-CN': '数据文件夹 {folder} 正由另一个程序使用（{program}，进程 {pid}，自 {since}）。数据未改动。请连接到它，或先关闭它。',
    en: 'The data folder {folder} is in use by another program ({program}, process {pid}, since {since}). Nothing was changed. Connect to that program or close it first.',
  },
  folderReadOnly: {
    'zh-CN': '数据文件夹 {folder} 不能写入。已有数据完好。请给运行程序的账户写入权限，或换一个文件夹。',
    en: 'The data folder {folder} cannot be written to. What it holds is untouched. Give this account the right to write there, or choose another folder.',
  },
  folderOnNetwork: {
    'zh-CN': '数据文件夹 {folder} 在网络磁盘上（{kind}），多台电脑同时写会损坏数据，因此没有打开。请选择本机磁盘上的文件夹。',
    en: 'The data folder {folder} is on a network disk ({kind}), where data cannot be kept safe; it was not opened. Choose a folder on a disk of this computer.',
  },
  folderNewer: {
    'zh-CN': '数据文件夹 {folder} 由更新版本的程序写成（格式 {found}，本程序到 {known}）。数据未改动。请更新程序后再打开。',
    en: 'The data folder {folder} was written by a newer program (format {found}, this program knows {known}). Nothing was changed. Update the program and open it again.',
  },
  folderDamaged: {
    'zh-CN': '数据文件夹 {folder} 已损坏，程序不再写入，现有文件原样保留。最近的备份：{backup}。请用 restore 把备份恢复到一个新文件夹。',
    en: 'The data folder {folder} is damaged. The program writes nothing more to it and leaves the files as they are. Newest backup: {backup}. Restore it into a new folder with “restore”.',
  },
  folderMissing: {
    'zh-CN': '{folder} 里没有 Loopdesk 的数据。请检查路径。',
    en: 'There is no Loopdesk data in {folder}. Please check the path.',
  },
  folderNotEmpty: {
    'zh-CN': '文件夹 {folder} 不是空的，没有恢复，里面的内容未动。请选择空文件夹，或要求把旧文件夹移开保留。',
    en: 'The folder {folder} is not empty. Nothing was restored and its content is untouched. Choose an empty folder, or ask for the old one to be put aside.',
  },
  diskFull: {
    'zh-CN': '磁盘已满，这一步没有保存，之前的数据完好，仍可查看。请清理磁盘空间后重做这一步。',
    en: 'The disk is full. This step was not saved; everything before it is kept and can still be read. Free some space and do it again.',
  },
  backupDamaged: {
    'zh-CN': '备份 {file} 不完整或被改动（{reason}），没有恢复。请换一份备份。',
    en: 'The backup {file} is incomplete or was changed ({reason}). Nothing was restored. Please use another backup.',
  },
  backupNewer: {
    'zh-CN': '备份 {file} 由更新版本的程序写成（格式 {found}，本程序到 {known}）。没有恢复。请更新程序后再试。',
    en: 'The backup {file} was written by a newer program (format {found}, this program knows {known}). Nothing was restored. Update the program and try again.',
  },
} as const satisfies Record<string, { 'zh-CN': string; en: string }>

export type RefusalCode = keyof typeof refusals
