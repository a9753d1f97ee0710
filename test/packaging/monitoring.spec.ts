import { readFileSync, readdirSync } from 'node:fs';
import { Registry, collectDefaultMetrics } from 'prom-client';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { METRICS } from '../../src/cli/docs-metrics.js';
import type { MetricDefinition } from '../../src/platform/metrics/index.js';
import { namedIn } from '../support/promql.js';

interface Rule {
  readonly alert: string;
  readonly expr: string;
  readonly for: string;
  readonly labels: { readonly severity: string };
  readonly annotations: { readonly summary: string; readonly runbook_url: string };
}

interface Panel {
  readonly title: string;
  readonly targets?: readonly { readonly expr: string }[];
}

const { groups } = parse(readFileSync('deploy/monitoring/alerts.yml', 'utf8')) as { groups: { rules: Rule[] }[] };
const rules = groups.flatMap((group) => group.rules);
const dashboard = JSON.parse(readFileSync('deploy/monitoring/grafana-dashboard.json', 'utf8')) as { panels: Panel[] };

/** Put on by Prometheus itself. */
const ITS_OWN = ['job', 'instance', 'le'];

const samplesOf = ({ kind, name }: MetricDefinition): string[] =>
  kind === 'timer' || kind === 'sizes' ? ['_bucket', '_sum', '_count'].map((end) => name + end) : [name];

/** Every sample that `/metrics` can show, with the labels it may have. */
function shown(): Map<string, readonly string[]> {
  const samples = new Map<string, readonly string[]>([['up', []]]);
  for (const metric of Object.values(METRICS).flatMap((room) => Object.values(room))) {
    for (const sample of samplesOf(metric)) samples.set(sample, metric.labels);
  }
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  for (const { name } of registry.getMetricsAsArray()) samples.set(name, []);
  return samples;
}

const samples = shown();

/** What an expression names and Echo does not show. */
function unknownIn(expression: string): string[] {
  const { metrics, labels } = namedIn(expression);
  const known = new Set([...ITS_OWN, ...metrics.flatMap((name) => samples.get(name) ?? [])]);
  return [...metrics.filter((name) => !samples.has(name)), ...labels.filter((label) => !known.has(label))];
}

/** What the original shows, as dashboards and alerts out there ask for it. */
const ORIGINAL = [
  ...['front50.requests', 'front50.errors', 'front50.lastPoll', 'echo.events.processed', 'pipelines.triggered'],
  ...['trigger.errors', 'trigger.errors.accessdenied', 'orca.requests', 'orca.errors', 'quietPeriod.tests'],
  ...['success', 'errors', 'retries', 'disabled'].map((end) => `orca.trigger.${end}`),
  ...['echo.triggers.count', 'echo.triggers.quartz.misfires', 'triggers.cronMisfires', 'event.send.errors'],
  ...['removeCount', 'removeFailCount', 'failedUpdateCount', 'addCount', 'error', 'executionTimeMillis'].map(
    (end) => `echo.triggers.sync.${end}`,
  ),
  ...['fiat.enabled', 'fiat.legacyFallback.enabled', 'fiat.granted-authorities.enabled', 'fiat.getPermission'],
  ...['echo.pubsub.messagesProcessed', 'echo.pubsub.duplicateMessages'],
  ...['echo.pubsub.amazon.totalProcessed', 'echo.pubsub.amazon.failedMessages'],
];

const kebab = (name: string): string => name.replace(/(?!^)[A-Z]/g, '-$&').toLowerCase();

describe('The check of an expression', () => {
  it('finds metrics and labels that Echo does not show', () => {
    const expression =
      'sum by (kind, flavour) (rate(echo_effects_total{state="dead", taste="x"}[5m])) / echo_nothing > 0';

    expect(unknownIn(expression)).toEqual(['echo_nothing', 'taste', 'flavour']);
  });
});

describe('The metrics', () => {
  it('are all that the original has, by its names', () => {
    const names = Object.values(METRICS).flatMap((room) => Object.values(room).map(({ original }) => original));

    expect(names).toEqual(expect.arrayContaining(ORIGINAL));
  });
});

describe('The alert rules', () => {
  it.each(rules.map((rule) => [rule.alert, rule] as const))('%s asks for metrics that exist', (_name, { expr }) => {
    expect(namedIn(expr).metrics.length).toBeGreaterThan(0);
    expect(unknownIn(expr)).toEqual([]);
  });

  it.each(rules.map((rule) => [rule.alert, rule] as const))('%s has a runbook of its own', (name, rule) => {
    expect(rule.annotations.runbook_url).toBe(`docs/runbooks/${kebab(name)}.md`);

    const page = readFileSync(rule.annotations.runbook_url, 'utf8');
    expect(page).toContain(`# ${name}\n\n${rule.annotations.summary} Severity: ${rule.labels.severity}.`);
    expect(page.match(/^## .*/gm)).toEqual(['## What it means', '## What to look at', '## What to do']);
  });

  it('are all on the page about monitoring, and no runbook is left over', () => {
    const page = readFileSync('docs/monitoring.md', 'utf8');
    const books = rules.map(({ alert }) => `${kebab(alert)}.md`);

    expect(readdirSync('docs/runbooks').sort()).toEqual(books.sort());
    for (const book of books) expect(page).toContain(`(runbooks/${book})`);
  });

  it('name only the three severities that the page explains', () => {
    expect(new Set(rules.map(({ labels }) => labels.severity))).toEqual(new Set(['critical', 'warning', 'info']));
  });
});

describe('The dashboard', () => {
  const panels = dashboard.panels.filter(({ targets }) => targets);

  it.each(panels.map((panel) => [panel.title, panel] as const))('%s asks for metrics that exist', (_title, panel) => {
    expect(panel.targets?.length).toBeGreaterThan(0);
    for (const { expr } of panel.targets ?? []) expect(unknownIn(expr.replaceAll('$', ''))).toEqual([]);
  });
});
