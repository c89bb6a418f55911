import { listen } from '../../src/server/listen';

test.each([
  ['x-price', '5 €'],
  ['x price', '5'],
])('the client is told of a header that HTTP does not carry: %s', async (name, value) => {
  const listener = await listen(0, async () => ({
    status: 200,
    headers: { 'x-before': 'é', [name]: value },
    body: 'whole',
  }));

  const answer = await fetch(`http://127.0.0.1:${listener.port}/`);
  const body = await answer.json();
  await listener.close();

  expect(answer.status).toBe(500);
  expect(answer.headers.has('x-before')).toBe(false);
  expect(body).toEqual({
    __type: 'InternalFailure',
    message: expect.stringContaining(`'${name}'`),
  });
});
