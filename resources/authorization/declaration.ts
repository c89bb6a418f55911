import type { Authorization } from './modes';

/** A stream's door of its own. Members that are left out are as the stage's parameters say. */
export type StreamDoor = Authorization | UserPoolDoor | FunctionDoor;

/** Lets in who has a token of an Amazon Cognito user pool. */
export interface UserPoolDoor {
  readonly type: 'COGNITO';
  readonly userPoolArns?: readonly string[];
  /** OAuth scopes of which an access token must have one; none: an ID token is wanted. */
  readonly scopes?: readonly string[];
  /** The header with the token: `method.request.header.Authorization`. */
  readonly identitySource?: readonly string[];
  /** A regular expression that `aud` must match. */
  readonly identityValidation?: string;
}

/** Lets in whom a Lambda function allows it. */
export interface FunctionDoor {
  readonly type: 'LAMBDA';
  /** ARN of a function, or the key of a function in this serverless.ts. */
  readonly function?: string;
  readonly kind?: 'TOKEN' | 'REQUEST';
  readonly identitySource?: readonly string[];
  /** How long API Gateway keeps an answer, in seconds. */
  readonly ttlSeconds?: number;
  /**
   * The role with which API Gateway calls the function; `none` if its owner allows that. A stream's own
   * function without either is allowed by the stack.
   */
  readonly roleArn?: string;
  /** A regular expression that the token must match. */
  readonly identityValidation?: string;
}

/** An authorizer of a stream's own. */
export type StreamAuthorizer = Omit<UserPoolDoor, 'scopes'> | FunctionDoor;

/** A stream's door as the stack remembers it. */
export interface DeclaredDoor {
  /** `stage`: as parameter `authorization` says. */
  readonly authorization: Authorization | 'stage';
  /** Absent where the stage's authorizer does. */
  readonly authorizer?: StreamAuthorizer;
  /** In place of parameter `writeScopes`. */
  readonly scopes?: readonly string[];
}

/** Takes a stream's door apart: its mode, its authorizer, its scopes. */
export function declaredDoor(door: StreamDoor | undefined): DeclaredDoor {
  if (door === undefined) return { authorization: 'stage' };
  if (typeof door === 'string') return { authorization: door };
  const { scopes, ...given } = { scopes: undefined, ...door };
  const members = Object.entries(given).filter(([, value]) => value !== undefined);
  const own = {
    // The stage's role may call the stage's function; the stack allows another to be called.
    ...(door.type === 'LAMBDA' && door.function !== undefined && { roleArn: '' }),
    ...Object.fromEntries(members),
  } as unknown as StreamAuthorizer;
  return {
    authorization: door.type,
    ...(Object.keys(own).length > 1 && { authorizer: own }),
    ...(scopes !== undefined && { scopes }),
  };
}
