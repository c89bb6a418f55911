import { either, NO_VALUE, ref, split, type Value } from '../cloudformation';
import { logicalIds } from '../logical-ids';
import type { DeclaredStream } from '../streams/declared';
import { MODES } from './modes';

/** Who may call a method, as its properties. */
export interface Door {
  readonly AuthorizationType: Value<string>;
  readonly ApiKeyRequired: Value<boolean>;
  readonly AuthorizerId?: Value<string>;
  readonly AuthorizationScopes?: Value<string[]>;
}

/** The authorizer of the stage, which with an existing API may be its owner's. */
const stageAuthorizer = (id: string) =>
  either('NamesAuthorizer', '${param:authorizerId}' as const, ref(id));

const userPoolAuthorizer = stageAuthorizer(logicalIds.userPoolAuthorizer);
const functionAuthorizer = stageAuthorizer(logicalIds.authorizer);

/** A door of the stage's, by the conditions and the parameter that are about it. */
const stageDoor = (
  calls: 'Writes' | 'Reads',
  scopes: '${param:writeScopes}' | '${param:readScopes}',
): Door => ({
  AuthorizationType: either(
    `${calls}BySignature`,
    MODES.AWS_IAM.type,
    either(
      `${calls}ByUserPool`,
      MODES.COGNITO.type,
      either(`${calls}ByFunction`, MODES.LAMBDA.type, MODES.NONE.type),
    ),
  ),
  ApiKeyRequired: either(`${calls}ByKey`, true, false),
  AuthorizerId: either(
    `${calls}ByUserPool`,
    userPoolAuthorizer,
    either(`${calls}ByFunction`, functionAuthorizer, NO_VALUE),
  ),
  AuthorizationScopes: either(`${calls}ByScope`, split(scopes), NO_VALUE),
});

/** The stage's two doors. */
const STAGE_DOORS = {
  write: stageDoor('Writes', '${param:writeScopes}'),
  read: stageDoor('Reads', '${param:readScopes}'),
} as const;

/** The doors that the stage's parameters decide on. */
export type StageDoor = keyof typeof STAGE_DOORS;

/** The door of an endpoint of the lesson: one that only reads may have another than the others. */
export const stageDoorOf = ({ method }: { readonly method: string }): StageDoor =>
  method === 'GET' ? 'read' : 'write';

/** Who may call, as properties of a method: one of the stage's doors, or a stream's own. */
export function doorOf(door: StageDoor | DeclaredStream): Door {
  if (typeof door === 'string') return STAGE_DOORS[door];
  const { authorization, authorizer, scopes, name } = door;
  if (authorization === 'stage') return STAGE_DOORS.write;
  const { type, needsKey } = MODES[authorization];
  const bare = { AuthorizationType: type, ApiKeyRequired: needsKey };
  switch (authorization) {
    case 'COGNITO':
      return {
        ...bare,
        AuthorizerId: authorizer
          ? ref(logicalIds.streamAuthorizer(name, 'COGNITO'))
          : userPoolAuthorizer,
        ...scopesOf(scopes),
      };
    case 'LAMBDA':
      return {
        ...bare,
        AuthorizerId: authorizer
          ? ref(logicalIds.streamAuthorizer(name, 'LAMBDA'))
          : functionAuthorizer,
      };
    default:
      return bare;
  }
}

/** The stage's, or those of the stream, which may be none. */
function scopesOf(scopes: readonly string[] | undefined): Pick<Door, 'AuthorizationScopes'> {
  if (scopes === undefined) {
    return {
      AuthorizationScopes: either('HasWriteScopes', split('${param:writeScopes}'), NO_VALUE),
    };
  }
  return scopes.length > 0 ? { AuthorizationScopes: scopes } : {};
}
