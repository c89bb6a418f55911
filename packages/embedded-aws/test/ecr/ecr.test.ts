import {
  CreateRepositoryCommand,
  DescribeRepositoriesCommand,
  ECRClient,
} from '@aws-sdk/client-ecr';
import { createEcr } from '../../src/ecr';
import { inProcess } from '../../src/in-process';

const client = () => new ECRClient(inProcess(createEcr()));

describe('DescribeRepositories', () => {
  test('finds no repository of any name', async () => {
    const described = client().send(
      new DescribeRepositoriesCommand({ repositoryNames: ['serverless-shop-dev'] }),
    );

    await expect(described).rejects.toMatchObject({
      name: 'RepositoryNotFoundException',
      message:
        "The repository with name 'serverless-shop-dev' does not exist in the registry with id '000000000000'",
    });
  });

  test('lists none', async () => {
    const { repositories } = await client().send(new DescribeRepositoriesCommand({}));

    expect(repositories).toEqual([]);
  });
});

test('making a repository is refused by its name', async () => {
  const created = client().send(new CreateRepositoryCommand({ repositoryName: 'x' }));

  await expect(created).rejects.toMatchObject({
    name: 'UnknownOperationException',
    message: expect.stringContaining('ecr:CreateRepository'),
  });
});
