const pause = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 5));

/** Asks until the answer is yes; the test's own time limit ends a vain wait. */
export async function until(yes: () => Promise<boolean> | boolean): Promise<void> {
  while (!(await yes())) await pause();
}
