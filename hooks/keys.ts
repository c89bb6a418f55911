import { type Command, forUser, type Options, type Serverless, type Utils } from './framework';

/** `serverless keys`: the API keys that open the stage, and the value of one when asked for it. */
export default class KeysPlugin {
  readonly commands: Readonly<Record<string, Command>> = {
    keys: {
      usage: "List the stage's API keys, or print the value of one",
      lifecycleEvents: ['run'],
      options: {
        producer: { usage: 'Only the keys of this producer', type: 'string' },
        value: {
          usage:
            "Print the value of this key and nothing else: acme/2026-06, or stage for the stage's own",
          type: 'string',
        },
        usage: { usage: 'With the calls of today (UTC) that quotas leave', type: 'boolean' },
        json: { usage: 'Print JSON', type: 'boolean' },
      },
    },
  };
  readonly hooks: Readonly<Record<string, () => Promise<void>>>;

  constructor(serverless: Serverless, options: Options, utils: Utils) {
    this.hooks = {
      // Loaded only for this command, so that others start faster.
      'keys:run': () =>
        forUser(serverless, async () => {
          const { keys } = require('./keys/keys') as typeof import('./keys/keys');
          await keys(serverless, options, utils);
        }),
    };
  }
}
