/** A call of the stage's API, to be written as a curl command. */
export interface CurlCall {
  /** Further options of curl: `-i`. */
  readonly flags?: readonly string[];
  /** Left out for GET. */
  readonly method?: string;
  /** One word of the shell, such as `shellQuoted` returns. */
  readonly url: string;
  /** How the caller authenticates; undefined for a call without credentials. */
  readonly access: Credentials | undefined;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | undefined;
}

/** How a caller of an endpoint authenticates. */
export interface Credentials {
  /** AWS_IAM, API_KEY, COGNITO, LAMBDA or NONE. */
  readonly authorization: string;
  readonly region: string;
  /** The parameter: `method.request.header.Authorization`, of which the first header counts. */
  readonly identitySource?: string;
}

/** How the stage's API is called. */
export interface ApiAccess extends Credentials {
  /** Undefined while the stage is not deployed. */
  readonly invokeUrl?: string;
  /** The parameter `readAuthorization`, where reading is not as writing. */
  readonly readAuthorization?: string;
}

/**
 * A curl command for a POSIX shell, in parts to be joined by spaces or line continuations. The caller's
 * own credentials come from the environment, so that the command contains no secret.
 */
export function curlCommand({
  flags = [],
  method,
  url,
  access,
  headers = {},
  body,
}: CurlCall): string[] {
  return [
    ['curl', ...flags, ...(method === undefined ? [] : ['-X', method]), url].join(' '),
    ...(access === undefined ? [] : credentials(access)),
    ...Object.entries(headers).map(([name, value]) => `-H ${shellQuoted(`${name}: ${value}`)}`),
    // Unlike --data and --data-binary, it reads no file when the body begins with @.
    ...(body === undefined ? [] : [`--data-raw ${shellQuoted(body)}`]),
  ];
}

/** One word of a POSIX shell, whatever characters it contains. */
export function shellQuoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}

const HEADER_SOURCE = /method\.request\.(?:multivalue)?header\.([\w-]+)/;

function credentials({ authorization, region, identitySource = '' }: Credentials): string[] {
  const [, header = 'Authorization'] = HEADER_SOURCE.exec(identitySource) ?? [];
  switch (authorization) {
    case 'NONE':
      return [];
    case 'API_KEY':
      return ['-H "x-api-key: $API_KEY"'];
    case 'COGNITO':
      return [`-H "${header}: Bearer $API_TOKEN"`];
    case 'LAMBDA':
      // Unlike API Gateway's own check of a token, a function may not know the scheme.
      return [`-H "${header}: $API_TOKEN"`];
    default:
      return [
        `--aws-sigv4 ${shellQuoted(`aws:amz:${region}:execute-api`)}`,
        '--user "$AWS_ACCESS_KEY_ID:$AWS_SECRET_ACCESS_KEY"',
        '-H "x-amz-security-token: $AWS_SESSION_TOKEN"',
      ];
  }
}
