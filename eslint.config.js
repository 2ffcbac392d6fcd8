import js from '@eslint/js'
import vue from 'eslint-plugin-vue'
import globals from 'globals'
import typescript from 'typescript-eslint'

/** A layer may not name what lies outside it; dependency-cruiser checks the same along whole paths. */
const layer = (...patterns) => ({
  'no-restricted-imports': ['error', { patterns: patterns.map(([regex, message]) => ({ regex, message })) }],
})
const noNode = ['^node:', 'This runs where there is no Node.']
const noElectron = ['^electron($|/)', 'Only electron/ imports electron.']
const noCore = ['^#core/|/core/', 'The core is behind the contract.']
const noScreens = ['^(vue|pinia|element-plus|vue-router|vue-i18n)($|/)', 'Screens live in renderer/.']

/** Rules that need the types of a whole project. */
const typed = (project, files, ignores = []) => ({
  files,
  ignores: ['**/*.mjs', ...ignores],
  languageOptions: { parserOptions: { project, tsconfigRootDir: import.meta.dirname } },
  rules: {
    '@typescript-eslint/no-floating-promises': 'error',
    '@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: { arguments: false } }],
    '@typescript-eslint/await-thenable': 'error',
    '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
  },
})
const browserSide = ['tests/domain/shortcuts.test.ts', 'tests/pages/**', 'tests/electron/**', 'electron/preload/**']

export default typescript.config(
  { ignores: ['dist/', 'node_modules/', 'coverage/'] },
  {
    linterOptions: { noInlineConfig: true, reportUnusedDisableDirectives: 'off' },
  },
  js.configs.recommended,
  typescript.configs.recommended,
  typescript.configs.stylistic,
  vue.configs['flat/recommended'],
  {
    rules: {
      'max-lines': ['error', 600],
      eqeqeq: ['error', 'always'],
      'no-warning-comments': ['error', { terms: ['todo', 'fixme', 'xxx', 'hack'] }],
      'prefer-const': 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/ban-ts-comment': ['error', { 'ts-expect-error': true, 'ts-ignore': true, 'ts-nocheck': true }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/consistent-type-definitions': 'off',
      '@typescript-eslint/no-non-null-assertion': 'error',
    },
  },
  {
    files: ['**/*.ts', '**/*.vue'],
    // The compiler knows every name, and knows it better.
    rules: { 'no-undef': 'off' },
  },
  {
    files: ['**/*.mjs', '**/*.cjs', '**/*.js'],
    languageOptions: { globals: globals.node },
  },
  {
    files: ['**/*.vue'],
    languageOptions: { parserOptions: { parser: typescript.parser } },
    rules: {
      // Line breaks inside tags are the formatter's.
      'vue/max-attributes-per-line': 'off',
      'vue/singleline-html-element-content-newline': 'off',
      'vue/multiline-html-element-content-newline': 'off',
      'vue/html-self-closing': 'off',
      'vue/html-closing-bracket-newline': 'off',
      'vue/html-indent': 'off',
      'vue/first-attribute-linebreak': 'off',
      'vue/multi-word-component-names': 'off',
      'vue/no-v-html': 'error',
      'vue/block-lang': ['error', { script: { lang: 'ts' } }],
      'vue/component-api-style': ['error', ['script-setup']],
      'vue/define-props-declaration': ['error', 'type-based'],
      'vue/define-emits-declaration': ['error', 'type-based'],
      'vue/no-undef-components': ['error', { ignorePatterns: ['^El[A-Z]', '^el-', 'router-', 'Router'] }],
    },
  },
  {
    files: ['shared/**'],
    rules: layer(noNode, noElectron, noScreens, noCore),
  },
  {
    // Decisions and folds give the same answer everywhere and every time.
    files: ['shared/domain/**'],
    rules: {
      'no-restricted-syntax': [
        'error',
        { selector: "CallExpression[callee.object.name='Date'][callee.property.name='now']", message: 'The time comes in as an argument.' },
        { selector: "NewExpression[callee.name='Date'][arguments.length=0]", message: 'The time comes in as an argument.' },
        { selector: "CallExpression[callee.object.name='Math'][callee.property.name='random']", message: 'Chance comes in as an argument.' },
        { selector: "MemberExpression[object.name='Temporal'][property.name='Now']", message: 'The time comes in as an argument.' },
      ],
    },
  },
  {
    files: ['core/**'],
    rules: layer(noElectron, noScreens),
  },
  {
    files: ['renderer/**'],
    rules: layer(noNode, noElectron, noCore),
  },
  typed('tsconfig.node.json', ['core/**', 'electron/**', 'bench/**', 'tests/**', 'build/**/*.ts'], browserSide),
  typed('tsconfig.browser.json', browserSide),
)
