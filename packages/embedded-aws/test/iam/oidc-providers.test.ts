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
    ).rejects.toMatchObject({ name: 'InvalidInputException' });
  },
);
