import type { IntegrationSupport } from '../entities/integration-target';
import type { HttpMethod, Resource, RestApi } from '../model';
import type { JsonObject, OpenApiDocument } from './document';
import type { ImportFindings } from './import-findings';

/** The API that the paths of a document are added to, and what their operations need. */
export interface PathsPlace {
  readonly api: RestApi;
  readonly document: OpenApiDocument;
  /** The base path that each path begins with. */
  readonly prefix: string;
  /** The ids of request validators by their names in the document. */
  readonly validators: ReadonlyMap<string, string>;
  readonly support: IntegrationSupport;
  readonly findings: ImportFindings;
}

/** One operation of a document, and the context of its import. */
export interface OperationPlace extends PathsPlace {
  readonly resource: Resource;
  readonly httpMethod: HttpMethod;
  readonly operation: JsonObject;
  /** The parameters of the path item. */
  readonly pathParameters: readonly unknown[];
}
