/** The only ports at which API Gateway calls HTTP endpoints. */
const PORT =
  '(80|443|102[4-9]|10[3-9]\\d|1[1-9]\\d\\d|[2-9]\\d{3}|[1-5]\\d{4}|6[0-4]\\d{3}|65[0-4]\\d\\d|655[0-2]\\d|6553[0-5])';

/**
 * URLs to which API Gateway can append a path: no braces, which would declare a parameter; no
 * query, which would swallow the path; no trailing slash, which would be doubled. No credentials,
 * which anybody could read who may see the template, the method or the stack's history.
 */
export const KAFKA_REST_URL = new RegExp(
  `^(|https?://[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?(:${PORT})?(/[A-Za-z0-9._~-]+)*)$`,
);

export const KAFKA_REST_URL_IN_WORDS =
  'an http or https URL such as https://kafka-rest.example.com:8082, at port 80, 443 or from 1024, without credentials (everybody who may see the template could read them), query or slash at its end';

/** Addresses of a local or private network. */
const NOT_PUBLIC =
  /^https?:\/\/(localhost|127\.|10\.|192\.168\.|172\.(1[6-9]|2\d|3[01])\.|169\.254\.)/i;

/**
 * Warnings about the configured Kafka REST proxy.
 * @param stage `local` has none: no traffic leaves the laptop
 */
export function kafkaWarnings(url: string, stage: string, authorization: unknown): string[] {
  if (url === '' || stage === 'local') return [];
  const warnings: string[] = [];
  if (/^http:/i.test(url)) {
    warnings.push(
      `Stage ${stage} sends records to the Kafka REST proxy in the clear: kafkaRestUrl is ${url}. Everybody on the way between API Gateway and it can read and change them; give it an https URL.`,
    );
  }
  if (NOT_PUBLIC.test(url)) {
    warnings.push(
      `API Gateway calls the Kafka REST proxy over the internet, and cannot reach ${url} there: verification will say so. Give kafkaRestUrl an address that is public.`,
    );
  }
  if (authorization === 'NONE') {
    warnings.push(
      `Anybody who knows the URL of stage ${stage} can do all that its Kafka REST proxy can.`,
    );
  }
  return warnings;
}
