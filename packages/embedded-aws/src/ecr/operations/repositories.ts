import { AwsError } from '../../core/errors';
import { operationFor } from '../../core/protocol/operation';
import { list, text } from '../../core/shapes/shape';

const operation = operationFor<undefined>();

export const repositoryOperations = {
  DescribeRepositories: operation({
    input: { repositoryNames: list(text) },
    run({ repositoryNames: names = [] }, { caller }) {
      if (names.length > 0) throw notFound(names, caller.accountId);
      return { repositories: [] };
    },
  }),
};

function notFound(names: readonly string[], accountId: string): AwsError {
  const which =
    names.length === 1
      ? `repository with name '${names[0]}' does`
      : `repositories ${names.map((name) => `'${name}'`).join(', ')} do`;
  return new AwsError(
    'RepositoryNotFoundException',
    `The ${which} not exist in the registry with id '${accountId}'`,
  );
}
