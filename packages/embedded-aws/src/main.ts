import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { helpText, readCommandLine } from './command-line';
import { OptionError } from './core/option-error';
import { type LocalAws, startLocalAws } from './index';
import { openness, type StartMessage } from './start-message';

/** Every access key that IAM has not issued is the owner's; this is the one that is printed. */
const OWNERS_KEY = 'local';

const COULD_NOT_START = 1;
const WRONG_OPTION = 2;

async function main(): Promise<void> {
  const command = readCommandLine(await commandLine(process.argv.slice(2)));
  if (command.type === 'help') return console.log(helpText());
  if (command.type === 'version') return console.log(version());
  const aws = await startLocalAws(command.options);
  announce(aws);

  // At once, and not in good order: nothing that it answered from now on would be kept.
  aws.taken.then((error) => {
    console.error(error.message);
    process.exit(COULD_NOT_START);
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

function announce({ port, url, openAt, strict, secretAccessKey }: LocalAws): void {
  const open = openness(openAt, strict);
  send({ type: 'listening', port, openAt, openness: open, strict, secretAccessKey });
  if (process.send !== undefined) return;
  console.log(`Embedded AWS at ${url}`);
  if (open !== undefined) console.log(open);
  if (strict) console.log(`Access key ${OWNERS_KEY}, secret ${secretAccessKey}`);
}

/** With `--await-options` they come as a message: the parent had not read them at the start. */
async function commandLine(args: string[]): Promise<string[]> {
  if (args[0] !== '--await-options') return args;
  const [message] = await once(process, 'message');
  return message;
}

/** The package's: its manifest is beside the folder of this file, whether compiled or not. */
function version(): string {
  return JSON.parse(readFileSync(path.join(__dirname, '..', 'package.json'), 'utf8')).version;
}

function send(message: StartMessage): void {
  process.send?.(message);
}

function fail(error: NodeJS.ErrnoException): void {
  process.exitCode = error instanceof OptionError ? WRONG_OPTION : COULD_NOT_START;
  if (process.send === undefined) console.error(`embedded-aws: ${reasonOf(error)}`);
  send({ type: 'failed', code: error.code ?? 'UNKNOWN', message: error.message });
  if (process.connected) process.disconnect();
}

/** A system error of `listen` has the port. */
interface StartError extends NodeJS.ErrnoException {
  readonly port?: number;
}

function reasonOf({ code, message, port }: StartError): string {
  if (code === 'EADDRINUSE') return `Port ${port} is taken. Choose another with --port.`;
  if (code === 'EACCES' && message.startsWith('listen ')) {
    return `The system does not allow listening on port ${port}. Choose another with --port.`;
  }
  return message;
}

main().catch(fail);
