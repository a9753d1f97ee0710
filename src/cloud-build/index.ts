export { CloudBuildModule } from './cloud-build.module.js';
