import type { EndpointId } from '../../../resources/endpoints';
import type { ApiRequest, Exchange } from '../exchange';
import { stored } from '../records';
import { acceptAnswer } from './accept';
import { type Asked, type Door, kinesisName, NotDescribed } from './door';
import { jsonText } from './json-text';
import { searchOf } from './own';
import type { Route, Routes } from './routes';
import type { Member } from './schema';

const KINESIS_TYPE = 'application/x-amz-json-1.1';

/** Members that change nothing for a check where a door does not take them. */
const DISPENSABLE: readonly string[] = ['ShardCount', 'StreamName'] satisfies Member[];

/** A door of which only its routes are known. */
export class DescribedDoor implements Door {
  readonly isOwn = false;
  readonly routes: Routes;
  readonly #fixed: string | undefined;

  /** @param fixed the one stream of routes that have one */
  constructor(routes: Routes, fixed?: string) {
    this.routes = routes;
    this.#fixed = fixed;
  }

  /** True for the stream of routes that have one, and cannot be told another. */
  isFixed(stream: unknown): boolean {
    return stream === this.#fixed;
  }

  /** The route of an endpoint; of two, the one that takes base64 or the other. */
  route(id: EndpointId, isBase64 = false): Route | undefined {
    const own = this.routes.routes.filter(({ endpoint }) => endpoint === id);
    const fit = own.find(({ stores }) => (stores === 'base64') === isBase64);
    return fit ?? (isBase64 ? undefined : own[0]);
  }

  takes(id: EndpointId, ...members: readonly string[]): boolean {
    const route = this.route(id);
    return route !== undefined && members.every((member) => placeOf(route, member) !== undefined);
  }

  /** True for an endpoint whose route has one stream. */
  isOfOneStream(id: EndpointId): boolean {
    return this.route(id)?.takes?.StreamName === 'fixed';
  }

  /** How a route is called: by everybody, with a key, or signed. */
  authorization({ authorization }: Route) {
    return authorization ?? this.routes.authorization ?? 'none';
  }

  request(id: EndpointId, asked: Asked): ApiRequest {
    const isBase64 = asked.contentType?.startsWith(KINESIS_TYPE) ?? false;
    const takesBody = id === 'PutRecord' || id === 'PutRecords';
    const route = this.route(id, isBase64 && takesBody);
    if (route === undefined) {
      throw new NotDescribed(this.route(id) ? `${id} takes no base64` : `${id} is not described`);
    }
    return new Translation(this, route, asked, isBase64).request();
  }

  read(id: EndpointId, answer: Exchange): Exchange {
    const { gives } = this.route(id) ?? {};
    if (gives === undefined) return answer;
    const content = parsed(answer.body);
    if (typeof content !== 'object' || content === null) return answer;
    const named = Object.entries(gives).map(([name, own]) => [name, memberOf(content, own)]);
    return { ...answer, body: JSON.stringify({ ...content, ...Object.fromEntries(named) }) };
  }

  accept(...[answer, expected, , id]: Parameters<Door['accept']>): void {
    acceptAnswer(answer, expected, (id && this.route(id)?.success) ?? [200]);
  }

  stored(id: 'PutRecord' | 'PutRecords', value: unknown) {
    const route = this.route(id);
    const isText = typeof value === 'string' && route?.stores !== 'json' && !isWhole(route);
    return isText ? stored(value) : { bytes: Buffer.from(jsonText(value)), isJson: true };
  }
}

const isWhole = (route: Route | undefined) => route?.takes?.Data === 'body';

/** Where a route takes a member: a record's, among the members of a record. */
const placeOf = ({ takes, record }: Route, member: string): string | undefined =>
  takes?.[member as Member] ?? record?.[member as Member];

type Members = Readonly<Record<string, unknown>>;

const renamed = (members: Members): Members =>
  Object.fromEntries(Object.entries(members).map(([name, value]) => [kinesisName(name), value]));

const isMembers = (value: unknown): value is Members =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** One call of a route. */
class Translation {
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

function memberOf(content: object, name: string): unknown {
  return name
    .split('.')
    .reduce<unknown>((value, key) => (isMembers(value) ? value[key] : undefined), content);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
