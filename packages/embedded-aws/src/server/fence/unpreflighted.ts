import type { HttpRequest } from '../../core/http';
import { remember } from '../../core/remember';
import { credentialScope, isInQuery } from '../credentials';
import { QUERY_SERVICES } from '../dialect';
import { isBrowser } from './page';

// Browsers let a page send some requests to any server without a preflight: GET, HEAD, and POST with a
// form's content type, without headers of the page's own. Their credentials can only be in the query. AWS
// takes such requests because it verifies every signature. Here, requests that AWS's tools
// never send are refused, even if nothing shows that they come from a page.

/** The content types of forms. */
const FORM_TYPES: readonly string[] = [
  'application/x-www-form-urlencoded',
  'multipart/form-data',
  'text/plain',
];

/** Services that accept bodies of any type, or refuse foreign types themselves, as Kinesis does. */
const TAKES_ANY_TYPE: readonly string[] = ['kinesis', 'lambda', 's3'];

/** The reason why AWS's SDKs and tools cannot have sent a request; undefined when they may have. */
export function unlikeAwsTools(request: HttpRequest): string | undefined {
  const presigned = isInQuery(request) ? presignedFor(request) : undefined;
  if (presigned !== undefined) return presigned.refusal;
  const type = formType(request);
  if (type === undefined) return undefined;
  const service = credentialScope(request)?.service;
  // Requests without credentials are refused elsewhere.
  if (service === undefined || TAKES_ANY_TYPE.includes(service)) return undefined;
  if (type === FORM_TYPES[0] && QUERY_SERVICES.includes(service)) return undefined;
  return `No AWS SDK sends '${type}' to this service, but any web page can; send the content type that the service's SDK does, such as application/json or application/x-amz-json-1.1.`;
}

/** The content type, if it is a form's. */
function formType({ method, headers }: HttpRequest): string | undefined {
  const given = headers['content-type'];
  if (given === undefined || method === 'GET' || method === 'HEAD') return undefined;
  return formTypeIn(given) || undefined;
}

/** The form type of a content type, if any. Cached: it runs for every request, with few types. */
const formTypeIn = remember(100, (given: string): string => {
  const type = given.split(';', 1)[0]?.trim().toLowerCase();
  return FORM_TYPES.find((form) => form === type) ?? '';
});

interface Verdict {
  readonly refusal: string | undefined;
}

/** AWS's tools presign requests for objects of S3, and STS's GetCallerIdentity. */
function presignedFor(request: HttpRequest): Verdict | undefined {
  const service = credentialScope(request)?.service;
  // Invalid credentials are reported where they are read.
  if (service === undefined) return undefined;
  if (service === 's3') {
    // Browsers from before 2020 send a form's POST without an Origin.
    const isForm = formType(request) !== undefined && isBrowser(request.headers);
    return { refusal: isForm ? 'S3 takes no form from a web page here.' : undefined };
  }
  if (service === 'sts' && isGetCallerIdentity(request)) return { refusal: undefined };
  return {
    refusal:
      'Credentials in the query are only taken for S3 and for GetCallerIdentity of STS; send them in the header Authorization.',
  };
}

function isGetCallerIdentity({ method, query, body }: HttpRequest): boolean {
  const [action, ...others] = new URLSearchParams(query).getAll('Action');
  const isOnly = action === 'GetCallerIdentity' && others.length === 0;
  return isOnly && method === 'GET' && body.length === 0;
}
