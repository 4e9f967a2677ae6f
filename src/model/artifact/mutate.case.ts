/**
 * @module
 * For the fuzz test: models with something wrong with them, the same ones for the same random
 * numbers.
 */
import { sha256 } from './integrity.ts';
import type { Manifest } from './manifest.ts';

export interface Published {
  manifest: string;
  files: Map<string, Uint8Array<ArrayBuffer>>;
}

type Json = unknown;

const VALUES: readonly Json[] = [
  ...[null, true, false, '', 'x', '__proto__', 'NaN', [], {}, [[]], '../x', 'int8', 'ials'],
  ...[-1, 0, 1, 2, 3, 0.5, 15, 16, 17, 255, 256, 257, 600, 1e-320, 1e-9, 1e9, 1e30, 1e308],
  ...[2 ** 31, 2 ** 32, 2 ** 40, 2 ** 53, -1e308, 4096, 16_777_216, 512],
];

/** One to three things wrong; most of them past what a hash would catch. */
export async function mutate(given: Published, random: () => number): Promise<Published> {
  const published = { manifest: given.manifest, files: new Map(given.files) };
  const below = (end: number): number => Math.floor(random() * end);
  for (let left = 1 + below(3); left > 0; left--) {
    const kind = below(11);
    if (kind === 10) published.manifest = lowerBound(published.manifest, random);
    else if (kind < 3) published.manifest = mutateJson(published.manifest, below);
    else if (kind === 3) published.manifest = mutateText(published.manifest, below);
    else await mutateFile(published, below, kind > 4);
  }
  return published;
}

/** A block's bound that is too low hides the best rows, and no parser can tell. */
function lowerBound(text: string, random: () => number): string {
  const numbers = /("blockNorms":\[)([^\]]+)/g;
  return text.replace(numbers, (_, head: string, norms: string) =>
    random() < 0.5
      ? head + norms
      : head + norms.replace(/[\d.e-]+/g, (n) => `${Number(n) * random()}`),
  );
}

async function mutateFile(
  published: Published,
  below: (end: number) => number,
  isRehashed: boolean,
): Promise<void> {
  const names = [...published.files.keys()];
  const name = names[below(names.length)];
  const bytes = published.files.get(name) ?? new Uint8Array();
  const changed =
    name.endsWith('.json') && below(3) > 0
      ? new TextEncoder().encode(mutateJson(new TextDecoder().decode(bytes), below))
      : mutateBytes(bytes, below);
  published.files.set(name, changed);
  if (!isRehashed) return;
  try {
    const manifest = JSON.parse(published.manifest) as Manifest;
    for (const file of manifest.files) {
      if (file.name !== name) continue;
      file.sha256 = await sha256(changed);
      file.bytes = changed.length;
    }
    published.manifest = JSON.stringify(manifest);
  } catch {
    // The manifest is broken already.
  }
}

function mutateBytes(bytes: Uint8Array<ArrayBuffer>, below: (end: number) => number) {
  switch (below(4)) {
    case 0:
      return bytes.slice(0, below(bytes.length + 1));
    case 1: {
      const longer = new Uint8Array(bytes.length + 1 + below(64));
      longer.set(bytes);
      return longer;
    }
    default: {
      const changed = bytes.slice();
      // A run of bytes: of float64 that makes infinities, NaN and subnormals.
      const [value, from] = [below(256), below(bytes.length)];
      changed.fill(value, from, from + 1 + below(12));
      return changed;
    }
  }
}

function mutateText(text: string, below: (end: number) => number): string {
  const at = below(text.length + 1);
  return below(2)
    ? text.slice(0, at)
    : text.slice(0, at) + 'e0"]}{,-'[below(9)] + text.slice(at + 1);
}

/** Changes, removes, repeats or moves one value somewhere inside. */
export function mutateJson(text: string, below: (end: number) => number): string {
  let root: Json;
  try {
    root = JSON.parse(text);
  } catch {
    return text;
  }
  let at = root;
  for (;;) {
    if (typeof at !== 'object' || at === null) break;
    const keys = Object.keys(at);
    if (keys.length === 0) break;
    const key = keys[below(keys.length)];
    const holder = at as Record<string, Json>;
    const inner = holder[key];
    if (typeof inner === 'object' && inner !== null && below(8) > 0) {
      at = inner;
      continue;
    }
    const other = holder[keys[below(keys.length)]];
    switch (below(6)) {
      case 0:
        if (Array.isArray(at)) at.splice(Number(key), 1);
        else delete holder[key];
        break;
      case 1:
        if (Array.isArray(at)) at.push(inner);
        else holder[`${key}2`] = inner;
        break;
      case 2:
        [holder[key], holder[keys[0]]] = [holder[keys[0]], inner];
        break;
      case 3:
        holder[key] = typeof inner === 'number' ? inner + (below(2) ? 1 : -1) : other;
        break;
      case 4:
        holder[key] = typeof inner === 'number' ? inner * (below(4) / 2) : other;
        break;
      default:
        holder[key] = VALUES[below(VALUES.length)];
    }
    break;
  }
  return JSON.stringify(root);
}
