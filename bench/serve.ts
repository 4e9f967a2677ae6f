/**
 * @module
 * A static server for benchmarks: folders under prefixes, and the headers that give a page the
 * fine clock and the shared memory (threads) that browsers keep from others.
 */
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join, normalize } from 'node:path';

const TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.wasm': 'application/wasm',
};

export interface BenchServer {
  origin: string;
  close(): void;
}

/** @param folders - by prefix, e.g. `/dist/`; `/` itself is a blank page. */
export async function serve(folders: Readonly<Record<string, string>>): Promise<BenchServer> {
  const server = createServer((request, response) => {
    const path = normalize(new URL(request.url ?? '/', 'http://localhost').pathname);
    response.setHeader('Cross-Origin-Opener-Policy', 'same-origin');
    response.setHeader('Cross-Origin-Embedder-Policy', 'require-corp');
    // A collector of events, for trackers that send some.
    if (request.method === 'POST') {
      request.resume();
      response.end();
      return;
    }
    if (path === '/') {
      response.setHeader('Content-Type', TYPES['.html']);
      response.end('<!doctype html><title>bench</title>');
      return;
    }
    const prefix = Object.keys(folders).find((each) => path.startsWith(each));
    const file = prefix && join(folders[prefix], path.slice(prefix.length));
    void sizeOf(file).then((bytes) => {
      if (!file || bytes === null) {
        response.statusCode = 404;
        response.end();
        return;
      }
      response.setHeader('Content-Type', TYPES[extname(file)] ?? 'application/octet-stream');
      response.setHeader('Content-Length', bytes);
      createReadStream(file).pipe(response);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return { origin: `http://127.0.0.1:${port}`, close: () => void server.close() };
}

async function sizeOf(file: string | undefined): Promise<number | null> {
  if (!file) return null;
  try {
    const found = await stat(file);
    return found.isFile() ? found.size : null;
  } catch {
    return null;
  }
}
