import { setTimeout } from 'node:timers/promises';
import { systemClock } from '../../src/host/clock.ts';
import { folderOnDisk } from '../../src/host/disk.ts';
import { createJournalStore, type JournalParts } from '../../src/host/journalStore.ts';
import { mayLive, newWindowName } from '../../src/host/windowName.ts';
import type { SharedJournal } from '../../src/intune/journal/journal.ts';

/** The real clock; but no process stays for the signs of life of its journal. */
const clock = { ...systemClock, sleep: (ms: number, signal?: AbortSignal) => setTimeout(ms, undefined, { signal, ref: false }) };

/** A journal in a folder of the file system, as a window opens it. */
export const openJournal = (folder: string, window = newWindowName(), given: Partial<JournalParts> = {}): SharedJournal =>
  createJournalStore({ disk: folderOnDisk(folder), clock, window, lives: mayLive, isOurs: () => true, ...given });
