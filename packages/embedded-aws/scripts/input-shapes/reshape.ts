import type { Model, ModelMember, ModelShape } from './botocore';

type Json = Readonly<Record<string, unknown>>;

/** The members of an operation's input by where a request has them. */
export interface OperationData {
  readonly path?: Json;
  readonly query?: Json;
  readonly body?: Json;
}

const TYPES: Readonly<Record<string, string>> = {
  string: 'String',
  integer: 'Integer',
  long: 'Long',
  float: 'Double',
  double: 'Double',
  boolean: 'Boolean',
  timestamp: 'Timestamp',
  blob: 'Blob',
};

/**
 * The inputs of operations in the form of src/core/shapes: simple shapes where they are used, and
 * structures by name.
 */
export function inputShapes(
  model: Model,
  names: readonly string[],
): { readonly operations: Json; readonly shapes: Json } {
  const shapes = new Map<string, Json>();

  const shapeOf = (name: string): Json => {
    const shape = model.shapes[name];
    if (shape === undefined) throw new Error(`The model has no shape ${name}.`);
    if (shape.type !== 'structure' && shape.enum === undefined) return reshape(shape);
    if (!shapes.has(name)) {
      // Set before its members are read, which may be of the same shape.
      shapes.set(name, {});
      shapes.set(name, reshape(shape));
    }
    return { ref: name };
  };

  const reshape = (shape: ModelShape): Json => {
    const { min, max, pattern } = shape;
    const limits = { ...(min !== undefined && { min }), ...(max !== undefined && { max }) };
    switch (shape.type) {
      case 'structure':
        return { type: 'Structure', members: membersOf(shape, () => true) };
      case 'list':
        return { type: 'List', member: shapeOf(shape.member?.shape ?? ''), ...limits };
      case 'map':
        return {
          type: 'Map',
          key: shapeOf(shape.key?.shape ?? ''),
          value: shapeOf(shape.value?.shape ?? ''),
          ...limits,
        };
      default: {
        const type = TYPES[shape.type];
        if (type === undefined) throw new Error(`The type ${shape.type} has no counterpart.`);
        return {
          type,
          ...(shape.enum !== undefined && { values: shape.enum }),
          ...(pattern !== undefined && { pattern }),
          ...limits,
        };
      }
    }
  };

  const membersOf = (
    { members = {}, required = [] }: ModelShape,
    isWanted: (member: ModelMember) => boolean,
    nameOf: (name: string, member: ModelMember) => string = (name, { locationName = name }) =>
      locationName,
  ): Json =>
    Object.fromEntries(
      Object.entries(members)
        .filter(([, member]) => isWanted(member))
        .map(([name, member]) => [
          nameOf(name, member),
          { ...shapeOf(member.shape), ...(required.includes(name) && { required: true }) },
        ]),
    );

  const operationOf = (name: string): OperationData => {
    const operation = model.operations[name];
    if (operation === undefined) throw new Error(`The model has no operation ${name}.`);
    const input = model.shapes[operation.input?.shape ?? ''];
    if (input === undefined) return {};
    const { payload = '' } = input;
    const at = (location: string) => (member: ModelMember) => member.location === location;
    const parts = {
      path: membersOf(input, at('uri'), (name) => name),
      query: membersOf(input, at('querystring')),
      body: membersOf(
        input,
        (member) => member.location === undefined && input.members?.[payload] !== member,
      ),
    };
    return Object.fromEntries(
      Object.entries(parts).filter(([, members]) => Object.keys(members).length > 0),
    );
  };

  const operations = Object.fromEntries(names.map((name) => [name, operationOf(name)]));
  const sorted = [...shapes].sort(([a], [b]) => (a < b ? -1 : 1));
  return { operations, shapes: Object.fromEntries(sorted) };
}
