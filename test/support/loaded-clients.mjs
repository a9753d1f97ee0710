import { register } from 'node:module';

/** For `node --import`: tells on standard error which clients of clouds are loaded. */
const hooks = `import { writeSync } from 'node:fs';
export async function load(url, context, next) {
  const [, client] = /\\/node_modules\\/((?:@aws-sdk|@google-cloud)\\/[^/]+|google-auth-library)\\//.exec(url) ?? [];
  if (client) writeSync(2, 'loaded: ' + client + '\\n');
  return next(url, context);
}`;

register(`data:text/javascript,${encodeURIComponent(hooks)}`);
