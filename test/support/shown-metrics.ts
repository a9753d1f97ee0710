/** Where `GET /metrics` can be asked. */
interface Asked {
  get(path: string): Promise<Response>;
}

const escaped = (label: [string, string]): string => `${label[0]}="${label[1]}"`;

/** Sums the samples of a metric (in Prometheus' spelling) that carry these labels; 0 where there are none. */
export async function metricOf(echo: Asked, name: string, labels: Record<string, string> = {}): Promise<number> {
  const wanted = Object.entries(labels).map(escaped);
  const lines = (await (await echo.get('/metrics')).text()).split('\n');
  return lines
    .filter((line) => line.startsWith(`${name} `) || line.startsWith(`${name}{`))
    .filter((line) => wanted.every((label) => line.includes(label)))
    .reduce((sum, line) => sum + Number(line.slice(line.lastIndexOf(' '))), 0);
}
