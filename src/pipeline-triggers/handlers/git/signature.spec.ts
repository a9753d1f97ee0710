import { createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { type Held, HandlerBench } from '../../../../test/support/handler-bench.js';
import { TestSettings } from '../../../../test/support/test-settings.js';
import { GitHandler } from './git.handler.js';

const RAW = 'toBeHashed';
/** Of `toBeHashed` with the secret `foo`. */
const RIGHT = '67af18bbedab68252b01902ac0a8d7095ca93692';
const SHA256 = createHmac('sha256', 'foo').update(RAW).digest('hex');

const trigger = { type: 'git', source: 'github', project: 'project', slug: 'slug' };

interface Given {
  readonly secret?: string | null;
  readonly sharedSecret?: string;
  readonly headers?: Readonly<Record<string, readonly string[]>>;
  readonly privateHeaders?: Readonly<Record<string, readonly string[]>>;
  readonly rawContent?: string | null;
}

function held({ secret, sharedSecret = '', headers = {}, privateHeaders, rawContent = RAW }: Given): Promise<Held> {
  const handler = new GitHandler(new TestSettings({ 'trigger.git.sharedSecret': sharedSecret }));
  const event = {
    details: { type: 'git', source: 'github', requestHeaders: headers },
    content: { repoProject: 'project', slug: 'slug', hash: 'h', branch: 'b', action: 'push' },
    rawContent,
  };
  const bench = new HandlerBench(handler, privateHeaders && { privateHeaders });
  return bench.hold(event, { ...trigger, secret });
}

const sha1 = (value: string) => ({ 'x-hub-signature': [value] });

const VERIFIED = { 'x-echo-verified': ['true'] };
const GATE = { 'user-agent': ['okhttp/4.12.0'] };

const ACCEPTED: [what: string, given: Given][] = [
  ['neither secret nor signature (core.md §10, test 152)', {}],
  ['an empty secret and no signature', { secret: '' }],
  ['the right signature (test 156)', { secret: 'foo', headers: sha1(RIGHT) }],
  ['the right signature with its prefix', { secret: 'foo', headers: sha1(`sha1=${RIGHT}`) }],
  ['the right signature in upper case', { secret: 'foo', headers: sha1(`sha1=${RIGHT.toUpperCase()}`) }],
  ['the right signature for the shared secret (tests 157 to 161)', { sharedSecret: 'foo', headers: sha1(RIGHT) }],
  ['the right signature for its own secret', { secret: 'foo', sharedSecret: 'bar', headers: sha1(RIGHT) }],
  ['a signature that stayed private', { secret: 'foo', privateHeaders: sha1(`sha1=${RIGHT}`) }],
  ["GitHub's SHA-256", { secret: 'foo', headers: { 'x-hub-signature-256': [`sha256=${SHA256}`] } }],
  [
    "both of GitHub's signatures",
    { secret: 'foo', headers: { ...sha1(`sha1=${RIGHT}`), 'x-hub-signature-256': [`sha256=${SHA256}`] } },
  ],
  ["Bitbucket's SHA-256 in the older header", { secret: 'foo', headers: sha1(`sha256=${SHA256}`) }],
  ['a SHA-256 but no secret: the original does not know it', { headers: { 'x-hub-signature-256': ['sha256=x'] } }],
  ['a name in capitals, which is no signature', { headers: { 'X-Hub-Signature': ['sha1=zz'] } }],
  ["GitLab's token", { secret: 'foo', privateHeaders: { 'x-gitlab-token': ['foo'] } }],
  ["GitLab's token but no secret: the original does not look at it", { headers: { 'x-gitlab-token': ['foo'] } }],
  ['a signature that was verified for the whole source', { privateHeaders: { ...sha1('x'), ...VERIFIED } }],
  ['a source that was verified, although there is a shared secret', { sharedSecret: 'foo', privateHeaders: VERIFIED }],
];

const UNSIGNED = "signature: an event signed with the trigger's secret | no signature";
const WRONG = "signature: a signature by the trigger's secret | another signature";
const UNASKED = 'signature: an event without signature: the trigger has no secret | a signed event';

const REFUSED: [what: string, given: Given, rejection: string][] = [
  ['no signature (test 153)', { secret: 'foo' }, UNSIGNED],
  [
    "another token than GitLab's",
    { secret: 'foo', privateHeaders: { 'x-gitlab-token': ['bar'] } },
    "signature: the trigger's secret as X-Gitlab-Token | another one",
  ],
  ['a verified source, but not its own secret', { secret: 'foo', privateHeaders: VERIFIED }, UNSIGNED],
  ['a mark of being verified that was posted', { headers: { ...sha1(RIGHT), ...VERIFIED } }, UNASKED],
  [
    'no signature behind gate',
    { secret: 'foo', headers: GATE },
    `${UNSIGNED}: gate passes on X-Hub-Signature alone (docs/webhooks.md, Signatures)`,
  ],
  [
    'a body that gate wrote anew',
    { secret: 'foo', headers: { ...GATE, ...sha1('foo') } },
    `${WRONG}: gate writes bodies anew, so that signatures may not fit (docs/webhooks.md, Signatures)`,
  ],
  ['a signature but no secret (test 154)', { headers: sha1(RIGHT) }, UNASKED],
  ['a private signature but no secret', { privateHeaders: sha1(RIGHT) }, UNASKED],
  ['a wrong signature (test 155)', { secret: 'foo', headers: sha1('foo') }, WRONG],
  ['a signature of the right length', { secret: 'foo', headers: sha1(`0${RIGHT.slice(1)}`) }, WRONG],
  ['the signature of another secret', { secret: 'bar', headers: sha1(RIGHT) }, WRONG],
  ['the signature of another text', { secret: 'foo', headers: sha1(RIGHT), rawContent: '' }, WRONG],
  ['a header without values', { secret: 'foo', headers: { 'x-hub-signature': [] } }, UNSIGNED],
  ['a SHA-256 that says it is a SHA-1', { secret: 'foo', headers: sha1(`sha1=${SHA256}`) }, WRONG],
  [
    'a wrong SHA-256 beside a right SHA-1',
    { secret: 'foo', headers: { ...sha1(RIGHT), 'x-hub-signature-256': ['sha256=x'] } },
    WRONG,
  ],
  [
    'nothing that was signed',
    { secret: 'foo', headers: sha1(RIGHT), rawContent: null },
    'signature: the text that was signed | an event without rawContent',
  ],
];

describe('a git trigger', () => {
  it.each(ACCEPTED)('takes an event with %s', async (_what, given) => {
    expect(await held(given)).toMatchObject({ started: [{ hash: 'h' }], rejections: [] });
  });

  it.each(REFUSED)('refuses an event with %s', async (_what, given, rejection) => {
    expect(await held(given)).toMatchObject({ started: [], rejections: [rejection] });
  });

  it('does not pass a private signature on', async () => {
    const { started } = await held({ secret: 'foo', privateHeaders: sha1(`sha1=${RIGHT}`) });

    expect(JSON.stringify(started)).not.toContain(RIGHT);
  });
});
