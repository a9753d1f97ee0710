export { artifactEmitterConfig } from './artifact-emitter.config.js';
export { ArtifactEmitterModule } from './artifact-emitter.module.js';
