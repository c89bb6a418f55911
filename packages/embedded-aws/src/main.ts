import { once } from 'node:events';
import { parseArgs } from 'node:util';
import { OptionError } from './core/option-error';
import { startLocalAws } from './index';
import type { KinesisOptions } from './kinesis';
import { readKinesisOptions } from './kinesis/read-options';
import type { StartMessage } from './start-message';

const DEFAULT_PORT = '4566';

/** Any access key that IAM has not issued is the owner's; this is the one that is told. */
const OWNERS_KEY = 'local';

async function main(): Promise<void> {
  const { values } = parseArgs({
    args: await options(process.argv.slice(2)),
    options: {
      port: { type: 'string', default: process.env.LOCAL_AWS_PORT ?? DEFAULT_PORT },
      kinesis: { type: 'string' },
      strict: { type: 'boolean', default: false },
      persist: { type: 'string' },
      'allow-host': { type: 'string', multiple: true, default: [] },
      'allow-origin': { type: 'string', multiple: true, default: [] },
    },
  });
  const port = Number(values.port);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) {
    throw new TypeError(
      `--port takes a port, 0 (any free one) to 65535, and not '${values.port}'.`,
    );
  }
  if (values.persist === '') throw new TypeError('--persist takes the path of a folder.');
  const kinesis = values.kinesis === undefined ? {} : readKinesis(values.kinesis);
  const aws = await startLocalAws({
    port,
    kinesis,
    strict: values.strict,
    persist: values.persist,
    allowHosts: listed(values['allow-host']),
    allowOrigins: listed(values['allow-origin']),
    ...(process.env.LOCAL_AWS_SECRET_ACCESS_KEY && {
      secretAccessKey: process.env.LOCAL_AWS_SECRET_ACCESS_KEY,
    }),
  });
  const { secretAccessKey } = aws;
  tell({ type: 'listening', port: aws.port, secretAccessKey });
  if (process.send === undefined) {
    console.log(`Embedded AWS at ${aws.url}`);
    if (values.strict) console.log(`Access key ${OWNERS_KEY}, secret ${secretAccessKey}`);
  }

  // At once, and not in good order: whatever it answered now would not be kept.
  aws.taken.then((error) => {
    console.error(error.message);
    process.exit(1);
  });
  const stop = () => {
    aws.close().then(() => process.exit(0));
  };
  process.once('disconnect', stop);
  process.once('SIGTERM', stop);
  // Ctrl-C reaches the whole process group: a parent that started this one decides when to stop.
  process.on('SIGINT', () => {
    if (!process.connected) stop();
  });
}

/** With `--await-options` they come as a message: whoever started this had not read them by then. */
async function options(args: string[]): Promise<string[]> {
  if (args[0] !== '--await-options') return args;
  const [message] = await once(process, 'message');
  return message;
}

/** The values of an option that may be given several times, each with several between commas. */
function listed(values: readonly string[]): string[] {
  return values.flatMap((value) => value.split(',').map((each) => each.trim()));
}

/** @throws OptionError for anything but the options of Kinesis in JSON */
function readKinesis(json: string): KinesisOptions {
  let options: unknown;
  try {
    options = JSON.parse(json);
  } catch (cause) {
    throw new OptionError(
      `--kinesis takes JSON: ${cause instanceof Error ? cause.message : cause}`,
      {
        cause,
      },
    );
  }
  return readKinesisOptions(options, 'kinesis');
}

function tell(message: StartMessage): void {
  process.send?.(message);
}

main().catch((error: NodeJS.ErrnoException) => {
  tell({ type: 'failed', code: error.code ?? 'UNKNOWN', message: error.message });
  if (process.send === undefined)
    console.error(`The embedded AWS could not start: ${error.message}`);
  process.exitCode = 1;
  if (process.connected) process.disconnect();
});
