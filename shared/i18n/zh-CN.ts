import { boardWordsZh } from './board.zh-CN.ts'
import { insightWordsZh } from './insight.zh-CN.ts'
import { wallWordsZh } from './wall.zh-CN.ts'
import { liveWordsZh } from './live.zh-CN.ts'
import { rosterWordsZh } from './roster.zh-CN.ts'
import { masterWordsZh } from './master.zh-CN.ts'
import { registerWordsZh } from './register.zh-CN.ts'
import { dispatchWordsZh } from './dispatch.zh-CN.ts'
import { financeWordsZh } from './finance.zh-CN.ts'
import { surveyWordsZh } from './survey.zh-CN.ts'
import { patternWordsZh } from './pattern.zh-CN.ts'
import { rescueWordsZh } from './rescue.zh-CN.ts'
import { lookoutWordsZh } from './lookout.zh-CN.ts'
import { reportWordsZh } from './report.zh-CN.ts'
import { promiseWordsZh } from './promise.zh-CN.ts'
import { orderWordsZh } from './order.zh-CN.ts'
import { ordersWordsZh } from './orders.zh-CN.ts'
import { auditWordsZh } from './audit.zh-CN.ts'
import { settingsWordsZh } from './settings.zh-CN.ts'
import { shellWordsZh } from './shell.zh-CN.ts'

/** Every word of the screens in Chinese; `en.ts` has the same keys. Refusals are in `refusals.ts`. */
export const zhCN = {
  ...boardWordsZh,
  ...wallWordsZh,
  ...insightWordsZh,
  ...liveWordsZh,
  ...masterWordsZh,
  ...rosterWordsZh,
  ...registerWordsZh,
  ...orderWordsZh,
  ...promiseWordsZh,
  ...dispatchWordsZh,
  ...financeWordsZh,
  ...reportWordsZh,
  ...lookoutWordsZh,
  ...rescueWordsZh,
  ...patternWordsZh,
  ...surveyWordsZh,
  ...ordersWordsZh,
  ...auditWordsZh,
  ...settingsWordsZh,
  ...shellWordsZh,
  app: { title: '闭环台', demo: '演示' },
  phone: { extension: '{number} 转 {extension}' },
  list: { separator: '、', sentence: '；' },
  language: { 'zh-CN': '中文', en: 'English' },
  theme: { system: '跟随系统', light: '浅色', dark: '深色' },
  user: { menu: '{name}的菜单' },
  state: {
    chosen: '已选',
    loading: '正在读取',
    searching: '正在查找',
    saving: '正在保存',
    optional: '可不填',
    provisional: '待确认',
    imported: '导入',
    backdated: '补录',
    tooLate: '未生效',
    erased: '已依法删除',
    yes: '是',
    no: '否',
    forbiddenTitle: '这一页不对您的岗位开放',
    forbidden: '您的数据没有变化。需要时请联系管理员调整岗位。',
  },
  action: {
    retry: '重试',
    dismiss: '知道了',
    close: '关闭',
    back: '返回',
    save: '保存',
    signIn: '登录',
    signOut: '退出登录',
    register: '登记工单',
    acknowledge: '知悉',
    changePassword: '更改密码',
    editField: '修改{field}',
    download: '下载',
  },
  signIn: {
    hello: '售后工单，件件闭环。',
    again: '请重新登录',
    kept: '登录已过期。您正在做的事还在这一页，登录后接着做。',
    login: '登录名',
    password: '密码',
    entering: '正在登录',
    demoTitle: '演示账号',
    demoText: '点一个岗位直接进入，数据均为演示。',
    newTitle: '请更改密码',
    newText: '首次登录要换成自己的密码，之后才能使用。',
    current: '现在的密码',
    next: '新密码',
  },
  client: {
    unreachableTitle: '连不上服务中心',
    unreachableStart: '正在自动重试。请确认服务中心已启动，或联系管理员。',
    unreachable: '连不上服务中心。您填写的内容都还在，恢复后再点一次即可，不会重复。',
    serverFault: '服务中心没能完成这一步，数据没有变化。请稍后再试，或把时间告诉管理员。',
    notNow: '“{stage}”中的工单不能“{action}”。',
    notAllowed: '您的岗位不能“{action}”，请找有权限的同事。',
    fileGone: '这个文件暂时取不到，请稍后再试。',
    refused: '这一步没有被接受，数据没有变化（{code}）。',
    uploadNotPossible: '这个窗口暂不能上传文件，请在浏览器中打开后上传。',
    missingFields: '还差：{fields}。补齐后再走下一步。',
  },
  pick: {
    customer: '客户名称或电话',
    person: '选择同事',
    people: '选择同事',
    machine: '型号或序列号',
    newMachine: '新设备',
    addMachine: '登记设备',
    skills: '如：电气、液压',
    choose: '请选择',
    none: '没有找到',
  },
  bulk: {
    chosen: '已选 {n} 张',
    clear: '取消选择',
    mark: '选中 {number}',
    title: '{action} · {n} 张工单',
    fits: '{n} 张可以，{rest} 张现在不能',
    cannot: '现在不能',
    most: '一次最多 {n} 张',
    run: '{action}（{n} 张）',
    done: '{n} 张已完成',
    partly: '{n} 张已完成，{rest} 张没有被接受，原因在右侧',
    priority: '改优先级',
    ok: '已完成',
    leave: '移出 {number}',
    actions: '对选中的工单',
  },
  role: {
    dispatcher: '调度',
    technicalLead: '技术负责人',
    supervisor: '主管',
    director: '服务总监',
    engineer: '工程师',
    partsKeeper: '备件员',
    finance: '财务',
    rnd: '研发',
    admin: '管理员',
  },
  actor: { user: '同事', system: '系统', import: '导入' },
}

type Words<Shape> = { [Key in keyof Shape]: Shape[Key] extends string ? string : Words<Shape[Key]> }
export type Messages = Words<typeof zhCN>
