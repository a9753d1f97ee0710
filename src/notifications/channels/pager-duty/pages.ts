import { InvalidRequestError } from '../../../platform/errors/index.js';

/** What became of the event for one service. `refused` is in PagerDuty's words, `failed` did not come that far. */
export type Page =
  | { readonly kind: 'taken' }
  | { readonly kind: 'refused'; readonly key: string; readonly message: string }
  | { readonly kind: 'failed'; readonly key: string; readonly message: string };

const listed = (pages: readonly Page[], kind: 'refused' | 'failed'): string => {
  const lines = pages.flatMap((page) => (page.kind === kind ? [`${page.key}: ${page.message}`] : []));
  return lines.length === 0 ? '' : ` ${lines.join(', ')}.`;
};

/** Throws a 400 that names every key whose page was not taken, in the original's words (notifications.md §5.7). */
export function checkPages(pages: readonly Page[]): void {
  const taken = pages.filter(({ kind }) => kind === 'taken').length;
  if (taken === pages.length) return;
  const refused = listed(pages, 'refused');
  const detail = refused + listed(pages, 'failed');
  if (taken > 0) throw new InvalidRequestError(`Some notifications succeeded, but the following failed: ${detail}`);
  const what =
    refused === '' ? 'There were issues with the request sent to PagerDuty' : 'There were problems with PagerDuty';
  throw new InvalidRequestError(`${what}: ${detail}`, 'page-refused');
}
