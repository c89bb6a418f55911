import { type ParameterName, parameters } from '../resources/parameters';
import { table } from './markdown';

const OFF_LOCALLY = '`true`; `false` on stage `local`';

/** Descriptions of defaults that the value alone does not explain. */
const DEFAULTS: Partial<Record<ParameterName, string>> = {
  authorization: '`AWS_IAM`; `NONE` on stage `local`',
  readAuthorization: 'as `authorization`',
  manageStreams: '`true`; `false` on stage `prod`',
  endpointThrottles: OFF_LOCALLY,
  shadow: OFF_LOCALLY,
  restApiStage: "the stage's name",
  invokeUrl: "the API's own",
};

/** The parameters of a stage, for docs/parameters.md. */
export function parameterTable(): string {
  const names = Object.keys(parameters) as ParameterName[];
  return table(
    ['parameter', 'default', 'what it does'],
    names.map((name) => {
      const { default: value, description } = parameters[name];
      const shown = DEFAULTS[name] ?? (value === '' ? 'none' : `\`${value}\``);
      return [`\`${name}\``, shown, description];
    }),
  );
}
