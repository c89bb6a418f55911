/**
 * Where stages that have a Kafka REST proxy find a sound one, of either make; everywhere else
 * nobody is at home.
 */
export const KAFKA_REST_URL = 'https://kafka-rest.example:8082';
export const KARAPACE_URL = 'https://karapace.example:8082';
