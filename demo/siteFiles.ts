/**
 * @module
 * A Vite plugin for the files that the shop takes from elsewhere: the package's own build under
 * sotto/, the model under model/, looks.json. Served as they are in dev, copied by a build.
 */
import { cp, mkdir, readFile, writeFile } from 'node:fs/promises';
import { extname, join, normalize, sep } from 'node:path';
import type { Plugin } from 'vite';
import { makeLooks } from './makeLooks.ts';

export interface SiteFilesOptions {
  /** The package's build. */
  distFolder: string;
  modelFolder: string;
  outFolder: string;
}

const TYPES: Readonly<Record<string, string>> = {
  '.js': 'text/javascript',
  '.json': 'application/json',
  '.wasm': 'application/wasm',
};

/** What stands under dist/ for Node and for editors only. */
const NOT_FOR_PAGES = ['cli', 'types'];

export function siteFiles(options: SiteFilesOptions): Plugin {
  const { distFolder, modelFolder, outFolder } = options;
  const folders: Readonly<Record<string, string>> = { sotto: distFolder, model: modelFolder };
  return {
    name: 'site-files',
    configureServer(server) {
      server.middlewares.use((request, response, next) => {
        void (async () => {
          const path = normalize(decodeURIComponent((request.url ?? '/').split('?')[0])).slice(1);
          const [first, ...rest] = path.split(sep);
          const body =
            path === 'looks.json'
              ? JSON.stringify(await makeLooks(modelFolder))
              : Object.hasOwn(folders, first) && rest.length > 0
                ? await readFile(join(folders[first], ...rest))
                : null;
          if (body === null) return next();
          response.setHeader('Content-Type', TYPES[extname(path)] ?? 'application/octet-stream');
          response.end(body);
        })().catch(() => next());
      });
    },
    async closeBundle() {
      await mkdir(outFolder, { recursive: true });
      await cp(distFolder, join(outFolder, 'sotto'), {
        recursive: true,
        filter: (source) => !NOT_FOR_PAGES.some((name) => source === join(distFolder, name)),
      });
      await cp(modelFolder, join(outFolder, 'model'), { recursive: true });
      await writeFile(join(outFolder, 'looks.json'), JSON.stringify(await makeLooks(modelFolder)));
    },
  };
}
