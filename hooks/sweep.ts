import type { APIGatewayClient } from '@aws-sdk/client-api-gateway';
import { isDenied } from './drift/look';
import {
  type Command,
  forUser,
  HookError,
  type Options,
  type Serverless,
  type Utils,
} from './framework';
import { exitWith } from './process/exit-code';
import { deleteLeftShadow, findLeftShadow } from './rollout/left-shadow';
import { withClients } from './stage/clients';
import { declaredStreamsOf, streamOwner } from './stage/deployed-stage';
import { takesKeys } from './stage/entrances';
import type { Target } from './stage/target';
import { unaskedIn } from './stage/unasked';
import {
  deleteLeftovers,
  findLeftovers,
  type Leftovers,
  SAFE_AGE_MS,
  type Sweep,
  type ThrowAwayStream,
} from './verify/sweep';
import { findLeftKeys, type LeftKey } from './verify/throw-away-key';

/** A stream on AWS takes up to half a minute to go; a sweep may meet several. */
const SWEEP_WITHIN_MS = 300_000;

const UNITS: Readonly<Record<string, number>> = {
  s: 1_000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
};

/**
 * Finds, and on request deletes, what verifications of the stage left behind: throw-away streams, and
 * the shadow stage of a deploy that was cut off.
 */
export default class SweepPlugin {
  readonly commands: Readonly<Record<string, Command>> = {
    sweep: {
      usage: 'List the throw-away streams and shadow stages that were left behind',
      lifecycleEvents: ['run'],
      options: {
        'older-than': {
          usage: 'Only what is at least this old, such as 30m, 2h or 1d (default 1h)',
          type: 'string',
        },
        delete: { usage: 'Delete them; without it they are only listed', type: 'boolean' },
      },
    },
  };
  readonly hooks: Readonly<Record<string, () => Promise<void>>>;
  readonly #serverless: Serverless;
  readonly #options: Options;
  readonly #utils: Utils;

  constructor(serverless: Serverless, options: Options, utils: Utils) {
    this.#serverless = serverless;
    this.#options = options;
    this.#utils = utils;
    this.hooks = {
      'sweep:run': () => forUser(serverless, () => this.#run()),
      // Nothing is left that a verification under way could verify.
      'after:remove:remove': () => forUser(serverless, () => this.#sweep(0, true)),
    };
  }

  async #run(): Promise<void> {
    const { 'older-than': age, delete: deletes = false } = this.#options;
    const olderThanMs = milliseconds(age);
    const hasShadow = await this.#sweepShadow(olderThanMs, deletes);
    await this.#sweep(olderThanMs, deletes, hasShadow);
  }

  /** @returns whether there is one */
  async #sweepShadow(olderThanMs: number, deletes: boolean): Promise<boolean> {
    const left = await findLeftShadow(this.#serverless).catch((error: unknown) => {
      // Streams can be swept without the permission to read the stack.
      const unasked = unaskedIn(error);
      if (unasked?.obstacle !== 'denied') throw error;
      this.#utils.log.warning(`Could not look for a shadow stage (${unasked.message}).`);
      return undefined;
    });
    if (left === undefined) return false;
    const { notice } = this.#utils.log;
    const what = `${left.stageName ?? 'a deploy that was cut off'}, ${minutes(left.ageMs)}`;
    if (left.ageMs < olderThanMs || left.isBusy) {
      notice(`Kept: ${what}. A deploy may be verifying it. Include it with --older-than 0s.`);
      return true;
    }
    notice(`${deletes ? 'Deleting' : 'Left behind:'} ${what}`);
    if (!deletes) {
      notice('Delete it with --delete, or deploy again.');
      return true;
    }
    try {
      await deleteLeftShadow(this.#serverless, left);
    } catch (cause) {
      exitWith('checkFailed');
      const reason = cause instanceof Error ? cause.message : cause;
      throw new HookError(
        'SWEEP_INCOMPLETE',
        `The stack could not be taken back to where it was before that deploy (${reason}). Deploy again to replace it.`,
        { cause },
      );
    }
    return true;
  }

  async #sweep(olderThanMs: number, deletes: boolean, hasShadow = false): Promise<void> {
    await withClients(this.#serverless, async ({ apiGateway, kinesis }) => {
      const sweep = {
        kinesis,
        owner: streamOwner(this.#serverless),
        olderThanMs,
        signal: AbortSignal.timeout(SWEEP_WITHIN_MS),
      };
      const leftovers = await findLeftovers(sweep);
      const keys = this.#takesKeys() ? await leftKeys(apiGateway, sweep) : [];
      for (const { name, ageMs } of keys) {
        this.#utils.log.notice(
          `${deletes ? 'Deleting' : 'Left behind:'} key or usage plan ${name}, ${minutes(ageMs)}`,
        );
      }
      this.#tell(leftovers, { deletes, keys: keys.length, hasShadow });
      if (!deletes) return;
      const failed = [
        ...(await deleteKeys(keys)),
        ...(await deleteLeftovers(sweep, leftovers.old)),
      ];
      if (failed.length === 0) return;
      exitWith('checkFailed');
      const reasons = failed.map(({ name, error }) => `  ${name}: ${error}`);
      throw new HookError(
        'SWEEP_INCOMPLETE',
        ['These could not be deleted:', ...reasons].join('\n'),
      );
    });
  }

  /** Only a stage that takes keys has any left, and its identities the rights to look. */
  #takesKeys(): boolean {
    const parameters = this.#serverless.service.custom?.kinesisRestProxy?.parameters ?? {};
    const streams = declaredStreamsOf(this.#serverless);
    return takesKeys({ parameters: parameters as Target['parameters'], streams });
  }

  #tell({ old, young }: Leftovers, { deletes, keys, hasShadow }: Told): void {
    const { notice } = this.#utils.log;
    const isOnDemand = this.#serverless.processedInput.commands[0] === 'sweep';
    for (const stream of old) notice(`${deletes ? 'Deleting' : 'Left behind:'} ${aged(stream)}`);
    for (const stream of young) {
      notice(`Kept: ${aged(stream)}. A verification may be using it.`);
    }
    if (young.length > 0) notice('Include them with --older-than 0s.');
    if (old.length + keys > 0 && !deletes) notice('Delete them with --delete.');
    const isNothing = old.length + young.length + keys === 0 && !hasShadow;
    if (isNothing && isOnDemand) notice('Nothing was left behind.');
  }
}

interface Told {
  readonly deletes: boolean;
  /** How many keys and plans were told of. */
  readonly keys: number;
  readonly hasShadow: boolean;
}

/** Deletes keys and plans. @returns those that could not be deleted, and why */
async function deleteKeys(
  keys: readonly LeftKey[],
): Promise<{ readonly name: string; readonly error: unknown }[]> {
  const failed: { name: string; error: unknown }[] = [];
  for (const key of keys) {
    await key.delete().catch((error: unknown) => {
      failed.push({ name: key.name, error });
    });
  }
  return failed;
}

/** Without the rights to look, none. */
async function leftKeys(
  client: APIGatewayClient,
  { owner, olderThanMs }: Pick<Sweep, 'owner' | 'olderThanMs'>,
): Promise<LeftKey[]> {
  try {
    return await findLeftKeys(client, owner, olderThanMs);
  } catch (error) {
    if (unaskedIn(error)?.obstacle === 'denied' || isDenied(error)) return [];
    throw error;
  }
}

const minutes = (ageMs: number) => `${Math.round(ageMs / 60_000)} min old`;

const aged = ({ name, ageMs }: ThrowAwayStream) => `${name}, ${minutes(ageMs)}`;

/** @throws HookError for a text that is not an age */
function milliseconds(age: string | undefined): number {
  if (age === undefined) return SAFE_AGE_MS;
  const [, count, unit = ''] = /^(\d{1,6})([smhd])$/.exec(age) ?? [];
  if (count !== undefined) return Number(count) * (UNITS[unit] ?? 0);
  throw new HookError(
    'AGE_INVALID',
    `--older-than ${age}: it takes a number and a unit, such as 30m, 2h or 1d.`,
  );
}
