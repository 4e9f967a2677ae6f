/**
 * @module
 * The bundled app on a site of its own, under a policy that each test chooses, and what a visitor
 * finds there.
 */
import type { Page } from 'playwright/test';
import { packCompactModel } from '../compactModel.ts';
import { serve, type Served, type Site } from '../engines/server.ts';

/** A strict host's, with all that the package needs. */
export const LEAST =
  "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; worker-src 'self'; " +
  "connect-src 'self'; require-trusted-types-for 'script'; trusted-types sotto";

export interface Outcome {
  ids: string[];
  explained: number;
  warnings: string[];
}

export interface HostedApp {
  site: Site;
  /** @param policy - of every answer; empty: none. @param query - of the page's address. */
  listUnder: (page: Page, policy: string, query?: string) => Promise<Outcome>;
  /** What ranks a compact model, and the answers to requests for kernels. */
  compactUnder: (page: Page, policy: string) => Promise<{ retrieval: string; kernels: number[] }>;
}

/**
 * @param files - by path, as the bundler made them.
 * @param script - the page's `<script>` element.
 */
export async function hostApp(
  files: ReadonlyMap<string, Served>,
  script: string,
): Promise<HostedApp> {
  let headers = { 'content-security-policy': '' };
  const compactFiles = new Map<string, Served>();
  const site = await serve((path) => {
    if (path === '/') {
      return { body: `<!doctype html><html lang="en"><title>npm</title>${script}</html>`, headers };
    }
    const file = files.get(path) ?? compactFiles.get(path);
    // A worker takes its policy from its own response.
    return file ? { ...file, headers } : null;
  });
  const listUnder: HostedApp['listUnder'] = async (page, policy, query = '') => {
    headers = { 'content-security-policy': policy };
    const warnings: string[] = [];
    page.on('console', (message) => {
      if (message.text().startsWith('[sotto]')) warnings.push(message.text().split(':')[0]);
    });
    await page.goto(`${site.origin}/${query}`);
    const found = await page.evaluate(async () => {
      const sotto = await window.starting;
      const [{ itemId }] = await sotto.popular({ count: 1 });
      await sotto.forget();
      sotto.track({ itemId, action: 'like' });
      await sotto.flush();
      const ids = (await sotto.recommend({ count: 12 })).map((one) => one.itemId);
      const { contributions } = await sotto.explain(ids[0]);
      return { ids, explained: contributions.length };
    });
    return { ...found, warnings };
  };
  const compactUnder: HostedApp['compactUnder'] = async (page, policy) => {
    headers = { 'content-security-policy': policy };
    const model = await packCompactModel();
    for (const [name, body] of model) compactFiles.set(`/compact/${name}`, { body });
    const kernels: number[] = [];
    page.context().on('response', (response) => {
      if (response.url().endsWith('.wasm')) kernels.push(response.status());
    });
    await page.goto(`${site.origin}/?model=/compact/manifest.json`);
    const retrieval = await page.evaluate(async () => {
      const sotto = await window.starting;
      return (await sotto.profile()).model.retrieval;
    });
    return { retrieval, kernels };
  };
  return { site, listUnder, compactUnder };
}
