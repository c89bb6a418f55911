/** The ways to decide who may call. */
export const AUTHORIZATIONS = ['AWS_IAM', 'API_KEY', 'NONE', 'COGNITO', 'LAMBDA'] as const;
export type Authorization = (typeof AUTHORIZATIONS)[number];

interface Mode {
  /** API Gateway's own name for it, at a method. */
  readonly type: 'AWS_IAM' | 'NONE' | 'COGNITO_USER_POOLS' | 'CUSTOM';
  readonly needsKey: boolean;
  /** True if the method names an authorizer. */
  readonly hasAuthorizer: boolean;
  /** Follows "could …" in messages: who is let in. */
  readonly callers: string;
}

export const MODES: Readonly<Record<Authorization, Mode>> = {
  AWS_IAM: {
    type: 'AWS_IAM',
    needsKey: false,
    hasAuthorizer: false,
    callers: 'Anyone whose IAM policy allows it',
  },
  API_KEY: {
    type: 'NONE',
    needsKey: true,
    hasAuthorizer: false,
    callers: 'Anyone with the API key',
  },
  NONE: { type: 'NONE', needsKey: false, hasAuthorizer: false, callers: 'Anyone' },
  COGNITO: {
    type: 'COGNITO_USER_POOLS',
    needsKey: false,
    hasAuthorizer: true,
    callers: 'Anyone with a token of the user pools',
  },
  LAMBDA: {
    type: 'CUSTOM',
    needsKey: false,
    hasAuthorizer: true,
    callers: 'Anyone whom the authorizer lets in',
  },
};

/** True for a mode whose methods name an authorizer. */
export const hasAuthorizer = (mode: string): boolean =>
  Object.hasOwn(MODES, mode) && MODES[mode as Authorization].hasAuthorizer;
