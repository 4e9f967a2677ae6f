/**
 * @module
 * The package as it is published: packed, unpacked into an empty project, typed and imported there.
 */
import { execFileSync } from 'node:child_process';
import { mkdtemp, mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'playwright/test';
import { build, type Rolldown } from 'vite';

const root = fileURLToPath(new URL('..', import.meta.url));
const typescript = createRequire(import.meta.url).resolve('typescript/bin/tsc');

let project: string;
let installed: string;

test.beforeAll(async () => {
  project = await mkdtemp(join(tmpdir(), 'sotto-consumer-'));
  installed = join(project, 'node_modules', 'sotto');
  await mkdir(installed, { recursive: true });
  execFileSync('npm', ['pack', '--ignore-scripts', '--silent', '--pack-destination', project], {
    cwd: root,
  });
  const archive = (await readdir(project)).find((name) => name.endsWith('.tgz'));
  if (!archive) throw new Error(`npm pack wrote no archive into ${project}`);
  execFileSync('tar', ['xzf', join(project, archive), '-C', installed, '--strip-components', '1']);
  await writeFile(join(project, 'package.json'), '{ "type": "module" }');
  await writeFile(
    join(project, 'consumer.ts'),
    `import { createRecommender, SottoError, type Recommendation, type ReportRequest } from 'sotto';
import { decodeReports } from 'sotto/decode-reports';
import type { SottoShelf } from 'sotto/elements';
const sotto = await createRecommender({ model: '/models/shop/manifest.json' });
const list: Recommendation[] = await sotto.recommend({ count: 3, filter: { price: { max: 3 } } });
export const first: string = list[0].itemId;
const request = { metrics: [{ listId: 'front', action: 'click' }] } satisfies ReportRequest;
export const clicks = decodeReports([await sotto.createReport(request)], request).metrics[0].mean;
const shelf: SottoShelf = document.createElement('sotto-shelf');
shelf.recommender = sotto;
// @ts-expect-error: a count is a number.
await sotto.recommend({ count: 'three' });
export { SottoError };
`,
  );
});

test.afterAll(async () => {
  await rm(project, { recursive: true, force: true });
});

for (const [module, resolution] of [
  ['nodenext', 'nodenext'],
  ['esnext', 'bundler'],
]) {
  test(`its types hold in a strict project that resolves by ${resolution}`, () => {
    const settings = [
      ...['--noEmit', '--strict', '--target', 'es2022', '--lib', 'es2022,dom'],
      ...['--module', module, '--moduleResolution', resolution],
    ];
    const typeCheck = () =>
      execFileSync(process.execPath, [typescript, ...settings, 'consumer.ts'], {
        cwd: project,
        encoding: 'utf8',
      });
    expect(typeCheck).not.toThrow();
  });
}

test('importing it where there is no window is harmless', () => {
  const script = `const before = Object.keys(globalThis).length;
    const { createRecommender, SottoError } = await import('sotto');
    const { SottoShelf } = await import('sotto/elements');
    const { decodeReports } = await import('sotto/decode-reports');
    if (!SottoShelf || decodeReports([], { metrics: [{ action: 'click' }] }).accepted) throw 0;
    const error = await createRecommender({}).then(() => null, (thrown) => thrown);
    console.log(JSON.stringify({
      isSottoError: error instanceof SottoError,
      message: error?.message,
      leaked: Object.keys(globalThis).length - before,
    }));`;
  const output = execFileSync(process.execPath, ['--input-type=module', '--eval', script], {
    cwd: project,
    encoding: 'utf8',
  });
  expect(JSON.parse(output)).toEqual({
    isSottoError: true,
    message: 'a recommender needs a document',
    leaked: 0,
  });
});

test('require gives the same as import', () => {
  const script = `console.log(JSON.stringify(Object.keys(require('sotto')).sort()))`;
  const output = execFileSync(process.execPath, ['--input-type=commonjs', '--eval', script], {
    cwd: project,
    encoding: 'utf8',
  });
  expect(JSON.parse(output)).toEqual(['DEFAULT_ACTION_WEIGHTS', 'SottoError', 'createRecommender']);
});

test('a bundler keeps what acts when it is imported, and drops what nobody uses', async () => {
  const bundled = async (contents: string): Promise<string> => {
    const entry = join(project, 'app.js');
    await writeFile(entry, contents);
    const made = await build({
      root: project,
      configFile: false,
      logLevel: 'error',
      build: { write: false, target: 'es2022', rollupOptions: { input: entry } },
    });
    const { output } = (Array.isArray(made) ? made[0] : made) as Rolldown.RolldownOutput;
    return output.map((file) => (file.type === 'chunk' && file.isEntry ? file.code : '')).join('');
  };
  expect(await bundled("import 'sotto/script';")).toContain('[sotto]');
  expect(await bundled("import 'sotto/elements';")).toContain('sotto-shelf');
  expect(await bundled("import { createRecommender } from 'sotto';")).not.toContain('sotto');
});

test('it brings the command line, with nothing else to install', async () => {
  const output = execFileSync(process.execPath, [join(installed, 'dist/cli/main.js'), '--help'], {
    cwd: project,
    encoding: 'utf8',
  });
  for (const command of ['train', 'pack', 'evaluate', 'inspect']) {
    expect(output).toContain(command);
  }
  expect(await readdir(join(project, 'node_modules'))).toEqual(['sotto']);
});
