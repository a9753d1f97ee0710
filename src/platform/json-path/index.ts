export { compilePath } from './json-path.js';
export type { CompiledPath, JsonPath, PathResult } from './json-path.js';
export type { PathPattern, PathPatterns } from './operand.js';
