/**
 * @module
 * Pages made for one test, served from the site's own address: the built script on an otherwise
 * empty page, with the options and headers that the test needs.
 */
import type { Page } from 'playwright/test';

export interface FixtureOptions {
  /** data-* attributes of the script tag; the model's address is filled in. */
  attributes?: Readonly<Record<string, string>>;
  /** Content-Security-Policy of the page. */
  policy?: string;
  /** Scripts before the tag. */
  before?: string;
  /** What stands on the page. */
  body?: string;
}

const PATH = 'fixture.html';

export async function openFixture(page: Page, options: FixtureOptions = {}): Promise<void> {
  const attributes = Object.entries({ 'data-model': 'model/manifest.json', ...options.attributes })
    .map(([name, value]) => `${name}="${value.replaceAll('"', '&quot;')}"`)
    .join(' ');
  const body =
    '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Fixture</title>' +
    `<script>${options.before ?? ''}</script><script src="sotto/sotto.js" ${attributes}></script>` +
    `</head><body>${options.body ?? ''}</body></html>`;
  await page.route(`**/${PATH}`, (route) =>
    route.fulfill({
      body,
      contentType: 'text/html',
      headers: options.policy ? { 'Content-Security-Policy': options.policy } : {},
    }),
  );
  await page.goto(PATH);
}

/** How a call ended: 'ok', or the code and message of the SottoError. */
export interface Outcome {
  code: string;
  message: string;
}

/** Runs `sotto.METHOD(...given)` on the page. NaN and the like pass through. */
export function outcomeOf(page: Page, method: string, ...given: unknown[]): Promise<Outcome> {
  return page.evaluate(
    async ([name, values]) => {
      const methods = window.sotto as unknown as Record<string, (...all: unknown[]) => unknown>;
      try {
        await methods[name](...values);
        return { code: 'ok', message: '' };
      } catch (thrown) {
        const { name: kind, code, message } = thrown as Error & { code?: string };
        return {
          code: kind === 'SottoError' && code ? code : `not a SottoError: ${kind}`,
          message,
        };
      }
    },
    [method, given] as [string, unknown[]],
  );
}
