import { EchoError } from '../../platform/errors/index.js';
import type { TriggerHandler, TriggerHandlerOptions } from '../trigger-handler.js';

interface Found {
  readonly options: TriggerHandlerOptions;
  readonly instance: Pick<TriggerHandler, 'triggerTypes'>;
}

/**
 * The index asks one handler for the key of a trigger, so each type of triggers belongs to one. Throws an `EchoError`
 * that names both where it does not.
 */
export function requireOwnTypes(handlers: readonly Found[]): void {
  const all = handlers.flatMap(({ options, instance }) =>
    instance.triggerTypes.map((type) => ({ type, name: options.name })),
  );
  for (const [i, { type, name }] of all.entries()) {
    const other = all.slice(0, i).find((earlier) => earlier.type === type);
    if (!other) continue;
    const message = `The trigger handlers '${other.name}' and '${name}' both read triggers of type '${type}'`;
    throw new EchoError(`${message}: take it from one of them.`, { code: 'faulty-extension' });
  }
}
