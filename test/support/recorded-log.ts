import { Logger, type LoggerService } from '@nestjs/common';

/** Takes the place of Nest's log: nothing is printed, and a test can look at what was said. */
export class RecordedLog implements LoggerService {
  readonly lines: { readonly level: string; readonly text: string }[] = [];

  /** From here on every logger of this test file writes into the record; a testing module made later undoes that. */
  static start(): RecordedLog {
    const record = new RecordedLog();
    Logger.overrideLogger(record);
    return record;
  }

  log(message: unknown): void {
    this.add('log', message);
  }

  warn(message: unknown): void {
    this.add('warn', message);
  }

  error(message: unknown): void {
    this.add('error', message);
  }

  /** What was said at one level. */
  at(level: string): string[] {
    return this.lines.filter((line) => line.level === level).map(({ text }) => text);
  }

  private add(level: string, message: unknown): void {
    const text = typeof message === 'string' ? message : String((message as { message?: unknown }).message);
    this.lines.push({ level, text });
  }
}
