import { l10n } from 'vscode';
import { type ConnectionParts, requireScripts } from '../../app/connection.ts';
import type { SecondAdministrator } from '../../connections/sampleConnection.ts';
import { type Script, scriptKey } from '../../intune/model/script.ts';
import type { Connection } from '../../intune/read/connection.ts';
import { commands } from '../../manifest.ts';
import { quoted, scriptLabel } from '../../ui/format/names.ts';
import type { PickOne, PickRow } from '../../ui/quickPick.ts';
import { isAssignable, scriptRows } from '../../ui/scriptPicker.ts';

export interface SecondAdministratorParts extends ConnectionParts {
  readonly pickOne: PickOne;
  /** Who else works in the tenant of a connection; only the sample tenant has somebody to play. */
  readonly secondAdministrator: (connection: Connection) => SecondAdministrator | undefined;
}

type Named = Pick<Script, 'family' | 'id'>;
type Act = () => Promise<void>;

const title = (): string => l10n.t('Second Administrator of the Sample Tenant');

const nameOf = ({ inventory }: Connection, script: Named): string => {
  const found = inventory.scripts().find(one => scriptKey(one).toLowerCase() === scriptKey(script).toLowerCase());
  return scriptLabel(found ?? { id: script.id, name: script.id });
};

const row = (icon: string, label: string, detail: string, value: Act): PickRow<Act> => ({ kind: 'choice', icon, label, detail, value });

/** Answers to the requests that wait, and none in time, one row each. */
function answers({ say, run }: ConnectionParts, connection: Connection, admin: SecondAdministrator): readonly PickRow<Act>[] {
  const answer =
    (settle: () => void, words: string): Act =>
    async () => {
      settle();
      void say(words);
      await run(commands.refreshChanges);
    };
  return admin.waiting().flatMap(({ id, script, justification }) => {
    const name = quoted(nameOf(connection, script));
    return [
      row(
        'pass',
        l10n.t('Approve the change of {0}', name),
        justification,
        answer(() => admin.approve(id), l10n.t('The second administrator approved the change of {0}.', name)),
      ),
      row(
        'circle-slash',
        l10n.t('Reject the change of {0}', name),
        justification,
        answer(() => admin.reject(id), l10n.t('The second administrator rejected the change of {0}.', name)),
      ),
      row(
        'watch',
        l10n.t('Let the change of {0} expire', name),
        justification,
        answer(() => admin.expire(id), l10n.t('The second administrator let the change of {0} expire.', name)),
      ),
    ];
  });
}

/** Turns approval on or off. */
function approval({ say }: ConnectionParts, admin: SecondAdministrator): PickRow<Act> {
  const turn =
    (required: boolean, words: string): Act =>
    async () => {
      admin.requireApproval(required);
      void say(words);
    };
  return admin.approves
    ? row(
        'unlock',
        l10n.t('Stop requiring approval'),
        l10n.t('Changes are written at once. Requests that wait are kept.'),
        turn(false, l10n.t('Changes in the sample tenant no longer need approval.')),
      )
    : row(
        'lock',
        l10n.t('Require approval'),
        l10n.t('Each change waits until the second administrator approves it.'),
        turn(true, l10n.t('Changes in the sample tenant now wait for the second administrator.')),
      );
}

/** Changes what the user looks at, plans or writes. */
function changes(parts: SecondAdministratorParts, connection: Connection, admin: SecondAdministrator): readonly PickRow<Act>[] {
  const { say, run, pickOne } = parts;
  const now: Act = async () => {
    const scripts = connection.inventory.scripts().filter(isAssignable);
    const placeholder = l10n.t('Search scripts by name, family or assignment');
    const answer = await pickOne(scriptRows(scripts), { title: l10n.t('Script That the Second Administrator Assigns'), placeholder });
    if (answer?.kind !== 'picked') return;
    const group = admin.assign(answer.value);
    const refresh = l10n.t('Refresh');
    const name = quoted(nameOf(connection, answer.value));
    const words = group
      ? l10n.t('The second administrator assigned {0} to {1}.', name, group)
      : l10n.t('{0} is assigned to all groups already.', name);
    if ((await say(words, ...(group ? [refresh] : []))) === refresh) await run(commands.refresh);
  };
  const next =
    (moment: 'lastRead' | 'write', told: (name: string, group: string) => string): Act =>
    async () => {
      admin.assignNext(moment, (script, group) => void say(told(quoted(nameOf(connection, script)), group)));
      void say(l10n.t('The second administrator waits for your next change.'));
    };
  return [
    row('edit', l10n.t('Assign a script now…'), l10n.t('The tree shows it after a refresh.'), now),
    row(
      'eye',
      l10n.t('Change the script of my next change while I review it'),
      l10n.t('The last read finds it, and nothing is written.'),
      next('lastRead', (name, group) => l10n.t('The second administrator just assigned {0} to {1}.', name, group)),
    ),
    row(
      'zap',
      l10n.t('Change the script of my next change in the unavoidable gap'),
      l10n.t('After the last read and before the write: the one loss that no tool can prevent.'),
      next('write', (name, group) =>
        l10n.t('Your write replaced what the second administrator assigned in the gap: {0} to {1}. Intune does not say so.', name, group),
      ),
    ),
  ];
}

/** Act as Second Administrator…: lets a person see approval, a conflict and the gap in the sample tenant. */
export const actAsSecondAdministrator = (parts: SecondAdministratorParts) => async (): Promise<void> => {
  const connection = await requireScripts(parts);
  const admin = connection && parts.secondAdministrator(connection);
  if (!connection || !admin) return;
  const rows = [...answers(parts, connection, admin), approval(parts, admin), ...changes(parts, connection, admin)];
  const answer = await parts.pickOne(rows, { title: title(), placeholder: l10n.t('What does the second administrator do?') });
  if (answer?.kind === 'picked') await answer.value();
};
