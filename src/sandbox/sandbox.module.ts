import { Module } from '@nestjs/common';
import { EventsModule } from '../events/index.js';
import { EchoHttpModule } from '../platform/http/index.js';
import { Banner } from './banner.js';
import { MailboxController } from './mailbox/mailbox.controller.js';
import { Mailbox } from './mailbox/mailbox.js';
import { Executions } from './orca/executions.js';
import { SimulatedOrcaController } from './orca/simulated-orca.controller.js';
import { Simulation } from './orca/simulation.js';
import { SandboxHealth } from './sandbox.health.js';

/** A world to try Echo in: an orca that plays its part, and a mailbox instead of channels. */
@Module({
  imports: [EchoHttpModule, EventsModule],
  controllers: [SimulatedOrcaController, MailboxController],
  providers: [Banner, Executions, Mailbox, SandboxHealth, Simulation],
})
export class SandboxModule {}
