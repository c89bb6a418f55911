/** Options of `verify` that `deploy` has too. */
export const VERIFY_OPTIONS = {
  report: { usage: 'Write the report to these files, .json or .xml (JUnit)', type: 'string' },
  keep: { usage: 'Keep the throw-away stream, and print how to delete it', type: 'boolean' },
  'read-only': { usage: 'Run only the checks that write to no stream', type: 'boolean' },
  'token-command': {
    usage: 'Command that prints the token with which a stage that asks for tokens lets in',
    type: 'string',
  },
  'without-token': {
    usage: 'Leave out what needs a token, where there is none',
    type: 'boolean',
  },
  'allow-protected': { usage: 'Verify a protected stage with all checks', type: 'boolean' },
} as const;
