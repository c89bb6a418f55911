import type { Serverless } from '../framework';

/** An existing REST API that the endpoints are added to, and where in it they are. */
export interface ExistingApi {
  readonly restApiId: string;
  readonly rootResourceId: string;
  /** '' for the root itself, or `/kinesis`. */
  readonly rootPath: string;
  /** The name of the API's stage that goes live with the routes. */
  readonly stageName: string;
  /** Service and stage, by which the service knows its own deployments again. */
  readonly owner: string;
}

/** How to read what says where an API is. */
type Read = (name: 'restApiId' | 'rootResourceId' | 'rootPath' | 'restApiStage') => string;

/**
 * The API that the parameters name.
 * @returns undefined where the stack has one of its own
 */
export function existingApi(serverless: Serverless, read: Read): ExistingApi | undefined {
  const restApiId = read('restApiId');
  if (restApiId === '') return undefined;
  const stage = serverless.getProvider('aws').getStage();
  return {
    restApiId,
    rootResourceId: read('rootResourceId'),
    rootPath: read('rootPath'),
    stageName: read('restApiStage') || stage,
    owner: `${serverless.service.service}-${stage}`,
  };
}
