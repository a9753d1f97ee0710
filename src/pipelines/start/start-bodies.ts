import { startBody } from '../model/body.js';
import type { Pipeline } from '../model/pipeline.js';
import type { Identified, StartIds } from './start-ids.js';

interface Made {
  readonly key: string;
  readonly spent: number;
  readonly body: string;
}

/** The bodies that orca gets. Of starts that wait for their instant they are made before it, and then only sent. */
export class StartBodies {
  private readonly made = new WeakMap<Pipeline, Made>();

  constructor(private readonly ids: StartIds) {}

  /** Makes the body now. */
  make(start: Identified): void {
    const { pipeline, spent } = start.payload;
    this.made.set(pipeline, { key: start.key, spent, body: this.fresh(start) });
  }

  /** The body that was made, given away: a start is remembered for longer than its body is of use. */
  of(start: Identified): string {
    const made = this.made.get(start.payload.pipeline);
    this.made.delete(start.payload.pipeline);
    return made?.key === start.key && made.spent === start.payload.spent ? made.body : this.fresh(start);
  }

  private fresh(start: Identified): string {
    return startBody(this.ids.applied(start));
  }
}
