import * as vscode from 'vscode';

/** The section of VS Code's own settings for sovereign clouds. */
export const sovereignSection = 'microsoft-sovereign-cloud';

/** Where VS Code's provider for sovereign clouds signs in, by its own settings. A workspace may set them. */
export interface SovereignCloud {
  /** The environment that is in force; undefined while it is not set. */
  readonly environment: string | undefined;
  /** The environment that the user's own settings name. */
  readonly ofUser: string | undefined;
  /** Whether a workspace names an address of its own to sign in at, or has done so since this window was opened. */
  readonly steered: boolean;
}

const named = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined);

function readNow(): SovereignCloud {
  const configuration = vscode.workspace.getConfiguration(sovereignSection);
  const ofWorkspace = (key: string): readonly unknown[] => {
    const { workspaceValue, workspaceFolderValue } = configuration.inspect<unknown>(key) ?? {};
    return [workspaceValue, workspaceFolderValue].filter(value => value !== undefined);
  };
  return {
    environment: named(configuration.get<unknown>('environment')),
    ofUser: named(configuration.inspect<unknown>('environment')?.globalValue),
    steered: ofWorkspace('customEnvironment').length > 0 || ofWorkspace('environment').includes('custom'),
  };
}

/**
 * Watches those settings. What a workspace named once counts until the window is closed: the provider keeps an environment that was added to
 * it, and one of the name `USGovernment` takes the place of the real one, whatever the settings say later.
 * Source: `Environment.add` of @azure/ms-rest-azure-env, as the extension microsoft-authentication of VS Code 1.139 uses it.
 */
export function watchSovereignCloud(): vscode.Disposable & { read(): SovereignCloud } {
  let steered = false;
  const read = (): SovereignCloud => {
    const now = readNow();
    steered ||= now.steered;
    return { ...now, steered };
  };
  const subscription = vscode.workspace.onDidChangeConfiguration(event => {
    if (event.affectsConfiguration(sovereignSection)) read();
  });
  read();
  return { read, dispose: () => subscription.dispose() };
}

/** Sets the environment for the user. Rejects when VS Code cannot write its settings file. */
export const setSovereignEnvironment = async (environment: string): Promise<void> =>
  vscode.workspace.getConfiguration(sovereignSection).update('environment', environment, vscode.ConfigurationTarget.Global);
