/**
 * A reporter for Vitest that closes a run with one plain line, `tests: 12 passed, 0 failed, 1 skipped`. A file that
 * can't be loaded, a hook that fails and an error outside of any test count as failed. With `FAIL_ON_SKIPPED=true` a skipped test fails
 * the run.
 */
export default class TestTotals {
  onTestRunEnd(modules, unhandledErrors) {
    const totals = { passed: 0, failed: unhandledErrors.length, skipped: 0 };
    for (const module of modules) {
      for (const group of [module, ...module.children.allSuites()]) totals.failed += group.errors().length;
      for (const test of module.children.allTests()) {
        const { state } = test.result();
        if (state in totals) totals[state] += 1;
      }
    }
    console.log(`\ntests: ${totals.passed} passed, ${totals.failed} failed, ${totals.skipped} skipped`);
    if (totals.skipped > 0 && process.env.FAIL_ON_SKIPPED === 'true') {
      console.error('Skipped tests fail a full run.');
      process.exitCode = 1;
    }
  }
}
