import { setting } from './setting.js';

/** Where people look at Spinnaker; every link in a notification starts with it. */
export const spinnakerConfig = {
  baseUrl: setting.url('spinnaker.baseUrl', {
    default: 'http://localhost:9000',
    description: 'Address of the user interface (deck), the start of every link in a notification.',
  }),
};
