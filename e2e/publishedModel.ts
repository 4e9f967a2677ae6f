/**
 * @module
 * A model as a site would publish it: factors packed by the command line, served beside the page,
 * each request for it counted and, where a test says so, held back.
 */
import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { BrowserContext } from 'playwright/test';

const COMMAND_LINE = new URL('../dist/cli/main.js', import.meta.url).pathname;
const DIM = 16;

/** Where the packer cuts a catalogue of `ITEMS`; the last shard is a short one. */
export const FIRST_SHARD = 4096;
export const LAST_SHARD = FIRST_SHARD + 16_384;
export const ITEMS = LAST_SHARD + 300;

/** By name, the manifest too. */
export type ModelFiles = ReadonlyMap<string, Buffer>;

/**
 * `item-0`, the strongest, to `item-20779`. Items are alike along an axis: those of the last shard
 * have one of their own, the others share the rest.
 * @param weakening - how much weaker the items of the last shard are than their place says; another
 * number gives a model in which they alone differ.
 */
export async function packModel(weakening = 0): Promise<ModelFiles> {
  const factors = new Float32Array(ITEMS * DIM);
  for (let item = 0; item < ITEMS; item++) {
    const isLast = item >= LAST_SHARD;
    const axis = isLast ? DIM - 1 : item % (DIM - 1);
    factors[item * DIM + axis] = 2 - item / ITEMS - (isLast ? weakening : 0);
  }
  const folder = await mkdtemp(join(tmpdir(), 'sotto-published-'));
  try {
    const path = (name: string): string => join(folder, name);
    await writeFile(path('factors.npy'), npyOf(factors));
    const ids = Array.from({ length: ITEMS }, (_, item) => `item-${item}`);
    await writeFile(path('ids.json'), JSON.stringify(ids));
    await promisify(execFile)(process.execPath, [
      ...[COMMAND_LINE, 'pack', '--factors', path('factors.npy'), '--ids', path('ids.json')],
      ...['--out', path('model')],
    ]);
    const files = new Map<string, Buffer>();
    for (const name of await readdir(path('model'))) {
      files.set(name, await readFile(path(`model/${name}`)));
    }
    return files;
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** Version 1.0 of the format. https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html */
function npyOf(values: Float32Array): Buffer {
  const says = `{'descr': '<f4', 'fortran_order': False, 'shape': (${ITEMS}, ${DIM}), }`;
  // Magic, version, length and text are a multiple of 64 bytes together.
  const text = `${says.padEnd(Math.ceil((says.length + 11) / 64) * 64 - 11)}\n`;
  const start = Buffer.from([0x93, ...Buffer.from('NUMPY'), 1, 0, text.length, 0]);
  return Buffer.concat([start, Buffer.from(text), Buffer.from(values.buffer)]);
}

export interface Publisher {
  /** The manifest's address, beside the fixture. */
  manifest: string;
  /** In place of whatever was there. */
  publish: (files: ModelFiles) => void;
  /** Names asked for since the last call, in the order of the alphabet. */
  takeAsked: () => string[];
  /** @returns lets through what it held back, and holds no more. */
  holdBack: (which: (name: string) => boolean) => () => void;
}

export async function createPublisher(context: BrowserContext): Promise<Publisher> {
  let published: ModelFiles = new Map();
  const asked: string[] = [];
  let isHeld: (name: string) => boolean = () => false;
  let gate: Promise<void> = Promise.resolve();
  await context.route('**/published/*', async (route) => {
    const name = new URL(route.request().url()).pathname.split('/').pop() ?? '';
    asked.push(name);
    if (isHeld(name)) await gate;
    const body = published.get(name);
    await route.fulfill(body ? { body } : { status: 404 });
  });
  return {
    manifest: 'published/manifest.json',
    publish: (files) => (published = files),
    takeAsked: () => asked.splice(0).sort(),
    holdBack(which) {
      let open = (): void => {};
      isHeld = which;
      gate = new Promise((resolve) => (open = resolve));
      return () => {
        isHeld = () => false;
        open();
      };
    },
  };
}
