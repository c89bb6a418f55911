import { badRequest, unsupported } from '../errors';
import { isOneOf } from '../is-one-of';
import { ENDPOINT_TYPES, type EndpointType } from '../model';
import { readBasePathMode } from './base-path';
import type { ImportOptions } from './import';

/** The parameters of an import, in a request's query or a template's `Parameters`. */
export interface ImportParameters {
  readonly type: EndpointType | undefined;
  readonly options: Pick<ImportOptions, 'basePath'>;
}

/**
 * `ignore=documentation` is the default here: documentation is not kept.
 * https://docs.aws.amazon.com/apigateway/latest/api/API_ImportRestApi.html
 * @throws AwsError BadRequestException for an unknown value, and naming an unknown parameter
 */
export function readImportParameters(
  parameters: Iterable<readonly [name: string, value: string]>,
): ImportParameters {
  let type: EndpointType | undefined;
  let basePath: string | undefined;
  for (const [name, value] of parameters) {
    if (name === 'basepath') basePath = value;
    else if (name === 'endpointConfigurationTypes') type = endpointType(value);
    else if (`${name}=${value}` !== 'ignore=documentation') {
      throw unsupported(`the import parameter ${name}=${value}`);
    }
  }
  return { type, options: { basePath: readBasePathMode(basePath) } };
}

function endpointType(value: string): EndpointType {
  if (isOneOf(ENDPOINT_TYPES, value)) return value;
  throw badRequest('Invalid EndpointTypes specified. Valid options are REGIONAL,EDGE,PRIVATE');
}
