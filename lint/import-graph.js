/** Who imports whom, read from the sources with TypeScript's parser. */
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';

/** Facts from disk are read once per run of ESLint: an editor that keeps it running sees other files' edits after a restart. */
export function memo(compute) {
  const known = new Map();
  return (key) => {
    if (!known.has(key)) known.set(key, compute(key));
    return known.get(key);
  };
}

/** The source file that a relative specifier means, or undefined for packages and for files that aren't TypeScript. */
export function resolveImport(file, specifier) {
  if (!specifier.startsWith('.')) return undefined;
  const source = path.resolve(path.dirname(file), specifier).replace(/\.js$/, '.ts');
  return source.endsWith('.ts') && existsSync(source) ? source : undefined;
}

/** An import of types alone is gone at run time and so can't close a cycle. */
function isErased(node) {
  if (node.isTypeOnly || node.importClause?.isTypeOnly) return true;
  const named = (node.importClause?.namedBindings ?? node.exportClause)?.elements;
  return !node.importClause?.name && named?.length > 0 && named.every((element) => element.isTypeOnly);
}

/** The source files that a file needs at run time, `import(…)` included. */
export const importsOf = memo((file) => {
  const found = [];
  const visit = (node) => {
    const isStatement = ts.isImportDeclaration(node) || ts.isExportDeclaration(node);
    const isCall = ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword;
    const specifier = isStatement && !isErased(node) ? node.moduleSpecifier : isCall && node.arguments[0];
    if (specifier && ts.isStringLiteralLike(specifier)) found.push(resolveImport(file, specifier.text));
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest));
  return found.filter(Boolean);
});

/** What the sources of a folder, specs aside, need at run time. */
export const importsOfFolder = (folder) =>
  readdirSync(folder, { recursive: true })
    .filter((name) => name.endsWith('.ts') && !name.endsWith('.spec.ts'))
    .flatMap((name) => importsOf(path.join(folder, name)));

/** The shortest way `from` … `to` when `next` gives the neighbours, or undefined. */
export function wayTo(from, to, next) {
  const ways = new Map([[from, [from]]]);
  for (const [at, way] of ways) {
    if (at === to) return way;
    for (const neighbour of next(at)) if (!ways.has(neighbour)) ways.set(neighbour, [...way, neighbour]);
  }
  return undefined;
}
