import { RawAnswer } from '../../core/protocol/rest';
import { deploymentOf } from '../entities/deployments';
import { stageOf } from '../entities/stages';
import { badRequest, unsupported } from '../errors';
import { isOneOf } from '../is-one-of';
import { EXPORT_EXTENSIONS, type ExportExtensions, exportStage } from '../openapi/export';
import { EXPORT_TYPES } from '../openapi/export-models';
import type { ControlRequest, Operation } from '../operation';
import { apiOf } from './rest-apis';

export const exportOperations: readonly Operation[] = [
  {
    name: 'GetExport',
    route: 'GET /restapis/{restApiId}/stages/{stageName}/exports/{exportType}',
    status: 200,
    handle(request) {
      const api = apiOf(request);
      const stage = stageOf(api, request.param('stageName'));
      const type = request.param('exportType');
      if (!isOneOf(EXPORT_TYPES, type)) {
        throw badRequest(`No API exporter for type '${type}'`);
      }
      if (request.accept.includes('yaml')) throw unsupported('exports in YAML');
      const document = exportStage({
        scope: request.region.scope,
        api,
        stage,
        deployment: deploymentOf(api, stage.deploymentId),
        type,
        extensions: readExtensions(request),
      });
      const day = new Date(request.now * 1000).toISOString().slice(0, 10);
      return new RawAnswer({
        status: 200,
        headers: {
          'content-type': 'application/octet-stream',
          'content-disposition': `attachment; filename="${type}_${day}.json"`,
        },
        body: JSON.stringify(document, null, 2),
      });
    },
  },
];

function readExtensions({ query }: ControlRequest): ExportExtensions | undefined {
  const extensions = query.get('extensions');
  if (extensions === null || isOneOf(EXPORT_EXTENSIONS, extensions)) return extensions ?? undefined;
  throw unsupported(`the export parameter extensions=${extensions}`);
}
