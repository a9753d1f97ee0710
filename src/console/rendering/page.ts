import { Controller, Get, Header, UseFilters, applyDecorators } from '@nestjs/common';
import { ApiExcludeController } from '../../platform/api/index.js';
import { Requires } from '../../platform/access/index.js';
import { PageErrors } from './page-errors.js';

/** Everything that a page loads or sends stays here; nothing in it is run but our own script. */
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "connect-src 'self'",
  'img-src data:',
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** A class whose methods are pages below this path, for callers who may look. */
export const Pages = (path: string): ClassDecorator =>
  applyDecorators(ApiExcludeController(), Requires('read'), UseFilters(PageErrors), Controller(path)) as ClassDecorator;

/** A method that answers a whole page. */
export const Page = (path?: string): MethodDecorator =>
  applyDecorators(
    Get(path),
    Header('content-type', 'text/html; charset=utf-8'),
    Header('content-security-policy', POLICY),
  );

/** A value of a query that was given once; else none. */
export const textOf = (value: unknown): string => (typeof value === 'string' ? value.trim() : '');
