import { logicalIds } from '../../resources/logical-ids';
import { STAGE_KEY } from '../../resources/producers/check';
import { producersIn } from '../stage/remembered';
import type { Target } from '../stage/target';

/** A key that the deployed stack declares. */
export interface KnownKey {
  /** `stage` for the stage's own. */
  readonly producer: string;
  /** Its name in the producer's list; undefined for the stage's own. */
  readonly key: string | undefined;
  readonly id: string;
  /** The id of the plan that it is declared in. */
  readonly planId: string;
}

/** How `--value` names a key. */
export const labelOf = ({ producer, key }: Pick<KnownKey, 'producer' | 'key'>): string =>
  key === undefined ? producer : `${producer}/${key}`;

/** The keys that a stack declares and has: verification's own first. */
export function declaredKeys({ apiKeyId, stack }: Target): KnownKey[] {
  if (stack === undefined) return [];
  const { template, physicalIds } = stack;
  const own =
    apiKeyId === undefined
      ? []
      : [
          {
            producer: STAGE_KEY,
            key: undefined,
            id: apiKeyId,
            planId: physicalIds[logicalIds.usagePlan] ?? '',
          },
        ];
  const producers = producersIn(template).flatMap(({ name, keys }) =>
    keys.flatMap((key) => {
      // Remembered, but left out on a stage that asks for no keys.
      const id = physicalIds[logicalIds.producerKey(name, key)];
      const planId = physicalIds[logicalIds.producerPlan(name)] ?? '';
      return id === undefined ? [] : [{ producer: name, key, id, planId }];
    }),
  );
  return [...own, ...producers];
}
