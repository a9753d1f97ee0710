import { printConfiguration } from '../config/index.js';

await printConfiguration();
