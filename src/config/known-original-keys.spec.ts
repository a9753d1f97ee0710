import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ConfigWorkspace } from '../../test/support/config-workspace.js';
import { catalogue } from './catalogue.js';
import { pathOf, segmentsOf } from './key.js';
import { RETIRED_KEYS } from './known-original-keys.js';

/** `{ front50: 'baseUrl pollingIntervalMs' }` as keys; an empty name is the section itself. */
const keysOf = (sections: Readonly<Record<string, string>>): string[] =>
  Object.entries(sections).flatMap(([section, names]) => names.split(/\s+/).map((name) => `${section}.${name}`));

/** What the original reads in its packaged file, its libraries and its newer releases, and Echo honours or will. */
const KNOWN = keysOf({
  server: 'port address tomcat.maxThreads',
  'server.ssl':
    'enabled keyStore keyStoreType keyStorePassword keyAlias keyPassword trustStore trustStoreType trustStorePassword ' +
    'clientAuth protocol enabledProtocols ciphers certificate certificatePrivateKey trustCertificate',
  spinnaker: 'baseUrl extensibility.pluginsRootPath extensibility.repositories.a.url',
  front50: 'baseUrl pollingIntervalMs',
  orca:
    'enabled baseUrl pipelineInitiatorRetryCount pipelineInitiatorRetryDelayMillis pipelineInitiatorThreadpoolSize ' +
    'idempotentStarts startMaxAgeMs',
  igor: 'enabled baseUrl',
  'feature.igor': 'jobNameAsQueryParameter',
  'services.fiat':
    'enabled baseUrl legacyFallback readTimeoutMs cache.maxEntries cache.expiresAfterWriteSeconds ' +
    'retry.maxBackoffMillis retry.initialBackoffMillis retry.retryMultiplier',
  fiat: 'enabled legacyFallback.enabled',
  pipelineCache: 'parallelism filterFront50Pipelines',
  quietPeriod: 'enabled startIso endIso suppressedTriggerTypes',
  scheduler:
    'enabled cron.timezone cron.dstPolicy misfireThresholdMs triggers.enabled pipelineConfigsPoller.enabled ' +
    'pipelineConfigsPoller.pollingIntervalMs',
  'scheduler.compensationJob':
    'enabled windowMs toleranceMs enableRecurring recurringPollIntervalMs pipelineFetchSize triggers.enabled',
  sql:
    'enabled connectionPool.jdbcUrl connectionPool.user connectionPool.password migration.jdbcUrl ' +
    'migration.user migration.password connectionPools.default.default connectionPools.default.jdbcUrl',
  'webhooks.artifacts': 'enabled sources[0].source sources[0].templatePath',
  'trigger.git': 'sharedSecret',
  pubsub: 'enabled amazon.enabled amazon.processing.enabled google.enabled',
  'pubsub.amazon.subscriptions[0]':
    'name topicARN queueARN templatePath messageFormat alternateIdInMessageAttributes visibilityTimeout ' +
    'sqsMessageRetentionPeriodSeconds waitTimeSeconds dedupeRetentionSeconds skipQueueBootstrap',
  'pubsub.google.subscriptions[0]':
    'name project subscriptionName ackDeadlineSeconds jsonPath templatePath messageFormat',
  'pubsub.google.publishers[0]':
    'name topicName project jsonPath content batchCountThreshold delayMillisecondsThreshold',
  gcb: 'enabled accounts[0].name accounts[0].project accounts[0].subscriptionName accounts[0].jsonKey',
  redis:
    'enabled connectionPrevious timeoutMs maxAttempts clusterEnabled previousClusterEnabled maxTotal ' +
    'clients.default.primary.driver clients.default.primary.config.connection',
  rest: 'enabled defaultEventName defaultFieldName circuitBreakerEnabled',
  'rest.endpoints[0]':
    'url eventName fieldName template wrap flatten insecure circuitBreakerEnabled username password headers.X-Test ' +
    'headersFile retryCount',
  'resilience4j.circuitbreaker.instances.telemetry':
    'registerHealthIndicator minimumNumberOfCalls slidingWindowSize slidingWindowType waitDurationInOpenState ' +
    'permittedNumberOfCallsInHalfOpenState',
  stats:
    'enabled endpoint instanceId spinnakerVersion deploymentMethod.type deploymentMethod.version ' +
    'connectionTimeoutMillis readTimeoutMillis',
  artifactEmitter: 'enabled eventName fieldName',
  keel: 'enabled baseUrl',
  okHttpClient:
    'connectTimeoutMs readTimeoutMs maxRequestsPerHost propagateSpinnakerHeaders keyStore keyStoreType ' +
    'keyStorePassword trustStore trustStoreType trustStorePassword tlsVersions cipherSuites ' +
    'connectionPool.keepAliveDurationMs refreshableKeys.enabled refreshableKeys.refreshPeriod',
  mail: 'enabled from',
  'spring.mail': 'host port username password protocol properties.mail.smtp.auth properties.mail.debug',
  spring: 'freemarker.enabled application.name config.import',
  'management.health': 'mail.enabled',
  slack:
    'enabled token baseUrl forceUseIncomingWebhook sendCompactMessages expandUserNames app.token app.baseUrl ' +
    'app.forceUseIncomingWebhook app.sendCompactMessages app.expandUserNames app.verificationToken app.signingSecret',
  bearychat: 'enabled token',
  googlechat: 'enabled',
  microsoftteams: 'enabled templatePath format',
  twilio: 'enabled account token from baseUrl',
  pagerDuty: 'enabled endpoint token eventsApi',
  githubStatus: 'enabled token endpoint',
  cdevents: 'enabled transport otlpTimeoutSeconds otlpCaCertPath otlpClientCertPath otlpClientKeyPath legacyEncoding',
  jira: 'enabled baseUrl username password',
  dryrun:
    'enabled baseUrl notifications[0].type notifications[0].address notifications[0].level notifications[0].when[0]',
  expression: 'maxExpressionLength',
});

/** What the original reads and nothing here will: named once, with what to do. */
const NAMED = keysOf({
  bastion: 'enabled host user port proxyCluster proxyRegion accountIamRole',
  expression: 'doNotEvalSpel.enabled propertyExpansionTypes aggressiveExpansionKeys',
  fiat: 'grantedAuthorities.enabled',
  front50: 'pollingSleepMs',
  redis: 'connection',
  server: 'servlet.contextPath ssl.keyStoreProvider ssl.trustStoreProvider ssl.trustCertificatePrivateKey',
  'services.fiat': 'refreshable connectTimeoutMs grantedAuthorities.enabled',
  'spring.mail': 'defaultEncoding jndiName testConnection',
  sql: 'readOnly',
  urlHandler: 'trailingSlash.enabled trailingSlash.pathPatterns',
  search: 'index',
  spinnaker: 'cassandra.cluster cassandra.keyspace extensibility.plugins.x.enabled',
  'spring.freemarker': 'templateLoaderPath charset settings.x preferFileSystemAccess',
  okHttpClient:
    'maxRequests connectionPool.maxIdleConnections retryOnConnectionFailure skipRetrofit2EncodeCorrection ' +
    'secureRandomInstanceType interceptor.skipHeaderCheck interceptor.headerCheckPattern additionalHeaders ' +
    'skipRootExecutionIdHeader',
  retrofit: 'logLevel',
  retrofit2: 'logLevel',
});

/** What other services and libraries read in a file that all of them share. */
const OTHERS = keysOf({
  'services.clouddriver': 'baseUrl enabled',
  'services.redis': 'baseUrl',
  'services.echo': 'cron.enabled host',
  clouddriver: 'baseUrl',
  providers: 'aws.enabled aws.accounts[0].name',
  eureka: 'enabled',
  management: 'endpoints.web.exposure.include server.port',
  logging: 'level.com.netflix.spinnaker file.name',
  deck: 'auth.enabled',
  acme: 'anything',
});

describe("the original's keys", () => {
  let workspace: ConfigWorkspace;
  beforeEach(() => void (workspace = new ConfigWorkspace()));
  afterEach(() => workspace.remove());

  /** The keys have no values: a text would not fit most settings. */
  function warningsAbout(...keys: readonly string[]): readonly string[] {
    workspace.write('config/echo.yml', keys.map((key) => `${key}:\n`).join(''));
    return workspace.load({ NEST_PROFILE: 'echo' }, { settings: catalogue() }).warnings;
  }

  it('are known, those of later rooms too, and those of other services are silent', () => {
    expect(warningsAbout(...KNOWN, ...OTHERS)).toEqual([]);
  });

  it.each(NAMED)('%s is named, with what to do instead', (key) => {
    expect(warningsAbout(key)).toEqual([expect.stringMatching(/^config\/echo\.yml:1: '.*' has no effect: .{10,}\.$/)]);
  });

  it('are named only where the original has them or had them', () => {
    const named = NAMED.map((key) => pathOf(segmentsOf(key)));
    const unnamed = RETIRED_KEYS.filter(({ key }) => !named.some((path) => path.startsWith(pathOf(segmentsOf(key)))));

    expect(unnamed.map(({ key }) => key)).toEqual(['spring.config.additionalLocation', 'spring.profiles.active']);
  });

  it.each([
    ['services.fiat.enabeld', 'services.fiat.enabled'],
    ['server.ssl.key-stroe', 'server.ssl.keyStore'],
    ['ok-http-client.trust-stor', 'okHttpClient.trustStore'],
    ['platform.http.http-proxi', 'platform.http.httpProxy'],
    ['webhooks.keep-header', 'webhooks.keepHeaders'],
  ])('do not hide a slip: %s', (slip, meant) => {
    expect(warningsAbout(slip)).toEqual([
      `config/echo.yml:1: '${slip}' is no key of Echo and has no effect; did you mean '${meant}'?`,
    ]);
  });
});
