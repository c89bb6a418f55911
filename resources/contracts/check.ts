import { parseKey } from '../events/key-source';
import { bodiesTaken, bodyOf, senderKind } from '../events/senders';
import type { KeySource } from '../streams/declaration';
import type { Contract, DeclaredStream } from '../streams/declared';
import { violations } from './validator';

/**
 * What keeps the schema of a stream from being checked for all that its senders send, or loses
 * events that it refuses.
 * @returns a sentence that begins with the member, or undefined
 */
export function contractMistake({
  contract,
  senders,
  refusedIsLost,
  key,
}: Pick<DeclaredStream, 'contract' | 'senders' | 'refusedIsLost' | 'key'>): string | undefined {
  if (contract === undefined) return undefined;
  const unchecked = senders.find(
    (sender) =>
      senderKind(sender).bodiesVary !== true &&
      !senderKind(sender).bodies.every((kind) => bodyOf(kind).isJson),
  );
  if (unchecked !== undefined) {
    return `schema is '${contract.schemaFile}', and API Gateway checks JSON and CloudEvents only, not what sender '${unchecked}' sends. Declare a second stream for '${unchecked}', without a schema.`;
  }
  const once = senders.find((sender) => senderKind(sender).sendsOnce);
  if (once !== undefined && refusedIsLost !== true) {
    return `schema is '${contract.schemaFile}', and sender '${once}' does not send again what was refused: such events are lost. If that is meant, say refusedIsLost: true; if not, leave out the schema, and check events where they are read.`;
  }
  const taken = bodiesTaken(senders, true);
  const takesEmpty = taken.includes('json') && violations(contract.schema, {}).length === 0;
  if (takesEmpty) {
    return `schema is '${contract.schemaFile}', which takes {}: API Gateway takes an empty body for that. Say what an event must have, with 'required', or "minProperties": 1.`;
  }
  const isEvent = taken.includes('json') || taken.includes('json-array');
  return isEvent && key.orElse === undefined && !hasKey(contract, key.from)
    ? `key is '${key.from}', and ${contract.sampleFile} has no text, number or boolean there: such an event is refused. Add it to the sample, and to 'required' in the schema.`
    : undefined;
}

/** True if an event's key is not one of its members, or the sample has that member. */
function hasKey({ sample }: Contract, from: KeySource): boolean {
  const key = parseKey(from);
  if (key?.from !== 'member') return true;
  const value = key.path.reduce<unknown>(
    (whole, name) =>
      typeof whole === 'object' && whole !== null
        ? Object.entries(whole).find(([known]) => known === name)?.[1]
        : undefined,
    JSON.parse(sample),
  );
  return ['string', 'number', 'boolean'].includes(typeof value) && value !== '';
}
