/**
 * The architecture as lint: which room may import which, and that no import closes a cycle.
 * The table is docs/adr/0001; a room missing from it is an error, so a new room has to be placed on a layer.
 */
import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs';
import path from 'node:path';

const LAYERS = {
  platform: 0,
  cron: 0,
  expressions: 0,
  events: 1,
  outbox: 1,
  clients: 1,
  artifacts: 1,
  pipelines: 2,
  'pipeline-triggers': 3,
  scheduler: 3,
  compensation: 3,
  notifications: 3,
  webhooks: 3,
  pubsub: 3,
  'rest-forwarder': 3,
  telemetry: 3,
  decisions: 3,
  sandbox: 3,
  console: 3,
  ops: 3,
  config: 4,
  cli: 4,
};
const TOP = 4;

const roomOf = (src, file) => {
  const [first] = path.relative(src, file).split(path.sep);
  return first.endsWith('.ts') ? 'top' : first;
};

/** In `platform` every folder is a room of its own, with its own face. */
const faceOf = (src, file) => {
  const [room, part] = path.relative(src, file).split(path.sep);
  return room === 'platform' ? `platform/${part}` : room;
};

const layerOf = (room) => (room === 'top' ? TOP : LAYERS[room]);

const resolveImport = (file, specifier) => {
  const target = path.resolve(path.dirname(file), specifier);
  const source = target.replace(/\.js$/, '.ts');
  return existsSync(source) ? source : undefined;
};

const IMPORT = /^(?:import|export)\b(?![^;]*\btype\b \{)[^'";]*?from\s+'(\.[^']+)'|^import\s+'(\.[^']+)'/gm;

function importsOf(file) {
  const text = readFileSync(file, 'utf8');
  return [...text.matchAll(IMPORT)].map((m) => resolveImport(file, m[1] ?? m[2])).filter(Boolean);
}

function sourceFiles(dir) {
  return readdirSync(dir).flatMap((name) => {
    const file = path.join(dir, name);
    if (statSync(file).isDirectory()) return sourceFiles(file);
    return file.endsWith('.ts') && !file.endsWith('.spec.ts') ? [file] : [];
  });
}

/** Files that lie on a cycle, each with the way round, found by walking the import graph depth first. */
function findCycles(src) {
  const graph = new Map(sourceFiles(src).map((file) => [file, importsOf(file)]));
  const cycles = new Map();
  const done = new Set();
  const walk = (file, trail) => {
    const at = trail.indexOf(file);
    if (at >= 0) {
      const round = [...trail.slice(at), file].map((f) => path.relative(src, f));
      for (const member of trail.slice(at)) if (!cycles.has(member)) cycles.set(member, round);
      return;
    }
    if (done.has(file)) return;
    for (const next of graph.get(file) ?? []) walk(next, [...trail, file]);
    done.add(file);
  };
  for (const file of graph.keys()) walk(file, []);
  return cycles;
}

let cyclesBySource;
const cyclesIn = (src) => (cyclesBySource ??= findCycles(src));

function faultOf(src, file, target, specifier) {
  const [from, to] = [roomOf(src, file), roomOf(src, target)];
  if (layerOf(to) === undefined) return `room '${to}' has no layer: add it to lint/rooms.js`;
  if (faceOf(src, file) === faceOf(src, target)) return undefined;
  if (from !== 'top' && to === 'top') return `'${from}' imports '${specifier}': nothing imports the top`;
  const sideways = from !== to && layerOf(from) === layerOf(to) && layerOf(from) === 3;
  if (layerOf(to) > layerOf(from) || sideways) {
    return `'${from}' (layer ${layerOf(from)}) must not import '${to}' (layer ${layerOf(to)})`;
  }
  const face = faceOf(src, target) === 'top' || path.basename(target) === 'index.ts';
  const settingsFile = /\.(config|facts|metrics)\.ts$/.test(target) && from === 'config';
  return face || settingsFile ? undefined : `import '${to}' through its index.ts, not '${specifier}'`;
}

const boundaries = {
  meta: { type: 'problem', docs: { description: 'imports follow the layers of docs/adr/0001' }, schema: [] },
  create(context) {
    const src = path.join(context.cwd, 'src');
    const file = context.filename;
    if (!file.startsWith(src + path.sep)) return {};
    const check = (node) => {
      const specifier = node.source?.value;
      if (typeof specifier !== 'string' || !specifier.startsWith('.')) return;
      const target = resolveImport(file, specifier);
      const message = target && faultOf(src, file, target, specifier);
      if (message) context.report({ node, message });
    };
    return {
      Program(node) {
        if (layerOf(roomOf(src, file)) === undefined) {
          context.report({ node, message: `room '${roomOf(src, file)}' has no layer: add it to lint/rooms.js` });
        }
        const round = cyclesIn(src).get(file);
        if (round) context.report({ node, message: `import cycle: ${round.join(' → ')}` });
      },
      ImportDeclaration: check,
      ExportNamedDeclaration: check,
      ExportAllDeclaration: check,
    };
  },
};

export default { meta: { name: 'rooms' }, rules: { boundaries } };
