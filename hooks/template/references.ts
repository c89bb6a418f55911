/** A name in Fn::Sub: `${Stage}`, `${Role.Arn}`; `${!Literal}` is none. */
const VARIABLE = /\$\{([A-Za-z0-9]+)((?:\.[A-Za-z0-9.]+)?)\}/g;

/**
 * The value with each logical id that it refers to replaced: in Ref, Fn::GetAtt, Fn::Sub and
 * DependsOn.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference.html
 */
export function mapReferences(value: unknown, to: (id: string) => string): unknown {
  if (Array.isArray(value)) return value.map((item) => mapReferences(item, to));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, item]) => [name, mapMember(name, item, to)]),
  );
}

function mapMember(name: string, item: unknown, to: (id: string) => string): unknown {
  const inText = (text: string) =>
    text.replace(VARIABLE, (_, id: string, attribute: string) => `\${${to(id)}${attribute}}`);
  switch (name) {
    case 'Ref':
      return typeof item === 'string' ? to(item) : mapReferences(item, to);
    case 'DependsOn':
      return Array.isArray(item) ? item.map(to) : to(String(item));
    case 'Fn::GetAtt': {
      if (Array.isArray(item)) return [to(String(item[0])), ...item.slice(1)];
      const [id = '', ...attribute] = String(item).split('.');
      return [to(id), ...attribute].join('.');
    }
    case 'Fn::Sub': {
      if (typeof item === 'string') return inText(item);
      const [text, variables] = item as readonly [string, Record<string, unknown>];
      const own = (id: string) => (Object.hasOwn(variables, id) ? id : to(id));
      const filled = text.replace(VARIABLE, (_, id, attribute) => `\${${own(id)}${attribute}}`);
      return [filled, mapReferences(variables, to)];
    }
    default:
      return mapReferences(item, to);
  }
}

/** The logical ids, parameters and pseudo parameters that a value refers to. */
export function referencesIn(value: unknown): ReadonlySet<string> {
  const found = new Set<string>();
  mapReferences(value, (id) => {
    found.add(id);
    return id;
  });
  return found;
}

/** True if a value refers to any of the resources. */
export function mentions(value: unknown, ids: readonly string[]): boolean {
  const found = referencesIn(value);
  return ids.some((id) => found.has(id));
}
