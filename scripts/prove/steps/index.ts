import type { Choices } from '../options';
import type { Step } from '../run';
import type { StepName } from '../step-names';
import { contract } from './contract';
import { deploy } from './deploy';
import { nothingLeft } from './nothing-left';
import { parameterSteps } from './parameters';
import { probesStep } from './probes';
import { remove } from './remove';
import { rollback } from './rollback';
import { shadow } from './shadow';
import { verify } from './verify';

const BETWEEN: Readonly<Record<StepName, (choices: Choices) => readonly Step[]>> = {
  verify: () => [verify],
  contract: () => [contract],
  parameters: parameterSteps,
  shadow: () => [shadow],
  rollback: () => [rollback],
  probes: () => [probesStep],
};

/** The first step; without it there is nothing to prove. */
export const FIRST = deploy;

/** The steps that leave the account as it was. */
export const LAST: readonly Step[] = [remove, nothingLeft];

/** The steps between the first and the last, in their order. */
export const stepsBetween = (choices: Choices): Step[] =>
  (Object.keys(BETWEEN) as StepName[])
    .filter((name) => choices.only?.includes(name) ?? true)
    .flatMap((name) => BETWEEN[name](choices));
