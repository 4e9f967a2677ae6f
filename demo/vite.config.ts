/**
 * @module
 * The demo shop: four pages and the single-page app, built into demo/dist with relative addresses,
 * so that the folder can stand anywhere.
 */
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';
import { includePartials } from './includePartials.ts';
import { siteFiles } from './siteFiles.ts';

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

export default defineConfig({
  root: here('.'),
  base: './',
  appType: 'mpa',
  publicDir: false,
  plugins: [
    includePartials(here('partials')),
    siteFiles({
      distFolder: here('../dist'),
      modelFolder: here('model'),
      outFolder: here('dist'),
    }),
  ],
  // The package's worker is a module that loads tfjs on demand; Vite's default would flatten it.
  worker: { format: 'es' },
  build: {
    target: 'es2022',
    outDir: here('dist'),
    emptyOutDir: true,
    modulePreload: false,
    rolldownOptions: {
      // How long copying the model took is no news to whoever waits for the address.
      checks: { pluginTimings: false },
      input: {
        front: here('index.html'),
        product: here('product.html'),
        basket: here('basket.html'),
        checkout: here('checkout.html'),
        'single-page': here('single-page/index.html'),
      },
    },
  },
});
