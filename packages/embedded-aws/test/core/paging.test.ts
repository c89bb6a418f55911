import { AwsError } from '../../src/core/errors';
import { pageOf } from '../../src/core/paging';

const items = ['a', 'b', 'c', 'd', 'e'];
const invalid = (token: string) => new AwsError('InvalidToken', token);

test('pages follow each other to the end of the list', () => {
  const pages: (readonly string[])[] = [];
  let token: string | undefined;
  do {
    const page = pageOf(items, { token, size: 2 }, invalid);
    pages.push(page.items);
    token = page.nextToken;
  } while (token !== undefined);

  expect(pages).toEqual([['a', 'b'], ['c', 'd'], ['e']]);
});

test('a page as long as the list is the last', () => {
  expect(pageOf(items, { token: undefined, size: 5 }, invalid).nextToken).toBeUndefined();
});

test.each(['2', 'nobody', Buffer.from('{"index":-1}').toString('base64url')])(
  'the token %j, which no page had, is refused',
  (token) => {
    expect(() => pageOf(items, { token, size: 2 }, invalid)).toThrow(token);
  },
);
