/** How an endpoint fares that does not work; times are milliseconds since the epoch. */
export interface EndpointState {
  readonly failingSince: number;
  readonly lastError: string;
  readonly disabledAt?: number;
}

/**
 * Remembers which endpoints fail, and which get nothing more.
 *
 * What must hold with several instances: over a database all of them see the same, and hear of an endpoint that was
 * disabled or enabled within a second; of those that disable it at the same time one is told that it did.
 */
export abstract class EndpointRecords {
  /** Notes a failure. Resolves with how the endpoint fares: it fails since the first one after its last success. */
  abstract failed(endpoint: string, at: number, lastError: string): Promise<EndpointState>;

  /** Notes a success; an endpoint that is disabled stays so. */
  abstract succeeded(endpoint: string): Promise<void>;

  /** Whether the endpoint was not disabled before. */
  abstract disable(endpoint: string, at: number, lastError: string): Promise<boolean>;

  /** Forgets what was noted. */
  abstract enable(endpoint: string): Promise<void>;

  /** The endpoints that do not work. */
  abstract all(): Promise<ReadonlyMap<string, EndpointState>>;

  /** Calls `listener` whenever somebody else may have noted something. */
  abstract watch(listener: () => Promise<void>): void;
}
