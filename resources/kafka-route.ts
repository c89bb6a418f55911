/**
 * The one route that calls no action of Kinesis; its name is the verifier's check, too. By itself, for
 * the canary's bundle has the verifier and not the templates.
 */
export const kafkaRoute = { name: 'KafkaRest', method: 'ANY', path: '/{proxy+}' } as const;
