import type { AwsError } from '../core/errors';
import { badRequest, notFound } from './errors';
import type { Members } from './members';

export type PatchOp = 'add' | 'remove' | 'move' | 'test' | 'replace' | 'copy';

/** One change of an Update operation. */
export interface PatchOperation {
  readonly op: PatchOp;
  readonly path: string;
  /** Absent for `remove`, and for a `replace` that clears. */
  readonly value?: string | undefined;
  /** Of `copy`. */
  readonly from?: string | undefined;
}

/**
 * A patch path that a resource supports. `{name}` in the pattern matches one segment; the decoded
 * segments (`~1` is `/`, `~0` is `~`) are passed to `apply` in order.
 */
export interface PatchRule<Target> {
  readonly path: string;
  readonly ops: readonly PatchOp[];
  apply(target: Target, value: string | undefined, names: readonly string[], op: PatchOp): void;
}

/** The error messages for unsupported changes: AWS has two styles (both recorded). */
export interface PatchErrors {
  unknownPath(operation: PatchOperation): AwsError;
  unknownOp(operation: PatchOperation, allowed: readonly PatchOp[]): AwsError;
}

/**
 * The error for `move`, `test` and `copy` where AWS has none (recorded:
 * test_update_rest_api_ip_address_type, 07-07-2025).
 */
export function wrongOperation(): AwsError {
  return badRequest("Invalid patch operation specified. Must be 'add'|'remove'|'replace'");
}

/** The messages of APIs, methods and their responses. */
export const SHORT_PATCH_ERRORS: PatchErrors = {
  unknownPath: ({ path }) => badRequest(`Invalid patch path ${path}`),
  unknownOp({ op, path }, allowed) {
    if (allowed.length === 1) {
      return badRequest(`Invalid patch operation specified. Must be one of: [${allowed[0]}]`);
    }
    return op === 'add' || op === 'remove' || op === 'replace'
      ? badRequest(`Invalid patch path ${path}`)
      : wrongOperation();
  },
};

/**
 * The messages of resources, models, validators and most others, which list the supported paths.
 */
export function listingPatchErrors(paths: readonly string[]): PatchErrors {
  const unsupportedOp = ({ op, path }: PatchOperation) =>
    badRequest(
      `Invalid patch path  '${path}' specified for op '${op}'. Please choose supported operations`,
    );
  return {
    unknownPath: (operation) =>
      operation.op === 'replace'
        ? badRequest(
            `Invalid patch path  '${operation.path}' specified for op 'replace'. Must be one of: [${paths.join(', ')}]`,
          )
        : unsupportedOp(operation),
    unknownOp: unsupportedOp,
  };
}

/** Parses the patch operations of an Update request, whose ops are checked with the request. */
export function readPatchOperations(input: Members): PatchOperation[] {
  return (input.groups('patchOperations') ?? []).map((operation) => ({
    op: (operation.text('op') ?? '') as PatchOp,
    path: operation.text('path') ?? 'null',
    value: operation.text('value'),
    from: operation.text('from'),
  }));
}

/**
 * Applies changes in order. Pass a copy of the target if an error must leave it unchanged.
 * @throws AwsError with the messages of the resource
 */
export function applyPatch<Target>(
  target: Target,
  operations: readonly PatchOperation[],
  rules: readonly PatchRule<Target>[],
  errors: PatchErrors,
): void {
  for (const operation of operations) {
    const found = matchRule(operation.path, rules);
    if (found === undefined) throw errors.unknownPath(operation);
    const { rule, names } = found;
    if (!rule.ops.includes(operation.op)) throw errors.unknownOp(operation, rule.ops);
    rule.apply(target, operation.value, names, operation.op);
  }
}

function matchRule<Target>(
  path: string,
  rules: readonly PatchRule<Target>[],
): { rule: PatchRule<Target>; names: string[] } | undefined {
  const segments = path.split('/').slice(1);
  for (const rule of rules) {
    const pattern = rule.path.split('/').slice(1);
    if (pattern.length !== segments.length) continue;
    const names: string[] = [];
    const matches = pattern.every((part, index) => {
      const segment = segments[index] ?? '';
      if (!part.startsWith('{')) return part === segment;
      names.push(decodePointer(segment));
      return segment !== '';
    });
    if (matches) return { rule, names };
  }
  return undefined;
}

/** Decodes the escapes of JSON pointers (RFC 6901) in content types and resource paths. */
function decodePointer(segment: string): string {
  return segment.replaceAll('~1', '/').replaceAll('~0', '~');
}

/** A flag in a patch: every value except `true` is false (recorded). */
export function patchFlag(value: string | undefined): boolean {
  return value === 'true';
}

/** @throws AwsError BadRequestException if the value is not a number */
export function patchNumber(value: string | undefined, name: string): number {
  const number = Number(value);
  if (value === undefined || value.trim() === '' || Number.isNaN(number)) {
    throw badRequest(`Invalid ${name} specified: ${value ?? 'null'}`);
  }
  return number;
}

/** A copy of a map with one entry replaced; the value undefined removes the entry. */
export function withEntry<Value>(
  map: Readonly<Record<string, Value>> | undefined,
  key: string,
  value: Value | undefined,
): Record<string, Value> | undefined {
  const entries = Object.entries(map ?? {}).filter(([name]) => name !== key);
  if (value !== undefined) entries.push([key, value]);
  return entries.length === 0 ? undefined : Object.fromEntries(entries);
}

/**
 * Only existing entries of a map can be replaced or removed. Recorded for responses of methods
 * (test_update_method_wrong_param_names, 01-07-2025) and gateway responses; of the other maps the
 * texts are inferred and reported (https://github.com/aws-controllers-k8s/apigateway-controller).
 * @throws AwsError NotFoundException
 */
export function requireEntry(
  map: Readonly<Record<string, unknown>> | undefined,
  name: string,
  op: string,
  message: string,
): void {
  if (op !== 'add' && !Object.hasOwn(map ?? {}, name)) throw notFound(message);
}
