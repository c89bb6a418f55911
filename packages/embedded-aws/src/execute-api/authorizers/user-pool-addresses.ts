import { OptionError } from '../../core/option-error';

/** Where the keys of a user pool are, and who its tokens may say has issued them. */
export interface UserPoolAddress {
  /** The URL of the pool's JSON Web Key Set. */
  readonly keys: URL;
  readonly issuers: readonly string[];
}

const POOL =
  /^arn:(?<partition>aws[a-z-]*):cognito-idp:(?<region>[a-z0-9-]+):\d{12}:userpool\/(?<id>[\w-]+)$/;

/** A path that ends like this is that of the keys themselves; any other URL is an issuer's. */
const KEYS_PATH = /(?:\.json|\/(?:jwks|keys|certs))$/;

const WELL_KNOWN = '/.well-known/jwks.json';

/**
 * Reads where the keys of user pools are.
 * @param userPools by the pool's ARN the URL of its issuer, or that of its keys
 * @throws OptionError for what is no user pool's ARN, and for what is no URL
 */
export function userPoolAddresses(
  userPools: Readonly<Record<string, string>>,
): ReadonlyMap<string, UserPoolAddress> {
  return new Map(Object.entries(userPools).map(([arn, url]) => [arn, addressOf(arn, url)]));
}

/**
 * Tokens say by `iss` who issued them: a pool of AWS's by the address that follows from its ARN, also
 * where an emulator is set up to say so; another issuer by its own.
 * https://docs.aws.amazon.com/cognito/latest/developerguide/amazon-cognito-user-pools-using-tokens-verifying-a-jwt.html
 */
function addressOf(arn: string, text: string): UserPoolAddress {
  const { partition, region, id } = POOL.exec(arn)?.groups ?? {};
  if (id === undefined) {
    throw new OptionError(
      `A user pool is named by its ARN, arn:aws:cognito-idp:<region>:<account>:userpool/<pool>, and not by '${arn}'.`,
    );
  }
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || !/^https?:$/.test(url.protocol)) {
    throw new OptionError(
      `The user pool ${arn} needs the URL of its issuer or of its keys, http or https, and not '${text}'.`,
    );
  }
  const suffix = partition === 'aws-cn' ? 'amazonaws.com.cn' : 'amazonaws.com';
  const ofAws = `https://cognito-idp.${region}.${suffix}/${id}`;
  const isKeys = KEYS_PATH.test(url.pathname);
  const own = text.replace(isKeys ? WELL_KNOWN : /\/+$/, '');
  // Issuers are compared as they are written, with or without a slash at the end.
  const itself = isKeys && !text.endsWith(WELL_KNOWN) ? [] : [own, `${own}/`];
  const issuers = [ofAws, ...itself.flatMap((issuer) => namesOf(issuer, url))];
  return { keys: isKeys ? url : new URL(own + WELL_KNOWN), issuers: [...new Set(issuers)] };
}

/** Names of this machine: an issuer may call itself by another than the one it is asked by. */
const LOOPBACK = ['localhost', '127.0.0.1', '[::1]'];

function namesOf(issuer: string, { hostname }: URL): string[] {
  if (!LOOPBACK.includes(hostname)) return [issuer];
  return [issuer, ...LOOPBACK.map((name) => issuer.replace(`//${hostname}`, `//${name}`))];
}
