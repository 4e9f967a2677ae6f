/**
 * @module
 * How the package's bundles are made, one mode each; `scripts/build.ts` runs them in turn.
 *
 * | mode   | gives               | is                                                     |
 * |--------|---------------------|--------------------------------------------------------|
 * | npm    | dist/index.js       | the npm entry, ESM                                     |
 * | script | dist/sotto.js       | the script-tag entry, IIFE                             |
 * | parts  | dist/chunks/page-*  | what that entry loads only when it is used             |
 * | elements | dist/sotto-elements.js | <sotto-shelf> and <sotto-inspector>, ESM            |
 * | decode | dist/decode-reports.js | decodeReports, for the site's server                |
 * | worker | dist/sotto-worker.js| the worker, a module; tfjs in a chunk loaded on demand |
 * | cli    | dist/cli/*.js       | the command line, for Node                             |
 */
import { builtinModules } from 'node:module';
import { minify } from 'terser';
import { defineConfig, type Plugin, type UserConfig } from 'vite';
import { buildConstants } from './scripts/buildId.ts';
import { INNER_NAMES } from './scripts/innerNames.ts';
import { nameAlike } from './scripts/nameAlike.ts';
import { loadPartsBeside, pageParts, partsAlone } from './scripts/pageParts.ts';

const shared = {
  target: 'es2022',
  emptyOutDir: false,
  outDir: 'dist',
  copyPublicDir: false,
} as const;

/**
 * Our own build leaves the worker's and the kernels' addresses alone; the site's must find them. So
 * the marks that say so to ours do not go out; those of an import from an address that only the
 * visitor's browser knows hold for every bundler.
 */
const dropIgnoreMarks: Plugin = {
  name: 'sotto:drop-ignore-marks',
  renderChunk: (code) => code.replaceAll(/(?<!import\([^)]*)\/\* @vite-ignore \*\/\s*/g, ''),
};

/** Nothing that is read has a getter that does anything. */
const pureReads = { treeshake: { propertyReadSideEffects: false } } as const;

/**
 * idb installs its two conveniences, `database.get()` and cursors as iterators, when it is loaded.
 * Neither is used.
 */
const withoutIdbConveniences = {
  treeshake: { ...pureReads.treeshake, manualPureFunctions: ['replaceTraps'] },
} as const;

/**
 * The bundler makes a chunk of what several of them share: a second file beside the first, and at the
 * worker's start even beside the entry (by `readRow.ts` and `errors.ts`); or it keeps in the entry
 * what only parts use of a file (the checks in `errors.ts`). With a copy for some of the importers
 * each part is one file, and has what it uses. Nothing copied holds a state, and errors are told by
 * name.
 */
const COPIES: readonly (readonly [source: string, ...importers: string[]])[] = [
  ['/errors.ts', '/model/readRow.ts'],
  ['/errors.ts', '/worker/strict.ts', '/resolveOptions.ts'],
  ['/errors.ts', '/worker/countFromLog.ts', '/metrics/reportRequest.ts'],
  ['/errors.ts', '/refine/tfjs.ts'],
  ['/manifest.ts', '/parseManifest.ts', '/expectFiles.ts', '/expectBlend.ts'],
  ['/reference.ts', '/retrieval/webgpu.ts'],
  ['/seededRandom.ts', '/learners/refine/rankingProblem.ts'],
  ['/retiredRecords.ts', '/store/memoryStore.ts'],
  ['/spentWith.ts', '/store/memoryStore.ts'],
  ['./types.ts', '/store/memoryStore.ts', '/store/memoryPageStore.ts'],
];

const oneFileEach: Plugin = {
  name: 'sotto:one-file-each',
  enforce: 'pre',
  async resolveId(source, importer) {
    const copy = COPIES.findIndex(
      ([copied, ...importers]) =>
        source.endsWith(copied) && importers.some((one) => importer?.endsWith(one)),
    );
    if (copy === -1) return null;
    const found = await this.resolve(source, importer, { skipSelf: true });
    return found && `${found.id}?copy${copy}`;
  },
};

/**
 * What of comlink and idb nothing of ours can reach, and no bundler can see: the page calls methods,
 * and asks and answers are copies, where comlink can also send proxies of objects, make instances,
 * open further channels and end them, ask who sends, be sent what was thrown, and say that
 * an answer cannot be copied. Of idb nobody moves a cursor, asks for a transaction's one store, or
 * sets or looks for a property.
 */
const UNREACHED: Record<string, readonly (readonly [what: RegExp, instead: string])[]> = {
  '/comlink.mjs': [
    [/\["proxy", proxyTransferHandler\],/, ''],
    [/deserialize\(serialized\) \{[^]*?\n {4}\},/, ''],
    [/case "HANDLER"[^]*?\(value\.value\);/, ''],
    [/\.catch\(\(error\) => \{\s*\/\/ Send Serialization Error[^]*?transferables\);\s*\}\);/, ';'],
    [/"FinalizationRegistry" in globalThis &&/, 'false &&'],
    [/case "GET"[^]*?break;/, ''],
    [/case "SET"[^]*?break;/, ''],
    [/case "CONSTRUCT"[^]*?break;/, ''],
    [/case "ENDPOINT"[^]*?break;/, ''],
    [/case "RELEASE"[^]*?break;/, ''],
    [/if \(type === "RELEASE"[^]*?\n {12}\}/, ''],
    [/if \(!isAllowedOrigin\([^]*?return;\s*\}/, ''],
  ],
  '/idb/build/index.js': [
    [/getCursorAdvanceMethods\(\)\.includes\(func\)/, 'false'],
    [/if \(prop === 'store'\) \{[^]*?\n {12}\}/, ''],
    [/set\(target, prop, value\) \{[^]*?return true;\s*\},/, ''],
    [/has\(target, prop\) \{[^]*?return prop in target;\s*\},/, ''],
  ],
};

const dropUnreached: Plugin = {
  name: 'sotto:drop-unreached',
  transform(code, id) {
    const parts = Object.entries(UNREACHED).find(([file]) => id.endsWith(file))?.[1];
    if (!parts) return null;
    for (const [what, instead] of parts) {
      if (!what.test(code)) throw new Error(`${id} no longer has ${what.source}`);
      code = code.replace(what, instead);
    }
    return { code, map: null };
  },
};

/** Up to the names of variables, which a second minifier gives, or `nameAlike`. */
const minifiedButNames = {
  compress: true,
  mangle: false,
  codegen: { removeWhitespace: true },
} as const;

/**
 * A second minifier finds another hundred bytes, where every visitor pays for each.
 * @param isPage - the script tag's, and what that loads.
 */
const minifyOnceMore = (isPage = false): Plugin => ({
  name: 'sotto:minify-once-more',
  async generateBundle({ format }, bundle) {
    for (const chunk of Object.values(bundle)) {
      // tfjs' megabyte would take a quarter of a minute.
      if (chunk.type !== 'chunk' || chunk.moduleIds.some((id) => id.includes('@tensorflow'))) {
        continue;
      }
      const { code = chunk.code } = await minify(chunk.code, {
        ecma: 2020,
        module: format === 'es',
        mangle: !isPage,
        compress: {
          // More of them make the worker larger.
          passes: isPage ? 6 : 3,
          ecma: 2020,
          pure_getters: true,
          // What is compared stands first in our sources, and compresses better there.
          lhs_constants: false,
          // No function of ours is called with `new`.
          unsafe_arrows: true,
          unsafe_methods: true,
        },
      });
      chunk.code = isPage ? nameAlike(code, INNER_NAMES) : code;
    }
  },
});

const modes: Record<string, UserConfig> = {
  npm: {
    plugins: [dropIgnoreMarks],
    build: {
      ...shared,
      rolldownOptions: {
        ...pureReads,
        output: { chunkFileNames: 'chunks/page-[name]-[hash].js' },
      },
      minify: false,
      lib: { entry: 'src/index.ts', formats: ['es'], fileName: () => 'index.js' },
    },
  },
  script: {
    plugins: [loadPartsBeside, minifyOnceMore(true)],
    build: {
      ...shared,
      minify: false,
      rolldownOptions: { ...pureReads, output: { minify: minifiedButNames } },
      lib: {
        entry: 'src/script.ts',
        formats: ['iife'],
        name: 'sottoScript',
        fileName: () => 'sotto.js',
      },
    },
  },
  parts: {
    plugins: [partsAlone, dropUnreached, minifyOnceMore(true)],
    build: {
      ...shared,
      // As an application it would bring a helper that preloads chunks into documents.
      lib: { entry: pageParts(), formats: ['es'] },
      rolldownOptions: {
        ...withoutIdbConveniences,
        output: {
          format: 'es',
          minify: minifiedButNames,
          entryFileNames: 'chunks/[name].js',
        },
      },
    },
  },
  elements: {
    plugins: [minifyOnceMore()],
    build: {
      ...shared,
      lib: {
        entry: 'src/element/elements.ts',
        formats: ['es'],
        fileName: () => 'sotto-elements.js',
      },
    },
  },
  decode: {
    build: {
      ...shared,
      minify: false,
      lib: {
        entry: 'src/metrics/decodeReports.ts',
        formats: ['es'],
        fileName: () => 'decode-reports.js',
      },
    },
  },
  worker: {
    plugins: [oneFileEach, dropUnreached, minifyOnceMore()],
    build: {
      ...shared,
      minify: true,
      // As an application it would bring a helper that preloads chunks into documents.
      lib: { entry: { 'sotto-worker': 'src/worker/entry.ts' }, formats: ['es'] },
      rolldownOptions: {
        ...withoutIdbConveniences,
        // The second minifier takes longer than all the rest, as it should.
        checks: { bundlerTimings: false },
        // Chunks import from the entry what they share with it: it is there already.
        preserveEntrySignatures: false,
        output: {
          format: 'es',
          minify: true,
          entryFileNames: '[name].js',
          // Only what is loaded on demand: tfjs, and the hash for pages without WebCrypto.
          chunkFileNames: 'chunks/[name]-[hash].js',
        },
      },
    },
    base: './',
  },
  cli: {
    build: {
      ...shared,
      outDir: 'dist/cli',
      target: 'node20',
      ssr: true,
      minify: false,
      rolldownOptions: {
        input: {
          main: 'cli/main.ts',
          trainingThread: 'cli/trainingThread.ts',
          evaluationThread: 'cli/evaluationThread.ts',
        },
        external: [...builtinModules, /^node:/],
        output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: '[name].js' },
      },
    },
    ssr: { noExternal: true, target: 'node' },
  },
};

export default defineConfig(({ mode }) => ({ define: buildConstants(), ...modes[mode] }));
