import { type Resources, resource } from './cloudformation';
import { restApiId } from './existing-api';
import { logicalIds } from './logical-ids';
import { CONTENT_TYPES, type ModelName, models } from './models';

/** The request models, and the validator that every method has. */
export const validation: Resources = {
  [logicalIds.requestValidator]: resource('AWS::ApiGateway::RequestValidator', {
    RestApiId: restApiId,
    Name: 'everything',
    ValidateRequestBody: true,
    ValidateRequestParameters: true,
  }),
  ...Object.fromEntries(
    (Object.keys(models) as ModelName[]).flatMap((name) =>
      CONTENT_TYPES.map((contentType) => [
        logicalIds.model(name, contentType),
        resource('AWS::ApiGateway::Model', {
          RestApiId: restApiId,
          Name: logicalIds.model(name, contentType),
          ContentType: contentType,
          Schema: models[name][contentType],
        }),
      ]),
    ),
  ),
};
