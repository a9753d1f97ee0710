import type { JsonObject } from '../../platform/json/index.js';
import type { Payload } from '../sources/payload.js';
import type { WebhookNews } from '../sources/webhook-source.js';

/** What git triggers are held against; the names are those of the original's events (edges.md §3). */
export type GitMembers = JsonObject & {
  /** The owner, organisation, workspace or project key. */
  readonly repoProject: string | null;
  /** The repository. */
  readonly slug: string | null;
  readonly hash: string | null;
  /** Without `refs/heads/`; tags keep `refs/tags/`. */
  readonly branch: string;
  /** What happened, in the host's words. */
  readonly action: string | null;
};

export const news = (members: GitMembers): WebhookNews => ({ kind: 'news', members });

/** What git calls the commit of a branch that is not there. */
export const GONE = '0'.repeat(40);

/** As `news`, where the host also tells of what is gone. */
export const newsUnlessDeleted = (members: GitMembers): WebhookNews =>
  members.hash?.startsWith('000000000')
    ? { kind: 'none', reason: 'a branch or tag was deleted' }
    : { kind: 'news', members };

/** The name of a branch; other refs, such as tags, stay as they are. */
export const branchOf = (ref: string): string => ref.replaceAll('refs/heads/', '');

/** What is known of a pull request besides its branch: texts, whatever the payload has (edges.md §3.1). */
export const pullRequestMembers = (
  request: Payload | undefined,
  names: { readonly number: string; readonly draft: string; readonly state: string },
): JsonObject =>
  request === undefined
    ? {}
    : {
        number: String(request.int(names.number) ?? 0),
        draft: String(request.flag(names.draft) ?? null),
        state: request.text(names.state) ?? null,
        title: request.text('title') ?? null,
      };
