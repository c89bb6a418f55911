import { required, structure } from '../../core/shapes/shape';
import { authorizeEncryption } from '../encryption-key';
import { authorizedStream, requireActive } from '../engine';
import { invalidArgument } from '../errors';
import { encryptionType, keyId, streamReference } from '../members';
import { operation } from '../operation';
import { startUpdate } from './resharding';

const input = structure({
  EncryptionType: required(encryptionType),
  KeyId: required(keyId),
  ...streamReference,
});

/**
 * Nothing is encrypted: records are marked as encrypted but stored as is. The caller needs the rights
 * that AWS asks for on the key, whether or not there is such a key.
 * https://docs.aws.amazon.com/kinesis/latest/APIReference/API_StartStreamEncryption.html
 */
export const startStreamEncryption = operation('StartStreamEncryption', input, (request, call) => {
  const stream = authorizedStream(call, request);
  if (request.EncryptionType !== 'KMS') throw invalidArgument('EncryptionType must be KMS.');
  requireActive(stream);
  authorizeEncryption(call, stream, request.KeyId);
  startUpdate(call, stream, { kind: 'encrypt', keyId: request.KeyId });
});
