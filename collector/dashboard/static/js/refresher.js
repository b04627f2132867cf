// Loads views and says on <html data-state> when all of what was asked for has arrived.

const root = document.documentElement;

/** `makeQuestion(signal)` gives what a view's `load` gets. A view that is loaded again forgets its older load. */
export function createRefresher(makeQuestion) {
  const running = new Map();

  async function run(view) {
    running.get(view)?.abort();
    const controller = new AbortController();
    running.set(view, controller);
    await view.load(makeQuestion(controller.signal));
    if (running.get(view) !== controller) return;
    running.delete(view);
    if (running.size === 0) root.dataset.state = "ready";
  }

  return function refresh(views) {
    root.dataset.state = "loading";
    views.forEach(run);
  };
}
