import { Controller, Get, Module } from '@nestjs/common';
import { EchoEventListener } from 'echo';

/** Counts events by type. */
class AuditListener {
  counts = {};

  processEvent(event) {
    const type = event.details?.type ?? 'unknown';
    this.counts[type] = (this.counts[type] ?? 0) + 1;
  }
}
EchoEventListener({ name: 'audit-from-outside' })(AuditListener);

/** Shows the counts at GET /audit. */
class AuditController {
  constructor(listener) {
    this.listener = listener;
  }

  counts() {
    return this.listener.counts;
  }
}
// Plain JavaScript has no decorators yet, so they are called as the functions that they are.
Reflect.defineMetadata('design:paramtypes', [AuditListener], AuditController);
Controller('audit')(AuditController);
Get()(AuditController.prototype, 'counts', Object.getOwnPropertyDescriptor(AuditController.prototype, 'counts'));

export class AuditModule {}
Module({ providers: [AuditListener], controllers: [AuditController] })(AuditModule);
