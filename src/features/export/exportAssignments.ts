import { l10n } from 'vscode';
import { type ConnectionParts, requireScripts } from '../../app/connection.ts';
import type { InventoryLoader } from '../../app/inventoryLoader.ts';
import { resolveNodes, scriptsOf } from '../../app/selection.ts';
import type { Script } from '../../intune/model/script.ts';
import type { Connection } from '../../intune/read/connection.ts';
import { readFilterNames } from '../../intune/read/filters.ts';
import type { Node } from '../../ui/nodes.ts';
import type { PickOne, PickRow } from '../../ui/quickPick.ts';
import { type Chosen, collect, type ExportData } from './exportData.ts';
import { notReadWords } from './exportRows.ts';
import { csvText, jsonText, markdownDocument } from './exportText.ts';

export interface ExportParts extends ConnectionParts {
  readonly loader: Pick<InventoryLoader, 'load'>;
  readonly selectedNodes: () => readonly Node[];
  readonly pickOne: PickOne;
  /** Says what the user has to look after. */
  readonly warn: (message: string) => PromiseLike<unknown>;
  /** Opens a new document that is not saved yet. */
  readonly openDocument: (language: string, content: string) => PromiseLike<unknown>;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

/** A form of the document. `text` gets the moment of now in milliseconds since the epoch. */
interface Format {
  /** VS Code's id of the language. */
  readonly language: string;
  readonly text: (data: ExportData, now: number) => string;
}

const formatRows = (): readonly PickRow<Format>[] => [
  { kind: 'choice', label: 'CSV', description: l10n.t('for spreadsheets'), icon: 'table', value: { language: 'csv', text: csvText } },
  {
    kind: 'choice',
    label: 'Markdown',
    description: l10n.t('for people: change requests, wikis'),
    icon: 'markdown',
    value: { language: 'markdown', text: markdownDocument },
  },
  {
    kind: 'choice',
    label: 'JSON',
    description: l10n.t('for other tools, with every ID'),
    icon: 'json',
    value: { language: 'json', text: jsonText },
  },
];

/** What the rows stand for, as far as they are of this connection: families as a whole, else their scripts. */
function chosenBy(nodes: readonly Node[], { key }: Connection): Chosen {
  const own = nodes.filter(({ connection }) => connection === key);
  const families = new Set(own.flatMap(node => (node.kind === 'family' ? [node.family] : [])));
  const scripts = scriptsOf(own).filter(({ family }) => !families.has(family));
  return families.size + scripts.length > 0 ? { families, scripts } : 'all';
}

const hasFilter = ({ assignments }: Script): boolean => assignments.some(({ target }) => target.filter !== undefined);

/** Reads everything anew: what is shown may be as old as the window. Undefined where another tenant is worked on by then. */
async function readAnew(parts: ExportParts, connection: Connection, chosen: Chosen): Promise<ExportData | undefined> {
  await parts.loader.load(connection);
  if (parts.connection() !== connection) return undefined;
  const readAt = new Date(parts.now()).toISOString();
  const found = collect(connection.inventory, chosen);
  const filterNames = found.scripts.some(hasFilter) ? await readFilterNames(connection.client) : new Map<string, string>();
  return { ...found, connection, readAt, filterNames };
}

/** Export Assignments…: those of the rows, or all of the tenant, in a new document. */
export const exportAssignments =
  (parts: ExportParts) =>
  async (...args: readonly unknown[]): Promise<void> => {
    const connection = await requireScripts(parts);
    if (!connection) return;
    const chosen = chosenBy(resolveNodes(args, parts.selectedNodes) ?? [], connection);
    const title = chosen === 'all' ? l10n.t('Export All Assignments') : l10n.t('Export Assignments of the Selection');
    const format = await parts.pickOne(formatRows(), { title, placeholder: l10n.t('Choose the kind of document') });
    if (format?.kind !== 'picked') return;
    const data = await readAnew(parts, connection, chosen);
    if (!data) return void (await parts.say(l10n.t('Another tenant was chosen meanwhile. Nothing was exported.')));
    await parts.openDocument(format.value.language, format.value.text(data, parts.now()));
    if (data.notRead.length > 0) await parts.warn(data.notRead.map(notReadWords).join(' '));
  };
