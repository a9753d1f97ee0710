import { Injectable } from '@nestjs/common';

/** The trigger types that some room handles; front50 can be asked for pipelines with these only (core.md §1.3). */
@Injectable()
export class TriggerTypes {
  private readonly types = new Set<string>();

  /** To be called in `onModuleInit`, before the first load. */
  add(types: readonly string[]): void {
    for (const type of types) this.types.add(type);
  }

  /** Distinct and sorted. */
  all(): string[] {
    return [...this.types].sort();
  }
}
