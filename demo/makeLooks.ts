/**
 * @module
 * Makes looks.json, the one file that thumbnails are drawn from: `tsx demo/makeLooks.ts [MODEL OUT]`.
 * It is the same for every visitor, so asking for it says nothing about taste.
 */
import { writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { designLooks, type LookColumns } from './looks/designLooks.ts';
import { readModelFolder } from './looks/readFactors.ts';

export interface Looks extends LookColumns {
  version: 1;
  /** The model it was made from: rows of another model are in another order. */
  modelId: string;
}

/** @param folder - a model folder: manifest.json and the files it names. */
export async function makeLooks(folder: string): Promise<Looks> {
  const { modelId, factors, departments } = await readModelFolder(folder);
  return { version: 1, modelId, ...designLooks(factors, departments) };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [folder = 'demo/model', out = 'demo/dist/looks.json'] = process.argv.slice(2);
  await writeFile(out, JSON.stringify(await makeLooks(folder)));
}
