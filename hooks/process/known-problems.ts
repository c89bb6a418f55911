import { START_COMMAND } from '../../resources/packed';

/** A problem outside this project, and what to do about it. */
export interface Known {
  readonly title: string;
  readonly advice: string;
}

interface Row extends Known {
  /** The errors' names, or their codes if the name is not specific. */
  readonly names: RegExp;
}

/** Names of errors about who calls, which AWS, its SDK and the framework have. Not about rights. */
const CREDENTIALS: readonly Row[] = [
  {
    names: /^(AWS_CREDENTIALS_NOT_FOUND|UNRECOGNIZED_AWS_PROFILE|CredentialsProviderError)$/,
    title: 'No AWS credentials',
    advice:
      'Sign in (aws sso login), or name a profile that is configured (--aws-profile), then run the command again.',
  },
  {
    names:
      /^(ExpiredToken|TokenRefreshRequired|InvalidToken|UnrecognizedClient|InvalidClientTokenId|InvalidAccessKeyId|AuthFailure|TokenProviderError|MissingAuthenticationToken|SSOTokenProvider|AWS_SSO_|MFA_CODE_UNAVAILABLE)/,
    title: 'AWS rejects the credentials',
    advice: 'Sign in again (aws sso login, or new keys), then run the command again.',
  },
  {
    names:
      /^(InvalidSignature|SignatureDoesNotMatch|IncompleteSignature|RequestTimeTooSkewed|RequestExpired)/,
    title: 'AWS rejects the signature',
    advice: "Check the secret access key and this machine's clock, then run the command again.",
  },
];

/** The credential problem behind an error of this name or code; undefined for other errors. */
export const credentialProblem = (name: string): Known | undefined =>
  CREDENTIALS.find(({ names }) => names.test(name));

/** Every command that calls AWS can meet these. */
const ACCESS: readonly Row[] = [
  ...CREDENTIALS,
  {
    names:
      /^(ECONNREFUSED|ECONNRESET|ECONNABORTED|EPIPE|ENOTFOUND|EAI_AGAIN|EAI_FAIL|ENETUNREACH|ENETDOWN|EHOSTUNREACH|EHOSTDOWN|ETIMEDOUT|ESOCKETTIMEDOUT|EADDRNOTAVAIL|TimeoutError|RequestTimeout|NetworkingError|UND_ERR_)/,
    title: 'AWS does not answer',
    advice: `On stage local: is ${START_COMMAND} running? Elsewhere: check the network, the region and HTTPS_PROXY.`,
  },
  {
    names:
      /^(SELF_SIGNED_CERT|DEPTH_ZERO_SELF_SIGNED|UNABLE_TO_|CERT_|ERR_TLS_|ERR_SSL_|EPROTO|HOSTNAME_MISMATCH)/,
    title: "The server's certificate is not trusted",
    advice:
      'Behind a proxy that decrypts traffic, set NODE_EXTRA_CA_CERTS to its authority; otherwise something other than AWS answers.',
  },
];

/** The answer of a proxy or of a network's login page, which no SDK can read. */
const NOT_AWS: Known = {
  title: 'Something other than AWS answers',
  advice: 'Check the network (a login page?), HTTPS_PROXY and AWS_ENDPOINT_URL.',
};

const FILES: readonly Row[] = [
  {
    names: /^(EACCES|EPERM)$/,
    title: 'No permission for a file or folder',
    advice: 'Give this user write permission there, or run in a copy of the project.',
  },
  {
    names: /^EROFS$/,
    title: 'A folder is read-only',
    advice: 'Run in a copy of the project that can be written.',
  },
  {
    names: /^(ENOTDIR|EEXIST)$/,
    title: 'There is a file where a folder is needed',
    advice: 'Move it away, then try again.',
  },
  {
    names: /^(ENOSPC|EDQUOT)$/,
    title: 'The disk is full',
    advice: 'Free some space, then try again.',
  },
  {
    names: /^(EMFILE|ENFILE)$/,
    title: 'Too many files are open',
    advice: 'Raise the limit (ulimit -n), then try again.',
  },
];

/** Names that say nothing: the code does. */
const SAY_NOTHING = new Set(['Error', 'AggregateError', 'ServerlessError', 'SystemError']);

/** The name that AWS gives an error; the code where the request never got there. */
export function nameOf(error: unknown): string {
  if (!(error instanceof Error)) return 'Error';
  const { code } = error as NodeJS.ErrnoException;
  return SAY_NOTHING.has(error.name) ? String(code ?? 'Error') : error.name;
}

/** True if the SDK cannot read an answer, whatever its status: the service's own are readable. */
export const isUnreadable = (error: unknown): boolean =>
  error instanceof Error &&
  (error.message.includes('Deserialization error') ||
    (/^Unknown(Error)?$/.test(error.name) && '$metadata' in error));

/** Finds the problem behind an error that any AWS call may meet: credentials, network. */
export function accessProblem(error: unknown): Known | undefined {
  return isUnreadable(error) ? NOT_AWS : ACCESS.find(({ names }) => names.test(nameOf(error)));
}

/**
 * An error that comes from outside of this project, as one line: what is wrong, what was said, and
 * what to do. Undefined for any other.
 */
export function outsideProblem(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  const known = accessProblem(error) ?? fileProblem(error);
  if (known === undefined) return undefined;
  const name = nameOf(error);
  // The framework's texts go on with where its documentation is.
  const [said = ''] = error.message.trim().split(/\.?\n|\. Learn how|\.$/);
  return `${known.title} (${saidBy(name, said, error)}). ${known.advice}`;
}

function saidBy(name: string, said: string, error: Error): string {
  if (said === '') return name;
  // The framework's codes are its own affair.
  return said.includes(name) || error.name === 'ServerlessError' ? said : `${name}: ${said}`;
}

function fileProblem(error: Error): Known | undefined {
  if (!('path' in error && 'syscall' in error)) return undefined;
  return FILES.find(({ names }) => names.test(nameOf(error)));
}
