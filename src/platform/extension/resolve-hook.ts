interface Context {
  readonly parentURL?: string;
}

type Next = (specifier: string, context: Context) => Promise<unknown>;

const isBare = (specifier: string): boolean => !/^(?:[./]|[a-z]+:)/i.test(specifier);

/**
 * A module resolution hook: a package that an extension's own folders do not have is looked for where Echo's are, so
 * that an extension is one file and shares Echo's copies of Nest and of Echo itself.
 */
export async function resolve(specifier: string, context: Context, next: Next): Promise<unknown> {
  try {
    return await next(specifier, context);
  } catch (error) {
    if (!isBare(specifier)) throw error;
    return next(specifier, { ...context, parentURL: import.meta.url });
  }
}
