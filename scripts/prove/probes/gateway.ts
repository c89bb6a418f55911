import type { Bench, Observed, Probe } from './probe';
import type { ProbeAnswer, ProbeRequest } from './recorder';

export interface RouteResponse {
  readonly status: string;
  /** Absent for the default. */
  readonly pattern?: string;
  readonly templates?: Readonly<Record<string, string>>;
  /** Of the answer, by name: a mapping expression. */
  readonly headers?: Readonly<Record<string, string>>;
}

/** A method of the probes' API: `/<name of the probe>`, with a mock behind it. */
export interface Route {
  readonly method?: string;
  /** A path parameter below the probe's own path, such as `{x}`. */
  readonly child?: string;
  /** Templates by content type; a mapping template of a mock ends with the status to answer. */
  readonly templates: Readonly<Record<string, string>>;
  readonly passthrough?: 'NEVER' | 'WHEN_NO_MATCH' | 'WHEN_NO_TEMPLATES';
  readonly contentHandling?: 'CONVERT_TO_TEXT';
  readonly parameters?: Readonly<Record<string, string>>;
  /** A JSON schema for bodies of application/json. */
  readonly schema?: object;
  readonly responses?: readonly RouteResponse[];
}

interface Asked extends ProbeRequest {
  /** Behind the probe's path: `/a%20b`, `?x=1`. */
  readonly at?: string;
}

export interface GatewayProbe extends Probe {
  readonly route: Route;
}

/** How a template tells what it sees: the value of `$text` comes back in this header, in base64. */
export const HEADER = 'Probe';

/**
 * A mapping template of a mock that sends back the value that `vtl` gives to `$text`: the mock has no
 * body of its own to show, but a request template may set headers of the answer.
 */
export const showing = (vtl: string): string =>
  `${vtl}\n#set($context.responseOverride.header.${HEADER} = $util.base64Encode($text))\n{"statusCode": 200}`;

interface Given {
  readonly name: string;
  readonly question: string;
  readonly rows?: readonly string[];
  readonly route: Omit<Route, 'templates'> & {
    /** Of application/json: what sets `$text`; or all templates as they are. */
    readonly vtl?: string;
    readonly templates?: Route['templates'];
  };
  readonly requests: Readonly<Record<string, Asked>>;
  /** By request: the status and the text, or whatever `look` returns. */
  readonly expected: Readonly<Record<string, unknown>>;
  readonly look?: (answer: ProbeAnswer) => unknown;
}

/** A probe that is a route and some requests to it. */
export function gatewayProbe({
  name,
  question,
  rows = [],
  route,
  requests,
  expected,
  look = statusAndText,
}: Given): GatewayProbe {
  const { vtl, templates, ...rest } = route;
  return {
    name,
    question,
    rows,
    expected,
    route: {
      ...rest,
      templates: { ...templates, ...(vtl !== undefined && { 'application/json': showing(vtl) }) },
    },
    async ask({ probesUrl, recorder }: Bench): Promise<Observed> {
      const observed: Record<string, unknown> = {};
      for (const [title, { at = '', ...request }] of Object.entries(requests)) {
        const method =
          request.method ?? (route.method === 'ANY' ? 'PATCH' : (route.method ?? 'POST'));
        const answer = await recorder.http(`${probesUrl}/${name}${at}`, { ...request, method });
        observed[title] = look(answer);
      }
      return observed;
    },
  };
}

/** `200 text`, or the status alone where the template showed nothing. */
function statusAndText({ status, headers }: ProbeAnswer): string {
  const { [HEADER.toLowerCase()]: shown } = headers;
  return shown === undefined ? String(status) : `${status} ${Buffer.from(shown, 'base64')}`;
}

/** `200 application/json {…}` */
export const statusTypeAndBody = ({ status, headers, body }: ProbeAnswer): string =>
  `${status} ${headers['content-type'] ?? 'no type'} ${body.slice(0, 300)}`;
