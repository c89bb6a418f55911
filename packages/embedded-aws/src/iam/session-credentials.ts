import { randomBytes } from 'node:crypto';
import type { Caller } from '../core/caller';
import { newSecret, type Role, uniqueId } from './entities';
import { validationError } from './errors';
import { isIdentityCaller, type Session, type SessionCredentials } from './sessions';

/** Role chaining limits a session to an hour, whatever the role allows. */
const ROLE_CHAINING_LIMIT = 3600;

/** @throws AwsError ValidationError for a session that would last too long */
export function checkSessionDuration(caller: Caller, role: Role, seconds: number): void {
  const isChained = isIdentityCaller(caller) && caller.requester.roleArn !== undefined;
  if (isChained && seconds > ROLE_CHAINING_LIMIT) {
    throw validationError(
      'The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining.',
    );
  }
  if (seconds > role.maxSessionDuration) {
    throw validationError(
      'The requested DurationSeconds exceeds the MaxSessionDuration set for this role.',
    );
  }
}

/** New temporary credentials. */
export function newCredentials(durationSeconds: number): SessionCredentials {
  return {
    accessKeyId: uniqueId('ASIA', 16),
    secretAccessKey: newSecret(),
    sessionToken: randomBytes(96).toString('base64'),
    expiration: new Date(Date.now() + durationSeconds * 1000),
  };
}

/** Lambda's credentials are valid for as long. */
export const SERVICE_SESSION_SECONDS = 12 * 60 * 60;

/** Expired sessions are remembered for a day, to answer that they have expired. */
const REMEMBERED_MS = 24 * 60 * 60 * 1000;

/** Forgets the sessions that expired long ago. */
export function forgetExpired(sessions: Map<string, Session>): void {
  const limit = Date.now() - REMEMBERED_MS;
  for (const [id, { credentials }] of sessions) {
    if (credentials.expiration.getTime() <= limit) sessions.delete(id);
  }
}
