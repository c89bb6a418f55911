import type { Throttle } from '../endpoints/shared/endpoint';
import { StackError } from '../errors';
import { eventRoutes } from '../events/routes';
import { checkSpelling } from '../parameters/stages';
import type { DeclaredStream } from '../streams/declared';
import { checkProducers } from './check';
import type { Producers } from './declaration';
import { ofStage } from './settings';

/**
 * A producer as one stage has it, all defaults filled in. It is JSON without any secret: the stack
 * remembers it in its Metadata, and plugins find it in `custom`.
 */
export interface DeclaredProducer {
  readonly name: string;
  /** Names of its keys, at least one. */
  readonly keys: readonly string[];
  readonly throttle?: Throttle;
  readonly quotaPerDay?: number;
  /** Limits on the event endpoints of single streams. */
  readonly endpoints: Readonly<Record<string, Throttle>>;
}

/** Where producers are compiled for. */
export interface ProducerContext {
  readonly stage: string;
  /** As the stage has them. */
  readonly streams: readonly DeclaredStream[];
}

/**
 * The producers that a stage has: those with a key there.
 * @throws StackError for a mistake, naming producer and member
 */
export function declaredProducers(
  producers: Producers,
  { stage, streams }: ProducerContext,
): DeclaredProducer[] {
  checkProducers(
    producers,
    streams.map(({ name }) => name),
  );
  const withEndpoint = new Set(eventRoutes(streams).map(({ stream }) => stream.name));
  return Object.entries(producers).flatMap(([name, declaration]) => {
    checkSpelling(stage, declaration.stages ?? {}, `producers.${name}.stages of serverless.ts`);
    const { keys = ['1'], rate, burst, quotaPerDay, endpoints = {} } = ofStage(declaration, stage);
    const silent = Object.keys(endpoints).find((stream) => !withEndpoint.has(stream));
    if (silent !== undefined) {
      throw new StackError(
        `serverless.ts: producers.${name}.endpoints names '${silent}', a stream that has no event endpoint on stage ${stage}. Leave it out there.`,
      );
    }
    if (keys.length === 0) return [];
    return {
      name,
      keys,
      ...(rate !== undefined && burst !== undefined && { throttle: { rate, burst } }),
      ...(quotaPerDay !== undefined && { quotaPerDay }),
      endpoints,
    };
  });
}
