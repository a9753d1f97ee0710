import { json, type PeerReply, type ReceivedRequest } from '../../support/http-peer.js';

type Route = readonly [method: string, path: RegExp, reply: (match: RegExpExecArray) => PeerReply];

const MERGE = 'Merge aaaaaaa1 into bbbbbbb2';

const ROUTES: readonly Route[] = [
  ['POST', /^\/pagerduty\/.*create_event\.json$/, () => json(PAGER_EVENT)],
  ['GET', /^\/github\/.*\/commits\/([^/]+)$/, ([, sha]) => json(commit(sha === 'merge' ? MERGE : 'fix: it'))],
  ['GET', /^\/jira\/.*\/transitions$/, () => json({ transitions: TRANSITIONS })],
  ['POST', /^\/jira\/.*\/transitions$/, () => ({ kind: 'answer', status: 204, type: 'application/json', body: '' })],
  ['POST', /^\/jira\/.*\/issue\/?$/, () => json({ id: '1', key: 'EX-1', self: 'http://jira.example/1' }, 201)],
];

const PAGER_EVENT = { status: 'success', message: 'Event processed', incident_key: 'k1' };

const TRANSITIONS = [
  { id: '4', name: 'Done' },
  { id: '5', name: 'To do' },
];

function commit(message: string): object {
  return { sha: 'x', commit: { message } };
}

/** Everything outside Spinnaker: chats, pagers, code hosts, issue tracker, REST endpoints, brokers. All of it is content. */
export function any({ method, url }: ReceivedRequest): PeerReply {
  const path = url.split('?')[0] ?? '';
  for (const [routed, pattern, reply] of ROUTES) {
    const match = routed === method ? pattern.exec(path) : null;
    if (match) return reply(match);
  }
  return json({ ok: true });
}
