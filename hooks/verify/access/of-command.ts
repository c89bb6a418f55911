import { HookError, type Options, type Serverless } from '../../framework';
import { exitWith } from '../../process/exit-code';
import { declaredStreamsOf, isEmbedded } from '../../stage/deployed-stage';
import type { Target } from '../../stage/target';
import { Access } from './access';
import { lacksToken } from './no-way-in';
import { Tokens } from './tokens';
import { wordsOf } from './words';

const kept = new WeakMap<Serverless, Tokens>();

/**
 * The tokens of a command, which may verify more than once.
 * @throws HookError for a `--token-command` that cannot be run
 */
export function tokensOf(
  serverless: Serverless,
  { 'token-command': command }: Options,
  environment: NodeJS.ProcessEnv = process.env,
): Tokens {
  if (command !== undefined) wordsOf(command);
  const tokens = kept.get(serverless) ?? new Tokens({ environment, command });
  kept.set(serverless, tokens);
  return tokens;
}

/**
 * True where the user knows that not everything about a stage can be verified: by --without-token, or by
 * deploying to a laptop, where a warning is enough.
 */
export function acceptsNone(serverless: Serverless, options: Options): boolean {
  const isOnDemand = serverless.processedInput.commands[0] === 'verify';
  return options['without-token'] ?? (isEmbedded(serverless) && !isOnDemand);
}

/**
 * Before a deploy begins: a stage that asks for tokens is not called verified when most of it could
 * not be asked.
 * @throws HookError where there is no token, and `--without-token` does not say that this is known
 */
export async function requireTokens(serverless: Serverless, options: Options): Promise<void> {
  const parameters = serverless.service.custom?.kinesisRestProxy?.parameters ?? {};
  const streams = declaredStreamsOf(serverless);
  const target = { parameters, streams } as unknown as Target;
  try {
    const access = new Access(target, { tokens: tokensOf(serverless, options) });
    const [first] = await access.prepare();
    if (first === undefined || acceptsNone(serverless, options)) return;
    throw new HookError(
      'TOKEN_MISSING',
      `${lacksToken(first).replace(/ More: .*/, '')} With --without-token, deploy verifies what needs none; with --skip-verify, nothing. More: docs/verification.md#tokens`,
    );
  } catch (error) {
    exitWith('couldNotStart');
    throw error;
  }
}
