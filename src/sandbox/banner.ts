import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { Settings } from '../platform/settings/index.js';
import { sandboxConfig } from './sandbox.config.js';

/** Tells a new user where they are and what to try. */
@Injectable()
export class Banner implements OnApplicationBootstrap {
  constructor(private readonly settings: Settings) {}

  onApplicationBootstrap(): void {
    const url = this.settings.get(sandboxConfig.echoUrl);
    process.stdout.write(
      [
        '',
        `  Echo runs at ${url} in the sandbox: orca is simulated, and no notification leaves this machine.`,
        '',
        '  Start a pipeline:',
        `    curl -X POST ${url}/webhooks/webhook/hello -H 'Content-Type: application/json' -d '{"who": "you"}'`,
        '  See what ran, and who would be told:',
        `    curl ${url}/sandbox/orca/executions`,
        `    curl ${url}/sandbox/mailbox`,
        '  Change the pipelines: edit the files in examples/pipelines. API: ' + `${url}/docs`,
        '',
        '',
      ].join('\n'),
    );
  }
}
