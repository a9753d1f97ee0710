import { setting } from '../platform/settings/index.js';

export const artifactEmitterConfig = {
  enabled: setting.flag('artifactEmitter.enabled', {
    default: false,
    description: 'Tells keel about artifacts that messages bring; needs keel.enabled.',
  }),
  eventName: setting.text('artifactEmitter.eventName', {
    default: 'spinnaker_artifacts',
    description: 'The `eventName` of what keel is told.',
  }),
  fieldName: setting.text('artifactEmitter.fieldName', {
    default: 'payload',
    description: 'The member that holds the artifacts.',
  }),
};
