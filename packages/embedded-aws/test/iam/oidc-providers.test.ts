import {
  CreateOpenIDConnectProviderCommand,
  DeleteOpenIDConnectProviderCommand,
  GetOpenIDConnectProviderCommand,
  ListOpenIDConnectProvidersCommand,
} from '@aws-sdk/client-iam';
import { clients } from './clients';

const Url = 'https://token.actions.githubusercontent.com';
const OpenIDConnectProviderArn =
  'arn:aws:iam::000000000000:oidc-provider/token.actions.githubusercontent.com';

test('a provider is made, read, listed and deleted, and is one of its URL', async () => {
  const { client } = clients();
  const create = () =>
    client.send(
      new CreateOpenIDConnectProviderCommand({ Url, ClientIDList: ['sts.amazonaws.com'] }),
    );
  const list = async () =>
    (await client.send(new ListOpenIDConnectProvidersCommand({}))).OpenIDConnectProviderList;

  expect(await create()).toMatchObject({ OpenIDConnectProviderArn });
  expect(
    await client.send(new GetOpenIDConnectProviderCommand({ OpenIDConnectProviderArn })),
  ).toMatchObject({
    Url: 'token.actions.githubusercontent.com',
    ClientIDList: ['sts.amazonaws.com'],
    ThumbprintList: [],
    CreateDate: expect.any(Date),
  });
  await expect(create()).rejects.toMatchObject({
    name: 'EntityAlreadyExistsException',
    message: `Provider with url ${Url} already exists.`,
  });
  expect(await list()).toEqual([{ Arn: OpenIDConnectProviderArn }]);

  await client.send(new DeleteOpenIDConnectProviderCommand({ OpenIDConnectProviderArn }));

  expect(await list()).toEqual([]);
});

test.each(['http://issuer.example', 'issuer.example'])(
  '%s is no URL of a provider',
  async (url) => {
    const { client } = clients();

    await expect(
      client.send(new CreateOpenIDConnectProviderCommand({ Url: url })),
    ).rejects.toMatchObject({ name: 'ValidationError' });
  },
);

// L, 17 and 18-02-2026
test.each([
  [
    { ThumbprintList: Array.from({ length: 6 }, () => 'a'.repeat(40)) },
    'must contain fewer than 5',
  ],
  [
    { ThumbprintList: ['short'], ClientIDList: [''], Url: `https://${'a'.repeat(256)}` },
    "3 validation errors detected: Value at 'clientIDList' failed to satisfy constraint: Member must satisfy constraint: [Member must have length less than or equal to 255, Member must have length greater than or equal to 1]; Value at 'thumbprintList'",
  ],
])('%o is refused', async (input, message) => {
  const { client } = clients();

  await expect(
    client.send(new CreateOpenIDConnectProviderCommand({ Url, ...input })),
  ).rejects.toMatchObject({ message: expect.stringContaining(message) });
});

// L, 18-02-2026
test('a provider that is not there cannot be deleted', async () => {
  const { client } = clients();

  await expect(
    client.send(new DeleteOpenIDConnectProviderCommand({ OpenIDConnectProviderArn })),
  ).rejects.toMatchObject({
    message: `OpenId connect Provider ${OpenIDConnectProviderArn} cannot be found.`,
  });
});
