import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, onTestFailed } from 'vitest';
import { compare } from './compare.js';
import { amended } from './differs.js';
import { expectationOf } from './expectation.js';
import { Peers } from './peers/peers.js';
import { Player } from './player.js';
import { linesOf, loadRecordings, type Recording } from './recording.js';
import { WireService } from './service.js';

/** Forwards to `/rest/` are compared wherever the original's were recorded. */
const FORWARDS_COUNT = true;

const HELD_OUT = process.env['WIRE_CASES'];
const FILES = loadRecordings(HELD_OUT ?? join(import.meta.dirname, 'cases'));
const RECORDINGS = [...FILES.values()].flat();
const PENDING = HELD_OUT ? [] : linesOf(join(import.meta.dirname, 'pending.txt')).map((line) => line.trim());
const CASE_LIMIT_MS = 120_000;

describe('the built service on the wire', () => {
  let peers: Peers;
  let service: WireService;
  let player: Player;
  const failed: string[] = [];

  beforeAll(async () => {
    peers = await Peers.start(RECORDINGS.flatMap(({ pipelines = [] }) => pipelines));
    service = await WireService.start(peers);
    player = new Player(service.url, peers);
  });

  afterAll(async () => {
    const stopped = await service?.stop();
    await peers?.close();
    if (failed.length > 0 || stopped?.exit !== 0) console.log(`The service's log ends with:\n${stopped?.log}`);
    if (failed.length > 0) console.log(`${failed.length} of ${RECORDINGS.length} cases failed:\n${failed.join('\n')}`);
    if (stopped) expect(stopped.exit, 'how the service ends when it is asked to').toBe(0);
  });

  describe.each([...FILES])('%s', (_, recordings) => {
    it.each(recordings)('$name', { timeout: CASE_LIMIT_MS }, async (recording) => {
      onTestFailed(() => void failed.push(recording.name));
      const faults = await faultsOf(recording, player);
      if (PENDING.includes(recording.name.trim()))
        expect(faults, 'is green now: take it off pending.txt').not.toEqual([]);
      else expect(faults).toEqual([]);
    });
  });
});

describe('the list of cases that are not yet green', () => {
  it('names recorded cases, in order, each once', () => {
    const names = new Set(RECORDINGS.map(({ name }) => name.trim()));

    expect(PENDING).toEqual([...new Set(PENDING)].sort());
    expect(PENDING.filter((name) => !names.has(name))).toEqual([]);
  });
});

/** A case that can't be played or judged is not green either. */
async function faultsOf(recording: Recording, player: Player): Promise<string[]> {
  try {
    const expectation = amended(expectationOf(recording, FORWARDS_COUNT), recording);
    return compare(expectation, await player.play(recording));
  } catch (error) {
    return [String(error)];
  }
}
