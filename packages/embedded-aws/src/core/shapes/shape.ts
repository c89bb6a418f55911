/**
 * The shapes of requests, declared as the models of AWS's services declare them: a type and
 * constraints. `read.ts` and `read-texts.ts` turn wire values into them, `constraints.ts` checks them.
 */
export interface StringShape {
  readonly type: 'String';
  readonly min?: number;
  readonly max?: number;
  /** Java's `matches`: the whole text must satisfy it. */
  readonly pattern?: string;
  /** The enum's values. */
  readonly values?: readonly string[];
  readonly required?: true;
}

/** An Integer has 32 bits, as Java's; a Long has 64, a Double a fraction. */
export interface NumberShape {
  readonly type: 'Integer' | 'Long' | 'Double';
  readonly min?: number;
  readonly max?: number;
  readonly required?: true;
}

export interface BooleanShape {
  readonly type: 'Boolean';
  readonly required?: true;
}

/** Seconds since 1970 on the wire, milliseconds inside. */
export interface TimestampShape {
  readonly type: 'Timestamp';
  readonly required?: true;
}

/** Base64 in JSON, a byte string in CBOR. Lengths are of the bytes. */
export interface BlobShape {
  readonly type: 'Blob';
  readonly max?: number;
  readonly required?: true;
}

export interface ListShape {
  readonly type: 'List';
  readonly member: Shape;
  readonly min?: number;
  readonly max?: number;
  readonly required?: true;
}

export interface MapShape {
  readonly type: 'Map';
  readonly key: StringShape;
  readonly value: StringShape;
  readonly min?: number;
  readonly max?: number;
  readonly required?: true;
}

export interface StructureShape {
  readonly type: 'Structure';
  readonly members: Readonly<Record<string, Shape>>;
  /** How the service prints a value of it in a constraint's text. */
  readonly javaName?: string;
  readonly required?: true;
}

/** Any value: the operation reads it itself. */
export interface DocumentShape {
  readonly type: 'Document';
  readonly required?: true;
}

export type Shape =
  | StringShape
  | NumberShape
  | BooleanShape
  | TimestampShape
  | BlobShape
  | ListShape
  | MapShape
  | StructureShape
  | DocumentShape;

type Required<S extends Shape> = S & { readonly required: true };

type RequiredNames<M> = {
  [Name in keyof M]: M[Name] extends { readonly required: true } ? Name : never;
}[keyof M];

/** The TypeScript type of a shape's value. */
export type ValueOf<S> = S extends {
  readonly type: 'String';
  readonly values: readonly (infer V)[];
}
  ? V
  : S extends { readonly type: 'String' }
    ? string
    : S extends { readonly type: 'Integer' | 'Long' | 'Double' | 'Timestamp' }
      ? number
      : S extends { readonly type: 'Boolean' }
        ? boolean
        : S extends { readonly type: 'Blob' }
          ? Buffer
          : S extends { readonly type: 'List'; readonly member: infer M }
            ? readonly ValueOf<M>[]
            : S extends { readonly type: 'Map' }
              ? ReadonlyMap<string, string>
              : S extends { readonly type: 'Structure'; readonly members: infer M }
                ? MembersOf<M>
                : unknown;

/** The TypeScript type of a structure's value, from its members' shapes. */
export type MembersOf<M> = { readonly [N in RequiredNames<M>]: ValueOf<M[N]> } & {
  readonly [N in Exclude<keyof M, RequiredNames<M>>]?: ValueOf<M[N]>;
};

/** A member whose texts no constraint limits. */
export const text = { type: 'String' } as const;

export const flag = { type: 'Boolean' } as const;

/** The same shape as a member that must be there. */
export function required<const S extends Shape>(shape: S): Required<S> {
  return { ...shape, required: true };
}

export function list<const M extends Shape>(
  member: M,
  limits: { readonly min?: number; readonly max?: number } = {},
): { readonly type: 'List'; readonly member: M; readonly min?: number; readonly max?: number } {
  return { type: 'List', member, ...limits };
}

export function structure<const M extends Readonly<Record<string, Shape>>>(
  members: M,
  javaName?: string,
): { readonly type: 'Structure'; readonly members: M; readonly javaName?: string } {
  return { type: 'Structure', members, ...(javaName !== undefined && { javaName }) };
}
