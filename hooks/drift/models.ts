import { GetModelsCommand, GetRequestValidatorsCommand } from '@aws-sdk/client-api-gateway';
import { sharesApi } from '../stage/target';
import { compare } from './compare';
import { added, type Look, physicalIdOf } from './look';
import { declaredModel, declaredValidator, liveModel, liveValidator } from './shapes';

/** More than the stack has of either; both lists come in one page. */
const PAGE = 500;

/** Every API that the console or CloudFormation makes begins with these. */
const EVERY_API_HAS = ['Empty', 'Error'];

export const lookAtModels: Look = async ({ apiGateway, target }, declared) => {
  const { restApiId } = target;
  const { items: models = [] } = await apiGateway.send(
    new GetModelsCommand({ restApiId, limit: PAGE }),
  );
  const known = [...EVERY_API_HAS, ...declared.map(([, { Name }]) => Name)];
  const others = models.filter(({ name }) => !known.includes(name));
  return [
    ...declared.flatMap(([id, properties]) => {
      const live = models.find(({ name }) => name === properties.Name);
      return compare(`Model ${id}`, declaredModel(properties), live && liveModel(live));
    }),
    ...(sharesApi(target) ? [] : others.map(({ name }) => added(`Model ${name}`))),
  ];
};

export const lookAtValidators: Look = async (site, declared) => {
  const { apiGateway, target } = site;
  const { restApiId } = target;
  const { items: validators = [] } = await apiGateway.send(
    new GetRequestValidatorsCommand({ restApiId, limit: PAGE }),
  );
  const known = declared.map(([id]) => physicalIdOf(site, id));
  const others = validators.filter(({ id = '' }) => !known.includes(id));
  return [
    ...declared.flatMap(([id, properties]) => {
      const live = validators.find((each) => each.id === physicalIdOf(site, id));
      return compare(`Validator ${id}`, declaredValidator(properties), live && liveValidator(live));
    }),
    ...(sharesApi(target) ? [] : others.map(({ name }) => added(`Validator ${name}`))),
  ];
};
