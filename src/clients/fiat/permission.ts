import { z } from 'zod';

const grants = z
  .array(z.object({ name: z.string(), authorizations: z.array(z.string()).nullish() }))
  .nullish()
  .transform((list) => (list ?? []).map(({ name, authorizations }) => ({ name, may: authorizations ?? [] })));

const flag = z
  .boolean()
  .nullish()
  .transform((value) => value ?? false);

/** What fiat answers of a user; all that is not listed is of no use here. */
export const permissionSchema = z.object({
  admin: flag,
  legacyFallback: flag,
  allowAccessToUnknownApplications: flag,
  applications: grants,
  accounts: grants,
});

export type Permission = z.output<typeof permissionSchema>;

/** What stands in for fiat's answer while it cannot be had and the legacy fallback is on: every application. */
export const FALLBACK: Permission = {
  admin: false,
  legacyFallback: true,
  allowAccessToUnknownApplications: true,
  applications: [],
  accounts: [],
};

/** Whether the user may run pipelines of the application (core.md §2.5); its name is compared ignoring case. */
export function mayExecute(permission: Permission, application: string): boolean {
  if (permission.admin || permission.legacyFallback) return true;
  const wanted = application.toLowerCase();
  const known = permission.applications.filter(({ name }) => name.toLowerCase() === wanted);
  if (known.length === 0) return permission.allowAccessToUnknownApplications;
  return known.some(({ may }) => may.includes('EXECUTE'));
}

/** Names of the accounts that the user may write to, lower-cased and sorted (core.md §5.6). */
export function writableAccounts({ accounts }: Permission): string[] {
  const names = accounts.filter(({ may }) => may.includes('WRITE')).map(({ name }) => name.toLowerCase());
  return [...new Set(names)].sort();
}
