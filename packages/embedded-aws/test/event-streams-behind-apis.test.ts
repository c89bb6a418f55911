import { createAws } from '../src/aws';
import { awsRequest } from './support/aws-request';

const ROLE = 'arn:aws:iam::000000000000:role/caller';
const CONSUMER = 'arn:aws:kinesis:us-east-1:000000000000:stream/s/consumer/c';

/** An API whose one method subscribes to a shard, by way of a role that may. */
async function prepare() {
  const aws = createAws({ kinesis: { createMs: 0 } });
  const send = async (service: string, request: Parameters<typeof awsRequest>[0]) => {
    const authorization = `AWS4-HMAC-SHA256 Credential=local/20261122/us-east-1/${service}/aws4_request`;
    const answer = await aws.handle(
      awsRequest({ ...request, headers: { authorization, ...request?.headers } }),
    );
    const text = answer.body.toString();
    if (answer.status >= 300) throw new Error(`${service}: ${answer.status} ${text}`);
    return text.startsWith('{') ? JSON.parse(text) : {};
  };
  const iam = (fields: Record<string, string>) =>
    send('iam', { body: new URLSearchParams(fields).toString() });
  const kinesis = (action: string, input: object) =>
    send('kinesis', {
      headers: {
        'content-type': 'application/x-amz-json-1.1',
        'x-amz-target': `Kinesis_20131202.${action}`,
      },
      body: JSON.stringify(input),
    });
  const gateway = (method: string, path: string, body: object = {}) =>
    send('apigateway', { method, path, body: JSON.stringify(body) });

  const statement = (more: object) =>
    JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', ...more }] });
  await iam({
    Action: 'CreateRole',
    RoleName: 'caller',
    AssumeRolePolicyDocument: statement({
      Principal: { Service: 'apigateway.amazonaws.com' },
      Action: 'sts:AssumeRole',
    }),
  });
  await iam({
    Action: 'PutRolePolicy',
    RoleName: 'caller',
    PolicyName: 'p',
    PolicyDocument: statement({ Action: 'kinesis:SubscribeToShard', Resource: '*' }),
  });
  await kinesis('CreateStream', { StreamName: 's', ShardCount: 1 });
  const { Consumer } = await kinesis('RegisterStreamConsumer', {
    StreamARN: CONSUMER.replace('/consumer/c', ''),
    ConsumerName: 'c',
  });

  const { id, rootResourceId } = await gateway('POST', '/restapis', { name: 'a' });
  const method = `/restapis/${id}/resources/${rootResourceId}/methods/GET`;
  await gateway('PUT', method, { authorizationType: 'NONE' });
  await gateway('PUT', `${method}/responses/200`);
  await gateway('PUT', `${method}/integration`, {
    type: 'AWS',
    httpMethod: 'POST',
    uri: 'arn:aws:apigateway:us-east-1:kinesis:action/SubscribeToShard',
    credentials: ROLE,
    requestTemplates: {
      'application/json': JSON.stringify({
        ConsumerARN: Consumer.ConsumerARN,
        ShardId: 'shardId-000000000000',
        StartingPosition: { Type: 'TRIM_HORIZON' },
      }),
    },
  });
  await gateway('PUT', `${method}/integration/responses/200`);
  await gateway('POST', `/restapis/${id}/deployments`, { stageName: 'dev' });
  return () =>
    aws.handle(
      awsRequest({
        method: 'GET',
        path: `/_aws/execute-api/${id}/dev/`,
        headers: { host: '127.0.0.1:4566' },
      }),
    );
}

test('an API does not pass off the start of an event stream as an answer', async () => {
  const call = await prepare();

  const { body, stream } = await call();

  expect(stream).toBeUndefined();
  expect(body.toString()).toContain(
    'The embedded API Gateway does not integrate operations that answer with a stream of events.',
  );
});
