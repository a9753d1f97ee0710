/** What a card tells of a direct notification. */
export interface DirectFacts {
  readonly message: string;
  readonly summary: string;
  readonly link: string;
}

export const DIRECT_COLOR = '0076D7';
