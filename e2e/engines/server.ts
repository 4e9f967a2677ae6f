/**
 * @module
 * Serves what a test gives it, and the built package under /sotto/, from an address of its own. It
 * notes what was asked for.
 */
import { createReadStream, existsSync, statSync } from 'node:fs';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export interface Served {
  body: string | Uint8Array;
  type?: string;
  headers?: Readonly<Record<string, string>>;
}

/** A request, whole. */
export interface Asked {
  method: string;
  path: string;
  headers: IncomingHttpHeaders;
  body: string;
}

export interface Site {
  readonly origin: string;
  readonly asked: Asked[];
  close: () => Promise<void>;
}

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.json': 'application/json',
  '.wasm': 'application/wasm',
};

/** First part of a path → the folder it stands for. */
export const FOLDERS = {
  sotto: fileURLToPath(new URL('../../dist', import.meta.url)),
  model: fileURLToPath(new URL('../../demo/model', import.meta.url)),
} as const;

/** @param answer - what stands at a path; null: a file of a folder, or nothing. */
export async function serve(
  answer: (path: string) => Served | null,
  fileHeaders: () => Readonly<Record<string, string>> = () => ({}),
): Promise<Site> {
  const asked: Asked[] = [];
  const server = createServer((request, response) => {
    const path = decodeURIComponent(new URL(request.url ?? '/', 'http://site').pathname);
    const { method = '', headers } = request;
    const noted: Asked = { method, path: request.url ?? '', headers, body: '' };
    asked.push(noted);
    request.on('data', (chunk: Buffer) => (noted.body += chunk.toString('base64')));
    const page = answer(path);
    if (page) {
      response.writeHead(200, { 'content-type': page.type ?? TYPES['.html'], ...page.headers });
      response.end(page.body);
      return;
    }
    const file = fileAt(path);
    if (file === null) {
      response.writeHead(404).end();
      return;
    }
    const type = TYPES[extname(file)] ?? 'application/octet-stream';
    response.writeHead(200, { 'content-type': type, ...fileHeaders() });
    createReadStream(file).pipe(response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the site has no port');
  return {
    origin: `http://127.0.0.1:${address.port}`,
    asked,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

function fileAt(path: string): string | null {
  const [, folder = '', ...names] = path.split('/');
  if (!(folder in FOLDERS) || names.includes('..')) return null;
  const file = join(FOLDERS[folder as keyof typeof FOLDERS], ...names);
  return existsSync(file) && statSync(file).isFile() ? file : null;
}
