import {
  createHmac,
  createSign,
  generateKeyPairSync,
  type KeyObject,
  randomBytes,
} from 'node:crypto';
import type { Entrance } from '../../stage/entrances';
import { withApiKey } from '../api-key';
import type { Pretence } from '../exchange';
import type { Access } from './access';
import { bare, readJwt } from './jwt';
import { type Placed, placed, placesOf, type Token, withPlaced } from './token';

/** Credentials of a caller who must not be let in. */
export type { Pretence } from '../exchange';

/** A value in every place that the entrance looks at. */
function everywhere(entrance: Entrance, value: string, own?: Placed): Placed {
  const places = placesOf(entrance);
  const named = places.length === 0 ? [{ isHeader: true, name: 'Authorization' }] : places;
  const of = (isHeader: boolean) =>
    Object.fromEntries(
      named.filter((place) => place.isHeader === isHeader).map(({ name }) => [name, value]),
    );
  return {
    headers: { ...mapped(own?.headers, value), ...of(true) },
    query: { ...mapped(own?.query, value), ...of(false) },
  };
}

const mapped = (values: Readonly<Record<string, string>> = {}, value: string) =>
  Object.fromEntries(Object.keys(values).map((name) => [name, value]));

/** Another text each time: an authorizer's answer may be kept. */
export const nonsense = () => `verify-${randomBytes(6).toString('hex')}`;

/** Credentials that no entrance may accept. */
export function malformed(entrance: Entrance): readonly Pretence[] {
  const given = (text: string, value: string): Pretence => ({
    as: text,
    sign: withPlaced(everywhere(entrance, value)),
  });
  switch (entrance.authorization) {
    case 'COGNITO':
    case 'LAMBDA':
      return [
        given('a made-up token', nonsense()),
        given('a made-up token of three parts', `Bearer ${nonsense()}.${nonsense()}.x`),
      ];
    case 'AWS_IAM':
      return [
        {
          as: 'a made-up signature',
          sign: withPlaced({ headers: { Authorization: `Bearer ${nonsense()}` }, query: {} }),
        },
      ];
    case 'API_KEY':
      return [{ as: 'a made-up key', sign: withApiKey(`${nonsense()}-${nonsense()}`) }];
    default:
      return [];
  }
}

/** Right in all that can be read, and signed by nobody who may. */
export async function forged(entrance: Entrance, access: Access): Promise<readonly Pretence[]> {
  const good = await access.tokens.good(entrance.name);
  const model = modelOf(entrance, good);
  if (model === undefined) return [];
  const { header, claims, put } = model;
  const { privateKey, publicKey } = keys();
  const forms = [
    ['a token signed with another key', rs256(header, claims, privateKey)],
    ['a token without a signature', joined({ ...header, alg: 'none' }, claims, '')],
    ['a token signed with the public key as a secret', hs256(header, claims, publicKey)],
  ] as const;
  return forms.map(([as, value]) => ({ as, sign: withPlaced(put(value)) }));
}

type Json = Readonly<Record<string, unknown>>;

/** The header and claims to forge: those of the run's own token, or as the entrance declares them. */
function modelOf(
  entrance: Entrance,
  good: Token | undefined,
): { header: Json; claims: Json; put: (value: string) => Placed } | undefined {
  if (good !== undefined) {
    const own = placed(good, entrance);
    const found = [
      ...Object.entries(own.headers).map(([name, value]) => ({
        kind: 'headers' as const,
        name,
        value,
      })),
      ...Object.entries(own.query).map(([name, value]) => ({
        kind: 'query' as const,
        name,
        value,
      })),
    ].find(({ value }) => readJwt(value) !== undefined);
    const jwt = found && readJwt(found.value);
    if (found && jwt) {
      const scheme = found.value.slice(0, found.value.length - bare(found.value).length);
      const put = (value: string) => ({
        ...own,
        [found.kind]: { ...own[found.kind], [found.name]: `${scheme}${value}` },
      });
      return { header: jwt.header, claims: jwt.claims, put };
    }
  }
  if (entrance.authorization !== 'COGNITO') return undefined;
  const [arn] = entrance.userPoolArns;
  if (arn === undefined) return undefined;
  return {
    header: { alg: 'RS256', kid: nonsense() },
    claims: claimsOf(arn, entrance),
    put: (value) => everywhere(entrance, value),
  };
}

/** As the pool would write them. `arn:aws:cognito-idp:<region>:<account>:userpool/<id>` */
function claimsOf(arn: string, { scopes }: Entrance): Json {
  const region = arn.split(':')[3];
  const pool = arn.slice(arn.lastIndexOf('/') + 1);
  const domain = arn.startsWith('arn:aws-cn:') ? 'amazonaws.com.cn' : 'amazonaws.com';
  const now = Math.floor(Date.now() / 1000);
  const [scope] = scopes;
  return {
    sub: 'verification',
    iss: `https://cognito-idp.${region}.${domain}/${pool}`,
    ...(scope === undefined ? { token_use: 'id', aud: 'x' } : { token_use: 'access', scope }),
    iat: now,
    exp: now + 3600,
  };
}

const base64Url = (value: Json) => Buffer.from(JSON.stringify(value)).toString('base64url');

const joined = (header: Json, claims: Json, signature: string) =>
  `${base64Url(header)}.${base64Url(claims)}.${signature}`;

function rs256(header: Json, claims: Json, key: KeyObject): string {
  const input = `${base64Url({ ...header, alg: 'RS256' })}.${base64Url(claims)}`;
  return `${input}.${createSign('RSA-SHA256').update(input).sign(key).toString('base64url')}`;
}

function hs256(header: Json, claims: Json, key: KeyObject): string {
  const secret = key.export({ type: 'spki', format: 'pem' });
  const input = `${base64Url({ ...header, alg: 'HS256' })}.${base64Url(claims)}`;
  return `${input}.${createHmac('sha256', secret).update(input).digest('base64url')}`;
}

let pair: ReturnType<typeof generateKeyPairSync> | undefined;

/** Made when they are first needed: it takes a tenth of a second. */
function keys(): { readonly privateKey: KeyObject; readonly publicKey: KeyObject } {
  pair ??= generateKeyPairSync('rsa', { modulusLength: 2048 });
  return pair as unknown as { privateKey: KeyObject; publicKey: KeyObject };
}

/** A token of another kind than those that let in. */
export const withToken = (as: string, token: Token, entrance: Entrance): Pretence => ({
  as,
  sign: withPlaced(placed(token, entrance)),
});
