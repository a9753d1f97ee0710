import type { Occasion } from './occasion.js';
import { buildInfo, stageName, unbuildable, verbPhrase, word } from './phrases.js';

/** `Stage bake for shop's deploy pipeline build #7 has failed`; people filter mails on it (notifications.md §2.6). */
export function eventSubject(occasion: Occasion): string {
  const { kind, status, execution } = occasion;
  const application = word(occasion.application);
  const verb = verbPhrase(status);
  if (kind === 'orchestration') return `${application}'s ${word(execution['id'])} task ${verb}`;
  const build = buildInfo(occasion);
  const whole = `${application}'s ${word(execution['name'])} pipeline ${build ? `build #${build.number} ` : ''}${verb}`;
  if (kind === 'pipeline') return whole;
  const stage = stageName(occasion);
  if (stage === undefined) throw unbuildable('the event names no stage');
  return `Stage ${stage} for ${whole}`;
}
