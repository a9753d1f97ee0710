/**
 * The architecture as lint: which room may import which, and that no import closes a cycle of files or of rooms.
 * The table is docs/adr/0001; a room missing from it is an error, so a new room has to be placed on a layer.
 */
import path from 'node:path';
import { importsOf, importsOfFolder, memo, resolveImport, wayTo } from './import-graph.js';

const LAYERS = {
  platform: 0,
  cron: 0,
  expressions: 0,
  events: 1,
  outbox: 1,
  clients: 1,
  artifacts: 1,
  pipelines: 2,
  slots: 2,
  decisions: 2,
  failures: 2,
  'pipeline-triggers': 3,
  scheduler: 3,
  compensation: 3,
  notifications: 3,
  webhooks: 3,
  pubsub: 3,
  'rest-forwarder': 3,
  telemetry: 3,
  'artifact-emitter': 3,
  'cloud-build': 3,
  sandbox: 3,
  console: 3,
  ops: 3,
  config: 4,
  cli: 4,
  top: 4,
};
const FEATURES = 3;
const TOP = 4;

/** What the top reads of every room to build the schema and the documentation. */
const SETTINGS_FILE = /\.(config|facts|metrics)\.ts$/;

/** `top` are the files of src itself; in `platform` every folder is a room of its own. */
function roomOf(src, file) {
  const [first, second] = path.relative(src, file).split(path.sep);
  if (first.endsWith('.ts')) return 'top';
  return first === 'platform' ? `platform/${second}` : first;
}

/** Undefined for a room missing from the table, for a stray file in `platform` and for what lies outside of src. */
const layerOf = (room) => (room.endsWith('.ts') ? undefined : LAYERS[room.split('/')[0]]);

/** For a `src` folder: the rooms that a room needs at run time. */
const roomGraph = memo((src) =>
  memo((room) => {
    if (room === 'top' || layerOf(room) === undefined) return [];
    const rooms = importsOfFolder(path.join(src, room)).map((target) => roomOf(src, target));
    return [...new Set(rooms)].filter((other) => other !== room);
  }),
);

function layerFault(src, file, target, specifier) {
  const [from, to] = [roomOf(src, file), roomOf(src, target)];
  if (from === to) return undefined;
  if (layerOf(to) === undefined) return `room '${to}' has no layer: add it to lint/rooms.js`;
  if (layerOf(to) === TOP && layerOf(from) < TOP) return `'${from}' imports '${specifier}': nothing imports the top`;
  if (layerOf(to) > layerOf(from) || (layerOf(to) === FEATURES && layerOf(from) === FEATURES)) {
    return `'${from}' (layer ${layerOf(from)}) must not import '${to}' (layer ${layerOf(to)})`;
  }
  const isFace = to === 'top' || path.relative(path.join(src, to), target) === 'index.ts';
  const isRead = (from === 'config' || from === 'cli') && SETTINGS_FILE.test(target);
  return isFace || isRead ? undefined : `import '${to}' through its index.ts, not '${specifier}'`;
}

function cycleFault(src, file, target) {
  const files = wayTo(target, file, importsOf);
  if (files) return `import cycle: ${[file, ...files].map((member) => path.relative(src, member)).join(' → ')}`;
  const [from, to] = [roomOf(src, file), roomOf(src, target)];
  const rooms = from !== to && wayTo(to, from, roomGraph(src));
  return rooms ? `import cycle of rooms: ${[from, ...rooms].join(' → ')}` : undefined;
}

function isTypeOnly(node) {
  if (node.type === 'TSImportType' || [node.importKind, node.exportKind].includes('type')) return true;
  return node.specifiers?.length > 0 && node.specifiers.every((s) => [s.importKind, s.exportKind].includes('type'));
}

const boundaries = {
  meta: { type: 'problem', docs: { description: 'imports follow the layers of docs/adr/0001' }, schema: [] },
  create(context) {
    const src = path.join(context.cwd, 'src');
    const file = context.filename;
    if (!file.startsWith(src + path.sep)) return {};
    const room = roomOf(src, file);
    if (layerOf(room) === undefined) {
      const message = `room '${room}' has no layer: add it to lint/rooms.js`;
      return { Program: (node) => context.report({ node, message }) };
    }
    const check = (node) => {
      const specifier = node.source?.value;
      const target = typeof specifier === 'string' && resolveImport(file, specifier);
      if (!target) return;
      const message =
        layerFault(src, file, target, specifier) ?? (isTypeOnly(node) ? undefined : cycleFault(src, file, target));
      if (message) context.report({ node, message });
    };
    return {
      ImportDeclaration: check,
      ImportExpression: check,
      ExportNamedDeclaration: check,
      ExportAllDeclaration: check,
      TSImportType: check,
    };
  },
};

export default { meta: { name: 'rooms' }, rules: { boundaries } };
