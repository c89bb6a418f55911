/** Names the deployment that answered, so that clients and the verifier can tell versions apart. */
export const DEPLOYMENT_HEADER = 'X-Deployment-Id';
