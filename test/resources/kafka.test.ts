import { APIGatewayClient } from '@aws-sdk/client-api-gateway';
import { KinesisClient } from '@aws-sdk/client-kinesis';
import { addressByContent } from '../../hooks/template/deployment';
import { preflight } from '../../hooks/verify/preflight';
import { kafkaWarnings } from '../../resources/kafka-rest-url';
import { checkParameters } from '../../resources/parameters/check';
import { compiledStack } from '../support/compiled-stack';
import { deployInProcess, type InProcessStage } from '../support/in-process-stage';
import { createKafkaRest } from '../support/kafka-rest';

const kafkaRestUrl = 'https://kafka-rest.example.com:8082';

function methodsOf(values: Readonly<Record<string, string>>) {
  const { Resources } = compiledStack({ kafkaRestUrl, ...values });
  const propertiesOf = (id: string) =>
    JSON.parse(JSON.stringify(Resources[id]?.Properties ?? null));
  return { any: propertiesOf('KafkaRestMethod'), options: propertiesOf('ProxyPreflightMethod') };
}

describe('the stack', () => {
  test('has nothing of Kafka unless it is told a URL', () => {
    const { Resources } = compiledStack({ corsOrigins: '*' });

    expect(JSON.stringify(Resources)).not.toMatch(/kafka|proxy\+/i);
  });

  test('has the lesson’s route beside the others, which stay as they are', () => {
    const { any } = methodsOf({});

    expect(any).toMatchObject({
      HttpMethod: 'ANY',
      ResourceId: { Ref: 'ProxyResource' },
      RequestParameters: { 'method.request.path.proxy': true },
      Integration: {
        Type: 'HTTP_PROXY',
        IntegrationHttpMethod: 'ANY',
        Uri: `${kafkaRestUrl}/{proxy}`,
        RequestParameters: { 'integration.request.path.proxy': 'method.request.path.proxy' },
      },
    });
    const { ProxyResource, KafkaRestMethod, ...others } = compiledStack({ kafkaRestUrl }).Resources;
    const { Deployment: after, ...rest } = others;
    const { Deployment: before, ...without } = compiledStack().Resources;
    expect(rest).toEqual(without);
    expect(after?.DependsOn).toContain('KafkaRestMethod');
    expect(before?.DependsOn).not.toContain('KafkaRestMethod');
    expect([ProxyResource, KafkaRestMethod]).not.toContain(undefined);
  });

  test.each([
    ['AWS_IAM', 'AWS_IAM', false, { 'X-Amz-Security-Token': "'withheld'" }],
    ['API_KEY', 'NONE', true, { 'x-api-key': "'withheld'" }],
    ['NONE', 'NONE', false, {}],
  ])(
    'with %s it lets in whom the others do, and keeps what let them in',
    (authorization, type, asksForKey, kept) => {
      const { any } = methodsOf({ authorization });

      expect(any).toMatchObject({ AuthorizationType: type, ApiKeyRequired: asksForKey });
      expect(any.Integration.RequestParameters).toEqual({
        'integration.request.path.proxy': 'method.request.path.proxy',
        ...Object.fromEntries(
          Object.entries(kept).map(([name, value]) => [
            `integration.request.header.${name}`,
            value,
          ]),
        ),
      });
    },
  );

  test('answers preflights itself, open, where the stage allows origins', () => {
    expect(methodsOf({}).options).toBeNull();

    const { options } = methodsOf({ corsOrigins: 'https://app.example', authorization: 'AWS_IAM' });

    expect(options).toMatchObject({
      HttpMethod: 'OPTIONS',
      AuthorizationType: 'NONE',
      ResourceId: { Ref: 'ProxyResource' },
      Integration: { Type: 'MOCK' },
    });
    const [response] = options.Integration.IntegrationResponses;
    expect(response.ResponseParameters).toMatchObject({
      'method.response.header.Access-Control-Allow-Origin': "'https://app.example'",
      'method.response.header.Access-Control-Allow-Methods': "'GET,POST,PUT,PATCH,DELETE,HEAD'",
    });
  });

  test('is deployed anew when the URL changes', () => {
    const deploymentOf = (url: string) =>
      Object.keys(addressByContent(compiledStack({ kafkaRestUrl: url })).Resources).find((id) =>
        /^Deployment[0-9a-f]{10}$/.test(id),
      );

    expect(deploymentOf(kafkaRestUrl)).toBeDefined();
    expect(deploymentOf(kafkaRestUrl)).not.toBe(deploymentOf('https://other.example'));
    expect(deploymentOf(kafkaRestUrl)).not.toBe(deploymentOf(''));
  });
});

describe('kafkaRestUrl', () => {
  test.each([
    'https://kafka-rest.example.com',
    'http://kafka-rest.example.com:8082',
    'http://127.0.0.1:80',
    'https://example.com:65535/kafka/v2_~.x',
    '',
  ])('%j is taken', (url) => {
    expect(() => checkParameters({ kafkaRestUrl: url })).not.toThrow();
  });

  test.each([
    ['no scheme', 'kafka-rest.example.com:8082'],
    ['another scheme', 'ftp://kafka.example.com'],
    ['credentials', 'https://user:secret@kafka.example.com'],
    ['a query', 'https://kafka.example.com?x=1'],
    ['a fragment', 'https://kafka.example.com/#x'],
    ['a slash at its end', 'https://kafka.example.com/'],
    ['an empty segment', 'https://kafka.example.com//v2'],
    ['a parameter of API Gateway’s', 'https://kafka.example.com/{proxy}'],
    ['a stage variable', 'https://$'.concat('{stageVariables.host}')],
    ['a quote', "https://kafka.example.com/'"],
    ['a blank', 'https://kafka.example.com/a b'],
    ['a line break', 'https://kafka.example.com\n'],
    ['a port that API Gateway does not call', 'https://kafka.example.com:22'],
    ['port 1023', 'https://kafka.example.com:1023'],
    ['port 65536', 'https://kafka.example.com:65536'],
    ['no host', 'https://'],
  ])('%s is refused, with what would be right', (_, url) => {
    expect(() => checkParameters({ kafkaRestUrl: url })).toThrow(
      /^Parameter 'kafkaRestUrl' is .*It takes an http or https URL such as/s,
    );
  });

  test('credentials are refused without being printed', () => {
    const check = () => checkParameters({ kafkaRestUrl: 'https://user:s3cret@kafka.example.com' });

    expect(check).toThrow("Parameter 'kafkaRestUrl' is 'https://***@kafka.example.com'. It takes");
    expect(check).toThrow(
      /without credentials \(everybody who may see the template could read them\)/,
    );
  });

  test.each([
    ['http://kafka.example.com', 'dev', 'AWS_IAM', [/in the clear/]],
    ['https://10.0.0.7:8082', 'dev', 'AWS_IAM', [/cannot reach https:\/\/10\.0\.0\.7:8082/]],
    ['http://localhost:8082', 'prod', 'API_KEY', [/in the clear/, /cannot reach/]],
    ['https://kafka.example.com', 'dev', 'NONE', [/can do all that its Kafka REST proxy can/]],
    ['https://kafka.example.com', 'dev', 'AWS_IAM', []],
    ['http://127.0.0.1:8082', 'local', 'NONE', []],
    ['', 'dev', 'NONE', []],
  ])('%s on stage %s with %s warns of %j', (url, stage, authorization, warnings) => {
    expect(kafkaWarnings(url, stage, authorization)).toEqual(
      warnings.map((warning) => expect.stringMatching(warning)),
    );
  });
});

describe('what lets a caller in does not go on to the Kafka REST proxy', () => {
  const listTopics = async (stage: InProcessStage) => {
    const target = await stage.target();
    const { sign } = await preflight(target, {
      apiGateway: new APIGatewayClient(stage.sdk()),
      kinesis: new KinesisClient(stage.sdk()),
    });
    return stage.transport(await sign(new Request(`${target.invokeUrl}/topics`)));
  };

  test.each([
    ['API_KEY', { 'x-api-key': 'withheld' }],
    ['AWS_IAM', { 'x-amz-security-token': 'withheld' }],
  ])('%s', async (authorization, withheld) => {
    const kafka = createKafkaRest('orders');
    const stage = await deployInProcess({ kafkaRestUrl, authorization }, () => {}, {}, kafka.fetch);

    const answer = await listTopics(stage);

    expect(await answer.json()).toEqual(['orders']);
    const [{ headers = {} } = {}] = kafka.requests;
    expect(headers).toMatchObject(withheld);
    expect(headers).not.toHaveProperty('authorization');
  });
});
