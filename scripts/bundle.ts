/**
 * @module
 * bundle: what a mode of `vite.config.ts` gives, made in memory, so that the answer is never that of
 * an old dist/.
 */
import { brotliCompressSync } from 'node:zlib';
import { build, type BuildOptions, type Plugin, type Rolldown } from 'vite';
import type { BundleChunk } from './bundleRules.ts';

/** @param settings - over those of `vite.config.ts`. @param plugins - beside its own. */
export async function bundle(
  mode: string,
  settings: BuildOptions = {},
  plugins: Plugin[] = [],
): Promise<BundleChunk[]> {
  const options = { write: false, ...settings };
  const result = await build({ mode, logLevel: 'warn', build: options, plugins });
  // One per output format; each mode has one.
  const [{ output }] = [result].flat() as [Rolldown.RolldownOutput];
  return output.flatMap((part) =>
    part.type === 'chunk'
      ? {
          ...part,
          // A part's copy of a module is that module.
          moduleIds: part.moduleIds
            .filter((id) => (part.modules[id]?.renderedLength ?? 0) > 0)
            .map((id) => id.replace(/\?part=.*/, '')),
        }
      : [],
  );
}

export function textOf({ code }: BundleChunk): Uint8Array {
  return new TextEncoder().encode(code);
}

export function brotliBytes(files: readonly Uint8Array[]): number {
  return files.reduce((sum, file) => sum + brotliCompressSync(file).byteLength, 0);
}
