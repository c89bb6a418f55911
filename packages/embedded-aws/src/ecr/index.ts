import { AwsError, notImplemented, toAwsError } from '../core/errors';
import { parseJson } from '../core/parse-json';
import { jsonAnswer, jsonError, targetAction } from '../core/protocol/json';
import type { AwsService } from '../core/service';

/**
 * ECR without repositories: nothing here makes one, so every name asked for does not exist. The
 * Serverless CLI asks when it removes a service.
 */
export function createEcr(): AwsService {
  return {
    signingName: 'ecr',
    async handle(request) {
      const { requestId, caller, body } = request;
      try {
        const action = targetAction(request) ?? '';
        if (action !== 'DescribeRepositories') throw notImplemented('ecr', action);
        const names = repositoryNames(body);
        caller.authorize('ecr:DescribeRepositories', '*');
        if (names.length > 0) throw notFound(names, caller.accountId);
        return jsonAnswer(requestId, { repositories: [] });
      } catch (thrown) {
        return jsonError(requestId, toAwsError(thrown));
      }
    },
  };
}

function repositoryNames(body: Buffer): string[] {
  try {
    const input: unknown = parseJson(body.toString('utf8') || '{}');
    const names = Object(input).repositoryNames ?? [];
    return Array.isArray(names) ? names.map(String) : [];
  } catch (cause) {
    throw new AwsError('SerializationException', 'The request body is not valid JSON.', { cause });
  }
}

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
