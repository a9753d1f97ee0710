import type { ReceivedEvent } from '../../events/index.js';
import { messageOf } from '../../platform/errors/index.js';
import type { Decision, EventDecided, Rejection } from '../../pipelines/index.js';
import type { Inquiry } from '../inquiry.js';
import { type Match, type Matching, type Monitor, NO_MATCH } from './match.js';

/** What was found about one event; `D` is what becomes of a match. */
export type Findings<D = Decision> = Pick<EventDecided, 'omitted' | 'unusable'> & {
  readonly decisions: readonly (D | Rejection)[];
};

const NOTHING = { decisions: [], omitted: 0, unusable: [] } as const;

/** A monitor that throws has found an event it cannot use; the next one goes on. */
async function matchingOf(monitor: Monitor, received: ReceivedEvent, inquiry: Inquiry): Promise<Matching> {
  try {
    return await monitor.match(received, inquiry);
  } catch (error) {
    return { ...NO_MATCH, unusable: messageOf(error) };
  }
}

/** What the findings of several monitors come to. */
export function together<D>(findings: readonly Findings<D>[]): Findings<D> {
  if (findings.length === 0) return NOTHING;
  return {
    decisions: findings.flatMap(({ decisions }) => decisions),
    omitted: findings.reduce((sum, { omitted }) => sum + omitted, 0),
    unusable: findings.flatMap(({ unusable }) => unusable),
  };
}

/**
 * What one monitor finds about an event, matches first; `undefined` when it finds nothing.
 *
 * @param decide says what becomes of a match; matches are decided one after another
 */
export async function findingsOf<D>(
  monitor: Monitor,
  received: ReceivedEvent,
  inquiry: Inquiry,
  decide: (match: Match) => Promise<D>,
): Promise<Findings<D> | undefined> {
  const matching = await matchingOf(monitor, received, inquiry);
  if (matching === NO_MATCH) return undefined;
  const { matches, rejections, omitted, unusable } = matching;
  const decisions: D[] = [];
  for (const match of matches) decisions.push(await decide(match));
  return {
    decisions: [...decisions, ...rejections],
    omitted,
    unusable: unusable === undefined ? [] : [{ handler: monitor.name, reason: unusable }],
  };
}
