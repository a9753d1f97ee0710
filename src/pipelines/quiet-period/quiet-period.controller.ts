import { Controller, Get } from '@nestjs/common';
import { ApiOperation, ApiTags } from '../../platform/api/index.js';
import { QuietPeriod, type QuietPeriodStatus } from './quiet-period.js';

@ApiTags('pipelines')
@Controller('quietPeriod')
export class QuietPeriodController {
  constructor(private readonly quietPeriod: QuietPeriod) {}

  @Get()
  @ApiOperation({ summary: 'The quiet period, and whether it holds now' })
  status(): QuietPeriodStatus {
    return this.quietPeriod.status();
  }
}
