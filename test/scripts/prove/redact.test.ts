import { Redactor } from '../../../scripts/prove/redact';

// Evidence is published: it tells what AWS does, and nothing of whose account it was.

const ACCOUNT = '123456789012';

function redactor(): Redactor {
  const made = new Redactor();
  made.know('account', ACCOUNT);
  made.know('probes-api', 'a1b2c3d4e5');
  return made;
}

test.each([
  [`arn:aws:iam::${ACCOUNT}:role/x`, 'arn:aws:iam::<account>:role/x'],
  [
    'https://a1b2c3d4e5.execute-api.eu-west-1.amazonaws.com/x',
    'https://<probes-api>.execute-api.eu-west-1.amazonaws.com/x',
  ],
  [
    'https://z9y8x7w6v5.execute-api.eu-west-1.amazonaws.com',
    'https://<rest-api-1>.execute-api.eu-west-1.amazonaws.com',
  ],
  [
    '/restapis/z9y8x7w6v5/resources/ab12cd/methods',
    '/restapis/<rest-api-1>/resources/<resource-1>/methods',
  ],
  ['from 203.0.113.7:4711, 2001:db8:0:1:2:3:4:5', 'from <address-1>, <address-2>'],
  ['by ASIAQWERTYUIOPASDFGH of AROAQWERTYUIOPASDFGH:me', 'by <access-key-1> of <principal-1>:me'],
  ['for jane.doe@example.com', 'for <email-1>'],
  ['at 2026-11-29T12:34:56Z', 'at 2026-11-29T12:34:56Z'],
])('%s', (text, expected) => {
  expect(redactor().text(text)).toBe(expected);
});

test('the same value has the same placeholder everywhere', () => {
  const made = redactor();
  const [one, other] = [
    '0a0b0c0d-1111-4222-8333-444455556666',
    '0a0b0c0d-1111-4222-8333-444455556667',
  ];

  expect(made.text(`${one} ${other}`)).toBe('<uuid-1> <uuid-2>');
  expect(made.value({ id: other, list: [one] })).toEqual({ id: '<uuid-2>', list: ['<uuid-1>'] });
});

test('digits of an account within others are no account', () => {
  const made = new Redactor();
  made.know('account', '000000000000');

  expect(made.text('shardId-000000000000 in 000000000000 of 10000000000009')).toBe(
    'shardId-000000000000 in <account> of 10000000000009',
  );
});

test('signatures, tokens and keys are left out, bytes are kept, long texts are cut', () => {
  const value = redactor().value({
    headers: {
      Authorization: 'AWS4…',
      'x-amz-security-token': 'x',
      'X-Api-Key': 'k',
      accept: '*/*',
    },
    body: Uint8Array.of(0, 255),
    long: 'x'.repeat(5_000),
  }) as Record<string, unknown>;

  expect(value.headers).toEqual({
    Authorization: '<left out>',
    'x-amz-security-token': '<left out>',
    'X-Api-Key': '<left out>',
    accept: '*/*',
  });
  expect(value.body).toEqual({ base64: 'AP8=' });
  expect(value.long).toMatch(/^x{4000}… \(5000 characters\)$/);
});
