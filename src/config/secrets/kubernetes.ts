import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { codeOf } from '../../platform/errors/index.js';
import { type SecretEngine, SecretError } from './engine.js';

/** Where charts of Spinnaker mount the secrets of a service; `ECHO_SECRETS_PATH` names another folder. */
const MOUNTED = '/var/secrets';

/**
 * Kubernetes' secrets, mounted as files: `k8s!n:<secret>!k:<key>` is `<folder>/<secret>/<key>`, or `<folder>/<key>` where
 * one secret is mounted for all.
 */
export const kubernetes: SecretEngine = {
  required: ['n', 'k'],
  holdsDocuments: false,
  async read(parameter, { environment }) {
    const folder = environment['ECHO_SECRETS_PATH'] ?? MOUNTED;
    const places = [path.join(folder, parameter('n'), parameter('k')), path.join(folder, parameter('k'))];
    for (const place of places) {
      try {
        return await readFile(place);
      } catch (error) {
        if (codeOf(error) !== 'ENOENT' && codeOf(error) !== 'ENOTDIR') throw error;
      }
    }
    throw new SecretError(`is mounted neither at ${places.join(' nor at ')}`);
  },
};
