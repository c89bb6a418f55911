import { StackError } from './errors';
import { takesNothing } from './parameters/check';

/** The part of the command line that decides what serverless.ts declares. */
export interface CommandLine {
  /** `--stage` or `-s`; undefined where neither is given. */
  readonly stage: string | undefined;
  /** The values of `--param name=value`, by name. */
  readonly parameters: ReadonlyMap<string, string>;
}

/**
 * Reads the command line as the framework does. The framework reads it after it has loaded
 * serverless.ts, and prints an error for every variable of the stack when a parameter has no value.
 * @param argv of the process
 * @throws StackError for a parameter without a value
 */
export function readCommandLine(argv: readonly string[]): CommandLine {
  return {
    stage: [...valuesOf(argv, '--stage'), ...valuesOf(argv, '-s')].at(-1),
    parameters: new Map(valuesOf(argv, '--param').map(nameAndValue)),
  };
}

/** The values of an option, each time it is given: `--name value`, `--name=value`. */
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
