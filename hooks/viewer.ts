import { type Command, forUser, type Serverless, type Utils } from './framework';
import type { ViewerOptions } from './viewer/server/viewer';

/** `serverless viewer`: the stage's streams on a local web page. */
export default class ViewerPlugin {
  readonly commands: Readonly<Record<string, Command>> = {
    viewer: {
      usage: "View the stage's streams in the browser",
      lifecycleEvents: ['run'],
      options: {
        port: { usage: 'Port on 127.0.0.1; a free one by default', type: 'string' },
        open: {
          usage: 'Open the browser (default); --no-open only prints the address',
          type: 'boolean',
        },
      },
    },
  };
  readonly hooks: Readonly<Record<string, () => Promise<void>>>;

  constructor(serverless: Serverless, options: ViewerOptions, utils: Utils) {
    this.hooks = {
      // Loaded only for this command, so that others start faster.
      'viewer:run': () =>
        forUser(serverless, async () => {
          const { viewer } =
            require('./viewer/server/viewer') as typeof import('./viewer/server/viewer');
          await viewer(serverless, options, utils);
        }),
    };
  }
}
