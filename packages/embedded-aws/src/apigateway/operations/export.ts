import { RawAnswer } from '../../core/protocol/rest';
import { deploymentOf } from '../entities/deployments';
import { stageOf } from '../entities/stages';
import { badRequest } from '../errors';
import { isOneOf } from '../is-one-of';
import { type ExportOptions, exportStage, exportVersion } from '../openapi/export';
import { readExportExtensions } from '../openapi/export-extensions';
import { EXPORT_TYPES } from '../openapi/export-models';
import { writeYamlDocument } from '../openapi/write-yaml';
import type { ControlRequest, Operation } from '../operation';
import { apiOf } from './rest-apis';

export const exportOperations: readonly Operation[] = [
  {
    name: 'GetExport',
    route: 'GET /restapis/{restApiId}/stages/{stageName}/exports/{exportType}',
    status: 200,
    handle(request) {
      const options = readOptions(request);
      const document = exportStage(options);
      const isYaml = request.accept.includes('yaml');
      const file = `${options.type}_${exportVersion(options)}.${isYaml ? 'yaml' : 'json'}`;
      return new RawAnswer({
        status: 200,
        headers: {
          // Also for clients that ask for JSON, as boto3 does (recorded: test_export_oas30_openapi,
          // 15-04-2024); that it is so for YAML is inferred.
          'content-type': 'application/octet-stream',
          'content-disposition': `attachment; filename="${file}"`,
        },
        body: isYaml ? writeYamlDocument(plain(document)) : JSON.stringify(document, null, 2),
      });
    },
  },
];

function readOptions(request: ControlRequest): ExportOptions {
  const api = apiOf(request);
  const stage = stageOf(api, request.param('stageName'));
  const type = request.param('exportType');
  if (!isOneOf(EXPORT_TYPES, type)) {
    throw badRequest(`No API exporter for type '${type}'`);
  }
  return {
    scope: request.region.scope,
    api,
    stage,
    deployment: deploymentOf(api, stage.deploymentId),
    type,
    extensions: readExportExtensions(request.query),
  };
}

/** Without members that are undefined. */
function plain(document: unknown): unknown {
  return JSON.parse(JSON.stringify(document));
}
