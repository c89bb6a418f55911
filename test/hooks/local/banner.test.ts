import path from 'node:path';
import { banner, eventsBanner } from '../../../hooks/local/banner';
import type { Streams } from '../../../resources/streams/declaration';
import { declaredStreams } from '../../../resources/streams/declared';

const made = {
  invokeUrl: 'http://127.0.0.1:4566/_aws/execute-api/abc/local',
  endpoint: 'http://127.0.0.1:4566',
  region: 'us-east-1',
  authorization: 'NONE',
  streams: [],
};

const FOLDER = path.join(__dirname, '..', '..', 'fixtures', 'events');
const declared = (streams: Streams) => declaredStreams(streams, { stage: 'local', folder: FOLDER });

test('any credentials do, and no secret is told, unless signatures are verified', () => {
  expect(banner(made)).toContain(
    'AWS SDKs and tools: endpoint http://127.0.0.1:4566, region us-east-1, any credentials\n',
  );
  expect(banner(made)).not.toContain('SECRET');
});

test('where they are, the secret is told, and how another terminal comes to know it', () => {
  const text = banner({ ...made, secretAccessKey: 'known-to-the-owner' });

  expect(text).toContain('region us-east-1, access key local, secret known-to-the-owner\n');
  expect(text).toContain("export LOCAL_AWS_SECRET_ACCESS_KEY='known-to-the-owner'");
});

test('a Kafka REST proxy is among the routes where there is one', () => {
  const text = banner({ ...made, kafkaRestUrl: 'https://kafka.example' });

  expect(text).toMatch(/^ {2}ANY +\/\{proxy\+\} +https:\/\/kafka\.example$/m);
});

test('event endpoints are among the routes, with a command for each stream', () => {
  const streams = declared({
    orders: { streamName: 'shop-orders', schema: 'schemas/order.json', key: '$.customerId' },
    clicks: { streamName: 'shop-clicks', senders: ['pixel'], key: 'query:page' },
    silent: { senders: [] },
  });
  const text = banner({ ...made, streams });

  expect(text).toMatch(/^ {2}POST +\/events\/orders +stream shop-orders$/m);
  expect(text).toMatch(/^ {2}POST +\/events\/orders\/batch +stream shop-orders$/m);
  expect(text).toMatch(/^ {2}GET +\/events\/clicks\/pixel +stream shop-clicks$/m);
  expect(text).not.toContain('silent');
  expect(text).toContain(
    `  curl -X POST ${made.invokeUrl}/events/orders -H 'content-type: application/json' --data-binary @schemas/order.sample.json\n`,
  );
  expect(text).toContain(`  curl '${made.invokeUrl}/events/clicks/pixel?page=home'\n`);
});

test('a stream that asks for a signature or a key does so in its command', () => {
  const streams = declared({
    signed: { authorization: 'AWS_IAM' },
    keyed: { authorization: 'API_KEY', senders: ['text'], key: 'header:X-Tenant' },
  });
  const text = eventsBanner({ ...made, streams });

  expect(text).toMatch(/\/events\/signed --aws-sigv4 .* --data-raw '\{"hello":"world"\}'$/m);
  expect(text).toMatch(
    /\/events\/keyed -H "x-api-key: \$API_KEY" -H 'content-type: text\/plain' -H 'X-Tenant: example' --data-raw 'hello'$/m,
  );
});

test('where the stage is closed, its commands carry what it asks for', () => {
  const streams = declared({
    orders: {},
    clicks: { authorization: 'NONE' },
    partners: {
      authorization: {
        type: 'LAMBDA',
        function: 'arn:aws:lambda:us-east-1:123456789012:function:f',
        identitySource: ['method.request.header.X-Partner'],
      },
    },
  });
  const text = banner({
    ...made,
    streams,
    authorization: 'COGNITO',
    readAuthorization: 'API_KEY',
  });

  expect(text).toContain(`  curl ${made.invokeUrl}/streams -H "x-api-key: $API_KEY"\n`);
  expect(text).toMatch(/\/events\/orders -H "Authorization: Bearer \$API_TOKEN" -H/);
  expect(text).toMatch(/\/events\/clicks -H 'content-type/);
  expect(text).toMatch(/\/events\/partners -H "X-Partner: \$API_TOKEN" -H/);
});
