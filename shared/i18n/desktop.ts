/** Words of the desktop program's own menu and messages; the pages have theirs in `renderer/words`. */
export const desktop = {
  fileMenu: { 'zh-CN': '文件', en: 'File' },
  quit: { 'zh-CN': '退出', en: 'Quit' },
  editMenu: { 'zh-CN': '编辑', en: 'Edit' },
  undo: { 'zh-CN': '撤销', en: 'Undo' },
  redo: { 'zh-CN': '重做', en: 'Redo' },
  cut: { 'zh-CN': '剪切', en: 'Cut' },
  copy: { 'zh-CN': '复制', en: 'Copy' },
  paste: { 'zh-CN': '粘贴', en: 'Paste' },
  selectAll: { 'zh-CN': '全选', en: 'Select all' },
  viewMenu: { 'zh-CN': '查看', en: 'View' },
  reload: { 'zh-CN': '重新载入', en: 'Reload' },
  actualSize: { 'zh-CN': '实际大小', en: 'Actual size' },
  zoomIn: { 'zh-CN': '放大', en: 'Zoom in' },
  zoomOut: { 'zh-CN': '缩小', en: 'Zoom out' },
  fullScreen: { 'zh-CN': '全屏', en: 'Full screen' },
  developerTools: { 'zh-CN': '开发者工具', en: 'Developer tools' },
  windowMenu: { 'zh-CN': '窗口', en: 'Window' },
  minimize: { 'zh-CN': '最小化', en: 'Minimise' },
  close: { 'zh-CN': '关闭窗口', en: 'Close window' },

  starting: { 'zh-CN': '正在打开服务中心', en: 'Opening the service center' },
  startingText: { 'zh-CN': '正在打开数据文件夹 {folder}。', en: 'Opening the data folder {folder}.' },
  startingDemo: {
    'zh-CN': '正在打开数据文件夹 {folder}。第一次启动要准备演示数据，约需十秒。',
    en: 'Opening the data folder {folder}. The first start prepares demo data and takes about ten seconds.',
  },
  folderTrouble: { 'zh-CN': '数据文件夹没有打开', en: 'The data folder was not opened' },
  folderHeld: { 'zh-CN': '服务中心已在运行', en: 'The service center is already running' },
  openRunning: { 'zh-CN': '打开正在运行的服务中心', en: 'Open the running service center' },
  tryAgain: { 'zh-CN': '再试一次', en: 'Try again' },
  firstStart: { 'zh-CN': '第一次启动', en: 'First start' },
  firstStartText: {
    'zh-CN': '管理员的登录名是 admin，一次性密码是 {password}。请现在记下：首次登录后须改成自己的密码，这里不再显示。',
    en: 'The administrator signs in as admin with the one-time password {password}. Please write it down now: it is to be changed at the first sign-in and is not shown again.',
  },
  begin: { 'zh-CN': '开始使用', en: 'Begin' },
  coreGaveUp: { 'zh-CN': '数据服务反复停止', en: 'The data service keeps stopping' },
  coreGaveUpText: {
    'zh-CN': '数据服务多次自动重启仍未恢复。已经保存的内容都在数据文件夹 {folder} 里，没有丢失。请再试一次；仍不行时，请把这段话告诉管理员。',
    en: 'The data service was restarted several times and did not recover. Everything saved is kept in the data folder {folder}. Please try again; if that does not help, show this message to your administrator.',
  },
  pageGone: { 'zh-CN': '窗口刚才意外关闭，已重新打开', en: 'The window closed unexpectedly and was opened again' },
  pageGoneText: {
    'zh-CN': '已经保存的内容没有丢失。刚才正在填写、还没有保存的内容请重新填写。',
    en: 'Everything saved is kept. Please enter again what you were typing and had not saved.',
  },
  pageKeepsFailing: { 'zh-CN': '页面反复意外关闭', en: 'The page keeps closing unexpectedly' },
  understood: { 'zh-CN': '继续工作', en: 'Go on' },
} as const satisfies Record<string, { 'zh-CN': string; en: string }>

export type DesktopWord = keyof typeof desktop
