import { Module } from '@nestjs/common';
import { Loft } from './loft.js';
import { PigeonChannel } from './pigeon.channel.js';

/** Adding the channel to a module's providers is all it takes; Echo finds it. */
@Module({ providers: [Loft, PigeonChannel] })
export class CustomChannelModule {}
