import { readFileSync } from 'node:fs';
import { Injectable, Logger } from '@nestjs/common';
import { messageOf } from '../platform/errors/index.js';
import { Settings } from '../platform/settings/index.js';
import { type Endpoint, endpointsOf } from './endpoint.js';

/** The endpoints as they were configured at boot. */
@Injectable()
export class Endpoints {
  private readonly log = new Logger('RestForwarder');
  readonly all: readonly Endpoint[];
  private readonly byName: ReadonlyMap<string, Endpoint>;

  constructor(settings: Settings) {
    this.all = endpointsOf(settings, (path) => this.read(path));
    this.byName = new Map(this.all.map((endpoint) => [endpoint.name, endpoint]));
  }

  find(name: string): Endpoint | undefined {
    return this.byName.get(name);
  }

  /** A file that cannot be read is no reason not to start: its headers are missing, and that is said. */
  private read(path: string): string | undefined {
    try {
      return readFileSync(path, 'utf8');
    } catch (error) {
      this.log.error(`The headers in ${path} are not sent: ${messageOf(error)}`);
      return undefined;
    }
  }
}
