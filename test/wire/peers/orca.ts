import { json, type PeerReply, type ReceivedRequest } from '../../support/http-peer.js';
import { isObject, parsedOrText } from '../json.js';

/** Takes every start and every failed one, plans templated pipelines, and knows of no execution. */
export function orca(): (request: ReceivedRequest) => PeerReply {
  let executions = 0;
  return ({ method, url, body }) => {
    const parsed = parsedOrText(body);
    const sent = isObject(parsed) ? parsed : {};
    switch (`${method} ${url.split('?')[0]}`) {
      case 'POST /orchestrate':
        executions += 1;
        return json({ ref: `/pipelines/${String(sent['executionId'] ?? `exec-${executions}`)}` });
      case 'POST /fail':
        return json({});
      case 'POST /plan':
        return json({ ...sent, planned: true });
      case 'POST /v2/pipelineTemplates/plan': {
        const { type: _, ...template } = sent;
        return json({ ...template, plannedV2: true, stages: [] });
      }
      case 'GET /pipelines':
        return json([]);
      default:
        return json({}, 404);
    }
  };
}
