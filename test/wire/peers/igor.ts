import { json, type PeerReply, type ReceivedRequest } from '../../support/http-peer.js';

/** The build service: every build succeeded, has the same properties and one artifact; the version `missing` doesn't exist. */
export function igor({ url }: ReceivedRequest): PeerReply {
  const [, room, kind, a = '', b = '', ...rest] = (url.split('?')[0] ?? '').split('/').map(decodeURIComponent);
  if (room === 'artifacts') return artifact(kind ?? '', a, b);
  if (room !== 'builds') return json({}, 404);
  if (kind === 'status') return json(build(Number(a), rest.join('/')));
  if (kind === 'properties') return json({ version: '1.2.3', branch: 'main', flavour: 'prod' });
  if (kind === 'artifacts') return json([{ type: 'maven/file', name: 'g:a', version: '1.0', reference: 'g:a:1.0' }]);
  return json({}, 404);
}

function build(number: number, name: string): object {
  const url = `http://ci.example/${name}/${number}`;
  return { building: false, number, name, url, result: 'SUCCESS', artifacts: [], scm: [] };
}

function artifact(provider: string, name: string, version: string): PeerReply {
  if (version === 'missing') return json({}, 404);
  return json({ type: 'deb', name, version, location: provider, reference: `${name}-${version}`, provenance: 'igor' });
}
