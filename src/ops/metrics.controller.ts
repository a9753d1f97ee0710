import { Controller, Get, Res } from '@nestjs/common';
import { PrometheusController } from '@willsoto/nestjs-prometheus';
import { ShowsMetrics } from '../platform/access/index.js';

type Reply = Parameters<PrometheusController['index']>[0];

/** All metrics for Prometheus; the path is set where the module is registered. */
@ShowsMetrics()
@Controller()
export class MetricsController extends PrometheusController {
  @Get()
  override index(@Res({ passthrough: true }) reply: Reply): Promise<string> {
    return super.index(reply);
  }
}
