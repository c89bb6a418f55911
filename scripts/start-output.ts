import { banner } from '../hooks/local/banner';

const ENDPOINT = 'http://127.0.0.1:4566';

/** The end of what `npm start` prints, for docs/local.md. */
export function startOutput(): string {
  const invokeUrl = `${ENDPOINT}/_aws/execute-api/ljmvcdzoja/local`;
  const printed = banner({
    invokeUrl,
    endpoint: ENDPOINT,
    region: 'us-east-1',
    authorization: 'NONE',
    streams: [],
  });
  return ['```', printed.trim(), '```'].join('\n');
}
