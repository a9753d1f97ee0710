import { Module } from '@nestjs/common';
import { ImageScanHandler } from './image-scan.handler.js';

/** Adding the handler to a module's providers is all it takes; Echo finds it. */
@Module({ providers: [ImageScanHandler] })
export class CustomTriggerHandlerModule {}
