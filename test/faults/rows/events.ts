import type { CheckName } from '../../../hooks/verify/checks';
import { logicalIds } from '../../../resources/logical-ids';
import type { Streams } from '../../../resources/streams/declaration';
import { type Damage, type MethodProperties, properties } from '../damage';
import type { EventPath, Fault } from '../fault';
import { limitedKinesis } from '../limited-kinesis';
import { eventSettingFaults } from './event-settings';

/** A stream of each kind, as small as the faults allow. */
const ORDERS = {
  orders: { testRecords: true, schema: 'schemas/order.json', key: '$.customerId' },
} as const satisfies Streams;
const PLAIN = { orders: { testRecords: true }, others: {} } as const satisfies Streams;
const KEYED = {
  orders: { testRecords: true, key: '$.customerId', senders: ['json', 'json-array'] },
} as const satisfies Streams;
const CLICKS = {
  clicks: {
    testRecords: true,
    senders: ['beacon', 'pixel', 'ndjson'],
    authorization: 'NONE',
    origins: ['https://shop.example'],
    envelope: true,
    keepHeaders: ['X-Page'],
  },
} as const satisfies Streams;
const LINES = {
  lines: {
    testRecords: true,
    senders: ['json', 'ndjson'],
    delimiter: 'newline',
    answer: 'empty',
  },
} as const satisfies Streams;

/** The same where consumers read: nothing may be stored, whatever is broken. */
const withoutRecords = <Declared extends Streams>(streams: Declared): Streams =>
  Object.fromEntries(
    Object.entries(streams).map(([name, stream]) => [name, { ...stream, testRecords: false }]),
  );

/** Changes the method of an event endpoint. */
const eventMethod =
  (path: EventPath, change: (method: MethodProperties) => void): Damage =>
  (template) =>
    change(properties<MethodProperties>(template, logicalIds.eventMethod(path)));

/** Changes a text in all request templates of an event endpoint. */
const inTemplates = (path: EventPath, from: string | RegExp, to: string): Damage =>
  eventMethod(path, ({ Integration: { RequestTemplates: templates } }) => {
    for (const [type, text] of Object.entries(templates)) templates[type] = changed(text, from, to);
  });

/** Changes a text in the templates of its answers, by status. */
const inAnswers = (path: EventPath, status: string, from: string | RegExp, to: string): Damage =>
  eventMethod(path, ({ Integration: { IntegrationResponses: responses } }) => {
    for (const { StatusCode, ResponseTemplates: templates = {} } of responses) {
      if (StatusCode !== status) continue;
      for (const [type, text] of Object.entries(templates)) {
        templates[type] = changed(text, from, to);
      }
    }
  });

/** A fault that changes nothing would be one that nobody can catch. */
function changed(text: string, from: string | RegExp, to: string): string {
  const result = text.replace(from, () => to);
  if (result === text) throw new TypeError(`The template has no ${from} to change: ${text}`);
  return result;
}

type Row = readonly [
  id: string,
  broken: string,
  streams: Streams,
  path: EventPath,
  caughtBy: readonly string[],
  template: Damage,
  more?: Partial<Fault>,
];

const own = (path: EventPath, names: readonly string[]) =>
  names.map((name) =>
    /^[A-Z]\w+$/.test(name) && !STAGE.has(name) ? `${path.slice(1)}/${name}` : name,
  );

/** Checks of the stage as a whole. */
const STAGE = new Set(['Repository', 'Drift', 'Served']);

const ROWS: readonly Row[] = [
  [
    'stream-of-another',
    'events go to another declared stream',
    PLAIN,
    '/events/orders',
    ['Stored'],
    inTemplates(
      '/events/orders',
      /streamName = '[^']*-orders'/,
      "streamName = 'kinesis-rest-proxy-dev-others'",
    ),
  ],
  [
    'stream-missing',
    'events go to a stream that is not declared, where no test records may stand',
    withoutRecords(PLAIN),
    '/events/orders',
    ['Reaches'],
    inTemplates('/events/orders', /streamName = '[^']*-orders'/, "streamName = 'no-such-stream'"),
  ],
  [
    'stream-of-query',
    'a query parameter chooses the stream',
    PLAIN,
    '/events/orders',
    ['Hostile'],
    inTemplates(
      '/events/orders',
      /"StreamName": "\$streamName"/,
      `"StreamName": #if($input.params('stream-name') != '')"$input.params('stream-name')"#else"$streamName"#end`,
    ),
  ],
  [
    'not-base64',
    'the body goes to Kinesis as it is and not in base64',
    PLAIN,
    '/events/orders',
    ['Stored'],
    inTemplates('/events/orders', '$util.base64Encode($data)', 'eHh4'),
  ],
  [
    'printed-again',
    "the body is stored as API Gateway's reader prints it again",
    PLAIN,
    '/events/orders',
    ['Stored'],
    inTemplates('/events/orders', '#set($data = $input.body)', "#set($data = $input.json('$'))"),
  ],
  [
    'key-elsewhere',
    'the partition key is taken from the request and not from the event',
    KEYED,
    '/events/orders',
    ['Stored', 'Key'],
    inTemplates('/events/orders', '#set($key = "$value")', '#set($key = $context.requestId)'),
  ],
  [
    'key-pasted',
    'the partition key is pasted and not encoded',
    KEYED,
    '/events/orders',
    ['Hostile'],
    inTemplates('/events/orders', `$util.escapeJavaScript($key).replaceAll("\\\\'", "'")`, '$key'),
  ],
  [
    'key-not-required',
    'an event without its partition key goes on to Kinesis',
    withoutRecords(KEYED),
    '/events/orders',
    ['Key'],
    inTemplates('/events/orders', `$refused == '' && $key == ''`, `$refused == 'never'`),
  ],
  [
    'key-too-long',
    'an event whose partition key is too long goes on to Kinesis',
    withoutRecords(KEYED),
    '/events/orders',
    ['Key'],
    inTemplates('/events/orders', '$key.length() > 256', '$key.length() > 25600'),
  ],
  [
    'batch-one-key',
    'all events of a batch get the partition key of the first',
    KEYED,
    '/events/orders/batch',
    ['Stored'],
    inTemplates(
      '/events/orders/batch',
      '$input.path("$event$keyPath")',
      '$input.path("$[0]$keyPath")',
    ),
  ],
  [
    'batch-first-element',
    'a batch stores its first event again and again',
    PLAIN,
    '/events/orders/batch',
    ['Stored'],
    inTemplates('/events/orders/batch', '$[$foreach.index]', '$[0]'),
  ],
  [
    'batch-one-request-id',
    'all events of a batch get the same partition key: the id of the request',
    PLAIN,
    '/events/orders/batch',
    ['Stored'],
    inTemplates(
      '/events/orders/batch',
      '$context.requestId$dash$foreach.index',
      '$context.requestId',
    ),
  ],
  [
    'batch-rest-dropped',
    'what a batch has beyond 500 events is dropped',
    PLAIN,
    '/events/orders/batch',
    ['Limits'],
    inTemplates(
      '/events/orders/batch',
      /#set\(\$refused = '413\|TooManyEvents[^']*'\)/,
      '#set($elements = $elements.subList(0, 500))',
    ),
  ],
  [
    'batch-hides',
    'a batch of which Kinesis refused events is answered with 200',
    PLAIN,
    '/events/orders/batch',
    ['Partial'],
    inAnswers('/events/orders/batch', '200', '#set($context.responseOverride.status = 207)', ''),
    { kinesis: limitedKinesis },
  ],
  [
    'lines-end',
    'lines of NDJSON keep their carriage return',
    LINES,
    '/events/lines/batch',
    ['Stored'],
    inTemplates('/events/lines/batch', '\\r?\\n', '\\n'),
  ],
  [
    'delimiter-twice',
    'each record ends with two newlines',
    LINES,
    '/events/lines',
    ['Stored'],
    inTemplates('/events/lines', '"$data$newline"', '"$data$newline$newline"'),
  ],
  [
    'delimiter-missing',
    'records do not end with a newline',
    LINES,
    '/events/lines',
    ['Stored'],
    inTemplates('/events/lines', '"$data$newline"', '"$data"'),
  ],
  [
    'answers-json',
    'an event is answered with 200 where 204 is declared',
    LINES,
    '/events/lines',
    ['Stored'],
    eventMethod('/events/lines', ({ Integration, MethodResponses }) => {
      for (const each of [...Integration.IntegrationResponses, ...MethodResponses]) {
        if (each.StatusCode === '204') each.StatusCode = '200';
      }
    }),
  ],
  [
    'envelope-source',
    'the envelope lacks who sent the event',
    CLICKS,
    '/events/clicks',
    ['Stored'],
    inTemplates('/events/clicks', '$context.identity.sourceIp', ''),
  ],
  [
    'envelope-header',
    'the envelope lacks a header that is to be kept',
    CLICKS,
    '/events/clicks',
    ['Stored'],
    inTemplates('/events/clicks', /keep = \[[^\]]*\]/, 'keep = []'),
  ],
  [
    'envelope-body',
    "the envelope's body is pasted and not encoded",
    CLICKS,
    '/events/clicks',
    ['Hostile'],
    inTemplates(
      '/events/clicks',
      `$util.escapeJavaScript($data).replaceAll("\\\\'", "'")`,
      '$data',
    ),
  ],
  [
    'origin-open',
    'pages of any origin may send, where no test records may stand',
    withoutRecords(CLICKS),
    '/events/clicks',
    ['ForeignOrigin'],
    inTemplates('/events/clicks', '!$origins.contains($origin)', "$origin == 'never'"),
  ],
  [
    'origin-closed',
    'pages of a listed origin may not send',
    CLICKS,
    '/events/clicks',
    ['Origins', 'Stored'],
    inTemplates(
      '/events/clicks',
      "origins = ['https://shop.example']",
      "origins = ['https://other.example']",
    ),
  ],
  [
    'preflight-closed',
    'a preflight asks for a signature',
    CLICKS,
    '/events/clicks',
    ['Preflight'],
    (template) => {
      const id = logicalIds.preflight('/events/clicks');
      properties<MethodProperties>(template, id).AuthorizationType = 'AWS_IAM';
    },
  ],
  [
    'preflight-origin',
    'a preflight names the origin of other pages',
    CLICKS,
    '/events/clicks',
    ['Preflight'],
    (template) => {
      const id = logicalIds.preflight('/events/clicks');
      const { Integration } = properties<MethodProperties>(template, id);
      for (const { ResponseParameters: parameters = {} } of Integration.IntegrationResponses) {
        parameters['method.response.header.Access-Control-Allow-Origin'] =
          "'https://other.example'";
      }
    },
  ],
  [
    'pixel-json',
    "a pixel is answered with Kinesis's JSON",
    CLICKS,
    '/events/clicks/pixel',
    ['Stored'],
    eventMethod('/events/clicks/pixel', ({ Integration: { IntegrationResponses: responses } }) => {
      for (const { StatusCode, ResponseParameters: parameters = {} } of responses) {
        if (StatusCode === '200') delete parameters['method.response.header.Content-Type'];
      }
    }),
  ],
  [
    'pixel-kept',
    'browsers may keep a pixel, and send no further event',
    CLICKS,
    '/events/clicks/pixel',
    ['Stored'],
    eventMethod('/events/clicks/pixel', ({ Integration: { IntegrationResponses: responses } }) => {
      for (const { ResponseParameters: parameters = {} } of responses) {
        delete parameters['method.response.header.Cache-Control'];
      }
    }),
  ],
  [
    'open',
    'a stream is open to everybody where the stage is closed',
    withoutRecords(PLAIN),
    '/events/orders',
    ['Access'],
    eventMethod('/events/orders', (method) => {
      method.AuthorizationType = 'NONE';
    }),
    { parameters: { authorization: 'AWS_IAM' } },
  ],
  [
    'closed',
    'a stream that is declared open asks for a signature',
    withoutRecords(CLICKS),
    '/events/clicks',
    ['Access'],
    eventMethod('/events/clicks', (method) => {
      method.AuthorizationType = 'AWS_IAM';
    }),
    { parameters: { authorization: 'AWS_IAM' } },
  ],
  [
    'type-missing',
    'a sender of JSON is refused',
    PLAIN,
    '/events/orders',
    ['Stored'],
    eventMethod('/events/orders', ({ Integration: { RequestTemplates: templates } }) => {
      for (const type of Object.keys(templates)) delete templates[type];
      templates['application/vnd.other+json'] = '{}';
    }),
  ],
  [
    'spelling-missing',
    'one spelling of a content type has no template, and the checkout has it',
    PLAIN,
    '/events/orders',
    ['Repository'],
    eventMethod('/events/orders', ({ Integration: { RequestTemplates: templates } }) => {
      delete templates['application/json; charset=utf-8'];
    }),
    { comparesCheckout: true, blames: { says: logicalIds.eventMethod('/events/orders') } },
  ],
  [
    'type-passes',
    'a body of a type without a template reaches Kinesis as it is',
    withoutRecords(PLAIN),
    '/events/orders',
    ['ContentTypes', 'Access'],
    eventMethod('/events/orders', ({ Integration }) => {
      Integration.PassthroughBehavior = 'WHEN_NO_MATCH';
    }),
  ],
  [
    'refused-as-taken',
    'an event that is refused is answered with 200',
    KEYED,
    '/events/orders',
    ['Key'],
    inAnswers('/events/orders', '400', '#set($status = 400)', '#set($status = 200)'),
  ],
  [
    'model-missing',
    'events are not compared with their schema',
    ORDERS,
    '/events/orders',
    ['Schema'],
    eventMethod('/events/orders', (method) => {
      delete method.RequestModels;
    }),
  ],
  [
    'model-missing-batch',
    'batches are not compared with the schema',
    ORDERS,
    '/events/orders/batch',
    ['Schema'],
    eventMethod('/events/orders/batch', (method) => {
      delete method.RequestModels;
    }),
  ],
  [
    'model-of-single',
    'batches are compared with the schema of one event',
    ORDERS,
    '/events/orders/batch',
    ['Stored'],
    (template) => {
      const { RequestModels: single } = properties<MethodProperties>(
        template,
        logicalIds.eventMethod('/events/orders'),
      );
      const [model] = Object.values(single ?? {});
      const batch = properties<MethodProperties>(
        template,
        logicalIds.eventMethod('/events/orders/batch'),
      );
      for (const type of Object.keys(batch.RequestModels ?? {})) {
        batch.RequestModels = { ...batch.RequestModels, [type]: model };
      }
    },
  ],
  [
    'model-laxer',
    'the model lacks one keyword of the schema: the pattern of an id',
    ORDERS,
    '/events/orders',
    ['Schema'],
    (template) => {
      for (const { Type, Properties } of Object.values(template.Resources)) {
        if (Type !== 'AWS::ApiGateway::Model') continue;
        const model = Properties as { Schema: unknown };
        model.Schema = JSON.parse(
          JSON.stringify(model.Schema).replace(/"pattern":"\^\[A-Z\]\{2\}[^"]*"/, '"title":"x"'),
        );
      }
    },
    { mayFail: ['events/orders/batch/Schema'] },
  ],
];

/** Every way in which the endpoint of a declared stream can be wrong. */
export const eventFaults: readonly Fault[] = [
  ...ROWS.map(([id, broken, streams, path, caughtBy, template, more = {}]): Fault => {
    return {
      id: `event-${id}`,
      class: 'event',
      broken: `${path}: ${broken}`,
      blames: path,
      caughtBy: own(path, caughtBy) as CheckName[],
      streams,
      template,
      ...more,
    };
  }),
  ...eventSettingFaults,
];
