/**
 * @module
 * modelIn: what a command has written, for the tests of commands.
 */
import { readFileSync } from 'node:fs';
import type { FileRole } from '../src/model/artifact/manifest.ts';
import { parseManifest } from '../src/model/artifact/parseManifest.ts';

/** A model's manifest, and its JSON files by role. */
export function modelIn(folder: string) {
  const manifest = parseManifest(readFileSync(`${folder}/manifest.json`, 'utf8'));
  const contents = (role: FileRole): unknown => {
    const name = manifest.files.find((file) => file.role === role)?.name ?? '';
    return JSON.parse(readFileSync(`${folder}/${name}`, 'utf8'));
  };
  return { manifest, contents };
}
