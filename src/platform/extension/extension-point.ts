import { Injectable, SetMetadata, applyDecorators } from '@nestjs/common';
import type { DiscoveryService } from '@nestjs/core';
import { EchoError } from '../errors/index.js';

/** What a found extension is called, and the instance itself. */
export interface Extension<T, O> {
  readonly options: O;
  readonly instance: T;
}

/** Every extension has a name that is its own within its point. */
export interface NamedOptions {
  readonly name: string;
}

/**
 * A place where a provider of any module joins in by carrying a decorator: an event listener, a trigger handler, a
 * channel. The metadata key is a plain text, so that an extension compiled against its own copy of Echo is found too.
 */
export interface ExtensionPoint<T, O extends NamedOptions> {
  readonly decorator: (options: O) => ClassDecorator;
  /** All extensions in the order of their names. Throws an `EchoError` that says how to mend a faulty one. */
  readonly collect: (discovery: DiscoveryService) => Extension<T, O>[];
}

/**
 * @param what how the point is called in messages, e.g. `event listener`
 * @param methods what an instance must have
 */
export function extensionPoint<T, O extends NamedOptions>(
  key: string,
  what: string,
  methods: readonly (keyof T & string)[],
): ExtensionPoint<T, O> {
  const fault = (message: string): EchoError => new EchoError(message, { code: 'faulty-extension' });

  const check = (name: string, instance: unknown, isStatic: boolean): void => {
    if (!isStatic) {
      throw fault(`The ${what} '${name}' is request-scoped: remove its scope, it is called outside of requests.`);
    }
    for (const method of methods) {
      if (typeof (instance as Record<string, unknown>)[method] !== 'function') {
        throw fault(`The ${what} '${name}' has no method ${method}(): add it.`);
      }
    }
  };

  return {
    decorator: (options) => applyDecorators(Injectable(), SetMetadata(key, options)) as ClassDecorator,
    collect: (discovery) => {
      const found = new Map<string, Extension<T, O>>();
      for (const wrapper of discovery.getProviders()) {
        const options = wrapper.metatype && (Reflect.getMetadata(key, wrapper.metatype) as O | undefined);
        if (!options) continue;
        check(options.name, wrapper.instance ?? wrapper.metatype?.prototype, wrapper.isDependencyTreeStatic());
        const other = found.get(options.name);
        if (other && other.instance !== wrapper.instance) {
          throw fault(`Two ${what}s are called '${options.name}': give one of them another name.`);
        }
        found.set(options.name, { options, instance: wrapper.instance as T });
      }
      return [...found.values()].sort((a, b) => (a.options.name < b.options.name ? -1 : 1));
    },
  };
}
