import { EchoError } from '../../platform/errors/index.js';
import { type JsonValue, javaText } from '../../platform/json/index.js';
import { type Occasion, objectOf } from './occasion.js';

/** The words that event notifications share (notifications.md §2.5): people filter on them, so they stay as they are. */

/** A value within a text; what is missing reads `null`. */
export const word = (value: JsonValue | undefined): string => javaText(value ?? null);

/** `is starting`, `has completed successfully`, `has failed`. */
export function verbPhrase(status: string): string {
  return `${status === 'starting' ? 'is' : 'has'} ${status === 'complete' ? 'completed successfully' : status}`;
}

/** The name of the stage, where the event has one. */
export function stageName({ content, context }: Occasion): string | undefined {
  const name = [content['name'], objectOf(context['stageDetails'])['name']].find((value) => value);
  return name === undefined || name === null ? undefined : word(name);
}

/** `Stage bake for ` before what is said of a stage, otherwise nothing. */
export const stageLead = (occasion: Occasion): string =>
  occasion.kind === 'stage' ? `Stage ${stageName(occasion) ?? 'null'} for ` : '';

/** What the execution is called: its name, or else its description. */
export const executionLabel = ({ execution }: Occasion): string => word(execution['name'] || execution['description']);

export interface BuildInfo {
  readonly url: string;
  readonly number: string;
}

/** The build that triggered the execution, where it has a page. */
export function buildInfo({ execution }: Occasion): BuildInfo | undefined {
  const { url, number = null } = objectOf(objectOf(execution['trigger'])['buildInfo']);
  if (!url) return undefined;
  return { url: word(url), number: number === null ? 'null' : wholeNumber(number) };
}

/** A number loses its fraction; a text may have none. */
function wholeNumber(value: JsonValue): string {
  const isReadable = typeof value !== 'string' || /^\s*[+-]?\d+\s*$/.test(value);
  const whole = isReadable ? Math.trunc(Number(value)) : Number.NaN;
  if (Number.isNaN(whole)) throw unbuildable(`the build number ${word(value)} is no number`);
  return String(whole);
}

/** `what ever` as `What Ever`: the first letter of every word. */
export const capitalized = (text: string): string =>
  text.replace(/(^|\s)(\S)/g, (_, before: string, letter: string) => before + letter.toUpperCase());

/** Whose execution it is, as texts call it. */
export const owner = ({ application }: Occasion): string =>
  application === undefined ? 'null' : capitalized(application);

/** `Pipeline complete for SHOP`, the title of cards. */
export function cardTitle({ kind, status, application }: Occasion): string {
  if (application === undefined) throw unbuildable('the event names no application');
  return `${capitalized(kind)} ${status} for ${application.toUpperCase()}`;
}

export const unbuildable = (reason: string): EchoError => new EchoError(reason, { code: 'unbuildable', level: 'warn' });
