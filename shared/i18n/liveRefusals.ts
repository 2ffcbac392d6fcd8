/** Refusals of imports from spreadsheets and of going live. */
export const liveRefusals = {
  tableUnreadable: {
    'zh-CN': '文件读不到（{reason}），数据未改动。请重新选择文件。',
    en: 'The file cannot be read ({reason}). Nothing was changed. Please choose it again.',
  },
  tableEmpty: {
    'zh-CN': '文件里没有数据行。请确认第一行是表头、下面有内容。',
    en: 'The file holds no rows. The first row is the heading, the rows follow.',
  },
  tableTooLarge: {
    'zh-CN': '文件太大（上限 {limit} MB），没有读取。请拆成几份再导入。',
    en: 'The file is too large (at most {limit} MB) and was not read. Please split it.',
  },
  tableTooManyRows: {
    'zh-CN': '超过 {limit} 行，没有读取。请拆成几份再导入。',
    en: 'There are more than {limit} rows; nothing was read. Please split the file.',
  },
  tableTooManyColumns: {
    'zh-CN': '超过 {limit} 列，没有读取。请删去不用的列。',
    en: 'There are more than {limit} columns; nothing was read. Please delete those not needed.',
  },
  tableOldFormat: {
    'zh-CN': '这是旧版 .xls 或加了密码的文件，不能读取。请在 Excel 里另存为 .xlsx（不设密码）或 CSV。',
    en: 'This is an old .xls or an encrypted file and cannot be read. Save it as .xlsx without a password, or as CSV.',
  },
  tableDamaged: {
    'zh-CN': '文件已损坏或不是表格（{reason}），数据未改动。请在 Excel 里打开确认后另存一份。',
    en: 'The file is damaged or no spreadsheet ({reason}). Nothing was changed. Open it in a spreadsheet program and save it again.',
  },
  tableBusy: {
    'zh-CN': '这份表格正在处理，请稍候，或先停止。',
    en: 'This table is being worked on. Please wait, or stop it first.',
  },
  tableApplied: {
    'zh-CN': '这份表格已经开始导入，不能再改列。改好文件后请作为新的一份上传，已导入的行会自动跳过。',
    en: 'This table is being taken in already. Upload the corrected file anew; rows that are here are passed over.',
  },
  tableUnchecked: {
    'zh-CN': '请先试运行，看过结果再导入。',
    en: 'Please do the dry run and look at its result first.',
  },
  columnsMissing: {
    'zh-CN': '缺少必需的列：{columns}。请为它们选定表头。',
    en: 'Required columns are missing: {columns}. Please choose their headings.',
  },
  columnTwiceChosen: {
    'zh-CN': '“{column}”选了两次，请只留一列。',
    en: '“{column}” is chosen twice; please keep one.',
  },
  unknownImport: {
    'zh-CN': '没有这次导入，可能已被删除。请重新上传文件。',
    en: 'There is no such import; it may have been deleted. Please upload the file again.',
  },
  noDemo: {
    'zh-CN': '这里已经是正式数据，没有演示数据可清除。',
    en: 'This desk holds real data; there is no demo data to throw away.',
  },
  demoAlready: {
    'zh-CN': '这里已经是演示数据。',
    en: 'This desk is a demo already.',
  },
  successorBusy: {
    'zh-CN': '正在准备新的数据，请稍候。',
    en: 'The new data is being prepared. Please wait.',
  },
  notConfirmed: {
    'zh-CN': '确认文字不对，数据未改动。请照着输入。',
    en: 'The words typed are not the ones asked for. Nothing was changed.',
  },
  folderStays: {
    'zh-CN': '数据文件夹 {folder} 不能换名（它的上级不可写，或它是单独的磁盘卷），数据未改动。请换一个文件夹正式启动：loopdesk serve --real --data 新文件夹。',
    en: 'The data folder {folder} cannot be renamed (its parent is read-only, or it is a volume of its own). Nothing was changed. Start with another folder: loopdesk serve --real --data DIR.',
  },
  notServed: {
    'zh-CN': '请在运行中的服务中心里做这一步（npm start 或 loopdesk serve），数据未改动。',
    en: 'Do this in a running service center (npm start or loopdesk serve). Nothing was changed.',
  },
  demoFolder: {
    'zh-CN': '文件夹 {folder} 里是演示数据，没有按正式启动。请换一个文件夹，或不带 --real 启动后用上线向导清除演示数据。',
    en: 'The folder {folder} holds demo data and was not started as a real desk. Choose another folder, or start without --real and throw the demo data away there.',
  },
} satisfies Record<string, Record<'zh-CN' | 'en', string>>
