export type { CompiledPattern, CompileOutcome, MatchOutcome, PatternEngine } from './outcome.js';
export { PatternCompiler, type PatternCompilerOptions } from './pattern-compiler.js';
export { fitsWildcard } from './wildcard.js';
