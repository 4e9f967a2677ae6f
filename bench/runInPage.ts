/**
 * @module
 * Calls a page script of a benchmark: an export of `pages/<name>.ts`, in the page. The script keeps
 * what it holds from one call to the next.
 */
import type { Page } from 'playwright';

export function runInPage<Request, Answer>(
  page: Page,
  name: string,
  request: Request,
  call = 'run',
): Promise<Answer> {
  return page.evaluate(
    async ({ address, given, call }) => {
      const script = (await import(address)) as Record<
        string,
        (request: unknown) => Promise<Answer>
      >;
      return script[call](given);
    },
    { address: `/pages/${name}.js`, given: request, call },
  );
}
