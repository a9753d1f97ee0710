import { Module } from '@nestjs/common';
import { AuditListener } from './audit.listener.js';

/** Adding the listener to a module's providers is all it takes; Echo finds it. */
@Module({ providers: [AuditListener], exports: [AuditListener] })
export class CustomListenerModule {}
