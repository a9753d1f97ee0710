import { EchoError, messageOf } from '../../../platform/errors/index.js';
import { type ApiAnswer, good } from '../echo-api.js';

/** What became, or would become, of one thing that the other Echo has. */
export interface Taken {
  readonly what: string;
  readonly name: string;
  readonly outcome: 'would be taken' | 'taken' | 'is there already' | 'refused' | 'write it into echo.yml';
  readonly note: string;
}

/** Something that lives only inside of the other Echo. */
export interface Thing {
  readonly what: string;
  readonly name: string;
  /** What there is to say of it before it is taken. */
  readonly note: string;
  readonly isThere: boolean;
  /** Makes it here. */
  take(): Promise<ApiAnswer>;
}

async function taken(thing: Thing): Promise<Pick<Taken, 'outcome' | 'note'>> {
  try {
    good(await thing.take());
    return { outcome: 'taken', note: '' };
  } catch (error) {
    return { outcome: 'refused', note: messageOf(error) };
  }
}

/** Takes what is not there yet, one after another, if it is to be taken at all. */
export async function takeAll(things: readonly Thing[], isApplied: boolean): Promise<Taken[]> {
  const all: Taken[] = [];
  for (const thing of things) {
    const { what, name, note, isThere } = thing;
    if (isThere) all.push({ what, name, outcome: 'is there already', note });
    else if (isApplied) all.push({ what, name, ...(await taken(thing)) });
    else all.push({ what, name, outcome: 'would be taken', note });
  }
  return all;
}

/** What the other Echo answers; nothing where it is the original, which has no such thing. */
export async function answerOf(ask: Promise<ApiAnswer>): Promise<ApiAnswer['body']> {
  const answer = await ask;
  if (answer.status === 401) {
    throw new EchoError('The other Echo wants a token: name one with --from-token.', { code: 'http-401' });
  }
  return answer.status === 404 || answer.status === 405 ? null : good(answer);
}
