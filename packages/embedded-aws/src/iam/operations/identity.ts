import type { ConditionValues } from '../../core/caller';
import { required } from '../../core/shapes/shape';
import type { IamAccount } from '../account';
import type { Role, User } from '../entities';
import { name } from './members';

/** The ARN of a role, even of one that does not exist. */
export const roleArn = (account: IamAccount, roleName: string, path = '/'): string =>
  account.roles.get(roleName)?.arn ?? account.arnOf('role', path, roleName);

/** The ARN of a user, even of one that does not exist. */
export const userArn = (account: IamAccount, userName: string, path = '/'): string =>
  account.users.get(userName)?.arn ?? account.arnOf('user', path, userName);

/** Abstracts the operations that differ only by name between roles and users. */
export interface IdentityKind {
  readonly kind: 'Role' | 'User';
  /** `RoleName` or `UserName`, declared; read it with {@link IdentityKind.nameIn}. */
  readonly named: object;
  nameIn(input: object): string;
  arn(account: IamAccount, input: object): string;
  find(account: IamAccount, input: object): Role | User;
  /** The condition key for the boundary that the identity has. */
  boundary(account: IamAccount, input: object): ConditionValues;
}

/** The condition key of actions that set a boundary, or change what a boundary limits. */
export const boundaryValue = (arn: string | undefined): ConditionValues => ({
  'iam:PermissionsBoundary': arn,
});

/** The condition key of actions that attach or detach a managed policy. */
export const policyValue = (arn: string): ConditionValues => ({ 'iam:PolicyARN': arn });

function identityKind(
  kind: IdentityKind['kind'],
  arnOf: (account: IamAccount, name: string) => string,
  find: (account: IamAccount, name: string) => Role | User,
): IdentityKind {
  const member = `${kind}Name`;
  const nameIn = (input: object) => String(Reflect.get(input, member));
  return {
    kind,
    named: { [member]: required(name) },
    nameIn,
    arn: (account, input) => arnOf(account, nameIn(input)),
    find: (account, input) => find(account, nameIn(input)),
    boundary(account, input) {
      const known = kind === 'Role' ? account.roles : account.users;
      return boundaryValue(known.get(nameIn(input))?.permissionsBoundary?.arn);
    },
  };
}

export const ROLE = identityKind('Role', roleArn, (account, roleName) => account.role(roleName));
export const USER = identityKind('User', userArn, (account, userName) => account.user(userName));
