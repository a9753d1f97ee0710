import { Module } from '@nestjs/common';
import { SpoolSystem } from './spool.system.js';

/** Adding the system to a module's providers is all it takes; Echo finds it. */
@Module({ providers: [SpoolSystem] })
export class CustomPubsubSystemModule {}
