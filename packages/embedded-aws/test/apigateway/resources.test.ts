import {
  DeleteResourceCommand,
  GetResourceCommand,
  GetResourcesCommand,
  UpdateResourceCommand,
} from '@aws-sdk/client-api-gateway';

import { api } from './api-with-method';

describe('resources', () => {
  test('form a tree that is listed by path', async () => {
    const { sdk, restApiId, rootId, resource } = await api();
    const streams = await resource(rootId, 'streams');
    const name = await resource(streams.id ?? '', '{stream-name}');

    const { items } = await sdk.send(new GetResourcesCommand({ restApiId }));

    expect(items).toEqual([
      { id: rootId, path: '/' },
      { id: streams.id, parentId: rootId, path: '/streams', pathPart: 'streams' },
      {
        id: name.id,
        parentId: streams.id,
        path: '/streams/{stream-name}',
        pathPart: '{stream-name}',
      },
    ]);
  });

  test('are refused in invalid places', async () => {
    const { sdk, rootId, resource } = await api();
    await resource(rootId, 'a');
    const greedy = await resource(rootId, '{proxy+}');

    await expect(resource(rootId, 'a')).rejects.toThrow(
      'Another resource with the same parent already has this name: a',
    );
    await expect(resource(rootId, '{b}')).rejects.toThrow(
      'A sibling ({proxy+}) of this resource already has a variable path part -- only one is allowed',
    );
    await expect(resource(greedy.id ?? '', 'c')).rejects.toThrow(
      'Cannot create a child of a resource with a greedy path variable: {proxy+}',
    );
    await expect(resource('nowhere', 'a')).rejects.toThrow('Invalid Resource identifier specified');
    await expect(resource(rootId, 'a b')).rejects.toThrow("Resource's path part only allow");
    expect(sdk).toBeDefined();
  });

  test('are moved with their children', async () => {
    const { sdk, restApiId, rootId, resource } = await api();
    const a = await resource(rootId, 'a');
    const b = await resource(a.id ?? '', 'b');
    const patch = (resourceId: string | undefined, path: string, value?: string) =>
      sdk.send(
        new UpdateResourceCommand({
          restApiId,
          resourceId,
          patchOperations: [{ op: 'replace', path, value }],
        }),
      );

    await patch(a.id, '/pathPart', 'renamed');
    const below = await sdk.send(new GetResourceCommand({ restApiId, resourceId: b.id }));

    expect(below.path).toBe('/renamed/b');
    await expect(patch(a.id, '/parentId', b.id)).rejects.toThrow('Resources cannot be cyclical.');
    await expect(patch(rootId, '/pathPart', 'x')).rejects.toThrow(
      'Root resource cannot update its pathPart.',
    );
    await expect(patch(a.id, '/invalid')).rejects.toThrow(
      "Invalid patch path  '/invalid' specified for op 'replace'. Must be one of: [/parentId, /pathPart]",
    );
  });

  test('are deleted with their children', async () => {
    const { sdk, restApiId, rootId, resource } = await api();
    const a = await resource(rootId, 'a');
    await resource(a.id ?? '', 'b');

    await sdk.send(new DeleteResourceCommand({ restApiId, resourceId: a.id }));

    const { items } = await sdk.send(new GetResourcesCommand({ restApiId }));
    expect(items?.map(({ path }) => path)).toEqual(['/']);
  });

  test('are at most 300 of an API, the root among them', async () => {
    const { rootId, resource } = await api();
    for (let count = 1; count < 300; count += 1) await resource(rootId, `r${count}`);

    await expect(resource(rootId, 'last')).rejects.toMatchObject({
      name: 'LimitExceededException',
      message:
        'Maximum number of Resources for this API has been reached.  Please contact AWS if you need additional Resources.',
      $metadata: { httpStatusCode: 429 },
    });
  });
});
