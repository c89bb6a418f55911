import { banner } from '../../../hooks/local/banner';

const made = {
  invokeUrl: 'http://127.0.0.1:4566/_aws/execute-api/abc/local',
  endpoint: 'http://127.0.0.1:4566',
  region: 'us-east-1',
};

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
