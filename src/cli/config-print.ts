import { printConfiguration } from '../config/index.js';

printConfiguration();
