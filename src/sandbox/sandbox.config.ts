import { setting } from '../platform/settings/index.js';

export const sandboxConfig = {
  echoUrl: setting.url('sandbox.echoUrl', {
    default: 'http://127.0.0.1:8089',
    description: 'Where the simulated orca sends its events: this Echo itself.',
  }),
  allowRemote: setting.flag('sandbox.allowRemote', {
    default: false,
    description: 'Lets other machines use the simulated orca, such as containers beside this one.',
  }),
  stageMs: setting.millis('sandbox.stageMs', {
    default: 300,
    description: 'How long the simulated orca takes for one stage.',
  }),
};
