import { hasUnknown } from './intrinsics';
import { sameJson } from './json';
import { type Reference, referencesIn } from './references';
import type { RequiresRecreation } from './replacement';
import type { ChangeDetail, ChangedValue } from './resource-change';

/** The effect of a change set on a resource that others may refer to. */
export type Outcome = 'same' | 'modified' | 'new';

/** The changes of the whole change set, from which the details of one are found. */
export interface DetailContext {
  readonly conditions: ReadonlyMap<string, boolean>;
  outcomeOf(logicalId: string): Outcome | undefined;
  hasParameterChanged(name: string): boolean;
}

/** A member of a resource's declaration that changes. */
export interface ChangedMember {
  readonly attribute: 'Metadata' | 'Properties';
  readonly name?: string;
  readonly requiresRecreation: RequiresRecreation;
  /** Its expressions in the template before and after. */
  readonly declared: { readonly before: unknown; readonly after: unknown };
  readonly values?: ChangedValue;
}

type Cause = Pick<ChangeDetail, 'source' | 'causingEntity'>;

/**
 * The details of one changed member.
 *
 * A member that changes because of something else has one detail for each cause, and one for a direct
 * modification whose value is not certain. Where a resource is the cause and the expression is the
 * same as before, the latter is only given with values. A member without such a cause, such as
 * Fn::FindInMap in a changed mapping, counts as modified directly. (LocalStack's test_change_sets, 18-06-2025,
 * test_change_set_ref, 08-04-2025, and test_change_set_fn_sub, 20-05-2025.)
 */
export function memberDetails(
  { attribute, name, requiresRecreation, declared, values }: ChangedMember,
  context: DetailContext,
): ChangeDetail[] {
  const about = {
    attribute,
    ...(name !== undefined && { name }),
    requiresRecreation,
    ...(values !== undefined && { values }),
  };
  const causes = causesOf(declared.after, context);
  const direct = { ...about, source: 'DirectModification' as const };
  if (causes.length === 0) {
    return [{ ...direct, evaluation: hasUnknown(values?.after) ? 'Dynamic' : 'Static' }];
  }
  const isAlwaysDirect =
    causes.some(({ source }) => source === 'ParameterReference') ||
    !sameJson(declared.before, declared.after);
  return [
    ...causes.map((cause) => ({ ...about, evaluation: 'Static' as const, ...cause })),
    { ...direct, evaluation: 'Dynamic', ...(!isAlwaysDirect && { only: 'withValues' as const }) },
  ];
}

/** Why the value of an expression changes: changed parameters, and resources that are replaced. */
export function causesOf(expression: unknown, context: DetailContext): Cause[] {
  const causes = new Map<string, Cause>();
  for (const reference of referencesIn(expression, context.conditions)) {
    const cause = causeOf(reference, context);
    if (cause !== undefined) causes.set(`${cause.source} ${cause.causingEntity}`, cause);
  }
  return [...causes.values()];
}

function causeOf({ kind, target, attribute }: Reference, context: DetailContext) {
  if (kind === 'Ref' && context.hasParameterChanged(target)) {
    return { source: 'ParameterReference', causingEntity: target } as const;
  }
  if (context.outcomeOf(target) !== 'new') return undefined;
  if (kind === 'Ref') return { source: 'ResourceReference', causingEntity: target } as const;
  if (kind !== 'Fn::GetAtt') return undefined;
  return { source: 'ResourceAttribute', causingEntity: `${target}.${attribute ?? ''}` } as const;
}

/** The order of details: what is certain first, then by attribute and name. */
export function inOrder(details: readonly ChangeDetail[]): ChangeDetail[] {
  const key = ({ evaluation, attribute, name = '' }: ChangeDetail) =>
    [evaluation === 'Static' ? '0' : '1', attribute, name].join(' ');
  return [...details].sort((a, b) => (key(a) < key(b) ? -1 : Number(key(a) > key(b))));
}
