import { readFileSync } from 'node:fs';
import { Logger } from '@nestjs/common';
import {
  type Artifact,
  builtInTemplate,
  type MessageArtifacts,
  type MessageFormat,
  messageArtifacts,
} from '../artifacts/index.js';
import { EchoError, messageOf } from '../platform/errors/index.js';
import { jinjaTemplate, type Template, TemplateError } from '../platform/templates/index.js';
import type { ArtifactSource } from './pubsub-system.js';

const log = new Logger('Pubsub');

/** A message that no event can be made of; trying again cannot help. */
export class UnusableMessageError extends EchoError {
  constructor(reason: string) {
    super(reason, { code: 'unusable-message', level: 'warn' });
  }
}

/** A template of the operator's. An empty file stands for messages that are the list of artifacts themselves. */
function customTemplate(key: string, file: string): Template | undefined {
  try {
    const text = readFileSync(file, 'utf8');
    return text === '' ? undefined : jinjaTemplate(file, text);
  } catch (error) {
    throw new EchoError(`${key}: '${file}' is no template that Echo can read: ${messageOf(error)}`, {
      code: 'unusable-template',
      cause: error,
    });
  }
}

/**
 * Reads artifacts by the operator's template; where there is no file, none are read.
 *
 * @param key the setting that names the file, for the fault
 * @throws EchoError when the file cannot be read or is no template
 */
export const artifactsByFile = (key: string, file: string | undefined): ArtifactSource | undefined =>
  file === undefined ? undefined : artifactsBy(customTemplate(key, file));

/** Reads artifacts from messages of a well-known sender. */
export const artifactsByFormat = (format: MessageFormat): ArtifactSource => artifactsBy(builtInTemplate(format));

/** A template that fails is warned about and the message goes on without artifacts, as in the original. */
function artifactsBy(template: Template | undefined): ArtifactSource {
  const read: ArtifactSource['read'] = (payload) => {
    try {
      return settled(messageArtifacts(payload, template));
    } catch (error) {
      if (error instanceof TemplateError) return settled({ kind: 'not-artifacts', reason: error.message });
      throw error;
    }
  };
  return { read, isTemplate: true };
}

function settled(found: MessageArtifacts): Promise<readonly Artifact[]> {
  if (found.kind === 'artifacts') return Promise.resolve(found.artifacts);
  if (found.kind === 'not-an-object') {
    return Promise.reject(new UnusableMessageError(`No artifacts can be read: ${found.reason}.`));
  }
  log.warn(`A message brings no artifacts: ${found.reason}`);
  return Promise.resolve([]);
}
