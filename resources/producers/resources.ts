import { type Resources, ref, resource } from '../cloudformation';
import type { Throttle } from '../endpoints/shared/endpoint';
import { eventRoutes } from '../events/routes';
import { restApiId, stageName } from '../existing-api';
import { logicalIds } from '../logical-ids';
import type { DeclaredStream } from '../streams/declared';
import type { DeclaredProducer } from './declared';

const NAME = '${self:service}-${self:provider.stage}';
const WITH_KEYS = { Condition: 'TakesKeys' } as const;

/**
 * A usage plan for each producer, with an API key for each name in its list. API Gateway makes the
 * values, so that no template has them. Names never change: a key with another name is another key.
 */
export function producerResources(
  producers: readonly DeclaredProducer[],
  streams: readonly DeclaredStream[],
): Resources {
  const parts = producers.flatMap((producer) => [
    [logicalIds.producerPlan(producer.name), planOf(producer, streams)] as const,
    ...producer.keys.map(
      (key) => [logicalIds.producerKey(producer.name, key), keyOf(producer.name, key)] as const,
    ),
  ]);
  return { ...Object.fromEntries(parts), ...planKeys(producers) };
}

function planOf(
  { name, throttle, quotaPerDay, endpoints }: DeclaredProducer,
  streams: readonly DeclaredStream[],
) {
  const throttles = eventRoutes(streams).flatMap(({ stream, path, method }) => {
    const own = Object.hasOwn(endpoints, stream.name) ? endpoints[stream.name] : undefined;
    return own === undefined ? [] : [[`${path}/${method}`, limitsOf(own)] as const];
  });
  return resource(
    'AWS::ApiGateway::UsagePlan',
    {
      UsagePlanName: `${NAME}-${name}`,
      Description: `Producer ${name} of ${NAME}`,
      ApiStages: [
        {
          ApiId: restApiId,
          Stage: stageName,
          ...(throttles.length > 0 && { Throttle: Object.fromEntries(throttles) }),
        },
      ],
      ...(throttle && { Throttle: limitsOf(throttle) }),
      ...(quotaPerDay !== undefined && { Quota: { Limit: quotaPerDay, Period: 'DAY' } }),
    },
    WITH_KEYS,
  );
}

const limitsOf = ({ rate, burst }: Throttle) => ({ RateLimit: rate, BurstLimit: burst });

const keyOf = (producer: string, key: string) =>
  resource(
    'AWS::ApiGateway::ApiKey',
    {
      Name: `${NAME}-${producer}-${key}`,
      Description: `Key ${key} of producer ${producer} of ${NAME}`,
      Enabled: true,
    },
    WITH_KEYS,
  );

/**
 * One after the other, the stage's own first: an account may put one key into a plan at a time, and
 * several at once fail with "Unable to complete operation due to concurrent modification".
 * https://github.com/serverless/serverless/issues/12065
 */
function planKeys(producers: readonly DeclaredProducer[]): Resources {
  const all = producers.flatMap(({ name, keys }) => keys.map((key) => [name, key] as const));
  const ids = all.map(([name, key]) => logicalIds.producerAccess(name, key));
  return Object.fromEntries(
    all.map(([name, key], index) => [
      ids[index],
      resource(
        'AWS::ApiGateway::UsagePlanKey',
        {
          KeyId: ref(logicalIds.producerKey(name, key)),
          KeyType: 'API_KEY',
          UsagePlanId: ref(logicalIds.producerPlan(name)),
        },
        { ...WITH_KEYS, DependsOn: [ids[index - 1] ?? logicalIds.usagePlanKey] },
      ),
    ]),
  );
}
