/** The rooms rule by itself, for the architecture check: here no comment in a source can switch it off. */
import tseslint from 'typescript-eslint';
import rooms from './rooms.js';

export default [
  { ignores: ['**/*.spec.ts'] },
  {
    files: ['src/**/*.ts'],
    languageOptions: { parser: tseslint.parser },
    linterOptions: { noInlineConfig: true },
    plugins: { rooms },
    rules: { 'rooms/boundaries': 'error' },
  },
];
