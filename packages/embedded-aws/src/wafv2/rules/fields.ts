import { unsupported } from '../../core/errors';
import { listProperty, objectOf, textProperty } from '../../core/properties';
import type { Inspection } from './inspection';

/** Reads the text that a statement inspects, or decides for a body beyond the inspection limit. */
type Field = (inspection: Inspection) => Buffer | 'match' | 'no match';

const OVERSIZE = { MATCH: 'match', NO_MATCH: 'no match' } as const;

/**
 * The component that a statement inspects, after its text transformations.
 * https://docs.aws.amazon.com/waf/latest/APIReference/API_FieldToMatch.html
 * @throws AwsError NotImplemented by name
 */
export function fieldOf(statement: Readonly<Record<string, unknown>>): Field {
  const transform = transformationOf(statement);
  const [[kind = 'no FieldToMatch', given] = []] = Object.entries(objectOf(statement.FieldToMatch));
  const settings = objectOf(given);
  const plain = (read: (inspection: Inspection) => string): Field => {
    return (inspection) => transform(Buffer.from(read(inspection)));
  };
  switch (kind) {
    case 'Method':
      return plain(({ request }) => request.method);
    case 'UriPath':
      return plain(({ request }) => request.path);
    case 'QueryString':
      return plain(({ request }) => request.query);
    case 'SingleHeader': {
      const name = (textProperty(settings, 'Name') ?? '').toLowerCase();
      return plain(({ request }) => request.headers[name] ?? '');
    }
    case 'Body': {
      const handling = textProperty(settings, 'OversizeHandling') ?? 'CONTINUE';
      return ({ request: { body }, bodyLimit }) => {
        if (body.length > bodyLimit && handling !== 'CONTINUE') {
          return OVERSIZE[handling as keyof typeof OVERSIZE];
        }
        return transform(body.subarray(0, bodyLimit));
      };
    }
    default:
      throw unsupported(`the component ${kind} of WAF`);
  }
}

/** @throws AwsError NotImplemented for transformations other than NONE and LOWERCASE */
function transformationOf(statement: Readonly<Record<string, unknown>>) {
  const types = listProperty(statement, 'TextTransformations').map(
    (each) => textProperty(objectOf(each), 'Type') ?? '',
  );
  const other = types.find((type) => type !== 'NONE' && type !== 'LOWERCASE');
  if (other !== undefined) throw unsupported(`the text transformation ${other} of WAF`);
  const lowers = types.includes('LOWERCASE');
  return (bytes: Buffer) =>
    lowers ? Buffer.from(bytes.toString('latin1').toLowerCase(), 'latin1') : bytes;
}
