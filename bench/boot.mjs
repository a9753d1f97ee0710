import { figure, median } from './lib/report.mjs';
import { startService } from './lib/service.mjs';

const RUNS = 5;

/** From starting the process to the first healthy answer, in the sandbox. */
export async function boot() {
  const times = [];
  for (let run = 0; run < RUNS; run++) {
    const service = await startService({ NEST_PROFILE: 'standalone' });
    times.push(service.bootMs / 1000);
    await service.stop();
  }
  return [figure('boot to healthy, sandbox (median of 5)', median(times), 's', 1.5, 'less')];
}
