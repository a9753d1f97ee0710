import { startPeer, startService } from './service.mjs';

/** As many pipelines, each with one webhook trigger of a source of its own. */
export const webhookPipelines = (count) =>
  Array.from({ length: count }, (_, i) => ({
    application: `app-${i % 100}`,
    name: `pipeline ${i}`,
    id: `p-${i}`,
    triggers: [{ enabled: true, type: 'webhook', source: `source-${i}`, payloadConstraints: { branch: '^main$' } }],
    stages: [{ type: 'wait', refId: '1', requisiteStageRefIds: [], waitTime: 1 }],
  }));

/** The service with so many webhook triggers, a front50 that serves them and an orca that takes every start. */
export async function startWorld(triggers, onStart = () => undefined, env = {}) {
  const pipelines = JSON.stringify(webhookPipelines(triggers));
  const front50 = await startPeer(() => pipelines);
  const orca = await startPeer((_method, _url, body) => {
    onStart(body);
    return '{"ref":"/pipelines/x"}';
  });
  const service = await startService({
    NEST_PROFILE: 'echo',
    FRONT50_BASEURL: front50.url,
    ORCA_BASEURL: orca.url,
    ...env,
  });
  return {
    service,
    stop: async () => {
      await service.stop();
      await Promise.all([front50.close(), orca.close()]);
    },
  };
}
