import { setting } from '../settings/index.js';

export const extensionConfig = {
  extensions: setting.texts('extensions', {
    default: [],
    description:
      'Nest modules to load at boot: paths (relative to the working directory) or package names, each exporting a module class.',
  }),
};
