import { kinesisIntegration, mockIntegration } from '../api-under-test';
import { authorizedApi, TOKEN } from './authorized-api';

const APP = 'https://app.example';

/** A method that writes, and what the API answers when a browser asks. */
const apiFor = (allowed: string) =>
  authorizedApi({
    routes: [
      {
        method: 'POST',
        path: '/',
        integration: kinesisIntegration({
          Uri: 'arn:aws:apigateway:eu-west-1:kinesis:action/PutRecord',
        }),
      },
      {
        method: 'OPTIONS',
        path: '/',
        integration: mockIntegration({
          IntegrationResponses: [
            {
              StatusCode: '200',
              ResponseParameters: {
                'method.response.header.Access-Control-Allow-Origin': `'${allowed}'`,
              },
            },
          ],
        }),
        properties: {
          MethodResponses: [
            {
              StatusCode: '200',
              ResponseParameters: { 'method.response.header.Access-Control-Allow-Origin': false },
            },
          ],
        },
      },
    ],
  });

test.each([
  [APP, 200],
  ['https://other.example', 403],
])('a page with a token is held to CORS that allows %s: %d', async (allowed, status) => {
  const api = await apiFor(allowed);
  const fromPage = { method: 'POST', path: '/', headers: { ...TOKEN, origin: APP } };

  expect((await api.call(fromPage)).status).toBe(status);
  expect(api.sent.filter(({ service }) => service === 'kinesis')).toHaveLength(
    status === 200 ? 1 : 0,
  );
});

test('a page without a token learns that it needs one, and its preflight is answered', async () => {
  const api = await apiFor(APP);

  const refused = await api.call({ method: 'POST', path: '/', headers: { origin: APP } });
  const asked = await api.call({
    method: 'OPTIONS',
    path: '/',
    headers: { origin: APP, 'access-control-request-method': 'POST' },
  });

  expect(refused.status).toBe(401);
  expect(asked).toMatchObject({
    status: 200,
    headers: { 'Access-Control-Allow-Origin': APP },
  });
  expect(api.events).toEqual([]);
});
