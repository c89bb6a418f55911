import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import { type GatewayProbe, gatewayProbe, showing } from './gateway';

const json = (value: unknown) => ({
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(value),
});

const coded = (coding: string, body?: Buffer) => ({
  headers: { 'content-type': 'text/plain', 'content-encoding': coding },
  ...(body !== undefined && { body }),
});

/** How a request is read before a template sees it. */
export const requestProbes: readonly GatewayProbe[] = [
  gatewayProbe({
    name: 'content-type',
    question:
      'Which template is chosen where the content type has parameters, another case, or is absent?',
    rows: [
      'api-gateway: content type, in choosing a template or a model',
      'api-gateway: a request without a type',
    ],
    route: {
      templates: {
        'application/json': showing('#set($text = "json")'),
        'text/plain': showing('#set($text = "plain")'),
        'text/plain;charset=UTF-8': showing('#set($text = "plain with charset")'),
      },
    },
    requests: {
      absent: {},
      // fetch names no type for bytes.
      'absent, with a body': { body: Buffer.from('{}') },
      json: json({}),
      'json with charset': {
        headers: { 'content-type': 'application/json; charset=utf-8' },
        body: '{}',
      },
      'JSON in capitals': { headers: { 'content-type': 'APPLICATION/JSON' }, body: '{}' },
      plain: { headers: { 'content-type': 'text/plain' }, body: 'x' },
      'plain;charset=UTF-8': { headers: { 'content-type': 'text/plain;charset=UTF-8' }, body: 'x' },
      'plain; charset=utf-8': {
        headers: { 'content-type': 'text/plain; charset=utf-8' },
        body: 'x',
      },
      'another type': { headers: { 'content-type': 'text/csv' }, body: 'x' },
    },
    expected: {
      absent: '200 json',
      'absent, with a body': '200 json',
      json: '200 json',
      'json with charset': '200 json',
      'JSON in capitals': '200 json',
      plain: '200 plain',
      'plain;charset=UTF-8': '200 plain with charset',
      'plain; charset=utf-8': '200 plain',
      'another type': '415',
    },
  }),
  gatewayProbe({
    name: 'default-template',
    question: 'Is a template named $default used for other content types?',
    rows: ['api-gateway: content type, in choosing a template or a model'],
    route: { templates: { $default: showing('#set($text = "default")') } },
    requests: { csv: { headers: { 'content-type': 'text/csv' }, body: 'x' } },
    expected: { csv: '200 default' },
  }),
  gatewayProbe({
    name: 'template-names',
    question: 'Is a template found by a name that every object of a language has?',
    rows: ['api-gateway: template names'],
    route: { templates: { 'application/json': showing('#set($text = "json")') } },
    requests: Object.fromEntries(
      ['__proto__', 'constructor', 'toString'].map((name) => [
        `named ${name}`,
        { headers: { 'content-type': name }, body: '{}' },
      ]),
    ),
    expected: { 'named __proto__': '415', 'named constructor': '415', 'named toString': '415' },
  }),
  gatewayProbe({
    name: 'template-wildcards',
    question: 'Do wildcards and suffixes in the key of a template stand for other content types?',
    rows: ['api-gateway: wildcards and suffixes in these keys'],
    route: {
      templates: Object.fromEntries(
        ['*/*', 'text/*', 'application/*+json'].map((key) => [
          key,
          showing(`#set($text = "${key}")`),
        ]),
      ),
    },
    requests: {
      text: { headers: { 'content-type': 'text/csv' }, body: 'x' },
      suffix: { headers: { 'content-type': 'application/cloudevents+json' }, body: '{}' },
      itself: { headers: { 'content-type': 'text/*' }, body: 'x' },
    },
    expected: { text: '415', suffix: '415', itself: '200 text/*' },
  }),
  ...(['WHEN_NO_MATCH', 'WHEN_NO_TEMPLATES'] as const).map((passthrough) =>
    gatewayProbe({
      name: passthrough.toLowerCase().replaceAll('_', '-'),
      question: `Does ${passthrough} hand on a body whose content type has no template?`,
      rows: ['api-gateway: passthrough behaviours'],
      route: { templates: { 'application/xml': showing('#set($text = "xml")') }, passthrough },
      // The mock integration answers with the status in the request that it is given.
      requests: { csv: { headers: { 'content-type': 'text/csv' }, body: '{"statusCode": 200}' } },
      expected: { csv: passthrough === 'WHEN_NO_MATCH' ? '200' : '415' },
    }),
  ),
  gatewayProbe({
    name: 'params-order',
    question: 'Does $input.params take the path before the query before the header?',
    rows: ['api-gateway: `$input.params`'],
    route: {
      child: '{x}',
      vtl: "#set($text = \"$input.params('x')|$input.params('y')|$input.params('z')\")",
    },
    requests: {
      all: { at: '/path?x=query&y=query', headers: { x: 'header', y: 'header' } },
    },
    expected: { all: '200 path|query|' },
  }),
  gatewayProbe({
    name: 'path-encoded',
    question: 'Are path parameters decoded where a template reads them?',
    rows: ['api-gateway: path parameters'],
    route: { child: '{x}', vtl: '#set($text = $input.params("x"))' },
    requests: { escapes: { at: '/a%20b%2Bc%C3%A9' }, plus: { at: '/a+b' } },
    expected: { escapes: '200 a%20b%2Bc%C3%A9', plus: '200 a+b' },
  }),
  gatewayProbe({
    name: 'header-case',
    question: 'Are headers found whatever their case, and in which are they listed?',
    rows: ['api-gateway: header names in templates'],
    route: {
      vtl: "#set($text = \"$input.params('X-Probe-Name')|$input.params('x-probe-name')|$input.params().header.get('X-Probe-Name')|#foreach($h in $input.params().header.keySet())#if($h.equalsIgnoreCase('x-probe-name'))$h#end#end\")",
    },
    requests: { lower: { headers: { 'x-probe-name': 'v' } } },
    expected: { lower: '200 v|v||x-probe-name' },
  }),
  gatewayProbe({
    name: 'query-raw',
    question: 'What becomes of |, {, } and ; in a query that are not escaped?',
    rows: [
      'api-gateway: pipes and braces as they are in the query',
      'api-gateway: `;` in the query',
    ],
    route: { vtl: "#set($text = \"$input.params('q')|$input.params('r')\")" },
    requests: { bar: { at: '?q=a|b' }, braces: { at: '?q={a}' }, semicolon: { at: '?q=a;r=b' } },
    expected: { bar: '400', braces: '400', semicolon: '200 a|b' },
  }),
  gatewayProbe({
    name: 'method-override',
    question:
      'Does X-HTTP-Method-Override change the method, does a template see it, and which method is signed?',
    rows: ['api-gateway: `X-HTTP-Method-Override`'],
    route: {
      method: 'ANY',
      vtl: '#set($text = "$context.httpMethod|$input.params(\'X-HTTP-Method-Override\')")',
    },
    requests: {
      override: { method: 'POST', headers: { 'x-http-method-override': 'DELETE' } },
      'no method': { method: 'POST', headers: { 'x-http-method-override': 'BREW' } },
    },
    expected: { override: '200 DELETE|', 'no method': '200 POST|' },
  }),
  gatewayProbe({
    name: 'forwarded-for',
    question: 'How many addresses does X-Forwarded-For have after a client sent one of its own?',
    route: { vtl: "#set($text = \"$input.params('X-Forwarded-For').split(',').size()\")" },
    requests: { own: { headers: { 'x-forwarded-for': '192.0.2.1' } }, none: {} },
    expected: { own: '200 2', none: '200 1' },
  }),
  gatewayProbe({
    name: 'user-agent',
    question: 'Does $context.identity.userAgent print quotes and backslashes as they are?',
    rows: ['api-gateway: what the client sent, in `$context`'],
    route: { vtl: '#set($text = $context.identity.userAgent)' },
    requests: { hostile: { headers: { 'user-agent': 'a"b\\c' } } },
    expected: { hostile: '200 a"b\\c' },
  }),
  gatewayProbe({
    name: 'raw-body',
    question: 'Is $input.body the text that came: broken JSON, a BOM, a NUL, a surrogate pair?',
    rows: ['api-gateway: bytes that are no UTF-8, of a type that is not listed'],
    route: {
      templates: { 'text/plain': showing('#set($text = $input.body)') },
    },
    requests: {
      empty: { headers: { 'content-type': 'text/plain' } },
      broken: { headers: { 'content-type': 'text/plain' }, body: '{"a": ' },
      bom: { headers: { 'content-type': 'text/plain' }, body: '\uFEFFx' },
      nul: { headers: { 'content-type': 'text/plain' }, body: 'a\u0000b' },
      text: { headers: { 'content-type': 'text/plain' }, body: 'é 🎉 $x #if(1) \r\n' },
      'no UTF-8': {
        headers: { 'content-type': 'text/plain' },
        body: Uint8Array.of(0x61, 0xff, 0x62),
      },
    },
    expected: {
      empty: '200 {}',
      broken: '200 {"a": ',
      bom: '200 \uFEFFx',
      nul: '200 a\u0000b',
      text: '200 é 🎉 $x #if(1) \r\n',
      'no UTF-8': '200 a\uFFFDb',
    },
  }),
  gatewayProbe({
    name: 'compressed-request',
    question: 'Which codings of a body are undone before the template, and what of the others?',
    rows: [
      'api-gateway: compressed requests',
      'api-gateway: the same, too large',
      'api-gateway: the same, without a body',
    ],
    route: { templates: { 'text/plain': showing('#set($text = $input.body)') } },
    requests: {
      gzip: coded('gzip', gzipSync('é')),
      deflate: coded('deflate', deflateSync('é')),
      'another coding': coded('br', brotliCompressSync('é')),
      'no gzip': coded('gzip', Buffer.from('é')),
      'too large': coded('gzip', gzipSync(Buffer.alloc(10 * 1024 * 1024 + 1, 'x'))),
      'no body': coded('gzip'),
    },
    expected: {
      gzip: '200 é',
      deflate: '200 é',
      'another coding': '415',
      'no gzip': '415',
      'too large': '413',
      'no body': '200 {}',
    },
  }),
  gatewayProbe({
    name: 'binary-body',
    question: 'Is a body of a binary media type base64 after CONVERT_TO_TEXT?',
    rows: ['api-gateway: binary media types', 'api-gateway: the same, row by row'],
    route: {
      contentHandling: 'CONVERT_TO_TEXT',
      templates: { 'application/octet-stream': showing('#set($text = $input.body)') },
    },
    requests: {
      bytes: {
        headers: { 'content-type': 'application/octet-stream' },
        body: Uint8Array.of(0, 255, 128, 10),
      },
    },
    expected: { bytes: '200 AP+ACg==' },
  }),
  gatewayProbe({
    name: 'mapping-without-json',
    question: 'What does a mapping from the body answer to a body that is no JSON?',
    rows: ['api-gateway: mapping from a body that is no JSON'],
    route: {
      vtl: '#set($text = "rendered")',
      parameters: { 'integration.request.header.X-Mapped': 'method.request.body.x' },
    },
    requests: {
      json: json({ x: 'y' }),
      broken: { headers: { 'content-type': 'application/json' }, body: '{"x": ' },
    },
    expected: { json: '200 rendered', broken: '400' },
  }),
  gatewayProbe({
    name: 'too-large',
    question: 'What is said of a body of more than 10 MiB, and do gateway responses change it?',
    rows: ['api-gateway: payload larger than 10 MiB', 'api-gateway: `REQUEST_TOO_LARGE`'],
    route: { templates: { 'text/plain': showing('#set($text = "taken")') } },
    requests: {
      large: { headers: { 'content-type': 'text/plain' }, body: 'x'.repeat(10 * 1024 * 1024 + 1) },
    },
    look: ({ status, headers, body }) => `${status} ${headers['x-why']} ${body}`,
    expected: { large: '413 undefined {"message":"Request Too Long"}' },
  }),
  gatewayProbe({
    name: 'any-method',
    question: 'Does ANY take a method that has none of its own?',
    rows: ['api-gateway: `ANY`'],
    route: { method: 'ANY', vtl: '#set($text = $context.httpMethod)' },
    requests: { patch: { method: 'PATCH' }, delete: { method: 'DELETE' } },
    expected: { patch: '200 PATCH', delete: '200 DELETE' },
  }),
  gatewayProbe({
    name: 'no-model',
    question: 'Is a body validated whose content type has no model?',
    rows: ['api-gateway: content type without a model'],
    route: {
      schema: { type: 'object', required: ['id'] },
      templates: {
        'application/json': showing('#set($text = "json")'),
        'text/plain': showing('#set($text = "plain")'),
      },
    },
    requests: {
      plain: { headers: { 'content-type': 'text/plain' }, body: 'no id' },
      json: json({ id: 1 }),
      'json with charset': {
        headers: { 'content-type': 'application/json; charset=utf-8' },
        body: '{}',
      },
    },
    expected: { plain: '200 plain', json: '200 json', 'json with charset': '422' },
  }),
  gatewayProbe({
    name: 'why-invalid',
    question:
      'Are quotes in validationErrorString escaped in a gateway response, and are directives run there?',
    rows: ['api-gateway: status, headers, templates of a type', 'api-gateway: their template'],
    route: {
      schema: { type: 'object', required: ['id'], properties: { id: { type: 'string' } } },
      vtl: '#set($text = "valid")',
    },
    requests: {
      missing: json({}),
      wrong: json({ id: 1 }),
      xml: {
        ...json({}),
        headers: { 'content-type': 'application/json', accept: 'application/xml' },
      },
    },
    look: ({ status, headers, body }) =>
      `${status} ${headers['x-why']} ${headers['content-type']} ${body}`,
    expected: {
      missing:
        '422 body application/json {"type": "BAD_REQUEST_BODY", "why": "[object has missing required properties ([\\"id\\"])]", "twice": #if(true)1#end}',
      wrong:
        '422 body application/json {"type": "BAD_REQUEST_BODY", "why": "[instance type (integer) does not match any allowed primitive type (allowed: [\\"string\\"])]", "twice": #if(true)1#end}',
      xml: '422 body application/xml <why>[object has missing required properties ([\\"id\\"])]</why>',
    },
  }),
];
