import { bodiesTaken, bodyOf, senderKind } from '../events/senders';
import type { DeclaredStream } from '../streams/declared';
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
}: Pick<DeclaredStream, 'contract' | 'senders' | 'refusedIsLost'>): string | undefined {
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
  const takesEmpty =
    bodiesTaken(senders, true).includes('json') && violations(contract.schema, {}).length === 0;
  return takesEmpty
    ? `schema is '${contract.schemaFile}', which takes {}: API Gateway takes an empty body for that. Say what an event must have, with 'required', or "minProperties": 1.`
    : undefined;
}
