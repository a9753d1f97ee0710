/** The closed lists of words that statistics are made of (edges.md §7); the first of each stands for all others. */
export const WORDS = {
  executionType: [
    'UNKNOWN',
    'PIPELINE',
    'ORCHESTRATION',
    'MANAGED_PIPELINE_TEMPLATE_V1',
    'MANAGED_PIPELINE_TEMPLATE_V2',
  ],
  triggerType: ['UNKNOWN', 'ARTIFACTORY', 'BUILD', 'DOCKER', 'GIT', 'MANUAL', 'PUBSUB', 'WEBHOOK'],
  status: [
    'UNKNOWN',
    'NOT_STARTED',
    'RUNNING',
    'PAUSED',
    'SUSPENDED',
    'SUCCEEDED',
    'FAILED_CONTINUE',
    'TERMINAL',
    'CANCELED',
    'REDIRECT',
    'STOPPED',
    'SKIPPED',
    'BUFFERED',
  ],
  cloudProvider: ['UNKNOWN', 'APPENGINE', 'AWS', 'AZURE', 'CLOUDFOUNDRY', 'DCOS', 'ECS', 'GCE', 'KUBERNETES', 'ORACLE'],
  deploymentMethod: ['NONE', 'OTHER', 'HALYARD', 'KUBERNETES_OPERATOR', 'KLEAT'],
} as const;

/** The word of the list that a text means, in any case. */
export function wordOf(list: keyof typeof WORDS, text: string): string {
  const words: readonly string[] = WORDS[list];
  const word = text.toUpperCase();
  return words.includes(word) ? word : WORDS[list][0];
}
