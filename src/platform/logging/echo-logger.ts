import type { LoggerService } from '@nestjs/common';
import { type Logger, pino } from 'pino';

type Level = 'debug' | 'info' | 'warn' | 'error' | 'fatal';

/** Spring's and Nest's names of levels, as pino's. */
const LEVELS: Readonly<Record<string, string>> = {
  trace: 'trace',
  debug: 'debug',
  info: 'info',
  warn: 'warn',
  error: 'error',
  fatal: 'fatal',
  off: 'silent',
};

/** Nest's own report of what it puts together: of use to whoever writes modules, noise to all others. */
const FRAME: ReadonlySet<unknown> = new Set(['InstanceLoader', 'NestFactory', 'RouterExplorer', 'RoutesResolver']);

/**
 * Writes one JSON object a line to standard output: `time`, `level`, `logger`, `message`, and the members of the object
 * that was logged (`requestId`, `eventId`, `err` …).
 */
export class EchoLogger implements LoggerService {
  private readonly pino: Logger;

  /** @param level the least level written: trace, debug, info, warn, error, fatal or off, in any case */
  constructor(level: string, destination: { write: (line: string) => void } = process.stdout) {
    this.pino = pino(
      {
        level: LEVELS[level.toLowerCase()] ?? 'info',
        base: null,
        messageKey: 'message',
        timestamp: pino.stdTimeFunctions.isoTime,
        formatters: { level: (label) => ({ level: label }) },
      },
      destination,
    );
  }

  log(message: unknown, ...rest: unknown[]): void {
    this.write(FRAME.has(rest.at(-1)) ? 'debug' : 'info', message, rest);
  }

  error(message: unknown, ...rest: unknown[]): void {
    this.write('error', message, rest);
  }

  warn(message: unknown, ...rest: unknown[]): void {
    this.write('warn', message, rest);
  }

  debug(message: unknown, ...rest: unknown[]): void {
    this.write('debug', message, rest);
  }

  verbose(message: unknown, ...rest: unknown[]): void {
    this.write('debug', message, rest);
  }

  fatal(message: unknown, ...rest: unknown[]): void {
    this.write('fatal', message, rest);
  }

  /** Nest passes the logger's name last, and a stack trace before it where there is one. */
  private write(level: Level, message: unknown, rest: readonly unknown[]): void {
    const logger = rest.at(-1);
    const stack = rest.length > 1 ? rest[0] : undefined;
    const fields = typeof message === 'object' && message !== null ? message : { message: String(message) };
    this.pino[level]({ logger, ...fields, ...(stack !== undefined && { stack }) });
  }
}
