/** Options of `verify` for an API that this service did not make. */
export const DOOR_OPTIONS = {
  url: {
    usage: 'Verify the API at this URL instead of the stage; --routes describes it',
    type: 'string',
  },
  routes: { usage: 'The routes of the API at --url, a .json or .yml file', type: 'string' },
  stream: {
    usage: 'Verify the API at --url with this stream, which gets records that stay',
    type: 'string',
  },
} as const;
