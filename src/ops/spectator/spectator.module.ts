import { Module } from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
import { SpectatorController } from './spectator.controller.js';

/** `/spectator/metrics`, for whoever scraped the original. */
@Module({ imports: [DiscoveryModule], controllers: [SpectatorController] })
export class SpectatorModule {}
