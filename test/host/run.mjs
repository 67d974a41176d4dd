// Runs a task of this project: `node test/host/run.mjs <task> [arguments]`. It needs nothing but Node 20 and npm: what the checkout
// lacks is installed first, and the task itself runs on the Node 24 that is a development dependency.
import { endWithParent } from './run/endWithParent.mjs';
import { prepareCheckout } from './run/prepareCheckout.mjs';
import { runTask } from './run/runTask.mjs';
import { tasks } from './run/tasks.mjs';

const [name = '', ...args] = process.argv.slice(2);
endWithParent();
if (Object.hasOwn(tasks, name)) {
  process.exitCode = (await prepareCheckout()) || (await runTask(name, args));
} else {
  console.error(`Usage: node test/host/run.mjs <task> [arguments]\nTasks: ${Object.keys(tasks).join(', ')}`);
  process.exitCode = 2;
}
