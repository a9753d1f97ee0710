import { asObject, urlsUnder } from '../../platform/http/index.js';
import type { Clock } from '../../platform/clock/index.js';
import type { Settings } from '../../platform/settings/index.js';
import { DeliveryError } from '../delivery/failure.js';
import { type ProviderHttp, parsedAnswer } from '../delivery/provider-http.js';
import { word } from '../events/phrases.js';
import { graphConfig } from './graph.config.js';

/** Tokens are renewed this long before they end. */
const MARGIN_MS = 60_000;

/** What is asked for at the token endpoint besides the application: by which right. */
export type Grant = Readonly<Record<string, string>>;

interface Token {
  readonly text: string;
  readonly until: number;
}

/** Tokens for Microsoft Graph, kept until shortly before their end. */
export class GraphTokens {
  private current: Promise<Token> | undefined;
  private until = 0;

  /**
   * @param grantOf by which right a token is asked for, each time anew
   * @param onRefreshToken gets the refresh token that comes with a token, where one does: the old one may not be used again
   */
  constructor(
    private readonly http: ProviderHttp,
    private readonly settings: Settings,
    private readonly clock: Clock,
    private readonly grantOf: () => Grant,
    private readonly onRefreshToken: (token: string) => void = () => undefined,
  ) {}

  /** A token that holds now. Rejects with a `DeliveryError` in Microsoft's words. */
  async get(): Promise<string> {
    if (this.current && this.clock.now() < this.until) return (await this.current).text;
    this.until = Number.POSITIVE_INFINITY;
    this.current = this.ask();
    try {
      const token = await this.current;
      this.until = token.until;
      return token.text;
    } catch (error) {
      this.current = undefined;
      this.until = 0;
      throw error;
    }
  }

  private async ask(): Promise<Token> {
    const tenant = this.settings.get(graphConfig.tenantId) ?? '';
    const url = urlsUnder(this.settings.get(graphConfig.authority))`${tenant}/oauth2/v2.0/token`;
    const answer = await this.http.postForm(url, {
      client_id: this.settings.get(graphConfig.clientId),
      client_secret: this.settings.get(graphConfig.clientSecret),
      ...this.grantOf(),
    });
    const { access_token, expires_in = 3600, refresh_token } = asObject(parsedAnswer(answer, 'Microsoft'), 'Microsoft');
    if (typeof access_token !== 'string') throw new DeliveryError('Microsoft gave no token');
    if (typeof refresh_token === 'string') this.onRefreshToken(refresh_token);
    return { text: access_token, until: this.clock.now() + Number(word(expires_in)) * 1000 - MARGIN_MS };
  }
}
