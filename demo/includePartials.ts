/**
 * @module
 * A Vite plugin that puts partials/NAME.html where a page says `<!-- include NAME -->`: the pages
 * stay ordinary HTML, and head, header and footer are written once.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Plugin } from 'vite';

export function includePartials(folder: string): Plugin {
  return {
    name: 'include-partials',
    transformIndexHtml: {
      // Before Vite looks for scripts and styles: the partials name some.
      order: 'pre',
      handler: (html) =>
        html.replace(/<!-- include ([\w-]+) -->/g, (_, name: string) =>
          readFileSync(join(folder, `${name}.html`), 'utf8').trim(),
        ),
    },
  };
}
