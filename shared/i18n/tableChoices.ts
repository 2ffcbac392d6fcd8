import type { ChoiceName } from '../domain/tableImport/kinds.ts'

/** Words that stand for a value in tables of other systems, besides those that the screens use; either language. */
export const tableChoices: Readonly<Record<ChoiceName, Readonly<Record<string, readonly string[]>>>> = {
  role: {
    dispatcher: ['调度', '调度员', '客服', '派单员', 'dispatcher', 'dispatch'],
    technicalLead: ['技术负责人', '技术主管', '技术经理', '技术组长', 'technical lead', 'tech lead'],
    supervisor: ['主管', '服务主管', '服务经理', 'supervisor', 'manager'],
    director: ['服务总监', '总监', '服务部长', 'director', 'service director'],
    engineer: ['工程师', '服务工程师', '维修工程师', '售后工程师', 'engineer', 'technician'],
    partsKeeper: ['备件员', '库管', '仓管', '仓管员', '备件管理员', 'parts keeper', 'storekeeper'],
    finance: ['财务', '会计', '结算员', 'finance', 'accountant'],
    rnd: ['研发', '研发工程师', 'R&D', 'rnd', 'research'],
    admin: ['管理员', '系统管理员', 'admin', 'administrator'],
  },
  stage: {
    intakeReview: ['待初审', '初审', '新建', '待受理', '待派单', '已登记', '受理', 'intake review', 'new', 'open', 'registered'],
    diagnosis: ['技术判定', '判定', '诊断', '处理中', '诊断中', '待判定', 'diagnosis', 'in progress', 'triage'],
    partsLock: ['备件锁定', '等备件', '待备件', '缺料', '备件中', '待料', 'parts lock', 'waiting for parts', 'parts'],
    scheduling: ['预约上门', '待预约', '预约', '待上门', '已预约', '待排期', 'scheduling', 'scheduled', 'to schedule'],
    onsite: ['现场处理', '现场', '上门中', '维修中', '现场维修', '施工中', 'onsite', 'on site', 'field work'],
    signoff: ['客户签字', '待签字', '待确认', '待验收', '待客户确认', 'sign-off', 'signoff', 'to be signed', 'resolved'],
  },
  priority: {
    low: ['低', '不急', 'low', 'p4', '4'],
    normal: ['普通', '一般', '中', '正常', 'normal', 'medium', 'p3', '3'],
    high: ['高', '较急', '重要', 'high', 'p2', '2'],
    urgent: ['紧急', '特急', '非常紧急', '停机', 'urgent', 'critical', 'p1', '1'],
  },
  channel: {
    phone: ['电话', '来电', '热线', '400', 'phone', 'call', 'telephone'],
    wechat: ['微信', '公众号', '企业微信', 'wechat'],
    email: ['邮件', '邮箱', 'email', 'mail', 'e-mail'],
    portal: ['自助', '网站', '扫码', '小程序', '门户', 'portal', 'web', 'website'],
    onsite: ['现场', '当面', '驻场', 'on site', 'onsite', 'in person'],
    other: ['其他', '其它', 'other'],
  },
  party: {
    us: ['我方', '我们', '自己', '本公司', '内部', 'us', 'we', 'internal'],
    customer: ['客户', '用户', '甲方', 'customer', 'client'],
    supplier: ['供应商', '厂家', '外协', 'supplier', 'vendor'],
    erp: ['ERP', '系统', 'SAP', '用友', '金蝶'],
  },
}
