import type { TableIssue, TableKind } from '../domain/tableImport/kinds.ts'
import { tableColumns } from './tableColumns.ts'
import { refusalMessage, type Locale } from './refusalMessage.ts'
import { refusals } from './refusals.ts'

/** What is wrong with a cell or a row, and what to do. `{name}` is filled from the issue's params. */
const tableIssues = {
  required: { 'zh-CN': '没有填', en: 'is missing' },
  uncleanText: { 'zh-CN': '有无法保存的字符，请删去', en: 'holds characters that cannot be stored' },
  badEncoding: { 'zh-CN': '有乱码，请用 Excel 另存为“CSV UTF-8”或 .xlsx', en: 'holds broken characters; save it as “CSV UTF-8” or .xlsx' },
  cellError: { 'zh-CN': '表格里是错误值 {value}', en: 'the sheet shows the error {value}' },
  tooLong: { 'zh-CN': '太长，最多 {max} 个字', en: 'is too long, {max} characters at most' },
  numberDamaged: {
    'zh-CN': '被表格软件改成了 {value}，原来的号码已丢失。请把这一列设为“文本”，重新填写或导出',
    en: 'was turned into {value} by the spreadsheet and is lost. Make the column text and fill it in or export it again',
  },
  phoneDamaged: {
    'zh-CN': '电话被表格软件改成了 {value}，后几位已丢失。请把这一列设为“文本”，重新填写或导出',
    en: 'the number was turned into {value} by the spreadsheet and its last digits are lost. Make the column text and export it again',
  },
  numberRestored: { 'zh-CN': '表格里是 {value}，读作 {read}，请核对', en: 'the sheet says {value}, read as {read}; please check' },
  wrongPhone: { 'zh-CN': '“{value}”不像电话号码，请只留一个号码，如 0512-6288 1234 转 801', en: '“{value}” is no telephone number; leave one number, such as 0512-6288 1234 ext. 801' },
  wrongLogin: { 'zh-CN': '“{value}”不能作登录名，请用 2 到 40 个小写字母、数字、点、横线', en: '“{value}” cannot be a login: 2 to 40 letters, digits, dots, dashes' },
  notNumber: { 'zh-CN': '“{value}”不是数字', en: '“{value}” is no number' },
  notWhole: { 'zh-CN': '{value} 不是整数', en: '{value} is no whole number' },
  negative: { 'zh-CN': '{value} 小于零', en: '{value} is less than zero' },
  tooMany: { 'zh-CN': '超过上限 {max}', en: 'is more than {max}' },
  notDate: { 'zh-CN': '“{value}”不是日期时间，请写成 2026-11-03 14:20', en: '“{value}” is no date and time; write 2026-11-03 14:20' },
  dateTooEarly: { 'zh-CN': '“{value}”早于 {least}，请核对年份', en: '“{value}” is before {least}; please check the year' },
  dateTooLate: { 'zh-CN': '“{value}”晚于 {most}，请核对年份', en: '“{value}” is after {most}; please check the year' },
  dateAmbiguous: { 'zh-CN': '“{value}”分不清月和日，请在上面选定“日/月”还是“月/日”', en: '“{value}”: day or month first? Choose above' },
  serialDate: { 'zh-CN': '表格里是数字 {value}，读作 {read}，请核对', en: 'the sheet says {value}, read as {read}; please check' },
  unknownWord: { 'zh-CN': '不认识“{value}”，可填：{words}', en: '“{value}” is not known; one of: {words}' },
  columnCount: { 'zh-CN': '这一行的列数与表头不符，可能有多余的分隔符或引号', en: 'this row has other columns than the heading; look for a stray delimiter or quote' },
  badQuotes: { 'zh-CN': '引号不成对', en: 'a quotation mark is not closed' },
  rowTooLong: { 'zh-CN': '这一行太长，可能有引号没有结束', en: 'this row is too long; a quotation mark may not be closed' },
  duplicate: { 'zh-CN': '与第 {line} 行重复', en: 'repeats row {line}' },
  samePhone: { 'zh-CN': '电话与客户“{name}”相同，可能是同一家', en: 'the number is that of customer “{name}”; is it the same one?' },
  otherModel: { 'zh-CN': '同一序列号已有设备，型号是 {model}，请核对', en: 'a machine of this serial is known as {model}; please check' },
  otherSpelling: { 'zh-CN': '与已有的“{name}”视为同一个', en: 'taken as “{name}”, which is known' },
  machineTwice: { 'zh-CN': '“{name}”与已登记的“{other}”只差大小写或全角半角，是同一台，请在设备页核对', en: '“{name}” and “{other}” differ in case or width alone and are one machine; please check on the machines page' },
  unknownCustomer: { 'zh-CN': '没有名为“{name}”的客户', en: 'there is no customer “{name}”' },
  provisionalCustomer: { 'zh-CN': '没有客户“{name}”，将登记为待确认', en: 'customer “{name}” is not known and will be registered, to be confirmed' },
  unknownMachine: { 'zh-CN': '没有序列号为 {serial} 的设备', en: 'there is no machine with serial {serial}' },
  provisionalMachine: { 'zh-CN': '没有设备 {serial}，将登记为待确认', en: 'machine {serial} is not known and will be registered, to be confirmed' },
  machineNeedsModel: { 'zh-CN': '没有序列号为 {serial} 的设备，要登记新设备请写型号', en: 'there is no machine with serial {serial}; name the model to register it' },
  severalMachines: { 'zh-CN': '序列号 {serial} 有多台设备，请写型号', en: 'several machines have serial {serial}; name the model' },
  machineOfOther: { 'zh-CN': '这台设备登记在客户“{name}”名下，请核对', en: 'this machine belongs to customer “{name}”; please check' },
  loginOrPhone: { 'zh-CN': '请填登录名；没有时至少填电话，用电话登录', en: 'name a login, or a telephone number to sign in with' },
  loginFromPhone: { 'zh-CN': '没有登录名，将用电话 {login} 登录', en: 'there is no login: {login} will be the login' },
  otherName: { 'zh-CN': '登录名 {login} 已是“{name}”，姓名不同，请核对', en: '{login} is “{name}” already; please check the name' },
  rolesKept: { 'zh-CN': '已有岗位：{roles}，导入只增加不减少', en: 'has the roles {roles} already; an import adds and takes none away' },
  accountDisabled: { 'zh-CN': '账号 {login} 已停用，请先启用', en: 'account {login} is disabled; enable it first' },
  unknownOwner: { 'zh-CN': '没有名为“{name}”的同事，请先导入人员', en: 'there is nobody called “{name}”; import the people first' },
  severalOwners: { 'zh-CN': '有几位同事叫“{name}”，请写登录名', en: 'several people are called “{name}”; write the login' },
  orderKnown: { 'zh-CN': '工单已有，不重复导入', en: 'the order is here already' },
  futureTime: { 'zh-CN': '时间在将来，请核对', en: 'lies in the future; please check' },
  beforeContact: { 'zh-CN': '早于首次联系时间', en: 'is earlier than the first contact' },
  promiseWithout: { 'zh-CN': '写了承诺时间，没有写下一步，将用节点的默认步骤', en: 'a promise without a next step: that of the stage is used' },
  noOwner: { 'zh-CN': '没有负责人，将由您负责', en: 'nobody is named: you will own it' },
  warehouseDefault: { 'zh-CN': '没有写仓库，记入 {warehouse}', en: 'no warehouse is named: {warehouse} is used' },
  skillUnknown: { 'zh-CN': '技能目录里没有“{name}”，请先在技能目录里添加，或改正名称', en: 'the catalogue has no skill “{name}”; add it there first, or correct the name' },
  wrongLevel: { 'zh-CN': '级别“{value}”不对，请填 1、2 或 3', en: '“{value}” is no level; write 1, 2 or 3' },
  wrongDegrees: { 'zh-CN': '“{value}”不是经纬度，经度和纬度要一起填，写成小数，绝对值不超过 {max}', en: '“{value}” is no such degree; name latitude and longitude both, as decimals up to {max}' },
  territoryWithoutRadius: { 'zh-CN': '写了区域“{name}”，没有写半径，区域未改', en: 'territory “{name}” without a radius: the territory stays as it was' },
  leaveTurned: { 'zh-CN': '休假的结束 {to} 不晚于开始 {from}', en: 'the leave ends at {to}, no later than it begins at {from}' },
  wrongClock: { 'zh-CN': '“{value}”不是时间，请写成 08:30', en: '“{value}” is no time of day; write 08:30' },
  wrongCode: { 'zh-CN': '“{value}”不能作编码，请只用字母、数字、点、横线、下划线，最多 39 位', en: '“{value}” cannot be a code: letters, digits, dots, dashes, underscores, 39 at most' },
} satisfies Record<string, Record<Locale, string>>

/** The heading of a column. */
export const columnName = (kind: TableKind, column: string, locale: Locale): string => tableColumns[kind][column]?.[locale] ?? column

/** `与第 9 行重复`: the issue without its place. What a command would be refused with is said in the refusal's words. */
export function issueWords(issue: TableIssue, locale: Locale): string {
  if (!Object.hasOwn(tableIssues, issue.code)) {
    const known = Object.hasOwn(refusals, issue.code)
    return refusalMessage({ code: known ? issue.code : 'invalidInput', ...(issue.params && { params: issue.params }) }, locale)
  }
  const words = tableIssues[issue.code as keyof typeof tableIssues][locale]
  const params = issue.params ?? {}
  return words.replace(/\{(\w+)\}/g, (whole, name: string) => String(Object.hasOwn(params, name) ? params[name] : whole))
}

/** `第 17 行 · 序列号：与第 9 行重复`. */
export function issueText(kind: TableKind, issue: TableIssue, locale: Locale): string {
  const place = locale === 'en' ? `Row ${issue.line}` : `第 ${issue.line} 行`
  const column = issue.column === null ? '' : ` · ${columnName(kind, issue.column, locale)}`
  return `${place}${column}${locale === 'en' ? ': ' : '：'}${issueWords(issue, locale)}`
}
