import { relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import vue from '@vitejs/plugin-vue'
import { defineConfig, type UserConfig } from 'electron-vite'
import type { Plugin } from 'vite'

const path = (from: string) => fileURLToPath(new URL(from, import.meta.url))
const root = path('.')

/**
 * A module finds its neighbours that are no modules (migrations, resources, workers) by `import.meta.url`. In the
 * bundle that stays the address of its source, so that nothing is copied and `serve` and the window read the same
 * files. Every chunk of the main bundle lies in dist/main, two folders below the root.
 */
const keepSourceAddresses: Plugin = {
  name: 'loopdesk:source-addresses',
  transform(code, id) {
    if (!id.startsWith(`${root}core/`) || !code.includes('import.meta.url')) return null
    const address = `new URL('../../${relative(root, id)}', import.meta.url).href`
    return { code: code.replaceAll('import.meta.url', address), map: null }
  },
}

/** The preload script needs the contract's names, not its schemas: they are read when it is built. */
const namesAlone: Plugin = {
  name: 'loopdesk:names-alone',
  async load(id) {
    if (id !== path('electron/names.ts')) return null
    const { deskNames } = (await import(id)) as { deskNames: Readonly<Record<string, ReadonlySet<string>>> }
    const sets = Object.entries(deskNames).map(([kind, names]) => `${kind}: new Set(${JSON.stringify([...names])})`)
    return `export const deskNames = { ${sets.join(', ')} }`
  },
}

/** Absolute addresses: gateway and window both serve the pages from a root of their own. */
const fromTheRoot: Plugin = { name: 'loopdesk:base', config: () => ({ base: '/' }) }

const parts: Required<UserConfig> = {
  // The packages of `dependencies` stay outside (electron-vite's default): better-sqlite3 is native.
  main: {
    plugins: [keepSourceAddresses],
    build: {
      outDir: 'dist/main',
      emptyOutDir: true,
      rolldownOptions: {
        input: { index: path('electron/main/index.ts'), 'core-process': path('electron/core-process.ts') },
        output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' },
      },
    },
  },
  // A sandboxed preload can load nothing but `electron`: one CommonJS file.
  preload: {
    plugins: [namesAlone],
    build: {
      outDir: 'dist/preload',
      emptyOutDir: true,
      externalizeDeps: false,
      rolldownOptions: {
        input: { index: path('electron/preload/index.ts') },
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    root: path('renderer'),
    plugins: [vue(), fromTheRoot],
    define: {
      __VUE_OPTIONS_API__: 'true',
      __VUE_PROD_DEVTOOLS__: 'false',
      __VUE_PROD_HYDRATION_MISMATCH_DETAILS__: 'false',
      __VUE_I18N_FULL_INSTALL__: 'true',
      __VUE_I18N_LEGACY_API__: 'false',
      __INTLIFY_PROD_DEVTOOLS__: 'false',
    },
    build: {
      outDir: path('dist/renderer'),
      emptyOutDir: true,
      target: 'es2024',
      minify: true,
      // The content security policy allows no data: scripts or styles.
      assetsInlineLimit: 0,
      chunkSizeWarningLimit: 1500,
      rolldownOptions: {
        input: { index: path('renderer/index.html'), wall: path('renderer/wall.html'), rate: path('renderer/rate.html') },
        checks: { pluginTimings: false },
      },
    },
  },
}

/** build/bundle.mjs names the stale parts; without it all three are built. */
const wanted = process.env.LOOPDESK_PARTS?.split(',') ?? Object.keys(parts)

export default defineConfig(Object.fromEntries(Object.entries(parts).filter(([name]) => wanted.includes(name))))
