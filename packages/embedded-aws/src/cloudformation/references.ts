import {
  getAttTarget,
  ifParts,
  intrinsicCall,
  placeholders,
  refName,
  subParts,
} from './intrinsics';
import { isObject, member } from './json';

/** One reference in a template value. */
export interface Reference {
  readonly kind: 'Ref' | 'Fn::GetAtt' | 'Fn::If';
  /** A logical id, parameter, pseudo parameter or, for `Fn::If`, a condition. */
  readonly target: string;
  /** The attribute of `Fn::GetAtt`, if it is a literal. */
  readonly attribute?: string;
}

/**
 * Collects all references in a value.
 * @param conditions if given, only the branches that `Fn::If` selects are searched
 */
export function referencesIn(
  value: unknown,
  conditions?: ReadonlyMap<string, boolean>,
): Reference[] {
  const found: Reference[] = [];
  collect(value, conditions, found);
  return found;
}

function collect(
  value: unknown,
  conditions: ReadonlyMap<string, boolean> | undefined,
  found: Reference[],
): void {
  if (Array.isArray(value)) {
    for (const item of value) collect(item, conditions, found);
    return;
  }
  if (!isObject(value)) return;
  const call = intrinsicCall(value);
  if (call === undefined) {
    for (const item of Object.values(value)) collect(item, conditions, found);
    return;
  }
  switch (call.name) {
    case 'Ref':
      found.push({ kind: 'Ref', target: refName(call.argument) });
      return;
    case 'Fn::GetAtt':
      collectGetAtt(call.argument, conditions, found);
      return;
    case 'Fn::Sub':
      collectSub(call.argument, conditions, found);
      return;
    case 'Fn::If':
      collectIf(call.argument, conditions, found);
      return;
    default:
      collect(call.argument, conditions, found);
  }
}

function collectGetAtt(
  argument: unknown,
  conditions: ReadonlyMap<string, boolean> | undefined,
  found: Reference[],
): void {
  const { logicalId, attribute } = getAttTarget(argument);
  found.push({
    kind: 'Fn::GetAtt',
    target: logicalId,
    ...(typeof attribute === 'string' && { attribute }),
  });
  collect(attribute, conditions, found);
}

function collectSub(
  argument: unknown,
  conditions: ReadonlyMap<string, boolean> | undefined,
  found: Reference[],
): void {
  const { template, variables } = subParts(argument);
  collect(Object.values(variables), conditions, found);
  for (const name of placeholders(template)) {
    if (member(variables, name) !== undefined) continue;
    const dot = name.indexOf('.');
    if (dot === -1) found.push({ kind: 'Ref', target: name });
    else {
      found.push({
        kind: 'Fn::GetAtt',
        target: name.slice(0, dot),
        attribute: name.slice(dot + 1),
      });
    }
  }
}

function collectIf(
  argument: unknown,
  conditions: ReadonlyMap<string, boolean> | undefined,
  found: Reference[],
): void {
  const { condition, yes, no } = ifParts(argument);
  found.push({ kind: 'Fn::If', target: condition });
  const taken = conditions?.get(condition);
  if (taken !== false) collect(yes, conditions, found);
  if (taken !== true) collect(no, conditions, found);
}
