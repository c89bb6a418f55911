import type { DeclaredStream } from '../streams/declared';
import { hasAuthorizer } from './modes';

type Values = Readonly<Record<string, unknown>>;

/** A door whose callers an authorizer lets in, with what that is made of. */
export interface Asked {
  /** `authorization`, or `streams.ts: orders.authorization` */
  readonly door: string;
  readonly mode: 'COGNITO' | 'LAMBDA';
  /** Parameters of the stage that it is made of, as opposed to members of a stream's own. */
  readonly parameters: ReadonlySet<string>;
  readonly pools: readonly string[];
  readonly named: string;
  readonly kind: string;
  readonly sources: readonly string[];
  readonly validation: string;
  readonly ttl: number;
  readonly role: string;
  /** True for an authorizer of the owner of `restApiId`. */
  readonly isGiven: boolean;
}

const listOf = (value: unknown): string[] => (value ? String(value).split(',') : []);

/** A stream's own member, or the parameter in its place. */
const PARAMETERS = {
  userPoolArns: 'userPoolArns',
  function: 'authorizerFunction',
  kind: 'authorizerType',
  identitySource: 'identitySource',
  identityValidation: 'identityValidation',
  ttlSeconds: 'authorizerTtlSeconds',
  roleArn: 'authorizerRoleArn',
} as const;

/** The members that each kind of authorizer is made of. */
const MADE_OF = {
  COGNITO: ['userPoolArns', 'identitySource', 'identityValidation'],
  LAMBDA: ['function', 'kind', 'identitySource', 'identityValidation', 'ttlSeconds', 'roleArn'],
} as const satisfies Readonly<Record<Asked['mode'], readonly (keyof typeof PARAMETERS)[]>>;

function askedBy(
  door: string,
  mode: Asked['mode'],
  values: Values,
  own: DeclaredStream['authorizer'],
): Asked {
  const members: Readonly<Record<string, unknown>> = { ...own };
  const isGiven = own === undefined && Boolean(values.authorizerId);
  const read = (name: keyof typeof PARAMETERS) => members[name] ?? values[PARAMETERS[name]];
  const list = (name: keyof typeof PARAMETERS) => {
    const value = read(name);
    return Array.isArray(value) ? value.map(String) : listOf(value);
  };
  return {
    door,
    mode,
    parameters: new Set(
      MADE_OF[mode].filter((name) => members[name] === undefined).map((name) => PARAMETERS[name]),
    ),
    pools: list('userPoolArns'),
    named: String(read('function') ?? ''),
    kind: mode === 'COGNITO' ? 'TOKEN' : String(read('kind') ?? 'TOKEN'),
    sources: list('identitySource'),
    validation: String(read('identityValidation') ?? ''),
    ttl: Number(read('ttlSeconds') ?? 0),
    role: String(read('roleArn') ?? ''),
    isGiven,
  };
}

/** All doors that ask an authorizer. */
export function allAsked(values: Values, declared: readonly DeclaredStream[]): Asked[] {
  const doors = [
    ...(['authorization', 'readAuthorization'] as const).map((name) => ({
      door: name as string,
      mode: String(values[name]),
      own: undefined,
    })),
    ...declared.map(({ name, authorization, authorizer }) => ({
      door: `streams.ts: ${name}.authorization`,
      mode: authorization as string,
      own: authorizer,
    })),
  ];
  return doors.flatMap(({ door, mode, own }) =>
    hasAuthorizer(mode) ? [askedBy(door, mode as Asked['mode'], values, own)] : [],
  );
}
