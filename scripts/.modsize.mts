import { build } from 'vite';
import { brotliCompressSync } from 'node:zlib';
for (const mode of ['script', 'parts']) {
  const r: any = [await build({ mode, logLevel: 'error', build: { write: false } })].flat()[0];
  for (const c of r.output)
    if (c.type === 'chunk') {
      console.log(c.fileName, c.code.length, brotliCompressSync(c.code).byteLength);
      if (mode !== 'script') continue;
      const rows = [];
      for (const [id, m] of Object.entries(c.modules) as any) {
        if (!m.renderedLength) continue;
        rows.push([id.replace(/.*work\/wt\/page\//, ''), m.renderedLength]);
      }
      rows.sort((a: any, b: any) => b[1] - a[1]);
      console.log(rows.map((x) => x[1] + ' ' + x[0]).join('\n'));
      if (process.argv[2]) (await import('node:fs')).writeFileSync(process.argv[2], c.code);
    }
}
