import type { Address } from '../../src/platform/database/address.js';
import { EchoProcess } from '../support/echo-process.js';

/** How long Echo waits for an answer. */
export const ECHO_WAITS_MS = 2000;

/** As busy as the machine is, with all that is killed and started again. */
const START_WITHIN_MS = 120_000;

/** One of some faults, at random, for a share of all calls. */
export const anyOf = <T>(faults: readonly T[], share: number): T | undefined =>
  Math.random() < share ? faults[Math.floor(Math.random() * faults.length)] : undefined;

/** An instance on that database that takes over quickly and does not give up soon. */
export const startDisturbed = (
  { host, port, database, user }: Address,
  leaseMs: number,
  env: Readonly<Record<string, string>>,
): Promise<EchoProcess> =>
  EchoProcess.start(
    {
      LOGGING_LEVEL_ROOT: 'error',
      SQL_ENABLED: 'true',
      SQL_CONNECTIONPOOL_JDBCURL: `jdbc:postgresql://${host}:${port}/${database}`,
      SQL_CONNECTIONPOOL_USER: user,
      OUTBOX_SQL_LEASEMS: String(leaseMs),
      OUTBOX_SQL_SCANMS: '250',
      ORCA_PIPELINEINITIATORRETRYCOUNT: '20',
      ORCA_PIPELINEINITIATORRETRYDELAYMILLIS: '300',
      // Starts that wait for an answer in vain must not hold up the others.
      ORCA_PIPELINEINITIATORTHREADPOOLSIZE: '64',
      OKHTTPCLIENT_READTIMEOUTMS: String(ECHO_WAITS_MS),
      ...env,
    },
    { startWithinMs: START_WITHIN_MS },
  );
