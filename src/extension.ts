import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { Disposable, EventEmitter, type ExtensionContext, env, Uri, commands as vscodeCommands, window, workspace } from 'vscode';
import { createInventoryLoader } from './app/inventoryLoader.ts';
import { registerCommands, runHandler } from './app/registerCommands.ts';
import { connectionKey, pinnedIdentity, registrationOf } from './auth/account.ts';
import { chosenSessions } from './auth/chosenSessions.ts';
import type { NetworkParts } from './auth/connectivity.ts';
import { explainedSessions, readOnlySessions, sovereignSessions, vscodeSessions } from './auth/sessions.ts';
import { createSignIn } from './auth/signIn.ts';
import { accountConnection } from './connections/accountConnection.ts';
import { createCurrentConnection } from './connections/currentConnection.ts';
import { createJournals } from './connections/journals.ts';
import { type SecondAdministrator, sampleConnection } from './connections/sampleConnection.ts';
import { createPlanDocuments } from './features/change/planDocuments.ts';
import type { InterruptedParts } from './features/history/interrupted.ts';
import type { UndoParts } from './features/history/undo.ts';
import { watchApprovals, watchInterrupted } from './features/history/watch.ts';
import { loadOnDemand, onDemand } from './features/lazy.ts';
import { leaveSampleTenant, useSampleTenant } from './features/sample/sampleTenant.ts';
import { showLog, signInCommands } from './features/signIn/commands.ts';
import { createSettingProblems } from './features/signIn/settingProblems.ts';
import type { TestSignInParts } from './features/signIn/testSignIn.ts';
import { createChangesView } from './features/trees/changesView.ts';
import { copyId, openInAdminCenter } from './features/trees/copyId.ts';
import { refresh, refreshFamily } from './features/trees/refresh.ts';
import { createStatusBar } from './features/trees/statusBar.ts';
import { createTreeViews } from './features/trees/treeView.ts';
import { type SignInKind, viewState } from './features/trees/viewState.ts';
import { systemClock } from './host/clock.ts';
import { createHostFetch, globalFetch, loadNodeFetch } from './host/fetch.ts';
import { createLog } from './host/log.ts';
import { networkSettings } from './host/networkSettings.ts';
import { onDidChangeSettings, readSettings, type Settings, updateSetting, watchSovereignCloud } from './host/settings.ts';
import { newWindowName } from './host/windowName.ts';
import type { Tier } from './intune/model/families.ts';
import type { Connection } from './intune/read/connection.ts';
import { views } from './manifest.ts';
import { askText } from './ui/inputBox.ts';
import { say, sayWarning } from './ui/notifications.ts';
import { openDocument } from './ui/openDocument.ts';
import { withoutIcons } from './ui/plainText.ts';
import { withViewProgress } from './ui/progress.ts';
import { pickMany, pickOne } from './ui/quickPick.ts';

/** Builds the parts and joins them. Waits for nothing: what needs the network shows itself when it is there. */
export function activate({ globalState, globalStorageUri, secrets, subscriptions }: ExtensionContext): void {
  const clock = systemClock;
  const now = (): number => clock.now();
  const log = createLog();
  const tree = createTreeViews({ now, readOnly: () => readSettings().readOnly });
  const changesView = createChangesView({
    journal: connection => journal(connection),
    now,
    onPendingSeen: connection => approvalWatch.see(connection),
    report: log.error,
  });
  const statusBar = createStatusBar();
  const documents = createPlanDocuments(now);
  const loader = createInventoryLoader(withViewProgress);
  const sovereignCloud = watchSovereignCloud();
  const ofCloud = sovereignSessions(vscodeSessions, () => ({ cloud: readSettings().cloud, ...sovereignCloud.read() }));
  const chosen = chosenSessions(
    ofCloud,
    async () => {
      const { createIdentitySessions, credentialPrompts, identityCredential } = await import('./features/signIn/otherCredentials.ts');
      const settings = () => ({ signInMethod: readSettings().signInMethod, registration: registrationOf(readSettings()) });
      return createIdentitySessions({ settings, secrets, prompts: credentialPrompts, credentialOf: identityCredential, now });
    },
    () => readSettings().signInMethod,
  );
  const additionalSupport = (): boolean => workspace.getConfiguration('http').get('fetchAdditionalSupport', true);
  const fetch = createHostFetch(additionalSupport);
  const networkParts: NetworkParts = { fetch: globalFetch, loadHttps: loadNodeFetch, graph: fetch, additionalSupport };
  const explained = explainedSessions(chosen, async error => {
    const { cloud, signInMethod: method } = readSettings();
    return (await loadOnDemand()).explainFailure(networkParts, { cloud, method }, error);
  });
  const sessions = readOnlySessions(explained, () => readSettings().readOnly);
  const account = createSignIn({ sessions, store: globalState, clock, registration: () => registrationOf(readSettings()) });
  const journal = createJournals(join(globalStorageUri.fsPath, 'journal'), newWindowName(), clock);

  const connectionChanges = new EventEmitter<void>();
  const secondAdministrators = new WeakMap<Connection, SecondAdministrator>();
  const current = createCurrentConnection({
    useSample: () => readSettings().useSampleTenant,
    identity: () => account.identity,
    openSample: async key => {
      const { connection, secondAdministrator } = await sampleConnection({ key, clock, log: log.request, onName: () => show() });
      secondAdministrators.set(connection, secondAdministrator);
      return connection;
    },
    openAccount: identity =>
      accountConnection(identity, { sessions, fetch, clock, store: globalState, log: log.request, onName: () => show() }),
    changed: () => {
      show();
      connectionChanges.fire();
    },
  });
  const signInKind = (): SignInKind => (readSettings().useSampleTenant ? 'signedIn' : account.state);
  /** Whose changes are in the journal of whoever signs in again. */
  function lastSignedIn(): { readonly key: string; readonly sample: false } | undefined {
    const pinned = pinnedIdentity(globalState, registrationOf(readSettings()));
    return pinned && { key: connectionKey(pinned), sample: false };
  }
  function show(): void {
    tree.showConnection(current.connection, signInKind());
    changesView.showConnection(current.connection, signInKind() === 'signedOut' ? lastSignedIn() : undefined);
    statusBar.showConnection(current.connection, readSettings().readOnly);
  }

  /** Finds out which tenant is worked on now, and reads it unless it was read. */
  async function follow(): Promise<void> {
    const before = current.connection;
    await current.update();
    const { connection } = current;
    if (!connection) loader.stop();
    else if (connection !== before) await loader.load(connection);
    // The tree comes first.
    interrupted.follow(current.connection);
  }
  const settingProblems = createSettingProblems(log.info);
  const checkSettings = (settings: Settings): void => void settingProblems(settings).catch(log.error);
  const following = (): void => void follow().catch(log.error);

  const connectionParts = {
    connection: () => current.connection,
    state: () => viewState(signInKind(), current.connection?.inventory),
    say,
    run: vscodeCommands.executeCommand,
  };
  const treeParts = { ...connectionParts, selectedNodes: tree.selectedNodes };
  const writeParts: UndoParts & { readonly askText: typeof askText } = {
    ...treeParts,
    journal,
    settings: readSettings,
    onDidChangeWritable: listener => Disposable.from(onDidChangeSettings(listener), connectionChanges.event(listener)),
    documents,
    clock,
    newId: randomUUID,
    log,
    showLog: log.show,
    undo: async (connection, id) => (await loadOnDemand()).undoById(writeParts, connection, id),
    pickMany,
    pickOne,
    askText,
    ensureTier: async (tier: Tier) =>
      current.connection?.sample === true ||
      (await loadOnDemand()).showOutcome(account, await account.ensureTier(tier, { interactive: true }), readSettings().cloud, log),
  };
  const interruptedParts: InterruptedParts = {
    ...writeParts,
    seen: new Map(),
    warn: sayWarning,
    resume: onDemand(({ resumeChange }) => resumeChange(writeParts)),
    showReport: onDemand(({ showReport }) => showReport(writeParts)),
    focusChanges: () => vscodeCommands.executeCommand(`${views.changes}.focus`),
    update: changesView.update,
  };
  const approvalWatch = watchApprovals({
    look: async connection => {
      const { lookAfterApprovals } = await loadOnDemand();
      const { states, busy } = await lookAfterApprovals(interruptedParts, connection);
      changesView.showApprovals(states);
      return busy;
    },
    clock,
    report: log.error,
  });
  const interrupted = watchInterrupted({
    look: async connection => (await loadOnDemand()).lookAfterInterrupted(interruptedParts, connection),
    journal,
    clock,
    report: log.error,
  });
  const clipboardParts = {
    writeText: (text: string) => env.clipboard.writeText(text),
    mention: (text: string) => void window.setStatusBarMessage(withoutIcons(text), 3_000),
  };
  const copyParts = { ...writeParts, mention: clipboardParts.mention };
  const copyPlanParts = { ...clipboardParts, shownPlan: documents.shownPlan, say, now };
  const sampleParts = { updateSetting, focusScripts: () => vscodeCommands.executeCommand(`${views.scripts}.focus`) };
  const refreshParts = { ...writeParts, loader };
  const testParts: TestSignInParts = {
    readSettings,
    signIn: account,
    sessions,
    connection: () => current.connection,
    network: networkSettings,
    networkParts,
    clock,
    withProgress: withViewProgress,
    showText: documents.showText,
    say,
    refresh: refresh(refreshParts),
    report: log.error,
  };

  subscriptions.push(
    log,
    sovereignCloud,
    tree,
    changesView,
    statusBar,
    documents,
    account,
    connectionChanges,
    interrupted,
    approvalWatch,
    { dispose: loader.stop },
    account.onDidChange(following),
    tree.onDidDrop(
      drop =>
        void runHandler(
          onDemand(({ dropOnScripts }) => dropOnScripts(copyParts)),
          [drop],
          log,
        ),
    ),
    onDidChangeSettings(settings => {
      checkSettings(settings);
      statusBar.showConnection(current.connection, settings.readOnly);
      void account.restore().then(following);
    }),
    registerCommands(
      {
        assignToGroup: onDemand(({ assignToGroup }) => assignToGroup(writeParts)),
        assignScriptsToGroup: onDemand(({ assignScriptsToGroup }) => assignScriptsToGroup(writeParts)),
        assignToAllDevices: onDemand(({ assignToEveryone }) => assignToEveryone(writeParts, 'allDevices')),
        assignToAllUsers: onDemand(({ assignToEveryone }) => assignToEveryone(writeParts, 'allUsers')),
        excludeGroup: onDemand(({ excludeGroup }) => excludeGroup(writeParts)),
        editAssignment: onDemand(({ editAssignment }) => editAssignment(writeParts)),
        removeAssignment: onDemand(({ removeAssignment }) => removeAssignment(writeParts)),
        removeAssignments: onDemand(({ removeAssignment }) => removeAssignment(writeParts)),
        removeGroup: onDemand(({ removeAssignment }) => removeAssignment(writeParts)),
        copyAssignments: onDemand(({ copyAssignments }) => copyAssignments(copyParts)),
        replaceGroup: onDemand(({ replaceGroup }) => replaceGroup(copyParts)),
        refresh: refresh(refreshParts),
        refreshFamily: refreshFamily(refreshParts),
        findScript: onDemand(({ findScript }) => findScript({ ...connectionParts, pickOne, reveal: tree.reveal, now })),
        exportAssignments: onDemand(({ exportAssignments }) =>
          exportAssignments({ ...treeParts, loader, pickOne, openDocument, now, warn: sayWarning }),
        ),
        undoChange: onDemand(({ undoChange }) => undoChange(writeParts)),
        resumeChange: onDemand(({ resumeChange }) => resumeChange(writeParts)),
        finishChange: onDemand(({ finishChange }) => finishChange(writeParts)),
        cancelApproval: onDemand(({ cancelApproval }) => cancelApproval(writeParts)),
        showReport: onDemand(({ showReport }) => showReport(writeParts)),
        refreshChanges: async () => {
          interrupted.look();
          approvalWatch.again();
          await changesView.refresh();
        },
        ...signInCommands({
          signIn: account,
          readSettings,
          updateSetting,
          log,
          store: globalState,
          forgetSecrets: chosen.forget,
          fetch: createHostFetch(additionalSupport),
          test: testParts,
          useSampleTenant: useSampleTenant(sampleParts),
          leaveSampleTenant: leaveSampleTenant(sampleParts),
        }),
        useSampleTenant: useSampleTenant(sampleParts),
        leaveSampleTenant: leaveSampleTenant(sampleParts),
        actAsSecondAdministrator: onDemand(({ actAsSecondAdministrator }) =>
          actAsSecondAdministrator({ ...connectionParts, pickOne, secondAdministrator: one => secondAdministrators.get(one) }),
        ),
        openInAdminCenter: openInAdminCenter({ ...treeParts, openExternal: link => env.openExternal(Uri.parse(link, true)) }),
        copyId: copyId({
          ...treeParts,
          ...clipboardParts,
        }),
        showLog: showLog({ log }),
        applyPlan: documents.apply,
        discardPlan: documents.discard,
        copyPlanAsGraphRequests: onDemand(({ copyPlanAsGraphRequests }) => copyPlanAsGraphRequests(copyPlanParts)),
        copyPlanAsPowerShell: onDemand(({ copyPlanAsPowerShell }) => copyPlanAsPowerShell(copyPlanParts)),
      },
      log,
    ),
  );
  checkSettings(readSettings());
  void account.restore().then(following);
}
