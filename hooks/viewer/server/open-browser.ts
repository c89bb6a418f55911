import { spawn } from 'node:child_process';

/**
 * Opens a page in the desktop's browser; does nothing where there is no desktop.
 * @param url seen by everybody who may list this machine's processes
 */
export function openBrowser(url: string): void {
  const [command, ...args] = opener(url);
  if (command === undefined) return;
  const child = spawn(command, args, { stdio: 'ignore', detached: true });
  child.on('error', () => {});
  child.unref();
}

function opener(url: string): string[] {
  const { DISPLAY, WAYLAND_DISPLAY } = process.env;
  switch (process.platform) {
    case 'darwin':
      return ['open', url];
    case 'win32':
      return ['rundll32', 'url.dll,FileProtocolHandler', url];
    default:
      return DISPLAY || WAYLAND_DISPLAY ? ['xdg-open', url] : [];
  }
}
