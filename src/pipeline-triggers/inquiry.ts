import { HEADER, type Identity, asUser } from '../platform/request-context/index.js';

/**
 * The questions that Echo asks other services because of one event, on behalf of one user. The same question of the
 * same user is asked once per event, however many triggers need its answer (decisions.md 30); a failure is an answer.
 */
export class Inquiry {
  constructor(
    readonly identity: Identity,
    private readonly answers = new Map<string, Promise<unknown>>(),
  ) {}

  /** The same event, asked as another user: everything else of the caller's identity stays. */
  as(user: string): Inquiry {
    return new Inquiry(asUser(this.identity, user), this.answers);
  }

  /**
   * @param question what is asked, JSON; it must tell apart all that is asked within one event
   * @param ask called once with the identity to use
   */
  once<T>(question: readonly unknown[], ask: (identity: Identity) => Promise<T>): Promise<T> {
    const key = JSON.stringify([this.identity.headers[HEADER.user], ...question]);
    const known = this.answers.get(key);
    if (known) return known as Promise<T>;
    const answer = ask(this.identity);
    this.answers.set(key, answer);
    return answer;
  }
}
