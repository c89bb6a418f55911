import { nearMatch } from '../../resources/parameters/near-match';
import { STAGE_KEY } from '../../resources/producers/check';
import { HookError } from '../framework';
import type { Target } from '../stage/target';
import { type KnownKey, labelOf } from './known-keys';

/**
 * The key that `--value` names: `acme/2026-06`, `acme` where that has one key only, or `stage`.
 * @throws HookError for one that the stack does not have, with the closest that it has
 */
export function findKey(label: string, known: readonly KnownKey[], target: Target): KnownKey {
  const found = known.find((key) => labelOf(key) === label);
  if (found !== undefined) return found;
  const [name = ''] = label.split('/');
  const ofProducer = producerOf(name, known, target);
  const [only, ...others] = ofProducer;
  if (only !== undefined && others.length === 0 && label === name) return only;
  const labels = ofProducer.map(labelOf);
  throw new HookError(
    'KEY_UNKNOWN',
    label === name
      ? `${name} has several keys: name one of ${labels.join(', ')}.`
      : `Stage ${target.stage} has no key '${label}'. ${hint(label, labels)}${undeployed(label, target)}`,
  );
}

/**
 * The keys of a producer.
 * @throws HookError for one that the stack does not have, with the closest that it has
 */
export function producerOf(name: string, known: readonly KnownKey[], target: Target): KnownKey[] {
  const found = known.filter(({ producer }) => producer === name);
  if (found.length > 0) return found;
  const names = [...new Set(known.map(({ producer }) => producer))];
  const what = name === STAGE_KEY ? 'no key of its own' : `no producer '${name}'`;
  throw new HookError(
    'PRODUCER_UNKNOWN',
    `Stage ${target.stage} has ${what}. ${hint(name, names)}${undeployed(name, target)}`,
  );
}

function hint(given: string, names: readonly string[]): string {
  const meant = nearMatch(given, names);
  if (meant !== undefined) return `Did you mean '${meant}'?`;
  return names.length === 0 ? 'It has none.' : `It has: ${names.join(', ')}.`;
}

/** The keys that are deployed, which may not be those that serverless.ts declares. */
function undeployed(label: string, { stage, stack }: Target): string {
  const isDeclared = stack?.producers?.some(({ name, keys }) =>
    [name, ...keys.map((key) => labelOf({ producer: name, key }))].includes(label),
  );
  return isDeclared
    ? ` serverless.ts declares it: npx serverless deploy --stage ${stage} makes it, where the stage asks for API keys.`
    : '';
}
