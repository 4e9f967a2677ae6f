/**
 * @module
 * Calls a page script of a benchmark: `run` of `pages/<name>.ts`, in the page.
 */
import type { Page } from 'playwright';

export function runInPage<Request, Answer>(
  page: Page,
  name: string,
  request: Request,
): Promise<Answer> {
  return page.evaluate(
    async ({ address, given }) => {
      const script = (await import(address)) as { run: (request: unknown) => Promise<Answer> };
      return script.run(given);
    },
    { address: `/pages/${name}.js`, given: request },
  );
}
