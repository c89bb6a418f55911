import { readFileSync } from 'node:fs';
import path from 'node:path';
import { evaluateMappingTemplate } from 'embedded-aws/velocity';

interface Given {
  readonly body?: unknown;
  readonly stream?: string;
  readonly query?: Readonly<Record<string, string>>;
}

/** Renders `templates/<name>.vtl` as API Gateway would for a request to `/streams/{stream-name}…`. */
export function render(
  name: string,
  { body, stream = 'my-kinesis-stream', query = {} }: Given = {},
) {
  const file = path.join(__dirname, '..', '..', 'templates', `${name}.vtl`);
  return evaluateMappingTemplate(readFileSync(file, 'utf8'), {
    body: body === undefined ? '' : typeof body === 'string' ? body : JSON.stringify(body),
    params: { path: { 'stream-name': stream }, querystring: { ...query }, header: {} },
    context: { requestId: 'request-1', requestOverride: {}, responseOverride: {} },
    stageVariables: {},
  });
}
