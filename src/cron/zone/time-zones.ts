import { offsetsOf } from './offsets.js';
import { type OffsetAt, type Stretch, stretchesBetween } from './stretch.js';
import { TimeZone } from './time-zone.js';
import { readZoneId } from './zone-id.js';

/** How much of a zone's table is made at once: 388 days. */
const CHUNK = 2 ** 25;

/** All time zones by their Java ids. Keep one of these: the zones it hands out share their tables. */
export class TimeZones {
  readonly #zones = new Map<string, TimeZone>();

  /**
   * The zone of an id as `java.util.TimeZone` reads it: IANA names in their exact case, `GMT+05:30` and its short forms,
   * the old three-letter ids. Undefined for every other text, which Java takes for GMT.
   */
  find(id: string): TimeZone | undefined {
    const zone = this.#zones.get(id) ?? zoneOf(id);
    // Ids that mean nothing are not remembered: they come from users, and there is no end of them.
    if (zone !== undefined) this.#zones.set(id, zone);
    return zone;
  }
}

function zoneOf(id: string): TimeZone | undefined {
  const zone = readZoneId(id);
  if (zone.kind === 'unknown') return undefined;
  if (zone.kind === 'offset') return fixedZone(zone.shown, zone.minutes * 60);
  return offsetsOf(zone.name) && new TimeZone(id, stretchesOf(zone.name));
}

function fixedZone(id: string, offset: number): TimeZone {
  const always = { from: -Infinity, to: Infinity, offset };
  return new TimeZone(id, () => always);
}

/** Looks a stretch up in a table that is filled, chunk by chunk, where it is asked. */
function stretchesOf(ianaId: string): (instant: number) => Stretch {
  const chunks = new Map<number, Stretch[]>();
  return (instant) => {
    const index = Math.floor(instant / CHUNK);
    const chunk = chunks.get(index) ?? chunkOf(ianaId, index);
    chunks.set(index, chunk);
    return chunk.find(({ to }) => instant < to) as Stretch;
  };
}

function chunkOf(ianaId: string, index: number): Stretch[] {
  const offsetAt = offsetsOf(ianaId) as OffsetAt;
  return stretchesBetween(index * CHUNK, (index + 1) * CHUNK, offsetAt);
}
