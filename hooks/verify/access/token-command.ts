import { execFile } from 'node:child_process';
import { HookError } from '../../framework';
import { wordsOf } from './words';

/** Long enough to sign in, and short enough not to look like a run that hangs. */
export const TOKEN_COMMAND_MS = 30_000;

/** More than API Gateway takes in all headers of a request. */
const MOST_BYTES = 65_536;

/** The most characters of what a command says when it fails. */
const EXCERPT = 200;

/** Anything that looks like a JSON Web Token, and what follows the words that announce a secret. */
const SECRETS =
  /eyJ[\w-]{5,}(?:\.[\w-]+){1,2}|(?<=(?:bearer|basic|token|password|secret)["']?(?:\s*[:=]\s*|\s+)["']?)[^\s"']{8,}/gi;

/** Shorter lines are words of other texts, too. */
const SHORTEST_LINE = 6;

export interface TokenCommandOptions {
  readonly environment: NodeJS.ProcessEnv;
  /** Takes the tokens out of a text that is shown. */
  readonly hide: (text: string) => string;
  readonly withinMs?: number;
}

/**
 * Runs the command of `--token-command`, without a shell.
 * @returns what it printed
 * @throws HookError when it cannot be started, fails, or takes too long. The message has the end of
 *   what it said on standard error, and nothing of its output
 */
export function runTokenCommand(
  command: string,
  { environment, hide, withinMs = TOKEN_COMMAND_MS }: TokenCommandOptions,
): Promise<string> {
  const [program = '', ...words] = wordsOf(command);
  return new Promise((resolve, reject) => {
    const options = {
      env: environment,
      timeout: withinMs,
      killSignal: 'SIGKILL',
      maxBuffer: MOST_BYTES,
    } as const;
    const child = execFile(program, words, options, (error, stdout, stderr) => {
      if (error === null) return resolve(stdout);
      const said = withoutOutput(hide(stderr.trim()), stdout)
        .replaceAll(/\s+/g, ' ')
        .replaceAll(SECRETS, '***')
        .slice(-EXCERPT);
      // The error's own message, and its cause, have the whole command line.
      reject(
        new HookError(
          'TOKEN_COMMAND_FAILED',
          `--token-command (${program}) ${reasonOf(error, withinMs)}${said === '' ? '' : `: ${said}`}. More: docs/verification.md#tokens`,
        ),
      );
    });
    // A command that asks somebody would wait for ever.
    child.stdin?.end();
  });
}

/** A program that fails may repeat on standard error what it printed. */
function withoutOutput(text: string, stdout: string): string {
  const lines = stdout.split('\n').map((line) => line.trim());
  return lines
    .filter((line) => line.length >= SHORTEST_LINE)
    .reduce((safe, line) => safe.replaceAll(line, '***'), text);
}

function reasonOf(
  { code, killed, signal }: NonNullable<Parameters<Parameters<typeof execFile>[3] & object>[0]>,
  withinMs: number,
): string {
  if (code === 'ENOENT') return 'is not there';
  if (code === 'ERR_CHILD_PROCESS_STDIO_MAXBUFFER') return 'printed more than a token';
  if (killed) return `took longer than ${withinMs / 1000} s`;
  if (typeof code === 'string') return `could not be started (${code})`;
  return signal ? `was ended by ${signal}` : `failed with exit code ${code}`;
}
