import { unsupported } from './errors';

/** Finds one value in a JSON document; undefined if it does not exist. */
export type BodyPath = (document: unknown) => unknown;

const STEP =
  /^(?:\.(?<name>[^.[\]*]+)|\[(?<index>\d+)\]|\['(?<quoted>[^']+)'\]|\["(?<double>[^"]+)"\])/;

/**
 * Compiles the JSONPath of a parameter mapping, without its leading `$`: `.a.b[0]`.
 * @throws AwsError naming a path that may match more than one value (`..`, `*`, filters)
 */
export function compileBodyPath(expression: string): BodyPath {
  const steps: (string | number)[] = [];
  let rest = expression;
  while (rest !== '') {
    const groups = STEP.exec(rest)?.groups;
    if (groups === undefined) throw unsupported(`the JSONPath '$${expression}' in a mapping`);
    const name = groups.name ?? groups.quoted ?? groups.double;
    steps.push(name ?? Number(groups.index));
    rest = rest.slice(STEP.exec(rest)?.[0].length);
  }
  return (document) => steps.reduce<unknown>(step, document);
}

function step(value: unknown, key: string | number): unknown {
  if (typeof value !== 'object' || value === null) return undefined;
  if (Array.isArray(value)) return typeof key === 'number' ? value[key] : undefined;
  return Object.hasOwn(value, key) ? (value as Record<string, unknown>)[key] : undefined;
}
