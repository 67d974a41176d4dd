// npm runs scripts through a shell, and a shell does not pass on the signal that ends it: this process would live on alone.
const parent = process.ppid;

/** Ends this process, and with it its children, soon after the one that started it has ended. */
export const endWithParent = () => {
  setInterval(() => {
    if (process.ppid !== parent) process.kill(process.pid, 'SIGTERM');
  }, 1000).unref();
};
