export { compilePath } from './json-path.js';
export type { CompiledPath, JsonPath, PathResult } from './json-path.js';
export type { PathPatterns } from './operand.js';
