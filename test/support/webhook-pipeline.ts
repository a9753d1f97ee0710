/** A stored pipeline that starts on `POST /webhooks/webhook/{source}`; `more` changes or adds members. */
export const webhookPipeline = (source: string, more: object = {}): object => ({
  application: 'app',
  name: source,
  id: `${source}-id`,
  triggers: [{ type: 'webhook', enabled: true, source }],
  stages: [],
  ...more,
});
