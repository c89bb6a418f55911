/**
 * The one route that does not call Kinesis. Its name is also the name of the verifier's check. In a
 * file of its own because the canary's bundle includes the verifier but not the templates.
 */
export const kafkaRoute = { name: 'KafkaRest', method: 'ANY', path: '/{proxy+}' } as const;
