/** Who may send, where that is the stream's own to say and not the stage's. */
export const STREAM_AUTHORIZATIONS = ['AWS_IAM', 'API_KEY', 'NONE'] as const;
export type StreamAuthorization = (typeof STREAM_AUTHORIZATIONS)[number];
