import { isTestRecord, markedKey, USER_AGENT } from '../../../hooks/stage/test-records';
import { throwAwayName } from '../../../hooks/stage/throw-away-name';

const run = throwAwayName({ service: 'kinesis-rest-proxy', stage: 'local' });
const record = (text: string, partitionKey = 'customer-7') => ({
  partitionKey,
  data: new TextEncoder().encode(text),
});

test.each([
  ['a member of the event', record(JSON.stringify({ total: 9.5, 'verification-of': `${run}-3` }))],
  ['a member of an event in an envelope', record(JSON.stringify({ body: `{"note":"${run}"}` }))],
  ['a text', record(`verification-of ${run}-0: hello`)],
  ['a form', record(new URLSearchParams({ 'verification-of': `${run}-0` }).toString())],
  ['the envelope', record(JSON.stringify({ userAgent: USER_AGENT, body: '' }))],
  ['the partition key', record('{}', markedKey(`${run}-full-499`))],
  ['a hostile partition key', record('{}', `x","y":"${markedKey(run)}`)],
])('a test record has its mark in %s', (_, given) => {
  expect(isTestRecord(given)).toBe(true);
});

test.each([
  ['an event', record('{"customerId":"customer-7","total":9.5}')],
  ['an event about verification', record('verification-of an address, verify-me')],
  ['a UUID as key', record('{}', '4bf92f35-77b3-4da6-a3ce-929d0e0e4736')],
  ['a trace id as key', record('{}', '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01')],
])('%s is no test record', (_, given) => {
  expect(isTestRecord(given)).toBe(false);
});
