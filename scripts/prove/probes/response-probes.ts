import { type GatewayProbe, gatewayProbe, statusTypeAndBody } from './gateway';

const status = (code: number) => ({ 'application/json': `{"statusCode": ${code}}` });
const GIF = 'R0lGODlhAQABAAAAACwAAAAAAQABAAACAkQBADs=';

/** How an integration's answer becomes the client's. */
export const responseProbes: readonly GatewayProbe[] = [
  gatewayProbe({
    name: 'accept',
    question: 'Which response template, and which content type, follow from Accept?',
    rows: ['api-gateway: response template'],
    route: {
      templates: status(200),
      responses: [
        {
          status: '200',
          templates: { 'application/xml': '<xml/>', 'application/json': '{"json": true}' },
        },
      ],
    },
    requests: {
      none: { headers: { accept: '*/*' } },
      xml: { headers: { accept: 'application/xml' } },
      list: { headers: { accept: 'text/html, application/xml;q=0.9' } },
      other: { headers: { accept: 'text/csv' } },
    },
    look: statusTypeAndBody,
    expected: {
      none: '200 application/json {"json": true}',
      xml: '200 application/xml <xml/>',
      list: '200 application/xml <xml/>',
      other: '200 application/json {"json": true}',
    },
  }),
  gatewayProbe({
    name: 'no-default',
    question: 'What is answered where no pattern matches and there is no default?',
    rows: ['api-gateway: no match and no default'],
    route: { templates: status(200), responses: [{ status: '400', pattern: '4\\d{2}' }] },
    requests: { ask: {} },
    look: statusTypeAndBody,
    expected: { ask: '500 application/json {"message": "Internal server error"}' },
  }),
  gatewayProbe({
    name: 'default-alone',
    question: 'Does a default alone hide an error behind its own status?',
    rows: ['api-gateway: a default alone'],
    route: { templates: status(400) },
    requests: { ask: {} },
    expected: { ask: '200' },
  }),
  gatewayProbe({
    name: 'two-patterns',
    question: 'Which of two patterns that match one status wins?',
    rows: ['api-gateway: their language'],
    route: {
      templates: status(404),
      responses: [
        { status: '500' },
        { status: '404', pattern: '40\\d' },
        { status: '400', pattern: '4\\d{2}' },
      ],
    },
    requests: { ask: {} },
    expected: { ask: '404' },
  }),
  gatewayProbe({
    name: 'pattern-anchored',
    question: 'Must a pattern match the whole status?',
    rows: ['api-gateway: their language'],
    route: {
      templates: status(404),
      responses: [{ status: '500' }, { status: '400', pattern: '4' }],
    },
    requests: { ask: {} },
    expected: { ask: '500' },
  }),
  gatewayProbe({
    name: 'header-mapping',
    question: 'Are headers mapped from constants, context and stage variables?',
    rows: ['api-gateway: header mapping', 'api-gateway: parameter mapping'],
    route: {
      templates: status(200),
      responses: [
        {
          status: '200',
          headers: {
            'X-Constant': "'constant'",
            'X-Stage': 'context.stage',
            'X-Variable': 'stageVariables.shown',
          },
        },
      ],
    },
    requests: { ask: {} },
    look: ({ headers }) =>
      [headers['x-constant'], headers['x-stage']?.replace(/-.*/, ''), headers['x-variable']].join(
        ' ',
      ),
    expected: { ask: 'constant prove variable' },
  }),
  gatewayProbe({
    name: 'preflight',
    question: 'Does a mock answer a preflight with the headers that are declared?',
    rows: ['api-gateway: CORS preflight with a mock'],
    route: {
      method: 'OPTIONS',
      templates: status(204),
      responses: [
        {
          status: '204',
          headers: {
            'Access-Control-Allow-Origin': "'https://a.example'",
            'Access-Control-Allow-Methods': "'GET,OPTIONS'",
          },
        },
      ],
    },
    requests: {
      ask: { headers: { origin: 'https://a.example', 'access-control-request-method': 'GET' } },
    },
    look: ({ status: code, headers }) =>
      `${code} ${headers['access-control-allow-origin']} ${headers['access-control-allow-methods']}`,
    expected: { ask: '204 https://a.example GET,OPTIONS' },
  }),
  gatewayProbe({
    name: 'pixel',
    question: 'Does a template give back the bytes of a GIF that are all below 128?',
    rows: ['api-gateway: images that are text: SVG, a GIF of 7-bit bytes'],
    route: {
      templates: status(200),
      responses: [
        {
          status: '200',
          templates: { 'application/json': `$util.base64Decode('${GIF}')` },
          headers: { 'Content-Type': "'image/gif'" },
        },
      ],
    },
    requests: { image: { headers: { accept: 'image/*' } } },
    look: ({ headers, body }) =>
      `${headers['content-type']} ${Buffer.from(body).toString('base64')}`,
    expected: { image: `image/gif ${GIF}` },
  }),
  gatewayProbe({
    name: 'compressed-answer',
    question: "Is an answer beyond the API's minimum size compressed for a client that takes it?",
    rows: ['api-gateway: compression of answers', 'api-gateway: which coding'],
    route: {
      templates: status(200),
      responses: [
        {
          status: '200',
          // Beyond the probes' API's 100,000 bytes.
          templates: {
            'application/json': `#foreach($i in [1..1000])${'0123456789'.repeat(11)}#end`,
          },
        },
      ],
    },
    requests: {
      gzip: { headers: { 'accept-encoding': 'gzip' } },
      identity: { headers: { 'accept-encoding': 'identity' } },
      'deflate before gzip': { headers: { 'accept-encoding': 'gzip;q=0.5, deflate' } },
      'another coding first': { headers: { 'accept-encoding': 'br, gzip;q=0.5' } },
    },
    look: ({ headers, body }) => [headers['content-encoding'] ?? 'plain', body.length],
    expected: {
      gzip: ['gzip', 110_000],
      identity: ['plain', 110_000],
      'deflate before gzip': ['deflate', 110_000],
      'another coding first': ['plain', 110_000],
    },
  }),
  gatewayProbe({
    name: 'override-by-index',
    question: 'Are overrides set by index and by put, as well as with dots?',
    rows: ['api-gateway: spellings of overrides'],
    route: {
      templates: {
        'application/json':
          '#set($context["responseOverride"]["status"] = 418)$context.responseOverride.header.put("X-Put", "put")\n{"statusCode": 200}',
      },
    },
    requests: { both: {} },
    look: ({ status: code, headers }) => [code, headers['x-put']],
    expected: { both: [418, 'put'] },
  }),
  gatewayProbe({
    name: 'override-ignored',
    question:
      'Is a status of $context.responseOverride that is none ignored, and one that is undeclared sent?',
    rows: ['api-gateway: status that the method does not declare'],
    route: {
      templates: {
        'application/json':
          '#set($context.responseOverride.status = $input.path("$.status"))\n{"statusCode": 200}',
      },
    },
    requests: {
      undeclared: { headers: { 'content-type': 'application/json' }, body: '{"status": 418}' },
      none: { headers: { 'content-type': 'application/json' }, body: '{"status": 42}' },
    },
    look: ({ status: code }) => code,
    expected: { undeclared: 418, none: 200 },
  }),
];
