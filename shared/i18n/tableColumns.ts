import type { TableKind } from '../domain/tableImport/kinds.ts'

/** A column by its name in both languages, the other words it goes by in other systems, and an example. */
export interface ColumnNames {
  readonly 'zh-CN': string
  readonly en: string
  readonly also: readonly string[]
  readonly example: { readonly 'zh-CN': string; readonly en: string }
}

const named = (zh: string, en: string, example: string, also: readonly string[], exampleEn = example): ColumnNames => ({
  'zh-CN': zh,
  en,
  also,
  example: { 'zh-CN': example, en: exampleEn },
})

const contactName = named('联系人', 'Contact', '王强', ['联系人姓名', '客户联系人', '报修人', '对接人', 'Contact name', 'Contact person', 'Caller'], 'Wang Qiang')
const contactPhone = named('联系电话', 'Phone', '13800000001', ['电话', '手机', '手机号', '手机号码', '电话号码', '联系方式', '固定电话', '座机', 'Telephone', 'Mobile', 'Phone number', 'Contact phone', 'Tel'])
const address = named('地址', 'Address', '苏州工业园区星湖街 218 号', ['详细地址', '公司地址', '现场地址', '服务地址', '安装地址', '联系地址', 'Site address', 'Street'], '218 Xinghu Street, Suzhou')
const customer = named('客户', 'Customer', '苏州某某精密机械有限公司', ['客户名称', '所属客户', '用户单位', '单位名称', '公司名称', '使用单位', '客户单位', 'Customer name', 'Company', 'Account'], 'Suzhou Example Precision Ltd')
const serial = named('序列号', 'Serial number', 'VS200-0117', ['出厂编号', '设备编号', '机器编号', '整机编号', '机身号', '设备序列号', '编号', 'SN', 'S/N', 'Serial', 'Serial no', 'Machine number'])
const model = named('型号', 'Model', 'BR-VS200', ['设备型号', '机型', '产品型号', '规格型号', 'Machine model', 'Type', 'Product'])
const displayName = named('姓名', 'Name', '陈立', ['员工姓名', '工程师', '工程师姓名', '名字', '显示名', 'Full name', 'Display name', 'Engineer', 'Employee'], 'Chen Li')
const login = named('登录名', 'Login', 'chen.li', ['账号', '帐号', '用户名', '工号', '员工编号', 'User name', 'Username', 'Account name', 'Employee number', 'User'])

/** Headings of tables, by kind and column. The first of each language is the one of the template. */
export const tableColumns: Readonly<Record<TableKind, Readonly<Record<string, ColumnNames>>>> = {
  customers: {
    name: { ...customer, 'zh-CN': '客户名称', also: ['客户', '名称', '公司', ...customer.also, 'Name'] },
    contactName,
    contactPhone,
    address,
  },
  machines: {
    serial,
    model,
    customer,
    firmware: named('固件版本', 'Firmware', '2.4.1', ['固件', '软件版本', '版本', '程序版本', 'Firmware version', 'Software version']),
    batch: named('批次', 'Batch', '2025-03', ['生产批次', '批号', '出厂批次', 'Lot', 'Batch number']),
    deliveredOn: named('交付日期', 'Delivered on', '2025-03-18', ['出厂日期', '安装日期', '交机日期', '发货日期', '购买日期', 'Delivered', 'Installed on', 'Installation date', 'Purchase date']),
    warrantyUntil: named('保修到期', 'Warranty until', '2027-03-17', ['质保到期', '保修截止', '质保期', '保修期至', '维保到期', 'Warranty', 'Warranty end', 'Warranty expires']),
    location: named('安装位置', 'Location', '二号车间 3 线', ['位置', '车间', '工位', '使用地点', 'Place', 'Site'], 'Hall 2, line 3'),
  },
  parts: {
    part: named('备件编码', 'Part number', 'DRV-217', ['编码', '备件号', '备件编号', '料号', '物料编码', '物料号', '零件号', '图号', 'Part', 'Part no', 'SKU', 'Item', 'Item number', 'Material']),
    name: named('备件名称', 'Part name', '主轴驱动器', ['名称', '品名', '物料名称', '物料描述', '描述', '零件名称', 'Name', 'Description'], 'Spindle drive'),
    unit: named('单位', 'Unit', '件', ['计量单位', 'UoM', 'Unit of measure'], 'pc'),
    warehouse: named('仓库', 'Warehouse', 'SH', ['仓库编码', '库房', '库房编码', '存放地点', '库位', 'Store', 'Location', 'Warehouse code']),
    quantity: named('期初库存', 'Quantity', '6', ['库存', '数量', '库存数量', '现有库存', '在库数量', '结存', '结存数量', '盘点数量', 'Stock', 'On hand', 'Qty', 'Opening stock']),
  },
  engineers: {
    displayName,
    login,
    phone: contactPhone,
    skills: named('技能', 'Skills', '电气、液压', ['专业', '擅长', '工种', '技能标签', '资质', 'Skill', 'Trades'], 'electrical, hydraulic'),
  },
  users: {
    displayName,
    login,
    roles: named('岗位', 'Roles', '调度、主管', ['角色', '职务', '职位', '权限', 'Role', 'Position', 'Job'], 'dispatcher, supervisor'),
    phone: contactPhone,
  },
  orders: {
    number: named('工单号', 'Order number', 'GD-20261103-08', ['单号', '工单编号', '服务单号', '报修单号', '流水号', '案例号', 'Number', 'Ticket', 'Ticket number', 'Case number', 'Order no']),
    customer,
    contactName,
    contactPhone,
    siteAddress: address,
    serial,
    model,
    faultSymptom: named('故障现象', 'Symptom', '出口温度波动', ['故障描述', '问题描述', '报修内容', '问题', '现象', '故障', '主题', 'Description', 'Problem', 'Fault', 'Subject', 'Issue'], 'Outlet temperature fluctuates'),
    faultCategory: named('故障类别', 'Fault category', '温度', ['故障类型', '故障分类', '问题分类', '类别', 'Category', 'Fault type'], 'Temperature'),
    priority: named('优先级', 'Priority', '高', ['紧急程度', '级别', '紧急度', 'Urgency', 'Severity'], 'high'),
    channel: named('来源渠道', 'Channel', '电话', ['渠道', '来源', '报修方式', '报修渠道', 'Source'], 'phone'),
    stage: named('所在节点', 'Stage', '技术判定', ['节点', '状态', '当前状态', '工单状态', '阶段', '进度', '当前节点', 'State', 'Status', 'Phase'], 'diagnosis'),
    enteredAt: named('进入节点时间', 'In stage since', '2026-11-04 09:30', ['状态时间', '节点时间', '状态更新时间', '进入时间', '更新时间', 'Stage since', 'Status since', 'Updated at', 'Updated']),
    firstContactAt: named('首次联系时间', 'First contact', '2026-11-03 14:20', ['报修时间', '创建时间', '登记时间', '受理时间', '建单时间', '来电时间', 'Created', 'Created at', 'Opened', 'Opened at', 'Reported at']),
    firstReplyAt: named('首次答复时间', 'First reply', '2026-11-03 14:25', ['首次响应时间', '响应时间', '答复时间', 'First response', 'Responded at']),
    owner: named('负责人', 'Owner', 'chen.li', ['责任人', '处理人', '经办人', '当前处理人', '指派给', 'Assignee', 'Assigned to', 'Responsible']),
    nextStep: named('下一步', 'Next step', '回电确认运行日志', ['下一步动作', '待办', '下步计划', '承诺', '承诺事项', 'Promise', 'To do', 'Next action'], 'Call back about the log'),
    waitsOn: named('等待方', 'Waits on', '我方', ['等谁', '等待对象', '等待', 'Waiting on', 'Waiting for'], 'us'),
    promiseBy: named('承诺时间', 'Promised by', '2026-11-05 17:00', ['承诺完成时间', '计划完成时间', '要求完成时间', '截止时间', '期限', '到期时间', 'Due', 'Due at', 'Deadline', 'Promised at']),
  },
  skills: {
    name: named('技能', 'Skill', 'PLC', ['技能名称', '名称', '资质', 'Name', 'Skill name']),
  },
  engineerProfiles: {
    engineer: named('工程师', 'Engineer', '陈立', ['姓名', '登录名', '工号', '账号', '服务工程师', 'Name', 'Login'], 'chen.li'),
    skill: named('技能', 'Skill', 'PLC', ['技能名称', '专业', '资质', 'Skill name']),
    level: named('级别', 'Level', '2', ['等级', '技能等级', '技能级别', 'Grade', 'Skill level']),
    certificate: named('证书号', 'Certificate', 'ZS-2026-018', ['证书', '证书编号', '资质编号', 'Certificate number']),
    validUntil: named('证书有效期至', 'Valid until', '2027-06-30', ['有效期', '到期日', '证书到期', '有效期至', 'Expires', 'Expiry']),
    home: named('出发地', 'Home base', '苏州园区驻点', ['驻点', '常驻地', '基地', 'Base', 'Home'], 'Suzhou depot'),
    lat: named('纬度', 'Latitude', '31.32', ['出发地纬度', 'Lat']),
    lon: named('经度', 'Longitude', '120.72', ['出发地经度', 'Lon', 'Lng']),
    territory: named('服务区域', 'Territory', '苏州', ['区域', '片区', 'Region', 'Area'], 'Suzhou'),
    radiusKm: named('区域半径', 'Radius (km)', '60', ['半径', '服务半径', 'Radius', 'Radius km']),
    vehicle: named('随车库', 'Vehicle stock', 'VAN-01', ['车载库', '随车仓库', 'Vehicle', 'Van', 'Van stock']),
    overtimeMin: named('加班上限', 'Overtime limit (min)', '60', ['加班上限分钟', '每日加班', 'Overtime', 'Overtime limit']),
    lunchFrom: named('午休最早', 'Lunch from', '11:30', ['午休开始', 'Lunch earliest']),
    lunchTo: named('午休最晚', 'Lunch until', '13:30', ['午休结束', 'Lunch latest']),
    lunchMin: named('午休分钟', 'Lunch minutes', '45', ['午休时长', 'Lunch length', 'Lunch min']),
  },
  shifts: {
    engineer: named('工程师', 'Engineer', '陈立', ['姓名', '登录名', '工号', '账号', '值班人', 'Name', 'Login'], 'chen.li'),
    day: named('日期', 'Day', '2026-11-23', ['班次日期', '上班日期', '值班日期', 'Date', 'Shift date']),
    start: named('上班时间', 'Start', '08:30', ['开始', '开始时间', '班次开始', '上班', 'Begin', 'From', 'Start time']),
    end: named('下班时间', 'End', '17:30', ['结束', '结束时间', '班次结束', '下班', 'To', 'Until', 'End time']),
  },
  leaves: {
    engineer: named('工程师', 'Engineer', '陈立', ['姓名', '登录名', '工号', '账号', '休假人', '请假人', 'Name', 'Login'], 'chen.li'),
    from: named('开始日期', 'First day', '2026-12-07', ['休假开始', '请假开始', '起始日期', '开始', 'From', 'Start date']),
    start: named('开始时间', 'From time', '', ['起始时间', 'Start time']),
    to: named('结束日期', 'Last day', '2026-12-09', ['休假结束', '请假结束', '截止日期', '结束', 'To', 'Until', 'End date']),
    end: named('结束时间', 'Until time', '', ['截止时间', 'End time']),
  },
}

/** What an import writes into the records where the table says nothing. */
export const tableTexts = { openingStock: '期初库存', piece: '件' } as const
