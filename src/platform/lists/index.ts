export { grouped } from './grouped.js';
export { inChunks } from './in-chunks.js';
