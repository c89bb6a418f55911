import { badRequest, conflict, notFound } from '../errors';
import { PART_ID_LENGTH, randomId } from '../ids';
import type { Members } from '../members';
import type { RequestValidator, RestApi } from '../model';
import { newestMethods } from './resources';

export function requestValidatorOf(api: RestApi | undefined, id: string): RequestValidator {
  const validator = api?.requestValidators.get(id);
  if (validator === undefined) throw notFound('Invalid Request Validator identifier specified');
  return validator;
}

export function createRequestValidator(
  api: RestApi,
  input: Members,
  id = randomId(PART_ID_LENGTH),
): RequestValidator {
  const validator: RequestValidator = {
    id,
    name: input.text('name') ?? id,
    validateRequestBody: input.flag('validateRequestBody') ?? false,
    validateRequestParameters: input.flag('validateRequestParameters') ?? false,
  };
  if (validator.name === '') throw badRequest('Request Validator name cannot be blank');
  api.requestValidators.set(id, validator);
  return validator;
}

/** @throws AwsError ConflictException if a method uses the validator */
export function deleteRequestValidator(api: RestApi, id: string): void {
  requestValidatorOf(api, id);
  for (const { where, method } of newestMethods(api)) {
    if (method.requestValidatorId === id) {
      throw conflict(`Cannot delete validator '${id}', is referenced in method: ${where}`);
    }
  }
  api.requestValidators.delete(id);
}
