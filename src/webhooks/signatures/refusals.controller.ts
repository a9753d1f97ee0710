import { Controller, Get } from '@nestjs/common';
import { ApiOperation, ApiTags } from '../../platform/api/index.js';
import { Requires } from '../../platform/access/index.js';
import { type Refusal, Refusals } from './refusals.js';

@ApiTags('webhooks')
@Requires('read')
@Controller('admin/webhooks')
export class RefusalsController {
  constructor(private readonly refusals: Refusals) {}

  @Get('refusals')
  @ApiOperation({ summary: 'The latest webhooks on this instance that were not signed as their source has to be' })
  list(): readonly Refusal[] {
    return this.refusals.latest();
  }
}
