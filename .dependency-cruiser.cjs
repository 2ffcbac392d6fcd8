/** The layers of docs/ARCHITECTURE.md, along whole import paths. */
const onlyFrom = (layer, allowed) => ({
  name: `${layer}-imports`,
  severity: 'error',
  from: { path: `^${layer}/` },
  to: { path: '^(shared|core|electron|renderer|build|tests|bench)/', pathNot: `^(${[layer, ...allowed].join('|')})/` },
})

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    onlyFrom('shared', []),
    onlyFrom('core', ['shared']),
    onlyFrom('electron', ['core', 'shared']),
    onlyFrom('renderer', ['shared']),
    {
      name: 'no-node-outside-the-core',
      comment: 'shared and renderer run where there is no Node',
      severity: 'error',
      from: { path: '^(shared|renderer)/' },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'electron-only-in-electron',
      severity: 'error',
      from: { pathNot: '^electron/' },
      to: { path: '(^|/)node_modules/electron/|^electron$' },
    },
    {
      name: 'no-cycles',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'resolvable',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
    {
      name: 'no-dev-packages',
      comment: 'what runs at the user\'s is a real dependency',
      severity: 'error',
      from: { path: '^(shared|core|renderer)/' },
      to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'] },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.base.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
      extensions: ['.ts', '.vue', '.mjs', '.js', '.json', '.d.ts'],
      mainFields: ['module', 'main', 'types'],
    },
  },
}
