import { availableParallelism } from 'node:os';
import { z } from 'zod';
import { setting } from '../platform/settings/index.js';

const share = z.coerce.number().min(0).max(1);

export const pipelinesConfig = {
  folder: setting.text('pipelines.folder', {
    description:
      'A folder of JSON or YAML files to take pipelines from instead of front50; edits are picked up while running.',
  }),
  folderPollMs: setting.millis('pipelines.folderPollMs', {
    default: 1000,
    description: 'Milliseconds between two looks into pipelines.folder.',
  }),
  pollingIntervalMs: setting.millis('front50.pollingIntervalMs', {
    default: 30_000,
    description: 'Milliseconds from the end of one poll of front50 to the start of the next.',
  }),
  staleAfterMs: setting.millis('pipelineCache.staleAfterMs', {
    default: 300_000,
    description: 'Readiness says so when the last good load of pipelines is older than this many milliseconds.',
  }),
  filterFront50Pipelines: setting.flag('pipelineCache.filterFront50Pipelines', {
    default: false,
    description: 'Ask front50 only for enabled pipelines with an enabled trigger of a type that Echo handles.',
  }),
  parallelism: setting.count('pipelineCache.parallelism', {
    default: availableParallelism(),
    defaultName: 'number of CPUs',
    description: 'How many templated pipelines are planned at once.',
  }),
  planMaxAgeMs: setting.millis('pipelineCache.planMaxAgeMs', {
    default: 600_000,
    description: 'A templated pipeline that has not changed is planned again after this long, to see template edits.',
  }),
  removalGuardShare: setting.shape('pipelineCache.removalGuard.share', 'number from 0 to 1', share, {
    default: 0.5,
    description: 'When a load lacks more than this share of the known pipelines, a second load has to agree.',
  }),
  removalGuardCount: setting.count('pipelineCache.removalGuard.count', {
    default: 10,
    description: 'The removal guard lets up to this many removals through, whatever their share.',
  }),
};

export const startConfig = {
  enabled: setting.flag('orca.enabled', {
    default: true,
    dynamic: true,
    description: 'Starts pipelines in orca; off suppresses every start, whatever its trigger.',
  }),
  cronEnabled: setting.flag('scheduler.triggers.enabled', {
    default: true,
    dynamic: true,
    description: 'Starts pipelines for cron triggers; off suppresses these starts only.',
  }),
  compensationEnabled: setting.flag('scheduler.compensationJob.triggers.enabled', {
    default: true,
    dynamic: true,
    description: 'Starts pipelines for missed slots; off suppresses these starts only.',
  }),
  retryCount: setting.count('orca.pipelineInitiatorRetryCount', {
    default: 5,
    description: 'How many tries a start makes; 0 and 1 both mean one.',
  }),
  retryDelayMillis: setting.millis('orca.pipelineInitiatorRetryDelayMillis', {
    default: 5000,
    description: 'Milliseconds between two tries of a start.',
  }),
  maxAgeMs: setting.millis('orca.startMaxAgeMs', {
    default: 900_000,
    description: 'In SQL mode, for how long a start is tried; then it is dead as too old.',
  }),
  concurrency: setting.count('orca.pipelineInitiatorThreadpoolSize', {
    default: 100,
    description: 'How many starts are posted to orca at once.',
  }),
  idempotent: setting.flag('orca.idempotentStarts', {
    default: true,
    description:
      'Gives every start a stable executionId and correlationId, and asks orca for it before an unclear try is repeated.',
  }),
};

export const quietPeriodConfig = {
  enabled: setting.flag('quietPeriod.enabled', {
    default: true,
    dynamic: true,
    description: 'Heeds the quiet period.',
  }),
  startIso: setting.text('quietPeriod.startIso', {
    default: '',
    dynamic: true,
    description: 'First instant of the quiet period, ISO 8601.',
  }),
  endIso: setting.text('quietPeriod.endIso', {
    default: '',
    dynamic: true,
    description: 'Last instant of the quiet period, ISO 8601.',
  }),
  suppressedTriggerTypes: setting.texts('quietPeriod.suppressedTriggerTypes', {
    default: [],
    dynamic: true,
    description: 'Trigger types that are held back for pipelines with respectQuietPeriod.',
  }),
};
