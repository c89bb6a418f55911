import { badRequest } from '../errors';
import type { TextMap } from '../model';
import { QUOTAS } from '../quotas';

const VARIABLE_NAME = /^[a-zA-Z0-9_]+$/;
/** Characters that AWS allows in the values of stage variables. */
const VARIABLE_VALUE = /^[A-Za-z0-9\-._~:/?#&=,]*$/;

/** @throws AwsError BadRequestException for too many, and for names and values that AWS does not take */
export function checkVariables(variables: TextMap | undefined): TextMap | undefined {
  const count = Object.keys(variables ?? {}).length;
  if (count > QUOTAS.stageVariablesOfStage) {
    throw badRequest(
      `A stage can have at most ${QUOTAS.stageVariablesOfStage} stage variables, and there are ${count}`,
    );
  }
  for (const [name, value] of Object.entries(variables ?? {})) {
    if (name.length > QUOTAS.stageVariableNameCharacters) {
      throw badRequest(
        `Stage variable name has ${name.length} characters, and at most ${QUOTAS.stageVariableNameCharacters} are allowed: ${name}`,
      );
    }
    if (!VARIABLE_NAME.test(name)) {
      throw badRequest(`Stage variable name should match regex pattern: [a-zA-Z0-9_]+: ${name}`);
    }
    if (value.length > QUOTAS.stageVariableCharacters) {
      throw badRequest(
        `Stage variable value has ${value.length} characters, and at most ${QUOTAS.stageVariableCharacters} are allowed: ${name}`,
      );
    }
    if (!VARIABLE_VALUE.test(value)) {
      throw badRequest(
        `Stage variable value should match regex pattern: [A-Za-z0-9-._~:/?#&=,]+: ${value}`,
      );
    }
  }
  return variables;
}
