import { bodyBytes } from '../../../hooks/verify/body-bytes';

test('a body that is sent again is the same bytes', () => {
  const bytesOf = bodyBytes();
  const text = 'é'.repeat(1_000);

  expect(bytesOf(text).toString()).toBe(text);
  expect(bytesOf(text)).toBe(bytesOf(`${'é'.repeat(999)}é`));
});

test('another body is other bytes', () => {
  const bytesOf = bodyBytes();
  const first = bytesOf('first');

  expect(bytesOf('other').toString()).toBe('other');
  expect(bytesOf('').toString()).toBe('');
  expect(first.toString()).toBe('first');
});
