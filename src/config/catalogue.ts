import * as artifactEmitter from '../artifact-emitter/artifact-emitter.config.js';
import * as fiat from '../clients/fiat/fiat.config.js';
import * as front50 from '../clients/front50/front50.config.js';
import * as igor from '../clients/igor/igor.config.js';
import * as keel from '../clients/keel/keel.config.js';
import * as orca from '../clients/orca/orca.config.js';
import * as compensation from '../compensation/compensation.config.js';
import * as decisions from '../decisions/decisions.config.js';
import * as events from '../events/events.config.js';
import * as breaker from '../outbox/breaker.config.js';
import * as bearychat from '../notifications/channels/bearychat/bearychat.config.js';
import * as cdevents from '../notifications/channels/cdevents/cdevents.config.js';
import * as dryrun from '../notifications/channels/dryrun/dryrun.config.js';
import * as githubStatus from '../notifications/channels/github-status/github-status.config.js';
import * as googleChat from '../notifications/channels/google-chat/google-chat.config.js';
import * as jira from '../notifications/channels/jira/jira.config.js';
import * as microsoftTeams from '../notifications/channels/microsoft-teams/microsoft-teams.config.js';
import * as pagerDuty from '../notifications/channels/pager-duty/pager-duty.config.js';
import * as sms from '../notifications/channels/sms/sms.config.js';
import * as email from '../notifications/channels/email/email.config.js';
import * as slack from '../notifications/channels/slack/slack.config.js';
import * as notificationPolicies from '../notifications/policies/policies.config.js';
import * as microsoftGraph from '../notifications/graph/graph.config.js';
import * as notifications from '../notifications/notifications.config.js';
import * as outbox from '../outbox/outbox.config.js';
import * as spectator from '../ops/spectator/spectator.config.js';
import * as pipelineTriggers from '../pipeline-triggers/pipeline-triggers.config.js';
import * as pipelines from '../pipelines/pipelines.config.js';
import * as access from '../platform/access/access.config.js';
import * as database from '../platform/database/database.config.js';
import * as extension from '../platform/extension/extension.config.js';
import * as http from '../platform/http/http.config.js';
import * as instance from '../platform/instance/instance.config.js';
import * as lifecycle from '../platform/lifecycle/lifecycle.config.js';
import * as otel from '../platform/otel/otel.config.js';
import * as spinnaker from '../platform/settings/spinnaker.config.js';
import * as clientTls from '../platform/tls/client-tls.config.js';
import * as serverTls from '../platform/tls/server-tls.config.js';
import * as rest from '../rest-forwarder/rest-forwarder.config.js';
import * as amazon from '../pubsub/amazon/amazon.config.js';
import * as google from '../pubsub/google/google.config.js';
import * as kafka from '../pubsub/kafka/kafka.config.js';
import * as nats from '../pubsub/nats/nats.config.js';
import * as pubsub from '../pubsub/pubsub.config.js';
import * as rabbitmq from '../pubsub/rabbitmq/rabbitmq.config.js';
import * as sandbox from '../sandbox/sandbox.config.js';
import * as telemetry from '../telemetry/telemetry.config.js';
import * as scheduler from '../scheduler/scheduler.config.js';
import * as slotPolicy from '../slots/policy/policy.config.js';
import * as slots from '../slots/slots.config.js';
import * as webhooks from '../webhooks/webhooks.config.js';
import type { Setting } from '../platform/settings/index.js';
import { isWithin, pathOf, segmentsOf } from './key.js';
import * as reload from './reload.config.js';
import * as server from './server.config.js';

/** The slices of all rooms; a room's settings count only when its file is listed here. */
const SLICES = [
  server,
  reload,
  artifactEmitter,
  fiat,
  front50,
  igor,
  keel,
  orca,
  compensation,
  decisions,
  events,
  breaker,
  notifications,
  microsoftGraph,
  notificationPolicies,
  email,
  slack,
  bearychat,
  cdevents,
  dryrun,
  githubStatus,
  googleChat,
  jira,
  microsoftTeams,
  pagerDuty,
  sms,
  outbox,
  spectator,
  pipelineTriggers,
  pipelines,
  access,
  database,
  extension,
  http,
  instance,
  lifecycle,
  otel,
  spinnaker,
  clientTls,
  serverTls,
  rest,
  pubsub,
  amazon,
  google,
  kafka,
  nats,
  rabbitmq,
  sandbox,
  telemetry,
  scheduler,
  slots,
  slotPolicy,
  webhooks,
];

function isSetting(value: unknown): value is Setting<unknown> {
  return typeof value === 'object' && value !== null && 'key' in value && 'schema' in value && 'typeName' in value;
}

/** The settings among the values of an exported object, at any depth. */
export function settingsIn(exported: unknown): Setting<unknown>[] {
  if (isSetting(exported)) return [exported];
  if (typeof exported !== 'object' || exported === null) return [];
  return Object.values(exported).flatMap(settingsIn);
}

/**
 * Checks that no key is declared twice and none lies inside another: what is written there would belong to both.
 * @throws Error naming both keys; a mistake of whoever declared them, not of the operator
 */
export function withoutOverlap(settings: readonly Setting<unknown>[]): readonly Setting<unknown>[] {
  const paths = settings.map(({ key }) => pathOf(segmentsOf(key)));
  for (const [at, path] of paths.entries()) {
    const other = paths.findIndex((candidate, index) => index !== at && isWithin(path, candidate));
    if (other >= 0) throw new Error(`The settings '${settings[at]?.key}' and '${settings[other]?.key}' overlap.`);
  }
  return settings;
}

/** Every setting of every room, in the order in which keys sort. */
export function catalogue(): readonly Setting<unknown>[] {
  return withoutOverlap(SLICES.flatMap(settingsIn)).toSorted((a, b) => (a.key < b.key ? -1 : 1));
}
