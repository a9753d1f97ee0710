import { Body, Controller, Get, HttpCode, Logger, Param, Post, Query, UseGuards } from '@nestjs/common';
import { ApiExcludeController } from '../../platform/api/index.js';
import { InvalidRequestError, NotFoundError } from '../../platform/errors/index.js';
import { Open } from '../../platform/access/index.js';
import { type JsonObject, parseJson, read } from '../../platform/json/index.js';
import { bodyText } from '../../platform/web/index.js';
import { Executions, type SimulatedExecution } from './executions.js';
import { PeersGuard } from './peers.guard.js';
import { Simulation } from './simulation.js';

/** The four calls of orca that Echo makes, played. It accepts what orca accepts and runs nothing. */
@ApiExcludeController()
@Open()
@UseGuards(PeersGuard)
@Controller('sandbox/orca')
export class SimulatedOrcaController {
  private readonly log = new Logger('Sandbox');

  constructor(
    private readonly executions: Executions,
    private readonly simulation: Simulation,
  ) {}

  @Post('orchestrate')
  @HttpCode(200)
  orchestrate(@Body() body: Buffer): { ref: string } {
    const pipeline = pipelineIn(body);
    if (pipeline['disabled'] === true) throw new InvalidRequestError('Pipeline is disabled and cannot be started.');
    const execution = this.executions.add(pipeline, 'NOT_STARTED');
    this.log.log(`Simulated orca runs ${execution.application}:${execution.name} as ${execution.id}`);
    if (execution.status === 'NOT_STARTED') void this.simulation.run(execution);
    return { ref: `/pipelines/${execution.id}` };
  }

  @Post('fail')
  @HttpCode(200)
  fail(@Body() body: Buffer): object {
    const pipeline = pipelineIn(body);
    const { application, name } = this.executions.add(pipeline, 'TERMINAL');
    this.log.log(`Simulated orca keeps ${application}:${name} as failed: ${String(pipeline['errorMessage'])}`);
    return {};
  }

  @Post(['plan', 'v2/pipelineTemplates/plan'])
  @HttpCode(200)
  plan(@Body() body: Buffer): JsonObject {
    const { plan: _plan, type: _type, ...planned } = pipelineIn(body);
    return { stages: [], ...planned };
  }

  @Get('pipelines')
  list(@Query('pipelineConfigIds') ids = ''): SimulatedExecution[] {
    const wanted = ids.split(',');
    return this.executions.list().filter(({ pipelineConfigId }) => wanted.includes(String(pipelineConfigId)));
  }

  @Get('pipelines/:id')
  one(@Param('id') id: string): SimulatedExecution {
    const execution = this.executions.get(id);
    if (execution) return execution;
    throw new NotFoundError(`The simulated orca knows no execution ${id}.`);
  }

  @Get('executions')
  all(): SimulatedExecution[] {
    return this.executions.list();
  }
}

function pipelineIn(body: Buffer): JsonObject {
  const pipeline = read.object(parseJson(bodyText(body)));
  if (pipeline) return pipeline;
  throw new InvalidRequestError('expected a pipeline, a JSON object');
}
