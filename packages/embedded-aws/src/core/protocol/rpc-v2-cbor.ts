import { decodeCbor } from '../cbor/decode';
import { encodeCbor } from '../cbor/encode';
import { type AwsError, notImplemented, serializationError, toAwsError } from '../errors';
import type { HttpRequest, HttpResponse } from '../http';
import type { AwsService } from '../service';
import { readStructure } from '../shapes/read';
import { queryErrorHeader } from './json';
import { operationNamed, type RawInput, runOperation, type ServiceDefinition } from './operation';

// Smithy's RPC v2 in CBOR, the first choice of today's SDKs for CloudWatch.
// https://smithy.io/2.0/additional-specs/protocols/smithy-rpc-v2.html

const PROTOCOL = 'rpc-v2-cbor';
const TYPE = 'application/cbor';

/** The unit of times, in milliseconds. */
const SECOND = 1000;

const PATH = /\/service\/[^/]+\/operation\/([^/]+)$/;

/** True if a client speaks this protocol, and so understands no other's errors. */
export function isRpcV2Cbor({ headers }: Pick<HttpRequest, 'headers'>): boolean {
  return headers['smithy-protocol'] === PROTOCOL;
}

/** A service whose operations are in the path, with members in and out as CBOR. */
export function rpcV2CborService<Store>(service: ServiceDefinition<Store>): AwsService {
  return {
    signingName: service.signingName,
    async handle(request) {
      try {
        const name = PATH.exec(request.path)?.[1] ?? '';
        const operation = operationNamed(service, name);
        if (operation === undefined) {
          throw notImplemented(service.policyPrefix ?? service.signingName, name);
        }
        const raw = inputOf(request.body);
        const output = await runOperation(service, name, operation, raw, readStructure, request);
        return answer(200, request.requestId, output ?? {});
      } catch (thrown) {
        return cborError(request.requestId, toAwsError(thrown));
      }
    },
  };
}

/** An error: `__type` and `message`; clients from the time of the query protocol read its header. */
export function cborError(requestId: string, error: AwsError): HttpResponse {
  const { status, code, message, details } = error;
  const { headers, ...rest } = answer(status, requestId, { __type: code, message, ...details });
  return { ...rest, headers: { ...headers, ...queryErrorHeader(error) } };
}

function answer(status: number, requestId: string, content: unknown): HttpResponse {
  return {
    status,
    headers: {
      'content-type': TYPE,
      'smithy-protocol': PROTOCOL,
      'x-amzn-requestid': requestId,
    },
    body: encodeCbor(content),
  };
}

/** @throws AwsError SerializationException for anything but a map */
function inputOf(body: Buffer): RawInput {
  if (body.length === 0) return {};
  let input: unknown;
  try {
    input = decodeCbor(body, SECOND);
  } catch (cause) {
    throw serializationError('The request body is not valid CBOR.', cause);
  }
  const isMap = typeof input === 'object' && input !== null && !Array.isArray(input);
  if (isMap && !Buffer.isBuffer(input) && !(input instanceof Date)) return input as RawInput;
  throw serializationError('The request body is not a CBOR map.');
}
