// Ask without leaving the page: the server's own page is fetched, and its answer put in place.

/** Send a form's question by hand; `shown` is called when an answer stands there. */
export function answers(form: HTMLFormElement, field: HTMLTextAreaElement, shown: () => void): void {
  const status = document.getElementById("status");
  const cancel = quiet("Stop");
  form.querySelector("button")?.after(cancel);
  let running: AbortController | null = null;

  cancel.addEventListener("click", () => running?.abort());
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    running?.abort();
    void ask();
  });
  window.addEventListener("popstate", () => window.location.reload());
  document.addEventListener("click", (event) => void share(event));

  async function ask(): Promise<void> {
    const mine = (running = new AbortController());
    const address = `/query?${new URLSearchParams({ query: field.value })}`;
    const begun = performance.now();
    const ticking = window.setInterval(() => say(`Asking for ${seconds(begun)} s …`), 1000);
    say("Asking …");
    cancel.hidden = false;
    try {
      const section = await fetched(address, mine.signal);
      put(section);
      window.history.pushState({}, "", address);
      const problem = section.querySelector(".problem");
      say(problem ? "That could not be answered." : `Answered in ${seconds(begun)} s.`);
      shown();
    } catch (error) {
      if (mine.signal.aborted) say("Stopped.");
      else failed(error instanceof Error ? error.message : String(error));
    } finally {
      window.clearInterval(ticking);
      if (running === mine) {
        cancel.hidden = true;
        running = null;
      }
    }
  }

  function put(section: Element): void {
    document.getElementById("answer")?.remove();
    form.after(section);
  }

  function failed(sentence: string): void {
    const section = document.createElement("section");
    section.id = "answer";
    section.className = "asked";
    section.setAttribute("aria-label", "Answer");
    const problem = document.createElement("div");
    problem.className = "problem";
    problem.setAttribute("role", "alert");
    problem.append(paragraph(sentence));
    section.append(problem);
    put(section);
    say("That could not be answered.");
    shown();
  }

  function say(words: string): void {
    if (status) status.textContent = words;
  }

  /** Copy what a link leads to; where that is not allowed the link stays a link. */
  async function share(event: MouseEvent): Promise<void> {
    const link = event.target instanceof Element ? event.target.closest<HTMLAnchorElement>("a.share") : null;
    if (!link || event.ctrlKey || event.metaKey || !navigator.clipboard) return;
    event.preventDefault();
    try {
      await navigator.clipboard.writeText(link.href + window.location.hash);
      say("The link is copied.");
    } catch {
      window.location.assign(link.href);
    }
  }
}

/** Fetch a page and take its answer out; throw with the sentence that the server gives. */
async function fetched(address: string, signal: AbortSignal): Promise<Element> {
  const headers = { Accept: "text/html, application/problem+json;q=0.5" };
  const response = await fetch(address, { headers, signal }).catch((error: unknown) => {
    throw signal.aborted ? error : new Error("The server could not be reached, or broke off its answer.");
  });
  const body = await response.text();
  if (response.headers.get("Content-Type")?.startsWith("text/html")) {
    const section = new DOMParser().parseFromString(body, "text/html").getElementById("answer");
    if (section) return document.importNode(section, true);
  }
  throw new Error(told(body) ?? `The server answered ${response.status} ${response.statusText}.`);
}

function told(body: string): string | null {
  try {
    const { detail } = JSON.parse(body) as { detail?: unknown };
    return typeof detail === "string" ? detail : null;
  } catch {
    return null;
  }
}

function seconds(begun: number): string {
  return ((performance.now() - begun) / 1000).toFixed(1);
}

function quiet(words: string): HTMLButtonElement {
  const button = document.createElement("button");
  Object.assign(button, { type: "button", className: "quiet", textContent: words, hidden: true });
  return button;
}

function paragraph(words: string): HTMLParagraphElement {
  const element = document.createElement("p");
  element.textContent = words;
  return element;
}
