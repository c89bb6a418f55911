import type { CompiledTemplate } from '../framework';
import { rightsOf, rolesOf } from '../stage/own';
import { referencesIn } from '../template/references';
import { withoutDangling } from './api-of';
import { isPart } from './taken-away';

/**
 * Resources that an update does not delete until its outcome is known:
 * - `rights`: requests that the deployment before still answers, while API Gateway moves the stage,
 *   need its roles, and its authorizers may still ask their functions
 * - `all`: everything that going back needs, the deployment and the API key included
 */
export type Kept = 'rights' | 'all';

/** The packaged template, plus the resources that it no longer has but that are kept for now. */
export function keeping(
  packaged: CompiledTemplate,
  before: CompiledTemplate,
  kept: Kept,
): CompiledTemplate {
  const rights = new Set([...rolesOf(before), ...withFunctions(before)]);
  const left = Object.entries(before.Resources).filter(
    ([id]) =>
      packaged.Resources[id] === undefined &&
      !isPart(before, id) &&
      (kept === 'all' || rights.has(id)),
  );
  const there = new Set([...Object.keys(packaged.Resources), ...left.map(([id]) => id)]);
  const isGone = (id: string) => before.Resources[id] !== undefined && !there.has(id);
  const whole = left.filter(
    ([, { Properties }]) => ![...referencesIn(Properties)].some((id) => isGone(id)),
  );
  if (whole.length === 0) return packaged;
  const resources = { ...packaged.Resources, ...Object.fromEntries(whole) };
  return { ...packaged, Resources: withoutDangling(resources) };
}

/** The permissions of authorizers, with the functions that they are on, and what those need. */
function withFunctions(template: CompiledTemplate): ReadonlySet<string> {
  const roles = rolesOf(template);
  const found = new Set(rightsOf(template).filter((id) => !roles.includes(id)));
  for (const id of found) {
    for (const referred of referencesIn(template.Resources[id])) {
      if (template.Resources[referred] !== undefined) found.add(referred);
    }
  }
  return found;
}
