import { Controller, Get, Query } from '@nestjs/common';
import { Requires } from '../../platform/access/index.js';
import { ApiOperation, ApiTags } from '../../platform/api/index.js';
import { Clock } from '../../platform/clock/index.js';
import { instantOf } from '../../platform/query/index.js';
import { type Shadow, ShadowReport } from './shadow-report.js';

@ApiTags('decisions')
@Requires('read')
@Controller('shadow-report')
export class ShadowController {
  constructor(
    private readonly report: ShadowReport,
    private readonly clock: Clock,
  ) {}

  @Get()
  @ApiOperation({ summary: 'Starts that only this Echo, or only another one, made or would have made, and why' })
  between(@Query('since') since?: string, @Query('until') until?: string): Promise<Shadow> {
    const to = until ? instantOf('until', until) : this.clock.now();
    return this.report.between({ from: instantOf('since', since), to });
  }
}
