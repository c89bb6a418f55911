import { readFileSync } from 'node:fs';
import path from 'node:path';
import { banner } from '../hooks/local/banner';
import { parameters } from '../resources/parameters';
import { endpointTable, withEndpointTable } from '../scripts/generate-endpoint-table';

const readme = readFileSync(path.join(__dirname, '..', 'README.md'), 'utf8');

test('the endpoint table is what npm run generate:endpoints makes', () => {
  const lines = readme.split('\n');
  expect(endpointTable().filter((row) => !lines.includes(row))).toEqual([]);
  expect(withEndpointTable(readme) === readme).toBe(true);
});

test("the parameter table has every parameter, in the code's words", () => {
  for (const [name, { description }] of Object.entries(parameters)) {
    expect(readme).toMatch(new RegExp(`\\| \`${name}\` +\\|`));
    expect(readme).toContain(description);
  }
});

const region = 'us-east-1';

test('a Kafka REST proxy is among the routes where there is one', () => {
  const kafkaRestUrl = 'https://kafka.example';
  const made = { invokeUrl: 'http://api', endpoint: 'http://aws', region, kafkaRestUrl };
  expect(banner(made)).toMatch(/^ {2}ANY +\/\{proxy\+\} +https:\/\/kafka\.example$/m);
});

test('what npm start prints is what the code prints', () => {
  const endpoint = 'http://127.0.0.1:4566';
  const invokeUrl = `${endpoint}/_aws/execute-api/ljmvcdzoja/local`;
  const printed = banner({ invokeUrl, endpoint, region });
  expect(readme).toContain(printed.trim());
});
