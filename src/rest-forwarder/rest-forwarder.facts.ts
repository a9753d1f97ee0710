import { fact } from '../events/index.js';

/** Times are milliseconds since the epoch. */
export interface EndpointDisabled {
  readonly endpoint: string;
  readonly failingSince: number;
  readonly lastError: string;
}

export const endpointDisabled = fact<EndpointDisabled>('endpoint.disabled', {
  description: 'A REST endpoint has failed for so long that nothing more is sent to it until somebody enables it.',
  publisher: 'rest-forwarder',
  subscribers: ['rest-forwarder (routerEvents)'],
});
