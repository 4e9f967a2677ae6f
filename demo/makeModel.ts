/**
 * @module
 * Makes the demo's model from the raw files: `npm run demo:model -- FILES…`. Everything goes
 * through the command line, as a shop of one's own would: a first, tiny training gathers titles and
 * prices, which are tidied and put into departments; the second is the model.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { categoriesOf } from './categories.ts';
import { tidyTitle } from './tidyTitle.ts';

const ATTRIBUTION =
  'Chen, D. (2012). Online Retail II. UCI Machine Learning Repository. ' +
  'https://doi.org/10.24432/C5CG6D. Licence: CC BY 4.0. Trained on the purchases; titles tidied.';

/** Products have five digits and up to two letters; the rest are fees, vouchers and tests. */
const CLEANING = ['--item-pattern', '^\\d{5}[A-Z]{0,2}$', '--item-case', 'upper'];

const commandLine = fileURLToPath(import.meta.resolve('../cli/main.ts'));
const out = fileURLToPath(import.meta.resolve('./model'));

function sotto(...parts: string[]): void {
  const { status } = spawnSync(process.execPath, ['--import', 'tsx', commandLine, ...parts], {
    stdio: 'inherit',
  });
  if (status !== 0) throw new Error(`sotto ${parts[0]} ended with status ${status}`);
}

interface RawItem {
  id: string;
  title: string | null;
  price: number | null;
}

function tidied({ id, title, price }: RawItem): string {
  const raw = title ?? id;
  return JSON.stringify({ id, title: tidyTitle(raw), price, categories: categoriesOf(raw) });
}

function main(files: readonly string[]): void {
  if (files.length === 0) {
    process.stderr.write(
      'usage: npm run demo:model -- FILES… (the two years of Online Retail II)\n',
    );
    process.exitCode = 2;
    return;
  }
  const scratch = mkdtempSync(join(tmpdir(), 'sotto-demo-'));
  try {
    const raw = join(scratch, 'raw.jsonl');
    const items = join(scratch, 'items.jsonl');
    const first = join(scratch, 'first');
    const interactions = ['--interactions', ...files, ...CLEANING];
    const details = ['--title-column', 'Description', '--price-column', 'Price', 'UnitPrice'];
    sotto(
      'train',
      ...interactions,
      ...details,
      '--dim',
      '1',
      '--epochs',
      '1',
      '--blend',
      'plain',
      '--out',
      first,
    );
    sotto('inspect', first, '--items', raw);
    const lines = readFileSync(raw, 'utf8').trim().split('\n');
    const rows = lines.map((line) => tidied(JSON.parse(line) as RawItem));
    writeFileSync(items, `${rows.join('\n')}\n`);
    sotto('train', ...interactions, '--items', items, '--attribution', ATTRIBUTION, '--out', out);
  } finally {
    rmSync(scratch, { recursive: true });
  }
}

main(process.argv.slice(2));
