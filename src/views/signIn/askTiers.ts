import * as vscode from 'vscode';
import { offeredTiers, tierTitle } from '../../auth/signIn.ts';
import { type Tier, tierScopes } from '../../intune/model/families.ts';
import { type Answer, answered, type Step } from './answer.ts';
import { showStep } from './showStep.ts';

interface TierItem extends vscode.QuickPickItem {
  readonly tier: Tier;
}

const itemOf = (tier: Tier): TierItem => ({
  tier,
  label: tierTitle(tier),
  detail: tierScopes[tier].join(', '),
});

/** Asks which permissions are wanted. What reads scripts is checked at first: security approves that the same day. Nothing is no answer. */
export const askTiers = (parts: {
  readonly title: string;
  /** Missing where nothing is asked before or after. */
  readonly step?: Step;
  readonly placeholder: string;
  /** Whether permissions to change anything are left out. */
  readonly readOnly: boolean;
}): Promise<Answer<readonly Tier[]>> => {
  const pick = vscode.window.createQuickPick<TierItem>();
  pick.title = parts.title;
  pick.placeholder = parts.placeholder;
  pick.canSelectMany = true;
  pick.items = offeredTiers(parts.readOnly).map(itemOf);
  pick.selectedItems = pick.items.filter(({ tier }) => tier === 'browse');
  return showStep(pick, parts.step, () => {
    const tiers = pick.selectedItems.map(item => item.tier);
    return tiers.length > 0 ? answered(tiers) : undefined;
  });
};
