import tseslint from 'typescript-eslint';
import rooms from './lint/rooms.js';

/** What only one place may do, and what to use elsewhere. */
const PROCESS_ENV = {
  selector: "MemberExpression[object.name='process'][property.name='env']",
  message: 'process.env is read only in src/config; take a Setting instead',
};
const WALL_CLOCK = [
  {
    selector: "CallExpression[callee.object.name='Date'][callee.property.name='now']",
    message: 'take the time from platform/clock',
  },
  {
    selector: "NewExpression[callee.name='Date'][arguments.length=0]",
    message: 'take the time from platform/clock',
  },
];
const HTTP_ELSEWHERE = 'outgoing HTTP goes through platform/http';
const OTHER_HTTP = [
  { regex: '^(axios|@nestjs/axios|got|ky|node-fetch|superagent|undici|ws)(/|$)', message: HTTP_ELSEWHERE },
  { regex: '^(node:)?(https?|http2|_http_\\w+)$', message: HTTP_ELSEWHERE },
];
const HTTP_GLOBALS = ['fetch', 'EventSource', 'WebSocket', 'XMLHttpRequest'];
const GLOBAL_HTTP = HTTP_GLOBALS.map((name) => ({ name, message: HTTP_ELSEWHERE }));
const HTTP_OF_GLOBAL_THIS = {
  selector: `MemberExpression[object.name=/^(global|globalThis)$/][property.name=/^(${HTTP_GLOBALS.join('|')})$/]`,
  message: HTTP_ELSEWHERE,
};
const TEMPLATE_ENGINES = {
  regex: '^(nunjucks|handlebars)(/|$)',
  message: 'templates are rendered by platform/templates, which shuts prototypes off',
};
const BROKER_CLIENTS = {
  regex: '^(@aws-sdk/|@google-cloud/|@nats-io/|amqplib$|kafkajs$)',
  message: 'clients of brokers are loaded only where they are configured: await import() them where they connect',
  allowTypeImports: true,
};
const SWAGGER = {
  regex: '^@nestjs/swagger$',
  message: 'take the decorators from platform/api: the package is loaded when somebody asks for /docs',
  allowTypeImports: true,
};
const SDKS = '^(@aws-sdk/|@google-cloud/|google-gax|google-auth-library|@microsoft/|@pagerduty/|twilio)';
const SDKS_ELSEWHERE = 'clients of clouds are used only where they are given the LibraryTransport of platform/http';
const SDK_IMPORTS = { regex: SDKS, message: SDKS_ELSEWHERE };
const SDK_LOADS = {
  selector: `ImportExpression[source.value=/${SDKS.replaceAll('/', '\\/')}/]`,
  message: SDKS_ELSEWHERE,
};
/** They call by themselves, with our agent, trust, proxies and deadline. */
const SDK_USERS = [
  'src/pubsub/{amazon,google}/**/*.ts',
  'src/notifications/graph/**/*.ts',
  'src/notifications/channels/pager-duty/**/*.ts',
];
const TYPEORM = { regex: '^(typeorm|@nestjs/typeorm|pg)$', message: 'SQL lives in platform/database and */sql/' };

export default tseslint.config(
  { ignores: ['dist/', 'node_modules/', 'coverage/', 'examples/**/dist/'] },
  ...tseslint.configs.strict,
  {
    rules: {
      '@typescript-eslint/no-extraneous-class': 'off',
      '@typescript-eslint/no-invalid-void-type': 'off',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      eqeqeq: ['error', 'always'],
      'no-empty': ['error', { allowEmptyCatch: false }],
      'max-lines': ['error', { max: 400 }],
      'max-lines-per-function': ['error', { max: 80, skipBlankLines: true, skipComments: true }],
      'max-params': ['error', { max: 7 }],
    },
  },
  {
    files: ['src/**/*.ts'],
    plugins: { rooms },
    rules: {
      'rooms/boundaries': 'error',
      'no-console': 'error',
      'no-restricted-globals': ['error', ...GLOBAL_HTTP],
      'no-restricted-syntax': ['error', PROCESS_ENV, HTTP_OF_GLOBAL_THIS, SDK_LOADS, ...WALL_CLOCK],
      'no-restricted-imports': ['error', { patterns: [...OTHER_HTTP, SDK_IMPORTS, TYPEORM, TEMPLATE_ENGINES] }],
      '@typescript-eslint/no-restricted-imports': ['error', { patterns: [SWAGGER] }],
    },
  },
  {
    files: SDK_USERS,
    rules: {
      'no-restricted-syntax': ['error', PROCESS_ENV, HTTP_OF_GLOBAL_THIS, ...WALL_CLOCK],
      'no-restricted-imports': ['error', { patterns: [...OTHER_HTTP, TYPEORM, TEMPLATE_ENGINES] }],
    },
  },
  {
    files: ['src/pubsub/**/*.ts'],
    rules: {
      '@typescript-eslint/no-restricted-imports': ['error', { patterns: [SWAGGER, BROKER_CLIENTS] }],
    },
  },
  {
    files: ['src/platform/templates/**/*.ts'],
    rules: { 'no-restricted-imports': ['error', { patterns: [...OTHER_HTTP, SDK_IMPORTS, TYPEORM] }] },
  },
  {
    files: ['src/platform/http/**/*.ts', 'src/platform/web/**/*.ts'],
    rules: { 'no-restricted-imports': ['error', { patterns: [TYPEORM] }] },
  },
  {
    files: ['src/platform/database/**/*.ts', 'src/**/sql/**/*.ts'],
    rules: { 'no-restricted-imports': ['error', { patterns: [...OTHER_HTTP, SDK_IMPORTS] }] },
  },
  {
    files: ['src/config/**/*.ts', 'src/main.ts'],
    rules: { 'no-restricted-syntax': ['error', HTTP_OF_GLOBAL_THIS, SDK_LOADS, ...WALL_CLOCK] },
  },
  {
    files: ['src/config/secrets/**/*.ts'],
    rules: {
      'no-restricted-syntax': ['error', HTTP_OF_GLOBAL_THIS, ...WALL_CLOCK],
      'no-restricted-imports': ['error', { patterns: [...OTHER_HTTP, TYPEORM, TEMPLATE_ENGINES] }],
    },
  },
  {
    files: ['src/platform/clock/**/*.ts'],
    rules: { 'no-restricted-syntax': ['error', HTTP_OF_GLOBAL_THIS, PROCESS_ENV] },
  },
  {
    files: ['**/*.spec.ts', 'test/**/*.ts', 'bench/**/*.ts'],
    rules: { 'max-lines-per-function': 'off', '@typescript-eslint/no-non-null-assertion': 'off' },
  },
  {
    files: ['src/**/*.spec.ts'],
    rules: {
      'no-restricted-globals': 'off',
      'no-restricted-syntax': 'off',
      'no-restricted-imports': 'off',
      'rooms/boundaries': 'off',
    },
  },
);
