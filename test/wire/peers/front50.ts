import { json, type PeerReply, type ReceivedRequest } from '../../support/http-peer.js';
import type { JsonObject } from '../json.js';

/** The store of pipelines: all of them, those of an application, one by id or by name. */
export function front50(pipelines: readonly JsonObject[]): (request: ReceivedRequest) => PeerReply {
  return ({ url }) => {
    const [, root, first, second, third] = (url.split('?')[0] ?? '').split('/').map(decodeURIComponent);
    if (root !== 'pipelines') return notFound;
    if (first === undefined || first === '') return json(pipelines);
    if (second === undefined) return json(pipelines.filter(({ application }) => application === first));
    if (second === 'get') return one(pipelines.find(({ id }) => id === first));
    if (second !== 'name') return notFound;
    return one(pipelines.find(({ application, name }) => application === first && name === third));
  };
}

const notFound = json({}, 404);

function one(pipeline: JsonObject | undefined): PeerReply {
  return pipeline ? json(pipeline) : notFound;
}
