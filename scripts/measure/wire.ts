/**
 * @module
 * What a model costs on the wire: bytes an item of each kind of file, in brotli at 11, as a CDN makes
 * it of static files once.
 *
 *   npx tsx scripts/measure/wire.ts [DIR]
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseManifest } from '../../src/model/artifact/parseManifest.ts';
import { brotliBytes } from '../bundle.ts';

const [folder = 'demo/model'] = process.argv.slice(2);
const read = (name: string): Buffer => readFileSync(join(folder, name));
const manifest = read('manifest.json');
const { items, files } = parseManifest(manifest.toString());
const bytes = new Map([['manifest', brotliBytes([manifest])]]);
for (const { role, name } of files) {
  bytes.set(role, (bytes.get(role) ?? 0) + brotliBytes([read(name)]));
}
for (const [role, ofRole] of bytes) {
  process.stdout.write(`${role.padEnd(12)} ${(ofRole / items).toFixed(1)}\n`);
}
const all = [...bytes.values()].reduce((sum, ofRole) => sum + ofRole, 0);
process.stdout.write(`${'all'.padEnd(12)} ${(all / items).toFixed(1)} bytes an item\n`);
