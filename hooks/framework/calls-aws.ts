import type { Serverless } from '.';

/** Commands that make no AWS call, or start the embedded AWS themselves. */
const NEEDS_NO_AWS = new Set([
  'local',
  'package',
  'contracts',
  'print',
  'plugin',
  'help',
  'config',
]);

/** True if the command that was given calls AWS, as far as its name says. */
export function callsAws({ processedInput }: Serverless): boolean {
  const { commands, isHelpRequest } = processedInput;
  const [command] = commands;
  return !isHelpRequest && command !== undefined && !NEEDS_NO_AWS.has(command);
}
