import { GetRestApisCommand } from '@aws-sdk/client-api-gateway';
import { ListStacksCommand } from '@aws-sdk/client-cloudformation';
import { ListRolesCommand } from '@aws-sdk/client-iam';
import { ListStreamsCommand } from '@aws-sdk/client-kinesis';
import { ListBucketsCommand } from '@aws-sdk/client-s3';
import { GetCallerIdentityCommand } from '@aws-sdk/client-sts';
import { signWith } from '../../../hooks/verify/sign';
import { clientsFor, type Keys } from '../clients';
import { outputOf } from '../outputs';
import type { Bench, Probe } from './probe';

/** Of the form of AWS's keys, and nobody's. */
const NOBODY: Keys = { accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: 'wrong'.repeat(8) };

/** The error that each service answers to a harmless command with these keys. */
async function errorsOf({ run, recorder }: Bench, keys: Keys): Promise<Record<string, unknown>> {
  const clients = clientsFor(run.place, keys);
  const asked = {
    apigateway: [clients.apiGateway, new GetRestApisCommand({})],
    cloudformation: [clients.cloudFormation, new ListStacksCommand({})],
    iam: [clients.iam, new ListRolesCommand({})],
    kinesis: [clients.kinesis, new ListStreamsCommand({})],
    s3: [clients.s3, new ListBucketsCommand({})],
    sts: [clients.sts, new GetCallerIdentityCommand({})],
  } as const;
  const observed: Record<string, unknown> = {};
  for (const [service, [client, command]] of Object.entries(asked)) {
    const refused = await recorder.refusal(client, command);
    observed[service] = refused?.error ?? 'let in';
  }
  return observed;
}

/** A request to the stage with this signature, or none. */
async function stageAnswer(bench: Bench, sign?: (request: Request) => Promise<Request>) {
  const url = `${await outputOf(bench.run, 'InvokeUrl')}/streams`;
  const signed = await sign?.(new Request(url));
  const { status, headers, body } = await bench.recorder.http(url, {
    unsigned: true,
    headers: Object.fromEntries(signed?.headers ?? []),
  });
  const { code, message } = JSON.parse(body);
  return `${status} ${headers['x-amzn-errortype']} ${code}: ${String(message).slice(0, 60)}`;
}

/** Who is let in. */
export const accessProbes: readonly Probe[] = [
  {
    name: 'unknown-keys',
    question: 'Which error does each service answer to keys that nobody issued?',
    rows: ['cloudformation: keys that nobody issued'],
    expected: {
      apigateway: 'UnrecognizedClientException',
      cloudformation: 'InvalidClientTokenId',
      iam: 'InvalidClientTokenId',
      kinesis: 'UnrecognizedClientException',
      s3: 'InvalidAccessKeyId',
      sts: 'InvalidClientTokenId',
    },
    ask: (bench) => errorsOf(bench, NOBODY),
  },
  {
    name: 'wrong-secret',
    question: 'Which error does each service answer to a signature that is wrong?',
    rows: ['cloudformation: a signature that is wrong', 'cloudformation: `--strict`'],
    expected: {
      apigateway: 'InvalidSignatureException',
      cloudformation: 'SignatureDoesNotMatch',
      iam: 'SignatureDoesNotMatch',
      kinesis: 'InvalidSignatureException',
      s3: 'SignatureDoesNotMatch',
      sts: 'SignatureDoesNotMatch',
    },
    async ask(bench) {
      const { accessKeyId, sessionToken } = await bench.run.clients.kinesis.config.credentials();
      return errorsOf(bench, { ...NOBODY, accessKeyId, ...(sessionToken && { sessionToken }) });
    },
  },
  {
    name: 'unsigned',
    question: 'What do services answer to a request without a signature?',
    rows: ['cloudformation: requests without a signature'],
    expected: { status: 400, type: 'MissingAuthenticationTokenException' },
    async ask({ run, recorder }) {
      const { region, endpoint } = run.place;
      const url = endpoint ?? `https://kinesis.${region}.amazonaws.com`;
      const { status, body } = await recorder.http(`${url}/`, {
        method: 'POST',
        unsigned: true,
        headers: {
          'content-type': 'application/x-amz-json-1.1',
          'x-amz-target': 'Kinesis_20131202.ListStreams',
        },
        body: '{}',
      });
      return { status, type: JSON.parse(body).__type };
    },
  },
  {
    name: 'stage-signatures',
    question:
      'What does a stage answer to a signature that is missing, wrong, old or of another region?',
    rows: ['api-gateway: `AWS_IAM`', 'api-gateway: signatures that are wrong, old or missing'],
    expected: {
      missing:
        '403 MissingAuthenticationTokenException MISSING_AUTHENTICATION_TOKEN: Missing Authentication Token',
      wrong:
        '403 InvalidSignatureException INVALID_SIGNATURE: The request signature we calculated does not match the signa',
      unknown:
        '403 UnrecognizedClientException DEFAULT_4XX: The security token included in the request is invalid.',
      region:
        "403 InvalidSignatureException INVALID_SIGNATURE: Credential should be scoped to a valid region, not 'eu-centr",
      old: '403 InvalidSignatureException INVALID_SIGNATURE: Signature expired: 20200101T000000Z is now earlier than 2026',
    },
    async ask(bench) {
      const { region } = bench.run.place;
      const credentials = await bench.run.clients.kinesis.config.credentials();
      const wrong = { ...credentials, secretAccessKey: NOBODY.secretAccessKey };
      const another = region === 'eu-central-1' ? 'us-east-1' : 'eu-central-1';
      const signOld = async (request: Request) => {
        const signed = await signWith(region, credentials)(request);
        signed.headers.set('x-amz-date', '20200101T000000Z');
        return signed;
      };
      return {
        missing: await stageAnswer(bench),
        wrong: await stageAnswer(bench, signWith(region, wrong)),
        unknown: await stageAnswer(bench, signWith(region, NOBODY)),
        region: await stageAnswer(bench, signWith(another, credentials)),
        old: await stageAnswer(bench, signOld),
      };
    },
  },
  {
    name: 'absent-stage',
    question: 'What does an API answer for a stage that it has not?',
    rows: ['api-gateway: API or stage that is not there', 'api-gateway: address of a stage'],
    expected: { status: 403, body: '{"message":"Forbidden"}' },
    async ask({ run, probesUrl, recorder }) {
      const url = `${probesUrl.slice(0, -run.stage.length)}absent/x`;
      const { status, body } = await recorder.http(url, { unsigned: true });
      return { status, body };
    },
  },
];
