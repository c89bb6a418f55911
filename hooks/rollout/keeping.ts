import type { CompiledTemplate } from '../framework';
import { rolesOf } from '../stage/own';
import { referencesIn } from '../template/references';
import { withoutDangling } from './api-of';
import { isPart } from './taken-away';

/**
 * Resources that an update does not delete until its outcome is known:
 * - `role`: requests that the deployment before still answers, while API Gateway moves the stage,
 *   need its roles
 * - `all`: everything that going back needs, the deployment and the API key included
 */
export type Kept = 'role' | 'all';

/** The packaged template, plus the resources that it no longer has but that are kept for now. */
export function keeping(
  packaged: CompiledTemplate,
  before: CompiledTemplate,
  kept: Kept,
): CompiledTemplate {
  const roles = rolesOf(before);
  const left = Object.entries(before.Resources).filter(
    ([id]) =>
      packaged.Resources[id] === undefined &&
      !isPart(before, id) &&
      (kept === 'all' || roles.includes(id)),
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
