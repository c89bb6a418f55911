import { eventRoutes } from '../../resources/events/routes';
import { logicalIds } from '../../resources/logical-ids';
import type { DeclaredProducer } from '../../resources/producers/declared';
import type { DeclaredStream } from '../../resources/streams/declared';
import { type CompiledTemplate, HookError } from '../framework';

const MORE = 'More: docs/producers.md';

/**
 * Refuses producers whose keys no method of the stage asks for, and limits on endpoints that ask for
 * none: they would limit nobody.
 * @param template with its conditions settled
 * @returns a line for the user where the stage is the open one of a laptop, which leaves producers out
 * @throws HookError that says what to set
 */
export function refuseIdleProducers(
  template: CompiledTemplate,
  producers: readonly DeclaredProducer[],
  streams: readonly DeclaredStream[],
  stage: string,
): string | undefined {
  if (producers.length === 0) return undefined;
  const names = producers.map(({ name }) => name).join(', ');
  if (template.Resources[logicalIds.usagePlan] === undefined) {
    if (stage === 'local') {
      return `Left out on stage local, which asks for no API keys: the producers ${names}. ${MORE}`;
    }
    throw new HookError(
      'PRODUCERS_WITHOUT_KEYS',
      `The producers ${names} have API keys, and stage ${stage} asks for none: set authorization: 'API_KEY' in the stage's row, or on a stream of streams.ts; or take their keys away here with stages: { ${quoted(stage)}: { keys: [] } }. ${MORE}`,
    );
  }
  for (const { name, endpoints } of producers) {
    for (const { stream, path } of eventRoutes(streams)) {
      if (!Object.hasOwn(endpoints, stream.name) || asksForKey(template, path)) continue;
      throw new HookError(
        'PRODUCERS_WITHOUT_KEYS',
        `producers.${name}.endpoints limits '${stream.name}', whose endpoint ${path} asks for no API key on stage ${stage}: set its authorization: 'API_KEY' in streams.ts, or leave out the limit. ${MORE}`,
      );
    }
  }
  return undefined;
}

function asksForKey({ Resources }: CompiledTemplate, path: string): boolean {
  const { ApiKeyRequired: asks } = (Resources[logicalIds.eventMethod(path)]?.Properties ?? {}) as {
    readonly ApiKeyRequired?: unknown;
  };
  return asks === true;
}

const quoted = (name: string) => (/^[A-Za-z_]\w*$/.test(name) ? name : `'${name}'`);
