import { StackError } from './errors';
import { takesNothing } from './parameters/check';

/** The command-line options that affect what serverless.ts declares. */
export interface CommandLine {
  /** `--stage` or `-s`; undefined if neither is given. */
  readonly stage: string | undefined;
  /** `--port` of the embedded AWS, for stage `local`; undefined if it is not given. */
  readonly port: string | undefined;
  /** The values of `--param name=value`, by name. */
  readonly parameters: ReadonlyMap<string, string>;
}

/**
 * Reads the command line as the framework does, but before it: the framework parses it after
 * loading serverless.ts, and reports a parameter without a value once for every variable of the
 * stack.
 * @param argv the process's arguments
 * @throws StackError for a parameter without a value
 */
export function readCommandLine(argv: readonly string[]): CommandLine {
  return {
    stage: [...valuesOf(argv, '--stage'), ...valuesOf(argv, '-s')].at(-1),
    port: valuesOf(argv, '--port').at(-1),
    parameters: new Map(valuesOf(argv, '--param').map(nameAndValue)),
  };
}

/** All values of an option, which may be repeated: `--name value` or `--name=value`. */
function valuesOf(argv: readonly string[], name: string): string[] {
  return argv.flatMap((text, index) => {
    if (text === name) return argv[index + 1] ?? [];
    return text.startsWith(`${name}=`) ? text.slice(name.length + 1) : [];
  });
}

function nameAndValue(text: string): readonly [name: string, value: string] {
  const [, name, value] = /^([^=]+)=(.+)$/s.exec(text) ?? [];
  if (name !== undefined && value !== undefined) return [name, value];
  const [given = ''] = text.split('=');
  const hint = takesNothing(given)
    ? ` To set it to nothing, write ${given}: '' in the stage's row of params in serverless.ts.`
    : '';
  throw new StackError(`--param ${text}: it takes name=value.${hint}`);
}
