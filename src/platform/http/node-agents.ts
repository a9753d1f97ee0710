import { Agent } from 'node:https';
import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { Settings } from '../settings/index.js';
import { clientSecureContext } from '../tls/index.js';

/** Connections of Node's own client, for libraries that bring a client of theirs and take an agent. */
@Injectable()
export class NodeAgents implements OnApplicationShutdown {
  private agent: Agent | undefined;

  constructor(private readonly settings: Settings) {}

  /** Trusts and shows what the configuration says. */
  https(): Agent {
    return (this.agent ??= new Agent({ keepAlive: true, secureContext: clientSecureContext(this.settings) }));
  }

  onApplicationShutdown(): void {
    this.agent?.destroy();
  }
}
