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
