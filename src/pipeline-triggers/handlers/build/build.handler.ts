import { Logger } from '@nestjs/common';
import type { BuildRef } from '../../../clients/index.js';
import type { EchoEvent } from '../../../events/index.js';
import { messageOf } from '../../../platform/errors/index.js';
import type { Trigger } from '../../../pipelines/index.js';
import { IgorBuilds, archivedIn } from '../../builds/igor-builds.js';
import { filledIn } from '../../filled-trigger.js';
import type { Inquiry } from '../../inquiry.js';
import { type Filled, HandlesTriggers, type Reading, type TriggerHandler } from '../../trigger-handler.js';
import { type TriggerKey, keyOf, lookUpKey } from '../../trigger-key.js';
import { plainConstraints } from '../plain-constraints.js';
import { type BuildEvent, readBuild } from './build-event.js';

/**
 * Starts pipelines on successful builds of any CI system (core.md §3.2): the system's name in the trigger's type does
 * not count, the master does. What igor cannot tell is missing; the pipeline starts all the same.
 */
@HandlesTriggers({ name: 'build' })
export class BuildHandler implements TriggerHandler<BuildEvent> {
  readonly monitor = 'BuildEventHandler';
  readonly triggerTypes = ['jenkins', 'travis', 'wercker', 'concourse', 'gitlab-ci'];
  readonly checks = [plainConstraints<BuildEvent>('payloadConstraints', ({ properties = {} }) => properties)];
  private readonly log = new Logger('Triggers');

  constructor(private readonly builds: IgorBuilds) {}

  accepts(eventType: string): boolean {
    return eventType.toLowerCase() === 'build';
  }

  read(event: EchoEvent): Reading<BuildEvent> {
    return readBuild(event);
  }

  triggerKey(trigger: Trigger): TriggerKey {
    return keyOf(trigger, ['master', 'job']);
  }

  eventKey({ master, job }: BuildEvent): string {
    return lookUpKey(master, job);
  }

  async lookUpForChecks(trigger: Trigger, event: BuildEvent, inquiry: Inquiry): Promise<BuildEvent> {
    if (!trigger.payloadConstraints || !this.builds.enabled) return event;
    const properties = await this.attempt(`properties of ${titleOf(event)}`, () =>
      this.builds.properties(refOf(event), trigger.propertyFile, onBehalfOf(trigger, inquiry)),
    );
    return properties ? { ...event, properties } : event;
  }

  async lookUpForFill(trigger: Trigger, event: BuildEvent, inquiry: Inquiry): Promise<BuildEvent> {
    if (!this.builds.enabled) return event;
    const asUser = onBehalfOf(trigger, inquiry);
    const told = await this.attempt(titleOf(event), async () => ({
      buildInfo: await this.builds.status(refOf(event), asUser),
      properties: await this.builds.properties(refOf(event), trigger.propertyFile, asUser),
    }));
    const received = await this.attempt(`artifacts of ${titleOf(event)}`, async () => [
      ...event.artifacts,
      ...(await this.builds.artifacts(refOf(event), trigger.propertyFile, asUser)),
      ...archivedIn(told?.buildInfo ?? trigger.buildInfo),
    ]);
    return { ...event, ...(told && { told }), ...(received && { received }) };
  }

  fill(trigger: Trigger, { number, url, told, received = [] }: BuildEvent, { eventId }: EchoEvent): Filled {
    return {
      trigger: filledIn(trigger, {
        buildNumber: number,
        link: url,
        eventId: eventId ?? undefined,
        hash: undefined,
        tag: undefined,
        ...told,
      }),
      artifacts: received,
    };
  }

  newsKey({ master, job, number }: BuildEvent): string {
    return JSON.stringify([master, job, number]);
  }

  private async attempt<T>(what: string, ask: () => Promise<T>): Promise<T | undefined> {
    try {
      return await ask();
    } catch (error) {
      this.log.warn({ message: `Could not get the ${what}, going on without: ${messageOf(error)}` });
      return undefined;
    }
  }
}

const refOf = ({ master, job, number }: BuildEvent): BuildRef => ({ master, job, buildNumber: number });

const titleOf = ({ master, job, number }: BuildEvent): string => `build ${number} of ${master ?? ''}/${job ?? ''}`;

const onBehalfOf = ({ runAsUser }: Trigger, inquiry: Inquiry): Inquiry => inquiry.as(runAsUser?.trim() || 'anonymous');
