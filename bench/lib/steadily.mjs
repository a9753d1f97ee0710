/** Calls `task` at even intervals and does not wait for it; resolves when all calls have ended. */
export async function steadily(rate, seconds, task) {
  const total = rate * seconds;
  const began = performance.now();
  const underWay = [];
  for (let n = 0; n < total;) {
    const due = Math.min(total, Math.floor(((performance.now() - began) / 1000) * rate) + 1);
    for (; n < due; n++) underWay.push(task(n));
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
  await Promise.all(underWay);
}
