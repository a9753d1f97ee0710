/** One route of the server: its method and its pattern, e.g. `/webhooks/:type`. */
export interface Route {
  readonly method: string;
  readonly url: string;
}

const segmentsOf = (path: string): string[] => path.split('/').filter((segment) => segment !== '');

function matches(pattern: string, path: readonly string[]): boolean {
  const segments = segmentsOf(pattern);
  const open = segments.at(-1) === '*';
  const fixed = open ? segments.slice(0, -1) : segments;
  if (open ? path.length < fixed.length : path.length !== fixed.length) return false;
  return fixed.every((segment, i) => segment.startsWith(':') || segment === path[i]);
}

/** The methods that a request's path knows, sorted; none for an unknown path. `HEAD` goes without saying. */
export function methodsAt(routes: readonly Route[], url: string): string[] {
  const path = segmentsOf(url.split('?')[0] ?? '');
  const found = routes.filter((route) => matches(route.url, path)).map((route) => route.method);
  return [...new Set(found)].filter((method) => method !== 'HEAD').sort();
}
