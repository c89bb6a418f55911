import { stackOf } from '../../resources';
import { dashboardWithCanary } from '../../resources/dashboard';
import type { DeclaredProducer } from '../../resources/producers/declared';
import type { DeclaredStream } from '../../resources/streams/declared';
import { tagged } from '../../resources/tags';
import { HookError } from '../framework';

/** The parts of a template in which the API and the service around it have names. */
const SECTIONS = { Resources: 'resource', Outputs: 'output', Conditions: 'condition' } as const;

type Sections = Readonly<{ [Name in keyof typeof SECTIONS]?: Readonly<Record<string, unknown>> }>;

/**
 * Refuses a service that has something else under a name of the API's.
 * @param resources as serverless.ts has them, with all variables filled in
 * @param streams the declared ones, likewise
 * @param producers likewise
 * @throws HookError that says which name to change
 */
export function refuseClashes(
  resources: Sections,
  streams: readonly DeclaredStream[] = [],
  producers: readonly DeclaredProducer[] = [],
): void {
  const stack = stackOf(streams, producers);
  // Declared in another way where the stage has a canary.
  const withCanary: Readonly<Record<string, unknown>> = tagged(dashboardWithCanary(streams));
  for (const [section, word] of Object.entries(SECTIONS)) {
    const name = section as keyof Sections;
    const given = resources[name] ?? {};
    const declared: Readonly<Record<string, unknown>> = stack[name];
    const clash = Object.keys(declared).find(
      (id) =>
        Object.hasOwn(given, id) &&
        !isDeclaredAs(declared[id], given[id]) &&
        !(name === 'Resources' && isDeclaredAs(withCanary[id], given[id])),
    );
    if (clash === undefined) continue;
    throw new HookError(
      'NAME_TAKEN',
      `The ${word} '${clash}' of your service has a name that the API needs. Give yours another logical id; to change the API's, use resources.extensions.`,
    );
  }
}

const VARIABLE = /\$\{(?:param|self):[^}]*\}/;

/** True if a value is a declaration whose variables the framework has filled in. */
function isDeclaredAs(declared: unknown, given: unknown): boolean {
  // Most texts are, and an expression for each would take a tenth of the time of every command.
  if (declared === given) return true;
  if (typeof declared === 'string') {
    if (!declared.includes('${')) return declared === String(given);
    const parts = declared
      .split(VARIABLE)
      .map((text) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
    return new RegExp(`^${parts.join('.*')}$`, 's').test(String(given));
  }
  if (typeof declared !== 'object' || declared === null) return false;
  if (typeof given !== 'object' || given === null) return false;
  if (Array.isArray(declared) !== Array.isArray(given)) return false;
  const entries = Object.entries(declared).filter(([, value]) => value !== undefined);
  return (
    entries.length === Object.keys(given).length &&
    entries.every(([name, value]) => isDeclaredAs(value, (given as Record<string, unknown>)[name]))
  );
}
