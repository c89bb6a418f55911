import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Fault } from 'embedded-aws/kinesis';
import type { EndpointId } from '../../resources/endpoints';
import { hasEnvelope, RETRY_AFTER_STATUSES } from '../../resources/openapi/errors';
import { type Api, send } from './api';
import { type Answer, type CaseRequest, type ContractCase, titleOf } from './case';
import { cases } from './cases';
import { type ResponseSchemas, responseSchemas } from './response-schemas';
import { OwnWorld } from './world';

/** Where the contract is run. */
export interface Place {
  /** Between two looks at something that takes time, in milliseconds. */
  readonly pauseMs: number;
  /** Tells this run's streams from those of others, when somebody else must know. */
  readonly run?: string | undefined;
  /**
   * Lets Kinesis fail while a request is under way. Where it is absent, cases that need it are left
   * out.
   */
  readonly suffer?: (fault: Fault, request: () => Promise<Answer>) => Promise<Answer>;
  /** The API, when it is deployed. */
  readonly api: () => Api;
}

const OPENAPI = path.join(__dirname, '..', '..', 'openapi.json');

/** Declares a test for each case that can run there. */
export function contract(place: Place): void {
  const isLocal = place.suffer !== undefined;
  const schemas = responseSchemas(JSON.parse(readFileSync(OPENAPI, 'utf8')), isLocal);
  let world: OwnWorld;

  beforeAll(async () => {
    world = new OwnWorld(place.api(), place.pauseMs, place.run);
    await world.prepare();
  });
  afterAll(() => world.remove());

  for (const { endpoint, cases: all } of cases) {
    const here = all.filter(({ fault, localOnly }) => isLocal || !(fault || localOnly));
    describe(endpoint, () => {
      for (const one of here) {
        test(titleOf(one), async () => {
          const request = await prepared(one, world);
          const answer = await ask(place, world, endpoint, one, request);
          expectAsDocumented(schemas, endpoint, answer, one);
          await one.holds?.(answer, world, request);
        });
      }
    });
  }
}

async function prepared({ request = {} }: ContractCase, world: OwnWorld): Promise<CaseRequest> {
  const own = typeof request === 'function' ? await request(world) : request;
  return { stream: world.stream, ...own };
}

async function ask(
  { api, suffer }: Place,
  world: OwnWorld,
  endpoint: EndpointId,
  { fault, status }: ContractCase,
  request: CaseRequest,
): Promise<Answer> {
  if (fault !== undefined && suffer !== undefined) {
    return suffer(fault, () => send(api(), endpoint, request));
  }
  // AWS takes a few requests a second of some actions; what is about a limit is asked once.
  return status === 429 ? send(api(), endpoint, request) : world.send(endpoint, request);
}

/** The status, the envelope, the headers and the schema that all answers of this kind have. */
function expectAsDocumented(
  schemas: ResponseSchemas,
  endpoint: EndpointId,
  answer: Answer,
  { status, code }: ContractCase,
): void {
  const { headers, text, json } = answer;
  expect({ status: answer.status, text: text.slice(0, 1_000) }).toMatchObject({ status });
  expect(headers.get('content-type')).toBe('application/json');
  const isOurs = code === undefined || hasEnvelope(code);
  expect(headers.get('x-deployment-id')).toEqual(
    isOurs ? expect.stringMatching(/^[a-z0-9]+$/) : null,
  );
  expect(schemas.problems(endpoint, status, json)).toEqual([]);
  for (const name of schemas.headers(endpoint, status)) {
    expect([name, headers.get(name)]).toEqual([name, expect.stringMatching(/./)]);
  }
  if (headers.has('errorcode')) {
    expect(schemas.mayHave(endpoint, status, 'ErrorCode')).toBe(true);
    expect(json).toMatchObject({ code: headers.get('errorcode') });
  }
  expect(headers.has('retry-after')).toBe(RETRY_AFTER_STATUSES.includes(status));
  if (code !== undefined && hasEnvelope(code)) expectEnvelope(answer, code);
}

/** The one shape of all errors: these three members and no other. */
export function expectEnvelope({ json, headers }: Answer, code: string): void {
  expect(json).toEqual({
    code,
    message: expect.any(String),
    requestId: headers.get('x-amzn-requestid'),
  });
}
