import type { EndpointId } from '../../../resources/endpoints';
import type { ApiRequest, Exchange } from '../exchange';
import { stored } from '../records';
import { acceptAnswer } from './accept';
import { type Asked, type Door, NotDescribed } from './door';
import { jsonText } from './json-text';
import type { Route, Routes } from './routes';
import type { Member } from './schema';
import { isMembers, Translation } from './translation';

const KINESIS_TYPE = 'application/x-amz-json-1.1';

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
