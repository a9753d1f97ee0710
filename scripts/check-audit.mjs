/**
 * Holds the locked packages against the advisories of the registry and fails on any that fits. Not every registry has
 * advisories (mirrors often have none): then it says so, and that is no failure.
 */
import { fail, runNpm } from './project.mjs';

const about = ({ name, range, severity, via }) => {
  const reasons = via.map((reason) =>
    typeof reason === 'string' ? `through ${reason}` : `${reason.title} ${reason.url}`,
  );
  return `${name} ${range}, ${severity}: ${reasons.join(', ')}`;
};

const { stdout } = runNpm(['audit', '--package-lock-only', '--json'], { stdio: 'pipe', encoding: 'utf8' });
const { vulnerabilities, message } = JSON.parse(stdout);
if (vulnerabilities === undefined) console.log(`The packages were not audited: ${message}`);
else {
  const found = Object.values(vulnerabilities).map(about);
  if (found.length > 0) fail('Packages with known vulnerabilities:', ...found);
  console.log('No package has a known vulnerability.');
}
