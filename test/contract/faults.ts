import type { Fault } from 'embedded-aws/kinesis';
import { AwsError } from 'embedded-aws/kinesis';
import type { Endpoint } from '../../resources/endpoints';
import { goodRequest } from '../../resources/endpoints/shared/good-request';
import { errorsOf } from '../../resources/openapi/errors';
import type { ContractCase, Holds } from './case';

/** Kinesis's message in errors that a fault makes. */
const SAID = 'What "Kinesis" says; é 漢 🎉 \\ \n it\'s';
/** The statuses that Kinesis itself answers with: 400 for nearly everything. */
const OWN_STATUS: Readonly<Record<string, number>> = {
  InternalFailure: 500,
  InternalFailureException: 500,
  ServiceUnavailable: 503,
};

/** An error as Kinesis answers it. */
export const failure = (code: string): Fault => ({
  error: new AwsError(code, SAID, { status: OWN_STATUS[code] ?? 400 }),
});

const TOO_LARGE = Buffer.alloc(10_485_761, ' ');

const html = (status: number): Fault => ({
  answer: { status, headers: { 'content-type': 'text/html' }, body: '<html>Sorry</html>' },
});

/** Cases for every way in which Kinesis can fail an endpoint. */
export function faultCases(endpoint: Endpoint): ContractCase[] {
  const request = goodRequest(endpoint);
  const documented = errorsOf(endpoint)
    .filter(({ from }) => from !== 'gateway')
    .map(({ code, status }) => ({
      title: `Kinesis answers ${code}`,
      status,
      code,
      request,
      fault: failure(code),
      holds: messageIs(SAID),
    }));
  return [
    ...documented,
    {
      title: 'Kinesis names its error with a namespace',
      status: 502,
      code: 'InternalFailure',
      request,
      fault: {
        error: new AwsError('com.amazon.coral.service#InternalFailure', '', { status: 500 }),
      },
      holds: messageIs(''),
    },
    ...[403, 503].map((status) => ({
      title: `something in front of Kinesis answers HTML (${status})`,
      status: 502,
      code: 'BadGateway',
      request,
      fault: html(status),
      holds: messageIs('What came back is no answer of Kinesis.'),
    })),
    {
      title: "Kinesis's answer is larger than the gateway takes",
      status: 500,
      code: 'API_CONFIGURATION_ERROR',
      request,
      fault: { answer: { status: 200, headers: {}, body: TOO_LARGE } },
    },
    {
      title: 'Kinesis does not answer in time',
      status: 504,
      code: 'INTEGRATION_TIMEOUT',
      request,
      fault: { delayMs: 60_000 },
    },
  ];
}

function messageIs(message: string): Holds {
  return ({ json }) => expect(json).toMatchObject({ message });
}
