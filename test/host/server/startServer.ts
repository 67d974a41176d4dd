import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { installVSCode } from '../install/installVSCode.ts';
import { builtinsWithout } from './builtinsWithout.ts';
import { endGroup, endWithProcess } from './endWithProcess.ts';
import { installExtension } from './installExtension.ts';
import { calmSettings, type Settings, writeUserSettings } from './userSettings.ts';

export interface ServerOptions {
  /** User settings, on top of calm defaults. */
  readonly settings?: Settings;
  /** A packaged extension to install. */
  readonly vsix?: string;
  /** The folder, or the file of a workspace, that the workbench opens where its address names none. */
  readonly folder?: string;
  /** Lets the workbench's address load an extension from its sources and run tests in the extension host. Hides notification toasts. */
  readonly smokeTestDriver?: boolean;
  /** Whether workspaces must be trusted first. Off by default. */
  readonly workspaceTrust?: boolean;
  /** Environment variables for the server and its extension hosts. Undefined takes one away that this process has. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** Built-in extensions, by their folders, that it shall not have, as forks of VS Code lack some. */
  readonly without?: readonly string[];
  /** 0, the default, takes a free one. */
  readonly port?: number;
  /** Where the server keeps its data. The default is a folder that is removed at the end. */
  readonly dataDir?: string;
  /** Called with what the server prints. */
  readonly onOutput?: (text: string) => void;
}

/** A running VS Code server on the loopback address. */
export interface VSCodeServer {
  /** The workbench's address, with the token that this server asks for. */
  readonly url: string;
  /** Host and port, which is also the authority of `vscode-remote:` URIs. */
  readonly authority: string;
  readonly dataDir: string;
  /** Settles when the server has ended, by whatever cause. */
  readonly ended: Promise<void>;
  /** Ends a process of this server at once, such as an extension host; nothing where the process is none of its own, or is gone. */
  killChild(pid: number): Promise<void>;
  /** Ends the server and its extension hosts. */
  close(): Promise<void>;
}

/**
 * Starts the VS Code server of npm, installing it first where it is missing.
 *
 * @throws Error where the server ends before it listens, with what it printed.
 */
export async function startServer(options: ServerOptions = {}): Promise<VSCodeServer> {
  const vscode = await installVSCode();
  const dataDir = options.dataDir ?? (await mkdtemp(path.join(tmpdir(), 'intune-scripts-vscode-')));
  await writeUserSettings(dataDir, { ...calmSettings, ...options.settings });
  if (options.vsix) await installExtension(vscode, dataDir, options.vsix);
  // Any page in any browser of this machine can reach a loopback port; the token keeps them out.
  const token = randomBytes(16).toString('hex');
  const builtins = options.without ? ['--builtin-extensions-dir', await builtinsWithout(vscode, dataDir, options.without)] : [];
  const child = spawn(process.execPath, ['out/server-main.js', ...serverArguments(options, dataDir, token), ...builtins], {
    cwd: vscode,
    env: { ...process.env, ...options.env },
    stdio: ['ignore', 'pipe', 'pipe'],
    // In a process group of its own, which is ended as a whole: an extension host that hangs would live on without its server.
    detached: true,
  });
  const ended = once(child, 'exit').then(() => undefined);
  const letGo = endWithProcess(child, options.dataDir === undefined ? dataDir : undefined);
  const authority = `127.0.0.1:${await listening(child, options.onOutput)}`;
  return {
    url: `http://${authority}/?tkn=${token}`,
    authority,
    dataDir,
    ended,
    killChild: async pid => {
      if ((await parentOf(pid)) === child.pid) process.kill(pid, 'SIGKILL');
    },
    close: async () => {
      letGo();
      child.kill();
      await ended;
      endGroup(child, 'SIGKILL');
      if (!options.dataDir) await rm(dataDir, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

/** The parent of a process, on Linux; undefined where the process is gone. */
async function parentOf(pid: number): Promise<number | undefined> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
  const parent = /^PPid:\s+(\d+)$/m.exec(status)?.[1];
  return parent === undefined ? undefined : Number(parent);
}

function serverArguments(options: ServerOptions, dataDir: string, token: string): string[] {
  return [
    ...['--host', '127.0.0.1', '--port', String(options.port ?? 0)],
    ...['--connection-token', token, '--accept-server-license-terms'],
    ...['--disable-telemetry', '--server-data-dir', dataDir],
    // An extension host would wait for a login shell that says its variables, which it has from here.
    '--force-disable-user-env',
    ...(options.workspaceTrust ? [] : ['--disable-workspace-trust']),
    ...(options.smokeTestDriver ? ['--enable-smoke-test-driver'] : []),
    ...(options.folder ? [options.folder.endsWith('.code-workspace') ? '--default-workspace' : '--default-folder', options.folder] : []),
  ];
}

function listening(child: ChildProcess, onOutput: ((text: string) => void) | undefined): Promise<string> {
  return new Promise((resolve, reject) => {
    let said = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding('utf8').on('data', (text: string) => {
        onOutput?.(text);
        if (said.length < 10_000) said += text;
        const port = /listening on (\d+)/.exec(said)?.[1];
        if (port) resolve(port);
      });
    }
    child.once('error', reject);
    child.once('exit', code => reject(new Error(`The VS Code server ended with ${code} before it listened.\n${said}`)));
  });
}
