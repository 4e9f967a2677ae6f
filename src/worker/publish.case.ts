/**
 * @module
 * For tests: a folder of models that is published, and counts what is asked of it. It stands where
 * the network is; everything behind it is real.
 */
import { encodeModel, type EncodedModel } from '../model/artifact/encode.ts';

export const FOLDER = new URL('/published/', location.href).href;

export interface PublishOptions {
  rows: number;
  /** Models of another taste have other factors, from row 0 on or in the last rows alone. */
  taste?: number;
  firstOfTaste?: number;
  title?: string;
}

/** Strongest first, so that rows are in the order of their names. */
export function publishedModel(options: PublishOptions): Promise<EncodedModel> {
  const { rows, taste = 0, firstOfTaste = 0, title = 'Item' } = options;
  const dim = 16;
  const factors = new Float32Array(rows * dim);
  for (let row = 0; row < rows; row++) {
    const turned = row >= firstOfTaste ? taste : 0;
    factors[row * dim + ((row + turned) % dim)] = 2 - row / rows;
  }
  return encodeModel({
    ids: Array.from({ length: rows }, (_, row) => `item-${row}`),
    dim,
    factors,
    prior: new Float64Array(dim).fill(0.01),
    objective: { convention: 'ials', alpha0: 0.3, lambda: 0.01, nu: 1 },
    halfLifeDays: null,
    trendingDays: 60,
    statistics: {
      popularity: Array.from({ length: rows }, (_, row) => rows - row),
      trending: Array.from({ length: rows }, (_, row) => rows - row),
    },
    catalogue: { title: Array.from({ length: rows }, (_, row) => `${title} ${row}`) },
    createdAt: '2026-01-01T00:00:00.000Z',
  });
}

/** Takes the place of `fetch` until `restore`. */
export function createPublisher() {
  const real = globalThis.fetch;
  const files = new Map<string, BodyInit>();
  const asked: string[] = [];
  let isOnline = true;
  let gate: Promise<void> = Promise.resolve();
  let isGated: (name: string) => boolean = () => false;
  globalThis.fetch = async (input, init) => {
    const url = String(input instanceof Request ? input.url : input);
    if (!url.startsWith(FOLDER)) return real(input, init);
    const name = url.slice(FOLDER.length);
    asked.push(name);
    if (isGated(name)) await gate;
    if (!isOnline) throw new TypeError('offline');
    const body = files.get(name);
    return body === undefined ? new Response('gone', { status: 404 }) : new Response(body);
  };
  return {
    manifestUrl: `${FOLDER}manifest.json`,
    files,
    /** In place of whatever was there. */
    publish({ manifest, files: encoded }: EncodedModel): void {
      files.clear();
      files.set('manifest.json', JSON.stringify(manifest));
      for (const { name, bytes } of encoded) files.set(name, bytes);
    },
    /** Names asked for since the last call. */
    takeAsked: () => asked.splice(0),
    setOnline(to: boolean): void {
      isOnline = to;
    },
    /** Holds files back until the function it returns is called. */
    holdBack(which: (name: string) => boolean): () => void {
      isGated = which;
      let open = (): void => {};
      gate = new Promise((resolve) => (open = resolve));
      return open;
    },
    restore(): void {
      globalThis.fetch = real;
    },
  };
}
