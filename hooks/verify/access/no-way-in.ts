import type { Entrance } from '../../stage/entrances';
import { Unasked } from '../../stage/unasked';
import { variableOf } from './tokens';

/** The run has nothing to show at an entrance, so what is behind it cannot be asked. */
export class NoWayIn extends Unasked {
  /** True where the user knows, and wants the rest to be verified. */
  readonly isAccepted: boolean;

  constructor(message: string, isAccepted: boolean) {
    super(message, 'closed', { isKnown: true });
    this.isAccepted = isAccepted;
  }
}

/** A text that says what is missing, and what to do. */
export const lacksToken = (entrance: Entrance): string =>
  `There is no token for the ${entrance.name} entrance (${entrance.authorization}): set ${variablesOf(entrance)}, or pass --token-command. More: docs/verification.md#tokens`;

const variablesOf = ({ name }: Entrance) =>
  name === 'write' ? variableOf(name) : `${variableOf('write')} or ${variableOf(name)}`;

/** The reason in a report, where the user knows. */
export const withoutToken = ({ name }: Pick<Entrance, 'name'>): string =>
  `no token for the ${name} entrance`;
