import type { Occasion } from './occasion.js';
import { word } from './phrases.js';

/** The page of the execution. `application` as it is to stand in the address. */
export function executionLink(baseUrl: string, occasion: Occasion, application = word(occasion.application)): string {
  const page = occasion.kind === 'orchestration' ? 'tasks' : 'executions/details';
  return `${baseUrl}/#/applications/${application}/${page}/${word(occasion.execution['id'])}`;
}

/** Characters that RFC 3986 lets stand in a segment of a path, and that `encodeURIComponent` encodes. */
const BARE = /%(?:3A|40|24|26|2B|2C|3B|3D)/g;

/** A segment of a path: a space becomes `%20`, `:` and `@` stay. */
export const pathSegment = (text: string): string =>
  encodeURIComponent(text).replace(BARE, (escape) => decodeURIComponent(escape));

/** Puts the execution's id and link where a custom text asks for them. */
export const filledIn = (text: string, { execution }: Occasion, link: string): string =>
  text.replaceAll('{{executionId}}', word(execution['id'] ?? '')).replaceAll('{{link}}', link);
