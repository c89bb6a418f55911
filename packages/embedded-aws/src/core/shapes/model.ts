import type { Shape, StructureShape } from './shape';

/**
 * The inputs of a service's operations in AWS's own model, as scripts/generate-input-shapes.ts
 * writes them. A shape is one of shape.ts, or `{ ref, required? }` to one in `shapes`.
 */
export interface ModelData {
  readonly operations: Readonly<Record<string, unknown>>;
  readonly shapes: Readonly<Record<string, unknown>>;
}

/** The members of an input by the part of the request that has them. */
export interface ModelInput {
  readonly path: Members;
  readonly query: Members;
  readonly body: Members;
}

type Members = StructureShape['members'];

/** A place where AWS does not do what its model says. */
export interface ModelException {
  /** A shape by its name, or a member by `{operation}.{member}`, of all operations with `*`. */
  readonly at: string;
  /** The constraints that replace those of the model; undefined takes one away. */
  readonly change: Readonly<Record<string, unknown>>;
  /** Where this was seen. */
  readonly source: string;
}

/**
 * Reads the inputs of a model once.
 * @returns the input of an operation; undefined if the model has none of that name
 */
export function modelInputs(
  { operations, shapes }: ModelData,
  exceptions: readonly ModelException[] = [],
): (operation: string) => ModelInput | undefined {
  const known = new Map<string, Shape>();
  const changesAt = (...places: readonly string[]) =>
    Object.assign(
      {},
      ...exceptions.filter(({ at }) => places.includes(at)).map((row) => row.change),
    );

  const shapeOf = (data: unknown): Shape => {
    const { ref, ...own } = data as { readonly ref?: string };
    if (ref === undefined) return resolve(own as Shape);
    let shape = known.get(ref);
    if (shape === undefined) {
      shape = { ...resolve(shapes[ref] as Shape), ...changesAt(ref) } as Shape;
      known.set(ref, shape);
    }
    return { ...shape, ...own };
  };

  const resolve = (shape: Shape): Shape => {
    switch (shape.type) {
      case 'Structure':
        return { ...shape, members: membersOf(shape.members) };
      case 'List':
        return { ...shape, member: shapeOf(shape.member) };
      case 'Map':
        return { ...shape, key: shapeOf(shape.key), value: shapeOf(shape.value) } as Shape;
      default:
        return shape;
    }
  };

  const membersOf = (members: unknown, operation?: string): Members =>
    Object.fromEntries(
      Object.entries(members ?? {}).map(([name, data]) => [
        name,
        {
          ...shapeOf(data),
          ...(operation !== undefined && changesAt(`*.${name}`, `${operation}.${name}`)),
        },
      ]),
    );

  const inputs = new Map<string, ModelInput>();
  return (operation) => {
    let input = inputs.get(operation);
    if (input !== undefined || !Object.hasOwn(operations, operation)) return input;
    const parts = operations[operation] as Partial<ModelInput>;
    input = {
      path: membersOf(parts.path, operation),
      query: membersOf(parts.query, operation),
      body: membersOf(parts.body, operation),
    };
    inputs.set(operation, input);
    return input;
  };
}
