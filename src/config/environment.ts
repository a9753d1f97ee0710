/** Environment variables by name. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** The variables of this process: the only place where Echo reads them. */
export function processEnvironment(): Environment {
  return process.env;
}
