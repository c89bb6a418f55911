/**
 * The shapes of requests, declared like in the models of AWS's services: a type and constraints.
 * `read.ts` and `read-texts.ts` convert wire values to them, `constraints.ts` validates them.
 */
export interface StringShape {
  readonly type: 'String';
  readonly min?: number;
  readonly max?: number;
  /** Like Java's `matches`, the pattern must match the whole text. */
  readonly pattern?: string;
  /** The values of the enumeration. */
  readonly values?: readonly string[];
  readonly required?: true;
}

/** An Integer has 32 bits, as in Java, a Long has 64, and a Double has a fraction. */
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

/** Seconds since 1970 on the wire, milliseconds internally. */
export interface TimestampShape {
  readonly type: 'Timestamp';
  readonly required?: true;
}

/** Base64 in JSON, a byte string in CBOR. Limits apply to the number of bytes. */
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
  readonly value: Shape;
  readonly min?: number;
  readonly max?: number;
  readonly required?: true;
}

export interface StructureShape {
  readonly type: 'Structure';
  readonly members: Readonly<Record<string, Shape>>;
  /** How the service prints a value in the message of a constraint. */
  readonly javaName?: string;
  readonly required?: true;
}

/** Any value, which the operation parses itself. */
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

/** The TypeScript type of a shape's values. */
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

/** The TypeScript type of a structure's values, from the shapes of its members. */
export type MembersOf<M> = { readonly [N in RequiredNames<M>]: ValueOf<M[N]> } & {
  readonly [N in Exclude<keyof M, RequiredNames<M>>]?: ValueOf<M[N]>;
};

/** A string without constraints. */
export const text = { type: 'String' } as const;

export const flag = { type: 'Boolean' } as const;

/** The same shape, as a required member. */
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
