import { HookError, type Options, type Serverless, type Utils } from '../framework';
import { withClients } from '../stage/clients';
import { deployedStage } from '../stage/deployed-stage';
import type { Target } from '../stage/target';
import { unaskedIn } from '../stage/unasked';
import { findKey, producerOf } from './find-key';
import { declaredKeys } from './known-keys';
import { listKeys } from './list-keys';
import { printedKeys } from './printed';
import { readValue } from './value';

const MORE = 'More: docs/producers.md';

/**
 * `serverless keys`. Standard output has the table, the JSON or the value, and nothing else.
 * @throws HookError with what the user can do
 */
export async function keys(
  serverless: Serverless,
  options: Options,
  { log }: Pick<Utils, 'log'>,
  write: (text: string) => void = (text) => process.stdout.write(text),
): Promise<void> {
  refuseContradictions(options);
  const target = await deployedStage(serverless);
  const known = declaredKeys(target);
  try {
    await withClients(serverless, async ({ apiGateway }) => {
      if (options.value !== undefined) {
        const key = findKey(options.value, known, target);
        const value = await readValue(apiGateway, key);
        log.notice(
          `The value of ${options.value} is a secret: whoever has it can send as its owner.`,
        );
        write(`${value}\n`);
        return;
      }
      const { producer, usage = false, json = false } = options;
      if (producer !== undefined) producerOf(producer, known, target);
      const listed = await listKeys(apiGateway, target, known, { usage });
      const wanted = listed.filter((key) => producer === undefined || key.producer === producer);
      if (wanted.length === 0 && !json) log.notice(nothingListed(target));
      else write(printedKeys(target, wanted, { usage, json }));
    });
  } catch (error) {
    throw withRights(error, options);
  }
}

function refuseContradictions({ value, producer, usage, json }: Options): void {
  const others = { producer, usage, json };
  const given = Object.entries(others).find(([, option]) => option !== undefined);
  if (value === undefined || given === undefined) return;
  throw new HookError(
    'KEYS_OPTIONS',
    `--value prints one value and nothing else: leave out --${given[0]}.`,
  );
}

const nothingListed = ({ stage }: Target) =>
  `Stage ${stage} has no API keys: nothing there asks for one (authorization: 'API_KEY'). ${MORE}`;

/** The error, with the rights that the command needs where it lacks one. */
function withRights(error: unknown, { value, usage }: Options): unknown {
  const unasked = unaskedIn(error);
  if (unasked?.obstacle !== 'denied') return error;
  const paths =
    value !== undefined
      ? ['/apikeys/*']
      : [
          '/usageplans',
          '/usageplans/*/keys',
          '/apikeys/*',
          ...(usage ? ['/usageplans/*/usage'] : []),
        ];
  return new HookError(
    'KEYS_DENIED',
    `${unasked.message.replace(/\.$/, '')}. This needs apigateway:GET on ${paths.join(', ')}. ${MORE}`,
    { cause: error },
  );
}
