import { Module } from '@nestjs/common';
import { BillOfMaterialsExtractor } from './bill-of-materials.extractor.js';
import { ForgeSource } from './forge.source.js';

/** Adding them to a module's providers is all it takes; Echo finds them. */
@Module({ providers: [BillOfMaterialsExtractor, ForgeSource] })
export class CustomWebhookSourceModule {}
