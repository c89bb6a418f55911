import { type Command, forUser, type Options, type Serverless, type Utils } from './framework';

/**
 * The contracts of declared streams: writes types and an OpenAPI document of their events, and
 * refuses to deploy a schema that refuses what senders sent until now.
 */
export default class ContractsPlugin {
  readonly commands: Readonly<Record<string, Command>> = {
    contracts: {
      usage: "Write types and an OpenAPI document of the declared streams' events",
      lifecycleEvents: ['write'],
    },
    deploy: {
      options: {
        'breaking-schema': {
          usage: 'Streams whose schema may refuse what they took until now: orders,clicks',
          type: 'string',
        },
      },
    },
  };
  readonly hooks: Readonly<Record<string, () => Promise<void>>>;

  constructor(serverless: Serverless, options: Options, utils: Utils) {
    const { log } = utils;
    const hasStreams = () =>
      (serverless.service.custom?.kinesisRestProxy?.streams ?? []).length > 0;
    // Loaded only where it is needed, so that other commands start faster.
    const writing = () => require('./contracts/write') as typeof import('./contracts/write');
    const evolution = () =>
      require('./contracts/evolution') as typeof import('./contracts/evolution');
    this.hooks = {
      'contracts:write': () =>
        forUser(serverless, () => {
          const files = writing().writeContracts(serverless);
          log.notice(
            files.length > 0
              ? files.join('\n')
              : 'streams.ts declares no stream, so there is nothing to write: docs/events.md.',
          );
        }),
      'after:aws:package:finalize:saveServiceState': () =>
        forUser(serverless, () => {
          if (serverless.processedInput.commands[0] === 'package' && hasStreams()) {
            evolution().warnOfCommitted(serverless, utils);
          }
          try {
            writing().writeContracts(serverless);
          } catch (error) {
            // They are a help; a deploy from a folder that is read-only works without.
            log.warning(`The types of events were not written. ${(error as Error).message}`);
          }
        }),
      'before:deploy:deploy': () =>
        forUser(serverless, async () => {
          if (!hasStreams()) return;
          await evolution().checkAgainstDeployed(serverless, utils, options['breaking-schema']);
        }),
    };
  }
}
