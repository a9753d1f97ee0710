import { Controller, Get, HttpCode, Post, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '../platform/api/index.js';
import { Requires } from '../platform/access/index.js';
import { Clock } from '../platform/clock/index.js';
import { NotFoundError } from '../platform/errors/index.js';
import { shownUrl } from '../platform/http/index.js';
import { instantOf, isoOf } from '../platform/query/index.js';
import type { Endpoint } from './endpoint.js';
import { EndpointStates } from './endpoint-states.js';
import { Endpoints } from './endpoints.js';
import { Replay } from './replay.js';

/** Times are ISO 8601. */
interface ShownEndpoint {
  readonly name: string;
  readonly url: string;
  readonly enabled: boolean;
  readonly failingSince: string | null;
  readonly lastError: string | null;
}

/** What operators see of the REST endpoints and do with them; an endpoint is given by its name. */
@ApiTags('operations')
@Requires('read')
@Controller('admin/rest/endpoints')
export class EndpointsController {
  constructor(
    private readonly endpoints: Endpoints,
    private readonly states: EndpointStates,
    private readonly replays: Replay,
    private readonly clock: Clock,
  ) {}

  @Get()
  @ApiOperation({ summary: 'The endpoints that events are forwarded to, and how they fare' })
  list(): ShownEndpoint[] {
    return this.endpoints.all.map(({ name, url }) => {
      const { failingSince, lastError = null, disabledAt } = this.states.of(name) ?? {};
      const enabled = disabledAt === undefined;
      return { name, url: shownUrl(url), enabled, failingSince: isoOf(failingSince), lastError };
    });
  }

  @Post('enable')
  @Requires('operate')
  @HttpCode(204)
  @ApiOperation({ summary: 'Sends events again to an endpoint that was disabled' })
  enable(@Query('endpoint') name = ''): Promise<void> {
    return this.states.enable(this.known(name).name);
  }

  @Post('replay')
  @Requires('operate')
  @HttpCode(202)
  @ApiOperation({ summary: 'Sends again what was forwarded to an endpoint in a range of time' })
  async replay(
    @Query('endpoint') name = '',
    @Query('from') from = '0',
    @Query('to') to = String(this.clock.now()),
  ): Promise<{ readonly forwards: number }> {
    const range = { from: instantOf('from', from), to: instantOf('to', to) };
    return { forwards: await this.replays.replay(this.known(name).name, range) };
  }

  private known(name: string): Endpoint {
    const endpoint = this.endpoints.find(name);
    if (endpoint) return endpoint;
    throw new NotFoundError(`There is no endpoint '${name}'.`);
  }
}
