import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { bareEnvironment } from 'dev-kit/testing/processes';

const FOLDER = path.join(__dirname, '..', 'fixtures', 'cognito-local');
const MAIN = path.join(FOLDER, 'node_modules', 'cognito-local', 'lib', 'bin', 'start.js');

/**
 * A group of tests that need cognito-local, installed in its folder of `fixtures`. Elsewhere than in
 * CI, where they fail, they are skipped when it is not there.
 */
export function withCognitoLocal(name: string, tests: () => void): void {
  if (process.env.CI || existsSync(MAIN)) {
    describe(name, tests);
  } else {
    describe.skip(`${name} (not run: npm ci in ${path.relative('.', FOLDER)})`, tests);
  }
}

/** Tokens of a user who has signed in. */
interface Tokens {
  readonly IdToken: string;
  readonly AccessToken: string;
}

export interface UserPool {
  readonly arn: string;
  /** Where its keys are: `http://127.0.0.1:<port>/<pool>`. */
  readonly url: string;
  /** Makes a user and signs them in. */
  signIn(email: string): Promise<Tokens>;
  close(): Promise<void>;
}

/**
 * Starts cognito-local with one pool, whose tokens name the issuer that AWS's would.
 * @param folder for its data, new and empty
 */
export async function startUserPool(folder: string): Promise<UserPool> {
  mkdirSync(path.join(folder, '.cognito'));
  const settings = {
    TokenConfig: { IssuerDomain: 'https://cognito-idp.us-east-1.amazonaws.com' },
    ServerConfig: { hostname: '127.0.0.1' },
  };
  writeFileSync(path.join(folder, '.cognito', 'config.json'), JSON.stringify(settings));
  const server = spawn(process.execPath, [MAIN], {
    cwd: folder,
    env: { ...bareEnvironment(), PORT: '0', AWS_SDK_JS_SUPPRESS_MAINTENANCE_MODE_MESSAGE: '1' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const endpoint = await new Promise<string>((resolve, reject) => {
    let printed = '';
    server.stdout.setEncoding('utf8').on('data', (text: string) => {
      printed += text;
      const [url] = /http:\/\/127\.0\.0\.1:\d+/.exec(printed) ?? [];
      if (url !== undefined) resolve(url);
    });
    server.on('exit', (code) => reject(new Error(`cognito-local ended with ${code}: ${printed}`)));
  });
  const pool = (await call(endpoint, 'CreateUserPool', { PoolName: 'pool' })) as {
    readonly UserPool: { readonly Id: string };
  };
  const UserPoolId = pool.UserPool.Id;
  const client = (await call(endpoint, 'CreateUserPoolClient', {
    UserPoolId,
    ClientName: 'client',
  })) as { readonly UserPoolClient: { readonly ClientId: string } };
  const { ClientId } = client.UserPoolClient;
  return {
    arn: `arn:aws:cognito-idp:us-east-1:000000000000:userpool/${UserPoolId}`,
    url: `${endpoint}/${UserPoolId}`,
    async signIn(Username) {
      const Password = 'Correct-horse-1';
      const user = { UserPoolId, Username };
      await call(endpoint, 'AdminCreateUser', {
        ...user,
        UserAttributes: [{ Name: 'email', Value: Username }],
        MessageAction: 'SUPPRESS',
      });
      await call(endpoint, 'AdminSetUserPassword', { ...user, Password, Permanent: true });
      const { AuthenticationResult } = (await call(endpoint, 'InitiateAuth', {
        AuthFlow: 'USER_PASSWORD_AUTH',
        ClientId,
        AuthParameters: { USERNAME: Username, PASSWORD: Password },
      })) as { readonly AuthenticationResult: Tokens };
      return AuthenticationResult;
    },
    close: () =>
      new Promise((resolve) => {
        server.removeAllListeners('exit').on('exit', () => resolve());
        server.kill();
      }),
  };
}

async function call(endpoint: string, operation: string, input: object): Promise<unknown> {
  const answer = await fetch(endpoint, {
    method: 'POST',
    headers: {
      'content-type': 'application/x-amz-json-1.1',
      'x-amz-target': `AWSCognitoIdentityProviderService.${operation}`,
      // It wants one, and does not look at it.
      authorization:
        'AWS4-HMAC-SHA256 Credential=local/20260101/us-east-1/cognito-idp/aws4_request, SignedHeaders=host, Signature=0',
    },
    body: JSON.stringify(input),
  });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${operation}: ${text}`);
  return text === '' ? undefined : JSON.parse(text);
}
