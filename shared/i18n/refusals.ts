import { lookoutRefusals } from './lookoutRefusals.ts'
import { promiseRefusals } from './promiseRefusals.ts'
import { financeRefusals } from './financeRefusals.ts'
import { viewRefusals } from './viewRefusals.ts'
import { masterRefusals } from './masterRefusals.ts'
import { dispatchRefusals } from './dispatchRefusals.ts'
import { rosterRefusals } from './rosterRefusals.ts'
import { liveRefusals } from './liveRefusals.ts'
import { workOrderRefusals } from './workOrderRefusals.ts'

/**
 * What a person reads when something is refused: what happened, what was kept, what to do (LOOK, "Words"). Both
 * languages side by side, so that none is forgotten. `{name}` is filled from the refusal's params.
 */
export const refusals = {
  ...workOrderRefusals,
  ...liveRefusals,
  ...masterRefusals,
  ...dispatchRefusals,
  ...rosterRefusals,
  ...financeRefusals,
  ...viewRefusals,
  ...promiseRefusals,
  ...lookoutRefusals,
  dateTooEarly: {
    'zh-CN': '日期早于 {least}，没有保存。请核对年份。',
    en: 'The date is before {least}. Nothing was saved. Please check the year.',
  },
  dateTooLate: {
    'zh-CN': '日期晚于 {most}，没有保存。请核对年份。',
    en: 'The date is after {most}. Nothing was saved. Please check the year.',
  },
  dateTooFarAhead: {
    'zh-CN': '时间在 {years} 年以后，没有保存。请核对年份。',
    en: 'The time lies more than {years} years ahead. Nothing was saved. Please check the year.',
  },
  stalePage: {
    'zh-CN': '列表已经变化，接不上刚才的位置，数据未改动。请从头再看。',
    en: 'The list has changed and cannot go on from there. Nothing was changed. Please begin from its start.',
  },
  unknownWall: {
    'zh-CN': '这条大屏链接已经收回，没有别的改动。请刷新列表。',
    en: 'This wall link was taken back already. Nothing else changed. Please reload the list.',
  },
  outputGone: {
    'zh-CN': '这次导出已经结束，没有留下文件。请重新导出。',
    en: 'This export has ended and left no file. Please export again.',
  },
  tooManyOutputs: {
    'zh-CN': '您已有几个文件正在导出，没有再开始一个。请等其中一个完成。',
    en: 'Several files are being written for you already, so no other was begun. Please wait for one of them.',
  },
  unknownCommand: {
    'zh-CN': '没有名为“{name}”的操作，数据未改动。请更新程序后再试。',
    en: 'There is no operation named “{name}”. Nothing was changed. Please update the program.',
  },
  periodBackwards: {
    'zh-CN': '结束日期早于开始日期，没有查询。请调换两个日期。',
    en: 'The last day comes before the first. Nothing was looked up; please swap the two days.',
  },
  periodTooLong: {
    'zh-CN': '一次最多查 {most} 天（十年），没有查询。请缩短期间。',
    en: 'At most {most} days (ten years) can be looked at in one go. Please choose a shorter period.',
  },
  periodTooFar: {
    'zh-CN': '日期超出日历范围，没有查询。请选更早的结束日期。',
    en: 'The last day lies beyond the calendar. Please choose an earlier one.',
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
  alreadyDone: {
    'zh-CN': '这一步之前已经保存，没有重复写入。请刷新查看结果。',
    en: 'This was saved before and is not written twice. Please reload to see the result.',
  },
  stale: {
    'zh-CN': '刚有别人改过这里，您的修改没有保存。请看过最新内容后再决定。',
    en: 'Somebody changed this a moment ago; yours was not saved. Please look again and decide.',
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
  refused: {
    'zh-CN': '操作没有执行，数据未改动（{code}）。请刷新后再试。',
    en: 'This was not done and nothing was changed ({code}). Please reload and try again.',
  },
  upkeepFailed: {
    'zh-CN': '没有完成（{reason}），数据未改动。请稍后再试，仍不行时联系支持人员。',
    en: 'It could not be finished ({reason}). Nothing was changed. Try again later, or ask for support.',
  },
  settingStale: {
    'zh-CN': '这项设置刚被别人改过，您的修改没有保存。请看过现在的值后再决定。',
    en: 'Somebody changed this setting a moment ago; yours was not saved. Please look at it and decide again.',
  },
  unknownQuery: {
    'zh-CN': '没有名为“{name}”的查询。请更新程序后再试。',
    en: 'There is no query named “{name}”. Please update the program.',
  },
  internal: {
    'zh-CN': '程序出错，这一步没有保存，之前的数据完好。请把编号 {reference} 告诉管理员。',
    en: 'The program failed. This step was not saved; everything before it is kept. Give the number {reference} to your administrator.',
  },
  unauthenticated: {
    'zh-CN': '登录已过期或还没有登录，数据未改动。请登录后再试。',
    en: 'You are not signed in, or no longer. Nothing was changed. Please sign in.',
  },
  wrongCredentials: {
    'zh-CN': '登录名或密码不对。请核对后重新输入。',
    en: 'The login or the password is wrong. Please check both and try again.',
  },
  accountLocked: {
    'zh-CN': '输错次数过多，请在 {seconds} 秒后再试，或请管理员重设密码。',
    en: 'Too many wrong attempts. Please try again in {seconds} seconds, or ask an administrator for a new password.',
  },
  accountDisabled: {
    'zh-CN': '这个账户已停用。请联系管理员。',
    en: 'This account is disabled. Please ask an administrator.',
  },
  demoDeskOnly: {
    'zh-CN': '演示数据只能写入演示服务台，本服务台是正式的，没有保存。请去掉演示标记。',
    en: 'Demo data belongs on a demo desk, and this is a real one. Nothing was saved. Please leave the mark out.',
  },
  demoAccountRefused: {
    'zh-CN': '演示账户只能在演示模式下、在本机使用。请用自己的账户登录。',
    en: 'Demo accounts work in demo mode and on this computer only. Please sign in with your own account.',
  },
  passwordChangeRequired: {
    'zh-CN': '请先设置新密码，再继续工作。',
    en: 'Please choose a new password before you go on.',
  },
  passwordTooShort: {
    'zh-CN': '密码至少要 10 个字符，没有保存。请输入更长的密码。',
    en: 'A password has at least 10 characters; it was not saved. Please choose a longer one.',
  },
  passwordHoldsLogin: {
    'zh-CN': '密码里不能有登录名，没有保存。请换一个。',
    en: 'A password may not hold the login; it was not saved. Please choose another.',
  },
  passwordTooPlain: {
    'zh-CN': '密码太简单，没有保存。请用至少 4 种不同的字符。',
    en: 'The password is too plain; it was not saved. Please use at least 4 different characters.',
  },
  passwordUnchanged: {
    'zh-CN': '新密码与旧密码相同，没有保存。请换一个。',
    en: 'The new password is the old one; it was not saved. Please choose another.',
  },
  unknownSession: {
    'zh-CN': '这个登录已经结束，无需再处理。',
    en: 'That session has already ended.',
  },
  forbidden: {
    'zh-CN': '您的角色没有这项权限，数据未改动。请找有权限的同事或管理员。',
    en: 'Your role does not allow this. Nothing was changed. Please ask a colleague who may, or an administrator.',
  },
  unknownUser: {
    'zh-CN': '没有可用的用户“{user}”，数据未改动。请重新选择。',
    en: 'There is no active user “{user}”. Nothing was changed. Please choose again.',
  },
  loginTaken: {
    'zh-CN': '登录名“{login}”已有人使用，没有添加。请换一个。',
    en: 'The login “{login}” is taken; nobody was added. Please choose another.',
  },
  lastAdmin: {
    'zh-CN': '这是最后一位管理员，没有改动。请先指定另一位管理员。',
    en: 'This is the last administrator; nothing was changed. Please name another one first.',
  },
  invalidPeriod: {
    'zh-CN': '结束时间要晚于开始时间，并且不超过一年，没有保存。请改正。',
    en: 'The end must be after the start and within a year; nothing was saved. Please correct it.',
  },
  ownDeputy: {
    'zh-CN': '不能指定本人为自己的代理人，没有保存。请选择别人。',
    en: 'Nobody can be their own deputy; nothing was saved. Please choose somebody else.',
  },
  backdateForbidden: {
    'zh-CN': '补记 {minutes} 分钟以前的事需要主管权限，没有保存。请找主管补记。',
    en: 'Only a supervisor may record what happened more than {minutes} minutes ago; nothing was saved. Please ask one.',
  },
  backdateTooFar: {
    'zh-CN': '最多补记 {hours} 小时以内的事，没有保存。请写成备注。',
    en: 'Nothing older than {hours} hours can be recorded; nothing was saved. Please write a note instead.',
  },
  futureTime: {
    'zh-CN': '发生时间晚于现在，没有保存。请检查时间和电脑时钟。',
    en: 'That time is still to come; nothing was saved. Please check the time and the clock of your computer.',
  },
  notFound: {
    'zh-CN': '这个地址没有内容。请检查网址。',
    en: 'There is nothing at this address. Please check it.',
  },
  badRequest: {
    'zh-CN': '请求的格式不对，数据未改动。请更新程序后再试。',
    en: 'The request is not well formed. Nothing was changed. Please update the program.',
  },
  malformedJson: {
    'zh-CN': '收到的内容不是有效的 JSON，数据未改动。请更新程序后再试。',
    en: 'What arrived is not valid JSON. Nothing was changed. Please update the program.',
  },
  unsupportedMediaType: {
    'zh-CN': '不接受这种内容类型，数据未改动。请以 JSON 发送。',
    en: 'This type of content is not accepted. Nothing was changed. Please send JSON.',
  },
  tooLarge: {
    'zh-CN': '内容过大（上限 {limit}），没有保存。请分开或缩小后再试。',
    en: 'This is too large (at most {limit}); nothing was saved. Please split or shrink it.',
  },
  tooManyRequests: {
    'zh-CN': '请求太频繁，请在 {seconds} 秒后再试。',
    en: 'Too many requests. Please try again in {seconds} seconds.',
  },
  hostRefused: {
    'zh-CN': '这个服务不在此网址上应答。请用启动时显示的网址打开。',
    en: 'This service does not answer under this address. Please use the one shown when it was started.',
  },
  originRefused: {
    'zh-CN': '来自其他网站的请求已被拒绝，数据未改动。请直接打开本程序。',
    en: 'A request from another site was refused. Nothing was changed. Please open this program directly.',
  },
  blobTooLarge: {
    'zh-CN': '文件太大（上限 {limit} 字节），没有保存。请换一个小一些的文件。',
    en: 'The file is too large (limit {limit} bytes) and was not stored. Please choose a smaller one.',
  },
  usage: {
    'zh-CN': '命令写法不对：{reason}',
    en: 'Wrong usage: {reason}',
  },
  serviceSilent: {
    'zh-CN': '正在运行的服务 {url} 没有应答（{reason}），没有执行。请稍后再试，或先停止它。',
    en: 'The running service {url} does not answer ({reason}); nothing was done. Try again later, or stop it first.',
  },
  addressTaken: {
    'zh-CN': '没有启动：地址 {address} 不能使用（{reason}）。请用 --port 或 --host 换一个。',
    en: 'Not started: the address {address} cannot be used ({reason}). Choose another with --port or --host.',
  },
  plainHttpRefused: {
    'zh-CN': '没有启动：{host} 能被其他电脑访问，密码和数据不能明文传输。请加 --cert 和 --key，或在可信代理后面用 --behind-proxy。',
    en: 'Not started: other computers reach {host}, and passwords must not travel in plain text. Give --cert and --key, or --behind-proxy behind a trusted proxy.',
  },
  unknownCustomer: {
    'zh-CN': '没有这个客户，数据未改动。请重新选择，或先登记客户。',
    en: 'There is no such customer. Nothing was changed. Please choose again, or register the customer first.',
  },
  customerExists: {
    'zh-CN': '客户“{name}”已经登记过，没有重复登记。请直接选用。',
    en: 'The customer “{name}” is registered already. Please choose that one.',
  },
  unknownEquipment: {
    'zh-CN': '没有这台设备，数据未改动。请重新选择，或先登记设备。',
    en: 'There is no such machine. Nothing was changed. Please choose again, or register it first.',
  },
  equipmentExists: {
    'zh-CN': '设备 {model} {serial} 已经登记过，没有保存。请直接选用。',
    en: 'The machine {model} {serial} is registered already; nothing was saved. Please choose that one.',
  },
  notProvisional: {
    'zh-CN': '这条登记已经确认过，无需再处理。',
    en: 'This registration has been confirmed already.',
  },
  fileMissing: {
    'zh-CN': '找不到要导入的文件，数据未改动。请检查路径。',
    en: 'The file to import is not there. Nothing was changed. Please check its path.',
  },
  fileUnreadable: {
    'zh-CN': '无法读取要导入的文件（{reason}），数据未改动。请检查它是不是文件、有没有读取权限。',
    en: 'The file to import cannot be read ({reason}). Nothing was changed. Please check that it is a file and may be read.',
  },
  fileEmpty: {
    'zh-CN': '文件里没有内容，数据未改动。请重新导出后再试。',
    en: 'The file is empty. Nothing was changed. Please export it again.',
  },
  fileDamaged: {
    'zh-CN': '文件已损坏，读到一半停下（{reason}）。已读入的内容都保留，换一份完好的文件再导入一次即可接着进行。',
    en: 'The file is damaged ({reason}). What was read before is kept; import a sound copy and the rest is added.',
  },
  zipWithoutCsv: {
    'zh-CN': '压缩包里没有 CSV 文件，数据未改动。请放入一个 .csv 文件后再试。',
    en: 'The zip holds no CSV. Nothing was changed. Please put one .csv file into it.',
  },
  zipSeveralCsv: {
    'zh-CN': '压缩包里有多个 CSV 文件（{names}），不知道该导入哪一个，数据未改动。请只留一个，或解压后逐个导入。',
    en: 'The zip holds several CSV files ({names}). Nothing was changed. Please leave one, or unpack them and import each.',
  },
  columnMissing: {
    'zh-CN': '文件第一行没有“{column}”这一列，数据未改动。请检查映射中的列名、分隔符和编码。',
    en: 'The first line of the file has no column “{column}”. Nothing was changed. Please check columns, delimiter and encoding of the mapping.',
  },
  columnTwice: {
    'zh-CN': '文件第一行有两列都叫“{column}”，不知道该读哪一列，数据未改动。请给其中一列改名。',
    en: 'Two columns of the file are called “{column}”. Nothing was changed. Please rename one of them.',
  },
  mappingUnknown: {
    'zh-CN': '没有名为“{name}”的映射，数据未改动。可用的有：{known}，也可以给出一个 .json 文件。',
    en: 'There is no mapping “{name}”. Nothing was changed. Known ones: {known}; a .json file will do as well.',
  },
  mappingInvalid: {
    'zh-CN': '映射有一项写得不对（{reason}），数据未改动。请改正标出的一项。',
    en: 'The mapping is not valid ({reason}). Nothing was changed. Please correct the marked field.',
  },
  importStopped: {
    'zh-CN': '导入已停止。已读入的内容都保留，再导入同一个文件即可接着进行，不会重复。',
    en: 'The import was stopped. What was read is kept; import the same file again and it goes on, nothing twice.',
  },
  definitionStale: {
    'zh-CN': '这份定义刚有人发布了第 {current} 版，您的第 {version} 版没有发布。请在最新版上重做修改。',
    en: 'Version {current} was published a moment ago; your version {version} was not. Please redo your change on the newest one.',
  },
  timerStageUnknown: {
    'zh-CN': '没有名为“{stage}”的状态节点，时效策略没有发布。请改正标出的一项。',
    en: 'There is no stage “{stage}”. The policy was not published. Please correct the marked field.',
  },
  unknownCalendar: {
    'zh-CN': '没有名为“{calendar}”的日历，时效策略没有发布。请先导入该日历，或改用已有的日历。',
    en: 'There is no calendar “{calendar}”. The policy was not published. Please import that calendar first, or name another.',
  },
  notDue: {
    'zh-CN': '这个计时还没有到点，没有升级。到点时会自动升级。',
    en: 'This timer is not due. Nothing was escalated; it fires by itself when it is.',
  },
  settled: {
    'zh-CN': '这个计时已经结束，没有升级。无需处理。',
    en: 'This timer has ended. Nothing was escalated, and there is nothing to do.',
  },
  alreadyFired: {
    'zh-CN': '这一级已经升级过，没有重复升级。无需处理。',
    en: 'This level has fired already and was not fired again. There is nothing to do.',
  },
  unknownNotification: {
    'zh-CN': '这条通知已不存在，数据未改动。请刷新后再看。',
    en: 'This notification no longer exists. Nothing was changed. Please reload.',
  },
  notEmpty: {
    'zh-CN': '这个数据目录里已有工单，没有放入演示数据。请用 --data 另选一个空目录。',
    en: 'This data folder holds orders already; no demo data was added. Please choose an empty folder with --data.',
  },
  demoStopped: {
    'zh-CN': '演示数据生成到一半停下，目录里只有其中一部分。请删掉这个目录，或另选一个空目录重新生成。',
    en: 'The demo data was stopped half-way; the folder holds a part of it. Please delete the folder or choose an empty one.',
  },
} as const satisfies Record<string, { 'zh-CN': string; en: string }>

export type RefusalCode = keyof typeof refusals
