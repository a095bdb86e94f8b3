import js from '@eslint/js'
import { defineConfig, globalIgnores } from 'eslint/config'
import tseslint from 'typescript-eslint'

/**
 * The rooms of `src/`: each may import only from itself and from those named.
 * @type {Record<string, string[]>}
 */
const rooms = {
  adapters: ['handler'],
  handler: ['measure'],
  probe: ['measure'],
  ui: ['measure'],
  measure: [],
}

/** What belongs to one runtime and so may not appear where only Web APIs are allowed. */
const runtimeGlobals = ['process', 'Buffer', 'global', 'require', 'setImmediate', 'Bun', 'Deno']

const direction = Object.entries(rooms).map(([room, allowed]) => {
  const closed = Object.keys(rooms).filter((other) => other !== room && !allowed.includes(other))
  const webOnly = room === 'handler' || room === 'measure'
  return {
    files: [`src/${room}/**/*.{ts,tsx}`],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          patterns: [
            {
              regex: `^\\.\\.?/(.*/)?(${closed.join('|')})/`,
              message: `src/${room} may import from: ${allowed.join(', ') || 'none of the other rooms'}.`,
            },
            ...(webOnly
              ? [
                  {
                    regex: '^(node|bun|cloudflare|npm|jsr):',
                    message: 'Web APIs only in this room.',
                  },
                ]
              : []),
          ],
        },
      ],
      ...(webOnly ? { 'no-restricted-globals': ['error', ...runtimeGlobals] } : {}),
    },
  }
})

export default defineConfig(
  // What is in examples/ imports the package as its users do: .ci/stages/16-npm.sh checks it with them.
  globalIgnores(['dist/', 'examples/']),
  js.configs.recommended,
  tseslint.configs.strictTypeChecked,
  tseslint.configs.stylisticTypeChecked,
  {
    languageOptions: { parserOptions: { projectService: true } },
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: {
      // `as const` stays; any other assertion needs a comment and a disable line that says why.
      '@typescript-eslint/consistent-type-assertions': ['error', { assertionStyle: 'never' }],
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      // Numbers print the same everywhere; spelling out String(n) adds nothing.
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      eqeqeq: 'error',
      'no-console': 'error',
    },
  },
  ...direction,
  { files: ['**/*.js'], extends: [tseslint.configs.disableTypeChecked] },
)
