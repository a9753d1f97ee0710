import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

/** Webhooks as GitHub sends them, collected by Octokit: the event's name, and payloads of it. */
interface Examples {
  readonly name: string;
  readonly examples: readonly object[];
}

/** Every payload with the name of its event and its number. */
export function githubExamples(): readonly (readonly [event: string, number: number, body: object])[] {
  const file = createRequire(import.meta.url).resolve('@octokit/webhooks-examples');
  const all = JSON.parse(readFileSync(file, 'utf8')) as readonly Examples[];
  return all.flatMap(({ name, examples }) => examples.map((body, i) => [name, i, body] as const));
}
