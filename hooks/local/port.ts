import type { Command } from '../framework';

const PORT = {
  usage:
    'Port of the embedded AWS on this machine, for stage local (default 4566, or LOCAL_AWS_PORT)',
  type: 'string',
} as const;

/** The framework's commands of a service, and this project's: whatever may call stage `local`. */
const COMMANDS = [
  'contracts',
  'deploy',
  'deploy function',
  'deploy list',
  'deploy list functions',
  'info',
  'invoke',
  'invoke local',
  'keys',
  'local',
  'logs',
  'metrics',
  'package',
  'print',
  'records',
  'remove',
  'rollback',
  'rollback function',
  'sweep',
  'verify',
  'viewer',
] as const;

type Commands = Record<string, Command>;

/** Adds `--port` to commands that a plugin declares, and to all others that may call stage `local`. */
export function withPort(commands: Readonly<Commands>): Commands {
  const all: Commands = { ...commands };
  for (const name of COMMANDS) addTo(all, name.split(' '));
  return all;
}

function addTo(commands: Commands, [name = '', ...rest]: readonly string[]): void {
  const command = { ...commands[name] };
  if (rest.length === 0) {
    commands[name] = { ...command, options: { ...command.options, port: PORT } };
    return;
  }
  const nested = { ...command.commands };
  addTo(nested, rest);
  commands[name] = { ...command, commands: nested };
}
