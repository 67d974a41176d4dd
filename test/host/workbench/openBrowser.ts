import { existsSync } from 'node:fs';
import path from 'node:path';
import { type Browser, chromium } from 'playwright-core';
import { installChromium } from '../install/installChromium.ts';

// What a browser looks up for itself at its start is not there, and none of a test's business.
const alone = ['--disable-background-networking', '--disable-component-update', '--disable-sync', '--disable-quic', '--no-first-run'];

/**
 * Starts a browser without a display. It reaches the loopback address, and beyond that only the proxy where there is one.
 *
 * @param proxyUrl The proxy that answers as Microsoft Entra, for the sign-in's popup; with the name and password of its user, if it has one.
 */
export async function openBrowser(proxyUrl?: string): Promise<Browser> {
  const folder = await installChromium();
  const beyond = proxyUrl ? [] : ['--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1', '--no-proxy-server'];
  return chromium.launch({
    executablePath: path.join(folder, 'chromium'),
    headless: true,
    // Playwright would take these signals for itself without ending the process; at its end it closes the browser anyway.
    ...{ handleSIGINT: false, handleSIGTERM: false, handleSIGHUP: false },
    ...(proxyUrl ? { proxy: proxyOf(new URL(proxyUrl)) } : {}),
    args: ['--no-sandbox', '--disable-gpu', ...alone, ...beyond],
    // A machine without fonts would show boxes; the browser's package brings some.
    env: {
      ...(process.env as Record<string, string>),
      ...(existsSync('/etc/fonts') ? {} : { FONTCONFIG_PATH: path.join(folder, 'fonts') }),
    },
  });
}

const proxyOf = ({ protocol, host, username, password }: URL) => ({
  server: `${protocol}//${host}`,
  bypass: '127.0.0.1',
  ...(username ? { username: decodeURIComponent(username), password: decodeURIComponent(password) } : {}),
});
