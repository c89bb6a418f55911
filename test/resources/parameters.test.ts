import { localEndpoint } from '../../resources/parameters';

test('the local endpoint is the embedded AWS unless the user names another', () => {
  expect(localEndpoint(undefined, {})).toBe('http://127.0.0.1:4566');
  expect(localEndpoint(undefined, { LOCAL_AWS_PORT: '4570' })).toBe('http://127.0.0.1:4570');
  expect(
    localEndpoint(undefined, { LOCAL_AWS_ENDPOINT: 'http://floci:4566/', LOCAL_AWS_PORT: '1' }),
  ).toBe('http://floci:4566');
  expect(localEndpoint('4571', { LOCAL_AWS_PORT: '4570' })).toBe('http://127.0.0.1:4571');
});
