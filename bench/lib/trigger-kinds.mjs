const details = (type, more = {}) => ({ type, created: '0', requestHeaders: {}, ...more });

const image = (type) => ({
  trigger: (i) => ({ type, account: `hub-${i % 50}`, repository: `team/image-${i}`, tag: 'v\\d+' }),
  event: (i) => ({
    details: details(type),
    content: { account: `hub-${i % 50}`, registry: 'docker.io', repository: `team/image-${i}`, tag: 'v7' },
  }),
});

const build = (type) => ({
  trigger: (i) => ({ type, master: `ci-${i % 50}`, job: `folder/job-${i}` }),
  event: (i) => ({
    details: details('build'),
    content: {
      master: `ci-${i % 50}`,
      project: { name: `folder/job-${i}`, lastBuild: { building: false, number: i, result: 'SUCCESS', url: 'u' } },
    },
  }),
});

const search = (type) => ({
  trigger: (i) => ({ type, [`${type}SearchName`]: `search-${i}` }),
  event: (i) => ({
    details: details(type),
    content: { name: `search-${i}`, artifact: { type: 'maven/file', name: 'g:a', reference: 'g:a:1' } },
  }),
});

/** Of each type of triggers: the i-th trigger, and an event that it alone matches. */
export const TRIGGER_KINDS = [
  ...['jenkins', 'travis', 'wercker', 'concourse', 'gitlab-ci'].map(build),
  image('docker'),
  image('helm/oci'),
  search('artifactory'),
  search('nexus'),
  {
    trigger: (i) => ({ type: 'git', source: 'github', project: `org-${i % 50}`, slug: `repo-${i}`, branch: 'ma.*' }),
    event: (i) => ({
      details: details('git', { source: 'github' }),
      content: { repoProject: `org-${i % 50}`, slug: `repo-${i}`, hash: 'abc', branch: 'main', action: 'push' },
    }),
  },
  {
    trigger: (i) => ({ type: 'webhook', source: `source-${i}`, payloadConstraints: { branch: '^main$' } }),
    event: (i) => ({
      details: details('webhook', { source: `source-${i}` }),
      content: { branch: 'main' },
      payload: { branch: 'main' },
    }),
  },
  {
    trigger: (i) => ({ type: 'cdevents', source: `source-${i}`, payloadConstraints: { '$.subject.id': 'pkg:' } }),
    event: (i) => ({
      details: details('cdevents', { source: `source-${i}` }),
      content: {},
      payload: { subject: { id: 'pkg:oci/x' } },
    }),
  },
  {
    trigger: (i) => ({ type: 'pubsub', pubsubSystem: 'google', subscriptionName: `sub-${i}` }),
    event: (i) => ({
      details: details('pubsub'),
      content: { messageDescription: { subscriptionName: `sub-${i}`, pubsubSystem: 'GOOGLE', messageAttributes: {} } },
      payload: { n: i },
    }),
  },
  {
    trigger: (i) => ({ type: 'helm', account: `charts-${i}`, version: '^1.0.0' }),
    event: (i) => ({
      details: details('helm'),
      content: { account: `charts-${i}`, chart: 'nginx', version: '1.2.3', digest: 'd' },
    }),
  },
];
