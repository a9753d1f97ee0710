import { Controller, Get, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '../../platform/api/index.js';
import { validateCron } from '../../cron/index.js';
import { InvalidRequestError } from '../../platform/errors/index.js';
import { type NextTimes, NextTimesQuery } from './next-times.js';

interface Validation {
  readonly response: string;
  readonly description: string;
}

function required(expression: string | undefined): string {
  if (expression !== undefined) return expression;
  throw new InvalidRequestError('cronExpression is missing: add ?cronExpression=…', 'missing-parameter');
}

@ApiTags('cron')
@Controller()
export class CronExpressionsController {
  constructor(private readonly nextTimes: NextTimesQuery) {}

  @Get('validateCronExpression')
  @ApiOperation({ summary: 'Whether a cron expression is valid, and what it means' })
  validate(@Query('cronExpression') expression?: string): Validation {
    const validation = validateCron(required(expression));
    if (validation.kind === 'invalid') throw new InvalidRequestError(validation.message, 'invalid-cron-expression');
    return { response: 'Cron expression is valid', description: validation.description };
  }

  @Get('cron/next')
  @ApiOperation({ summary: 'When a cron expression is due next; H is replaced as for a trigger with the id given' })
  next(
    @Query('cronExpression') expression?: string,
    @Query('timezone') timezone?: string,
    @Query('from') from?: string,
    @Query('count') count?: string,
    @Query('id') id?: string,
  ): NextTimes {
    return this.nextTimes.answer({ expression: required(expression), timezone, from, count, id });
  }
}
