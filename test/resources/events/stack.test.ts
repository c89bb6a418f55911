import type { Streams } from '../../../resources/streams/declaration';
import { declaredStreams } from '../../../resources/streams/declared';
import { compiledStack } from '../../support/compiled-stack';

// What event endpoints add to the stack, by parameter and by declaration.

type Properties = Readonly<Record<string, unknown>>;

function resourcesOf(streams: Streams, values: Readonly<Record<string, string>> = {}) {
  const declared = declaredStreams(streams, { stage: 'dev', folder: __dirname });
  return compiledStack(values, 'dev', 'us-east-1', declared).Resources;
}

const propertiesOf = (
  streams: Streams,
  id: string,
  values: Readonly<Record<string, string>> = {},
): Properties | undefined => resourcesOf(streams, values)[id]?.Properties as Properties | undefined;

const typesOf = (streams: Streams, type: string, values = {}) =>
  Object.entries(resourcesOf(streams, values))
    .filter(([, { Type }]) => Type === type)
    .map(([id]) => id);

describe('who may send', () => {
  test.each([
    [undefined, 'AWS_IAM', 'AWS_IAM', false],
    [undefined, 'NONE', 'NONE', false],
    [undefined, 'API_KEY', 'NONE', true],
    ['NONE', 'AWS_IAM', 'NONE', false],
    ['NONE', 'API_KEY', 'NONE', false],
    ['AWS_IAM', 'NONE', 'AWS_IAM', false],
    ['API_KEY', 'AWS_IAM', 'NONE', true],
  ] as const)(
    'a stream with %s on a stage with %s: %s, key %s',
    (own, authorization, type, key) => {
      const streams = {
        orders: { senders: ['json', 'pixel'], ...(own && { authorization: own }) },
      } as const;
      for (const id of ['EventsOrdersMethod', 'EventsOrdersPixelMethod']) {
        expect(propertiesOf(streams, id, { authorization })).toMatchObject({
          AuthorizationType: type,
          ApiKeyRequired: key,
        });
      }
      // The others' is the stage's, whatever a stream's.
      expect(propertiesOf(streams, 'PutRecordMethod', { authorization })).toMatchObject({
        AuthorizationType: authorization === 'AWS_IAM' ? 'AWS_IAM' : 'NONE',
        ApiKeyRequired: authorization === 'API_KEY',
      });
    },
  );

  test.each([
    ['API_KEY', 'AWS_IAM', true],
    ['API_KEY', 'API_KEY', true],
    ['NONE', 'API_KEY', true],
    ['NONE', 'AWS_IAM', false],
  ] as const)('with %s on a stage with %s, there is a key: %s', (own, authorization, is) => {
    const streams = { orders: { authorization: own } };
    const ids = Object.keys(resourcesOf(streams, { authorization }));
    expect(ids.includes('ApiKey') && ids.includes('UsagePlanKey')).toBe(is);
    const declared = declaredStreams(streams, { stage: 'dev', folder: __dirname });
    const { Outputs } = compiledStack({ authorization }, 'dev', 'us-east-1', declared);
    expect(Outputs?.ApiKeyId !== undefined).toBe(is);
  });
});

test('the role writes to exactly the streams that are served, by the actions that serve them', () => {
  const role = propertiesOf(
    {
      orders: { senders: ['json'] },
      clicks: { senders: ['pixel', 'ndjson'] },
      theirs: { senders: ['json-array'], existing: true, streamName: 'somebody-elses' },
      internal: { senders: [] },
    },
    'EventsRole',
  );
  const arn = (name: string) => ({
    'Fn::Sub': `arn:\${AWS::Partition}:kinesis:\${AWS::Region}:\${AWS::AccountId}:stream/${name}`,
  });
  expect(role?.Policies).toMatchObject([
    {
      PolicyDocument: {
        Statement: [
          {
            Action: 'kinesis:PutRecord',
            Resource: ['kinesis-rest-proxy-dev-orders', 'kinesis-rest-proxy-dev-clicks'].map(arn),
          },
          {
            Action: 'kinesis:PutRecords',
            Resource: ['kinesis-rest-proxy-dev-clicks', 'somebody-elses'].map(arn),
          },
        ],
      },
    },
  ]);
});

test('a stack without event endpoints has no role, filter or alarm for them', () => {
  for (const streams of [{}, { internal: { senders: [] } }] as Streams[]) {
    expect(Object.keys(resourcesOf(streams)).filter((id) => /event/i.test(id))).toEqual([]);
  }
});

test("a stream's throttle holds for each of its endpoints, and for no other", () => {
  const streams = {
    orders: { senders: ['json', 'ndjson', 'pixel'], throttle: { rate: 5, burst: 10 } },
    clicks: { senders: ['pixel'] },
  } as const;
  const { MethodSettings } = propertiesOf(streams, 'Stage') as { MethodSettings: Properties[] };
  const limit = { ThrottlingRateLimit: 5, ThrottlingBurstLimit: 10 };
  expect(
    MethodSettings.filter(({ ResourcePath }) => String(ResourcePath).includes('events')),
  ).toEqual([
    { HttpMethod: 'POST', ResourcePath: '/~1events~1orders', ...limit },
    { HttpMethod: 'POST', ResourcePath: '/~1events~1orders~1batch', ...limit },
    { HttpMethod: 'GET', ResourcePath: '/~1events~1orders~1pixel', ...limit },
  ]);
});

describe('CORS', () => {
  const own = {
    clicks: { senders: ['json', 'ndjson', 'pixel'], origins: ['https://a.example'] },
  } as const;
  const PATHS = ['EventsClicks', 'EventsClicksBatch', 'EventsClicksPixel'];

  test('each path answers preflights itself, also beside a Kafka REST proxy', () => {
    const values = { kafkaRestUrl: 'https://kafka.example' };
    const preflights = typesOf(own, 'AWS::ApiGateway::Method', values).filter((id) =>
      id.endsWith('PreflightMethod'),
    );
    expect(preflights).toEqual(PATHS.map((path) => `${path}PreflightMethod`));
  });

  test.each([
    [{}, {}, undefined],
    [{}, { corsOrigins: '*' }, "'*'"],
    [{ authorization: 'NONE' }, { corsOrigins: 'https://stage.example' }, "'*'"],
    [own.clicks, {}, "'https://a.example'"],
    [own.clicks, { corsOrigins: 'https://stage.example' }, "'https://a.example'"],
  ] as const)('a stream with %j on a stage with %j allows %s', (settings, values, origin) => {
    const { Integration } = propertiesOf({ clicks: settings }, 'EventsClicksMethod', values) as {
      Integration: { IntegrationResponses: { ResponseParameters: Properties }[] };
    };
    for (const { ResponseParameters } of Integration.IntegrationResponses) {
      expect(ResponseParameters['method.response.header.Access-Control-Allow-Origin']).toBe(origin);
    }
  });

  test("errors of API Gateway itself are for pages of streams' own origins as well", () => {
    const headerOf = (streams: Streams, values = {}) =>
      (propertiesOf(streams, 'Default4xxResponse', values) as { ResponseParameters: Properties })
        .ResponseParameters['gatewayresponse.header.Access-Control-Allow-Origin'];
    expect(headerOf({ clicks: {} })).toBeUndefined();
    expect(headerOf({ clicks: { authorization: 'NONE' } })).toBe('method.request.header.Origin');
    expect(headerOf(own)).toBe('method.request.header.Origin');
    expect(headerOf(own, { corsOrigins: 'https://stage.example' })).toBe(
      'method.request.header.Origin',
    );
  });

  test('pages may send the headers of the parameter, and those that the stream reads', () => {
    const streams = {
      orders: {
        key: 'header:X-Tenant',
        envelope: true,
        idHeader: 'X-Event-Id',
        keepHeaders: ['X-Kept'],
        origins: ['https://a.example'],
      },
    } as const;
    const { Integration } = propertiesOf(streams, 'EventsOrdersPreflightMethod', {
      corsAllowHeaders: 'Content-Type,traceparent',
    }) as { Integration: { IntegrationResponses: { ResponseParameters: Properties }[] } };
    expect(
      Integration.IntegrationResponses[0]?.ResponseParameters[
        'method.response.header.Access-Control-Allow-Headers'
      ],
    ).toBe("'Content-Type,traceparent,X-Tenant,X-Event-Id,ce-id,Idempotency-Key,X-Kept'");
  });

  test('several origins of a stream need no stage variable, which an API of another owner lacks', () => {
    const streams = { orders: { origins: ['https://a.example', 'https://b.example'] } } as const;
    const text = JSON.stringify(
      propertiesOf(streams, 'EventsOrdersMethod', { restApiId: 'abcdefghij' }),
    );
    expect(text).toContain('https://b.example');
    expect(text).not.toContain('stageVariables');
  });
});

describe('refusals', () => {
  const streams = {
    orders: { senders: ['json', 'ndjson'] },
    clicks: { senders: ['pixel'] },
  } as const;
  const ALARMS = [
    'EventsOrdersRefusedAlarm',
    'EventsOrdersBatchRefusedAlarm',
    'EventsClicksPixelRefusedAlarm',
  ];

  test('each endpoint has an alarm on its own share, where the stage has an access log', () => {
    expect(typesOf(streams, 'AWS::CloudWatch::Alarm')).toEqual(expect.arrayContaining(ALARMS));
    expect(propertiesOf(streams, 'EventsOrdersBatchRefusedAlarm')).toMatchObject({
      MetricName: 'RefusedEvents',
      Dimensions: [
        { Name: 'Service', Value: 'kinesis-rest-proxy' },
        { Name: 'Stage', Value: 'dev' },
        { Name: 'Path', Value: '/events/orders/batch' },
      ],
    });
    const unlogged = typesOf(streams, 'AWS::CloudWatch::Alarm', { accessLogs: 'false' });
    expect(unlogged.filter((id) => ALARMS.includes(id))).toEqual([]);
  });

  test('one metric counts for all endpoints, however many', () => {
    const all = typesOf(streams, 'AWS::Logs::MetricFilter');
    expect(all.filter((id) => /Events/.test(id))).toEqual([
      'RefusedEventsMetricFilter',
      'OtherEventsMetricFilter',
    ]);
  });
});

test('endpoints whose logical ids would be the same are refused, and no others', () => {
  const batch = { senders: ['json', 'json-array'] } as const;
  expect(() => resourcesOf({ orders: batch, 'orders-batch': {} })).toThrow(
    'streams.ts: /events/orders/batch and /events/orders-batch would have the same logical ids. Rename one of the streams.',
  );
  expect(() => resourcesOf({ 'orders.batch': {}, orders: batch })).toThrow('Rename one');
  expect(() => resourcesOf({ orders: {}, 'orders-preflight': {} })).toThrow('Rename one');
  expect(() => resourcesOf({ ordersBatchPreflight: {}, orders: batch })).toThrow('Rename one');
  expect(() =>
    resourcesOf({ orders: { senders: ['json'] }, 'orders-batch': {}, ordersCloudEvent: batch }),
  ).not.toThrow();
});
