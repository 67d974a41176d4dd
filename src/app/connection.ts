import { l10n } from 'vscode';
import type { Connection } from '../intune/read/connection.ts';
import { commands, type ViewState } from '../manifest.ts';

/** What is needed to get at a connection, or to say why there is none. */
export interface ConnectionParts {
  readonly connection: () => Connection | undefined;
  /** What the Scripts view shows now. */
  readonly state: () => ViewState;
  /** Shows a message with buttons; the button that was pressed. */
  readonly say: (message: string, ...buttons: readonly string[]) => PromiseLike<string | undefined>;
  /** Runs a command. */
  readonly run: (command: string) => PromiseLike<unknown>;
}

interface WayOut {
  readonly message: string;
  readonly commands: readonly (keyof typeof commands)[];
}

const buttonOf = (command: keyof typeof commands): string | undefined =>
  new Map<keyof typeof commands, string>([
    ['signIn', l10n.t('Sign In')],
    ['setUpSignIn', l10n.t('Set Up Sign-In')],
    ['useSampleTenant', l10n.t('Try the Sample Tenant')],
    ['openConsentPage', l10n.t('Open Consent Page')],
    ['refresh', l10n.t('Refresh')],
    ['showLog', l10n.t('Show Log')],
  ]).get(command);

/** What to say in a state in which there is nothing to work with. */
function wayOut(state: ViewState): WayOut {
  switch (state) {
    case 'notSetUp':
      return { message: l10n.t('Sign-in to Intune is not set up yet.'), commands: ['setUpSignIn', 'useSampleTenant'] };
    case 'signedOut':
      return { message: l10n.t('Sign in first.'), commands: ['signIn', 'setUpSignIn', 'useSampleTenant'] };
    case 'loading':
      return { message: l10n.t('The scripts are still being read. Try again in a moment.'), commands: [] };
    case 'empty':
      return { message: l10n.t('Your role shows no scripts in this tenant.'), commands: ['refresh'] };
    case 'forbidden':
      return {
        message: l10n.t('You are not allowed to read Intune scripts: the permission lacks consent, or your account an Intune role.'),
        commands: ['openConsentPage', 'showLog'],
      };
    case 'offline':
      return { message: l10n.t('Microsoft Graph cannot be reached.'), commands: ['refresh', 'showLog'] };
    case 'throttled':
      return { message: l10n.t('Microsoft Graph asks to wait. Try again in a moment.'), commands: ['refresh'] };
    case 'ready':
    case 'failed':
      return { message: l10n.t('The scripts could not be read.'), commands: ['refresh', 'showLog'] };
  }
}

/** Says why there is nothing to work with, and offers the way out. */
async function sayWhy({ state, say, run }: ConnectionParts): Promise<undefined> {
  const way = wayOut(state());
  const choice = await say(way.message, ...way.commands.flatMap(command => buttonOf(command) ?? []));
  const chosen = way.commands.find(command => choice !== undefined && buttonOf(command) === choice);
  if (chosen) await run(commands[chosen]);
  return undefined;
}

/** The connection; without one, words and the way out, and undefined. */
export async function requireConnection(parts: ConnectionParts): Promise<Connection | undefined> {
  const connection = parts.connection();
  return connection ?? sayWhy(parts);
}

/** The connection, if some of its scripts are there to work with; else words and the way out, and undefined. */
export async function requireScripts(parts: ConnectionParts): Promise<Connection | undefined> {
  const connection = parts.connection();
  return connection && connection.inventory.scripts().length > 0 ? connection : sayWhy(parts);
}
