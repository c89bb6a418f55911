import { unsupported } from '../errors';
import { isOneOf } from '../is-one-of';

/** All of API Gateway's extensions, or kinds of them. */
const EXPORT_EXTENSIONS = ['apigateway', 'integrations', 'authorizers'] as const;
export type ExportExtension = (typeof EXPORT_EXTENSIONS)[number];

/**
 * "Any combination" of the extensions, between commas or as parameters of the same name.
 * https://docs.aws.amazon.com/apigateway/latest/api/API_GetExport.html
 * @throws AwsError naming what is not one of them, such as `postman`
 */
export function readExportExtensions(query: URLSearchParams): readonly ExportExtension[] {
  const names = query
    .getAll('extensions')
    .flatMap((text) => text.split(','))
    .map((name) => name.trim())
    .filter((name) => name !== '');
  return names.map((name) => {
    if (isOneOf(EXPORT_EXTENSIONS, name)) return name;
    throw unsupported(`the export parameter extensions=${name}`);
  });
}
