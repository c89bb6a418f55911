import { type Command, forUser, type Serverless, type Utils } from './framework';
import type { RecordsOptions } from './viewer/command-line/request';

/** `serverless records`: what is in a stream, on the command line; and exported records sent again. */
export default class RecordsPlugin {
  readonly commands: Readonly<Record<string, Command>> = {
    records: {
      usage: "Print the records of one of the stage's streams, or send exported ones again",
      lifecycleEvents: ['run'],
      options: {
        stream: { usage: 'Name of the stream, as in streams.ts or in Kinesis', type: 'string' },
        shard: { usage: 'Only this shard: its id or number', type: 'string' },
        from: {
          usage:
            'Where to start: trim-horizon (default), latest, a time such as 2026-01-31T09:30 or 15m (ago), a sequence number, or after:<sequence number>; with --replay the number of a line',
          type: 'string',
        },
        limit: { usage: 'Print at most this many records', type: 'string' },
        follow: { usage: 'Wait for new records at the tip', type: 'boolean' },
        'test-records': {
          usage: 'Print the test records of verification too',
          type: 'boolean',
        },
        filter: { usage: 'Only records whose data or key contains this text', type: 'string' },
        key: { usage: 'Only records with this partition key', type: 'string' },
        format: {
          usage: 'table or json; on a terminal a table, in a pipe lines of JSON',
          type: 'string',
        },
        replay: {
          usage:
            'Send the exported lines of this file to the stream, in place of printing; - is the standard input',
          type: 'string',
        },
        speed: {
          usage: 'With --replay: times as fast as the records arrived (1 by default), or max',
          type: 'string',
        },
        'allow-protected': {
          usage: 'With --replay: write to a stream of a protected stage',
          type: 'boolean',
        },
      },
    },
  };
  readonly hooks: Readonly<Record<string, () => Promise<void>>>;

  constructor(serverless: Serverless, options: RecordsOptions, utils: Utils) {
    this.hooks = {
      // Loaded only for this command, so that others start faster.
      'records:run': () =>
        forUser(serverless, async () => {
          const { replay } = options;
          if (replay !== undefined) {
            const { replayRecords } =
              require('./viewer/replay/command') as typeof import('./viewer/replay/command');
            await replayRecords(serverless, { ...options, replay }, utils);
            return;
          }
          const { records } =
            require('./viewer/command-line/records') as typeof import('./viewer/command-line/records');
          await records(serverless, options, utils);
        }),
    };
  }
}
