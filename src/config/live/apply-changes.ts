import type { Setting } from '../../platform/settings/index.js';
import type { Resolved } from '../values/resolve.js';
import { type GivenChange, judgeChange } from './judge-change.js';
import type { SettingChange } from './setting-changes.js';

export interface AppliedChanges {
  readonly values: ReadonlyMap<Setting<unknown>, Resolved>;
  /** Changes that this version of Echo cannot take, in words. */
  readonly faults: readonly string[];
}

const sets = (change: SettingChange): change is GivenChange => change.value !== undefined;

/** What the changes in force mean for an instance of a cluster: its own win over those for all. */
export function applied(
  changes: readonly SettingChange[],
  live: readonly Setting<unknown>[],
  cluster: string | undefined,
): AppliedChanges {
  const meant = changes.filter(sets).filter((change) => change.cluster === undefined || change.cluster === cluster);
  const forAllFirst = meant.toSorted((a, b) => Number(a.cluster !== undefined) - Number(b.cluster !== undefined));
  const byKey = new Map(forAllFirst.map((change) => [change.key, change]));
  const values = new Map<Setting<unknown>, Resolved>();
  const faults: string[] = [];
  for (const setting of live) {
    const change = byKey.get(setting.key);
    const judgement = change && judgeChange(setting, change);
    if (judgement?.kind === 'good') values.set(setting, judgement.resolved);
    if (judgement?.kind === 'faulty') faults.push(judgement.problem);
  }
  return { values, faults };
}
