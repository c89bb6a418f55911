import { StackError } from './errors';
import { takesNothing } from './parameters/check';

/** What follows an option, each time it is given: `--name value`, `--name=value`. */
export function optionValues(argv: readonly string[], name: string): string[] {
  return argv.flatMap((text, index) => {
    if (text === name) return argv[index + 1] ?? [];
    return text.startsWith(`${name}=`) ? text.slice(name.length + 1) : [];
  });
}

/**
 * Refuses what the framework would answer with a line for every variable of the stack.
 * @param argv of the process
 * @throws StackError for a parameter without a value
 */
export function checkCommandLine(argv: readonly string[]): void {
  const broken = optionValues(argv, '--param').find((text) => !/^[^=]+=./s.test(text));
  if (broken === undefined) return;
  const [name = ''] = broken.split('=');
  const hint = takesNothing(name)
    ? ` To set it to nothing, write ${name}: '' in the stage's row of params in serverless.ts.`
    : '';
  throw new StackError(`--param ${broken}: it takes name=value.${hint}`);
}
