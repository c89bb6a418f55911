export { type CloudWatch, createCloudWatch } from './cloudwatch';
export { cloudWatchResourceHandlers } from './resource-handlers';
