// Whoever belongs to one organization need not choose it; whoever belongs to none has nothing to choose.
import { $clerkStore } from '@clerk/astro/client';
import { choiceOf } from '../auth/choice.ts';

const counter = document.getElementById('organizations');
const status = document.getElementById('organization-status');
const back = counter?.dataset.back ?? '/';

function say(words: string): void {
  if (counter) counter.hidden = true;
  if (status) status.textContent = words;
}

type Clerk = NonNullable<ReturnType<typeof $clerkStore.get>>;

async function choose(clerk: Clerk): Promise<void> {
  const { user } = clerk;
  if (!user) return;
  const { data } = await user.getOrganizationMemberships({ pageSize: 2 });
  const choice = choiceOf(data, clerk.organization?.id);
  if (choice.kind === 'none')
    say(
      'You are not a member of any organization yet. Ask your administrator for an invitation, then reload this page.',
    );
  if (choice.kind === 'only') say(`You belong to one organization: ${choice.name}.`);
  if (choice.kind !== 'activate') return;
  say('Opening your organization …');
  await clerk.setActive({ organization: choice.organization });
  location.assign(back);
}

let isAsked = false;
$clerkStore.subscribe((clerk) => {
  if (isAsked || !clerk?.loaded) return;
  isAsked = true;
  // Where Clerk cannot say, its own list is still there.
  choose(clerk as Clerk).catch(() => undefined);
});
