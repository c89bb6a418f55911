import { GetAuthorizerCommand } from '@aws-sdk/client-api-gateway';
import { compare } from './compare';
import { type Look, orMissing, physicalIdOf } from './look';
import { declaredAuthorizer, liveAuthorizer } from './shapes';

/** The authorizers of the API. Which of them a method asks is compared with the method. */
export const lookAtAuthorizers: Look = async (site, declared) => {
  const { restApiId } = site.target;
  const looks = declared.map(async ([id, properties]) => {
    const authorizerId = physicalIdOf(site, id);
    const live = await orMissing(
      site.apiGateway.send(new GetAuthorizerCommand({ restApiId, authorizerId })),
    );
    return compare(
      `Authorizer ${id}`,
      declaredAuthorizer(properties),
      live && liveAuthorizer(live),
    );
  });
  return (await Promise.all(looks)).flat();
};
