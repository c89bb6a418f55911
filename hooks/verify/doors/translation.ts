import type { ApiRequest } from '../exchange';
import type { DescribedDoor } from './described';
import { type Asked, kinesisName, NotDescribed } from './door';
import { jsonText } from './json-text';
import { searchOf } from './own';
import type { Route } from './routes';
import type { Member } from './schema';

/** Members that change nothing for a check where a door does not take them. */
const DISPENSABLE: readonly string[] = ['ShardCount', 'StreamName'] satisfies Member[];

type Members = Readonly<Record<string, unknown>>;

const renamed = (members: Members): Members =>
  Object.fromEntries(Object.entries(members).map(([name, value]) => [kinesisName(name), value]));

export const isMembers = (value: unknown): value is Members =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** One call of a route. */
export class Translation {
  readonly #door: DescribedDoor;
  readonly #route: Route;
  readonly #asked: Asked;
  readonly #isBase64: boolean;
  #path: string;
  readonly #query: Record<string, string>;
  readonly #headers: Record<string, string>;
  #body: unknown;

  /** @param isBase64 true if what is asked has its data in base64 already */
  constructor(door: DescribedDoor, route: Route, asked: Asked, isBase64: boolean) {
    const { routes } = door;
    this.#door = door;
    this.#route = route;
    this.#asked = asked;
    this.#isBase64 = isBase64;
    this.#path = route.path;
    this.#query = { ...routes.query, ...route.query };
    this.#headers = { ...routes.headers, ...route.headers };
  }

  request(): ApiRequest {
    const { body, query = {}, headers = {}, stream, anonymous } = this.#asked;
    const { method, contentType = 'application/json' } = this.#route;
    // Text is sent as it is: it is there because no JSON is.
    const isText = typeof body === 'string';
    if (!isText && body !== undefined && !isMembers(body)) {
      throw new NotDescribed('the body of a route is an object');
    }
    const members = {
      ...(isMembers(body) && renamed(body)),
      ...renamed(query),
      ...renamed(headers),
      StreamName: stream,
    };
    for (const [name, value] of Object.entries(members)) this.#put(name, value);
    if (isText) this.#body = body;
    const search = searchOf(this.#query);
    const sent = this.#body;
    const isOpen = this.#door.authorization(this.#route) === 'none';
    return {
      method,
      path: search === '' ? this.#path : `${this.#path}?${search}`,
      headers: this.#headers,
      contentType: isText ? (this.#asked.contentType ?? contentType) : contentType,
      ...(sent !== undefined && { body: typeof sent === 'string' ? sent : jsonText(sent) }),
      ...((anonymous || isOpen) && { anonymous: true }),
    };
  }

  #put(name: string, value: unknown): void {
    if (value === undefined) return;
    const place = this.#route.takes?.[name as Member];
    if (place === 'fixed' && name === 'StreamName' && !this.#door.isFixed(value)) {
      throw new NotDescribed("the route's stream is fixed");
    }
    if (place === undefined || place === 'fixed') {
      if (DISPENSABLE.includes(name)) return;
      throw new NotDescribed(`${this.#route.endpoint} takes no ${name}`);
    }
    const sent = this.#encoded(name, value);
    const [where = '', ...rest] = place.split('.');
    const key = rest.join('.');
    switch (where) {
      case 'path':
        this.#path = this.#path.replace(`{${key}}`, encodeURIComponent(textOf(name, sent)));
        return;
      case 'query':
        this.#query[key] = textOf(name, sent);
        return;
      case 'header':
        this.#headers[key] = textOf(name, sent);
        return;
      default:
        if (key === '') this.#body = jsonText(sent);
        else this.#body = withMember(isMembers(this.#body) ? this.#body : {}, rest, sent);
    }
  }

  #encoded(name: string, value: unknown): unknown {
    if (name === 'Data') return this.#data(value);
    if (name !== 'Records') return value;
    if (!Array.isArray(value)) throw new NotDescribed('Records is a list');
    return value.map((record) => this.#record(record));
  }

  #record(record: unknown): unknown {
    if (!isMembers(record)) throw new NotDescribed('a record is an object');
    let own: Members = {};
    for (const [name, value] of Object.entries(renamed(record))) {
      if (value === undefined) continue;
      const key = this.#route.record?.[name as Member];
      if (key === undefined) throw new NotDescribed(`a record of a batch takes no ${name}`);
      own = withMember(own, key.split('.'), name === 'Data' ? this.#data(value) : value);
    }
    return own;
  }

  #data(value: unknown): unknown {
    const { stores, values, endpoint } = this.#route;
    if (this.#isBase64) return value;
    if (stores === 'base64') {
      const { bytes } = this.#door.stored(endpoint as 'PutRecord', value);
      return bytes.toString('base64');
    }
    if (values === 'text' && typeof value !== 'string') {
      throw new NotDescribed(`${endpoint} takes text, and no other JSON`);
    }
    return value;
  }
}

/** @throws NotDescribed for what only a body can express */
function textOf(name: string, value: unknown): string {
  if (typeof value === 'string' || typeof value === 'number') return String(value);
  throw new NotDescribed(`${name} is not in the body, so it is text`);
}

/** The same with a member, which may be in another: `['data', 'key']`. */
function withMember(members: Members, [name = '', ...rest]: readonly string[], value: unknown) {
  const own = members[name];
  const inner: unknown =
    rest.length === 0 ? value : withMember(isMembers(own) ? own : {}, rest, value);
  return { ...members, [name]: inner };
}
